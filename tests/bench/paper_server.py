"""A program: `jiaohao serve` with a watch on its event loop and on its print jobs.

`python paper_server.py CONFIG` says when it is ready; a line on its input asks for JSON: `stall_ms`, the longest time
the loop did not come round since the last line, and `queued`, the moments (of the system's monotonic clock) at which
print jobs were committed since.
"""

from gevent import monkey

monkey.patch_all()

import json  # noqa: E402
import sys  # noqa: E402
import time  # noqa: E402
from pathlib import Path  # noqa: E402

import gevent  # noqa: E402

from server.app import Application  # noqa: E402
from server.cli.serving import serve_hall  # noqa: E402
from server.config import load_settings  # noqa: E402
from server.hall.events import PrintQueued  # noqa: E402
from server.terminal import Subscription  # noqa: E402

_ROUND = 0.001


class Watch:
    def __init__(self) -> None:
        self.worst = 0.0
        self.queued: list[float] = []

    def loop(self) -> None:
        while True:
            start = time.monotonic()
            gevent.sleep(_ROUND)
            self.worst = max(self.worst, time.monotonic() - start - _ROUND)

    def answer(self) -> None:
        while gevent.get_hub().threadpool.apply(sys.stdin.readline):
            said = {"stall_ms": self.worst * 1e3, "queued": self.queued}
            self.worst, self.queued = 0.0, []
            sys.stdout.write(json.dumps(said) + "\n")
            sys.stdout.flush()


def main() -> None:
    watch = Watch()

    def prepare(application: Application) -> None:
        note = Subscription("watch", lambda events: watch.queued.append(time.monotonic()), frozenset({PrintQueued}))
        application.hall.subscribe(note)

    def ready(base: str, application: Application) -> None:
        gevent.spawn(watch.loop)
        gevent.spawn(watch.answer)
        sys.stdout.write(f"{base}\n")
        sys.stdout.flush()

    serve_hall(load_settings(Path(sys.argv[1])), ready, prepare)


if __name__ == "__main__":
    main()
