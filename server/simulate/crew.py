"""The simulation's greenlets: the first that fails ends them all, instead of leaving a day that never ends."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

import gevent
from gevent.pool import Pool


class Crew:
    """At most `size` work at once; `spawn` waits for room."""

    def __init__(self, size: int) -> None:
        self._pool = Pool(size)
        self._failures: list[BaseException] = []

    def spawn(self, work: Callable[..., Any], *arguments: Any) -> None:
        self._pool.spawn(self._run, work, *arguments)

    @property
    def is_idle(self) -> bool:
        return len(self._pool) == 0

    def check(self) -> None:
        """Raises what one of them raised."""
        if self._failures:
            raise self._failures[0]

    def join(self, timeout: float | None = None) -> None:
        """Wait until all have ended."""
        self._pool.join(timeout)
        self.check()

    def end(self) -> None:
        self._pool.kill()

    def _run(self, work: Callable[..., Any], *arguments: Any) -> None:
        try:
            work(*arguments)
        except gevent.GreenletExit:
            raise
        except Exception as failure:  # noqa: BLE001 — raised again by `check`, where somebody waits for it
            self._failures.append(failure)
