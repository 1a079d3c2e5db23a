"""A program: screens that wait on WebSockets for what one HTTP request makes the server send.

`python screen_clients.py JSON`, with `port`, `pid` of the server, `screens`, `rounds`, `query`, `token`, `path`,
`cookie` and `body`, prints JSON: `last_ms`, `last_p95_ms` (request sent to the last screen told), `cpu_us` (of the
server for each screen told), `patch` (the last message).
"""

from gevent import monkey

monkey.patch_all()

import json  # noqa: E402
import statistics  # noqa: E402
import sys  # noqa: E402
import time  # noqa: E402
from typing import Any  # noqa: E402

import gevent  # noqa: E402
import gevent.event  # noqa: E402
import requests  # noqa: E402
from programs import cpu_seconds  # noqa: E402
from websocket import create_connection  # noqa: E402

_PATIENCE = 10
_PATCH = '42/display,["patch",'


class Screen:
    """The little of Socket.IO that a screen needs: connect to the namespace, answer pings, count patches."""

    def __init__(self, port: int, query: str, token: str) -> None:
        headers = [f"Authorization: Bearer {token}"] if token else []
        url = f"ws://127.0.0.1:{port}/socket.io/?EIO=4&transport=websocket{query}"
        self._socket = create_connection(url, header=headers, timeout=_PATIENCE)
        self.joined = gevent.event.Event()
        self.patches = 0
        self.told_at = 0.0
        self.last = ""
        gevent.spawn(self._listen)

    def _listen(self) -> None:
        while True:
            message = str(self._socket.recv())
            if message.startswith("0"):
                self._socket.send("40/display,")
            elif message == "2":
                self._socket.send("3")
            elif message.startswith("40/display"):
                self.joined.set()
            elif message.startswith(_PATCH):
                self.told_at = time.perf_counter()
                self.patches += 1
                self.last = message


def watch(asked: dict[str, Any]) -> dict[str, Any]:
    screens = [Screen(asked["port"], asked["query"], asked["token"]) for _ in range(asked["screens"])]
    assert all(screen.joined.wait(_PATIENCE) for screen in screens), "a screen was not let in"
    session = requests.Session()
    session.headers["Cookie"] = asked["cookie"]
    url = f"http://127.0.0.1:{asked['port']}{asked['path']}"
    taken: list[float] = []
    used = 0.0
    for _ in range(asked["rounds"]):
        before = [screen.patches for screen in screens]
        used_before, start = cpu_seconds(asked["pid"]), time.perf_counter()
        assert session.post(url, json=asked["body"], timeout=_PATIENCE).ok
        _wait(screens, before)
        taken.append(max(screen.told_at for screen in screens) - start)
        used += cpu_seconds(asked["pid"]) - used_before
        gevent.sleep(0.01)
    ordered = sorted(taken)
    return {
        "last_ms": statistics.median(ordered) * 1e3,
        "last_p95_ms": ordered[int(len(ordered) * 0.95)] * 1e3,
        "cpu_us": used / asked["rounds"] / asked["screens"] * 1e6,
        "patch": json.loads(screens[0].last.removeprefix(_PATCH)[:-1]),
    }


def _wait(screens: list[Screen], before: list[int]) -> None:
    with gevent.Timeout(_PATIENCE):
        while any(screen.patches == count for screen, count in zip(screens, before, strict=True)):
            gevent.sleep(0.0005)


if __name__ == "__main__":
    sys.stdout.write(json.dumps(watch(json.loads(sys.argv[1]))) + "\n")
