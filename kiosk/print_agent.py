"""Prints the hall's print jobs: one worker for each kiosk's printer, so that a dead printer holds up no other."""

from __future__ import annotations

import logging
from collections.abc import Callable, Sequence
from typing import Any, Final

import gevent

from kiosk.printer_worker import PrinterWorker, report
from server.config import Settings
from server.engine import EngineError, HallEngine
from server.hall.errors import HallError
from server.hall.events import PrintQueued, Recorded
from server.hall.printing import ENDED, PrintState
from server.hall.state import HallState
from server.terminal import Subscription

_log = logging.getLogger(__name__)
_ROUND = 5.0
_AGAIN = 0.5
NO_PRINTER: Final[dict[str, str | None]] = {"state": "blocked", "reason": "no_printer"}
"""How the printer is of a kiosk that has none."""


class PrintAgent:
    """Takes print jobs from the log to the printers, and knows how the printers are."""

    def __init__(self, hall: HallEngine, settings: Settings) -> None:
        self._hall = hall
        self.on_change: Callable[[], None] = lambda: None
        self._workers = {
            kiosk.id: PrinterWorker(hall, settings, kiosk, kiosk.printer, lambda: self.on_change())
            for kiosk in settings.kiosks
            if kiosk.printer is not None
        }
        self._living: gevent.Greenlet[..., Any] | None = None

    def subscription(self) -> Subscription:
        return Subscription("print agent", self._queued, frozenset({PrintQueued}))

    def start(self) -> None:
        self._living = gevent.spawn(self._live)

    def stop(self) -> None:
        if self._living is not None:
            self._living.kill()
        for worker in self._workers.values():
            worker.stop()

    def states(self) -> list[dict[str, Any]]:
        return [{"kind": "printer", "id": kiosk, **self.state_of(kiosk)} for kiosk in self._workers]

    def state_of(self, kiosk: str) -> dict[str, str | None]:
        """`{state, reason}` of a kiosk's printer: ready, blocked or unknown."""
        worker = self._workers.get(kiosk)
        return worker.state if worker else dict(NO_PRINTER)

    def _queued(self, events: Sequence[Recorded]) -> None:
        for recorded in events:
            if isinstance(recorded.event, PrintQueued):
                self._put(recorded.event.kiosk, recorded.event.job)

    def _put(self, kiosk: str, job: str) -> None:
        worker = self._workers.get(kiosk)
        if worker is not None:
            worker.put(job)
        else:
            report(self._hall, job, PrintState.BLOCKED, NO_PRINTER["reason"])

    def _live(self) -> None:
        left_over = self._left_over()
        for worker in self._workers.values():
            worker.start()
        for job in left_over:
            try:
                self._take_up(*job)
            except (EngineError, HallError) as error:
                _log.warning("job %s of an earlier run was left: %s", job[0], error)
        self._look_round()

    def _left_over(self) -> list[tuple[str, str, PrintState]]:
        """Asked before the workers start: what is `sending` then was being sent by an earlier process."""
        while True:
            try:
                return self._hall.read(_unfinished)
            except EngineError:
                gevent.sleep(_AGAIN)

    def _take_up(self, job: str, kiosk: str, state: PrintState) -> None:
        """A job left over from before this process: printed if nothing was sent and it is fresh, never twice."""
        if state is PrintState.QUEUED:
            self._put(kiosk, job)
        else:
            report(self._hall, job, PrintState.UNKNOWN, "restarted")

    def _look_round(self) -> None:
        """Paper that ran out is known before the next citizen touches the screen; so is the hour of closing."""
        while True:
            for worker in self._workers.values():
                worker.look()
            gevent.sleep(_ROUND)
            try:
                self.on_change()
            except EngineError:
                continue


def _unfinished(state: HallState) -> list[tuple[str, str, PrintState]]:
    return [(job.id, job.kiosk, job.state) for job in state.prints.values() if job.state not in ENDED]
