"""Keypads: how long from a clerk's key until the order to speak the call leaves for the speaker's page."""

from __future__ import annotations

import statistics
import time
from collections.abc import Callable
from contextlib import ExitStack
from pathlib import Path

from figure import Figure
from hall_server import HallServer
from live_page import LivePage

from counter.virtual_keypad import VirtualKeypad
from server.store.database import Database
from server.web.keypad_codes import KeypadCodes

_WINDOW = 3
_SECRET = "a secret of the benchmark, long enough to be one"
_CODE = "24680"
_PATIENCE = 20


def measure(folder: Path, *, quick: bool) -> list[Figure]:
    """Keypad and speaker's page are this process's, the hall is another. Bare: a call by the clerk's page."""
    rounds = 3 if quick else 100
    with ExitStack() as stack:
        keypad = VirtualKeypad(_WINDOW, _WINDOW, link=folder / "keypad", control=None)
        keypad.start()
        stack.callback(keypad.stop)
        hall = _hall(folder, keypad)
        stack.callback(hall.kill)
        page = LivePage(hall, "display", display="hall", page="bench")
        stack.callback(page.leave)
        page.tell("sound", {"state": "running", "missing": 0})
        by_key, by_page = [], []
        for _ in range(rounds):
            by_key.append(_call(hall, keypad, page, lambda: keypad.press("call")))
            keypad.press("wait")
            by_page.append(_call(hall, keypad, page, lambda: hall.post(f"windows/{_WINDOW}/call-next")))
            hall.post(f"windows/{_WINDOW}/finish")
    return [
        Figure("key to the order to speak, 95 of 100", _of_100(by_key, 95), "ms", _of_100(by_page, 95), bound=1.5),
        Figure("the same, median", statistics.median(by_key), "ms"),
        Figure("the same by the clerk's page, median", statistics.median(by_page), "ms"),
    ]


def _hall(folder: Path, keypad: VirtualKeypad) -> HallServer:
    """A hall whose clerk has signed in at the keypad."""
    device = {"window": _WINDOW, "link": keypad.link, "address": _WINDOW}
    hall = HallServer(folder, keypads=[device], voice={"languages": ["zh"], "repeats": 1})
    hall.environment["JIAOHAO_SECRET_KEY"] = _SECRET
    KeypadCodes(Database(hall.database_url), hall.hall_id, _SECRET).give("chen", _CODE)
    hall.start()
    hall.login()
    _wait(lambda: {d["state"] for d in _devices(hall)} == {"ready"}, "the keypad did not settle")
    keypad.type(_CODE, "function")
    assert keypad.wait_for(shown="_0", timeout=_PATIENCE), "the clerk could not sign in"
    return hall


def _devices(hall: HallServer) -> list[dict[str, str]]:
    return [d for d in hall.call_api("GET", "hall").json()["devices"] if d["kind"] == "keypad"]


def _call(hall: HallServer, keypad: VirtualKeypad, page: LivePage, call: Callable[[], object]) -> float:
    """Milliseconds from the clerk's hand to the page's order, which the page then carries out."""
    assert keypad.wait_for(shown="_0", timeout=_PATIENCE), "the citizen before is still there"
    number = hall.issue("general")["number"]
    assert keypad.wait_for(shown="_1", timeout=_PATIENCE), "nobody waits"
    start = time.perf_counter()
    call()
    _wait(lambda: page.view["speak"] is not None, "no order came")
    taken = (time.perf_counter() - start) * 1e3
    for phase in ("began", "ended"):
        page.tell("spoke", {"order": page.view["speak"]["id"], "phase": phase})
    _wait(lambda: page.view["speak"] is None, "the order stayed")
    assert keypad.wait_for(shown=f"{number[1:]}_0", timeout=_PATIENCE), "the number is not on the keypad"
    return taken


def _wait(reached: Callable[[], bool], otherwise: str) -> None:
    deadline = time.monotonic() + _PATIENCE
    while not reached():
        assert time.monotonic() < deadline, otherwise
        time.sleep(0.0002)


def _of_100(waits: list[float], share: int) -> float:
    return statistics.quantiles(waits, n=100)[share - 1]
