"""Doing something again and again, whatever happens in between."""

from __future__ import annotations

import logging
from collections.abc import Callable
from typing import Any

import gevent

from server.engine.errors import EngineError

_log = logging.getLogger(__name__)


class Rounds:
    """Calls `work` every `period` seconds, the first time after one period, until stopped.

    A round that fails is logged and the next one comes all the same; while the hall cannot be asked they pass unseen.
    """

    def __init__(self, name: str, period: float, work: Callable[[], None]) -> None:
        self._name = name
        self._period = period
        self._work = work
        self._greenlet: gevent.Greenlet[..., Any] | None = None

    def start(self) -> None:
        self._greenlet = gevent.spawn(self._run)

    def stop(self) -> None:
        if self._greenlet is not None:
            self._greenlet.kill()

    def _run(self) -> None:
        while True:
            gevent.sleep(self._period)
            try:
                self._work()
            except EngineError as error:
                _log.debug("%s: %s", self._name, error.code)
            except Exception:  # noqa: BLE001 — the loop's outermost edge: one failure must not end what comes after it
                _log.exception("%s failed", self._name)
