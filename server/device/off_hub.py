"""Calls that block, made in gevent's thread pool while the hub's other greenlets go on."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any, TypeVar

import gevent
from gevent.event import AsyncResult

T = TypeVar("T")


def in_thread(call: Callable[[], T]) -> T:
    """Run a call in the pool; this greenlet waits for it. What it raises is printed by gevent as well as raised."""
    result: T = gevent.get_hub().threadpool.apply(call)
    return result


class OneAtATime:
    """Calls into a library that bears only one at a time, each in the pool.

    Of a greenlet that is killed while it waits, the call goes on in its thread: the next call waits for it, so that
    nothing is closed under a transfer. Give it short calls.
    """

    def __init__(self) -> None:
        self._running: AsyncResult[Any] | None = None

    def run(self, call: Callable[[], T], *expected: type[Exception]) -> T:
        """Run it; what is `expected` to be raised is carried over to here without gevent printing it."""
        outcome: list[T] = []

        def carry() -> Exception | None:
            try:
                outcome.append(call())
            except expected as error:
                return error
            return None

        if self._running is not None:
            self._running.wait()
        self._running = running = gevent.get_hub().threadpool.spawn(carry)
        failure = running.get()
        if failure is not None:
            raise failure
        return outcome[0]
