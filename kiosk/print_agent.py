"""Prints the hall's print jobs: one worker for each kiosk's printer, so that a dead printer holds up no other."""

from __future__ import annotations

import logging
from collections.abc import Callable, Sequence
from datetime import timedelta
from typing import Any

import gevent

from kiosk.printer_worker import PrinterWorker, report
from server.config import Settings
from server.engine import EngineError, HallEngine
from server.hall.events import PrintQueued, Recorded
from server.hall.printing import ENDED, PrintJob, PrintState
from server.hall.state import HallState
from server.terminal import Subscription

_log = logging.getLogger(__name__)
_ROUND = 5.0
_TOO_OLD = timedelta(minutes=2)
"""A ticket printed later than this would lie in the slot for somebody who has gone."""


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
        self._rounds: gevent.Greenlet[..., Any] | None = None

    def subscription(self) -> Subscription:
        return Subscription("print agent", self._queued, frozenset({PrintQueued}))

    def start(self) -> None:
        for worker in self._workers.values():
            worker.start()
        for job in self._hall.read(_unfinished):
            self._take_up(*job)
        self._rounds = gevent.spawn(self._look_round)

    def stop(self) -> None:
        for worker in self._workers.values():
            worker.stop()
        if self._rounds is not None:
            self._rounds.kill()

    def states(self) -> list[dict[str, Any]]:
        return [{"kind": "printer", "id": kiosk, **self.state_of(kiosk)} for kiosk in self._workers]

    def state_of(self, kiosk: str) -> dict[str, str | None]:
        """`{state, reason}` of a kiosk's printer: ready, blocked or unknown."""
        worker = self._workers.get(kiosk)
        return worker.state if worker else {"state": "blocked", "reason": "no_printer"}

    def _queued(self, events: Sequence[Recorded]) -> None:
        for recorded in events:
            if isinstance(recorded.event, PrintQueued):
                self._put(recorded.event.kiosk, recorded.event.job)

    def _put(self, kiosk: str, job: str) -> None:
        worker = self._workers.get(kiosk)
        if worker is not None:
            worker.put(job)
        else:
            report(self._hall, job, PrintState.BLOCKED, "no_printer")

    def _take_up(self, job: str, kiosk: str, state: PrintState, age: timedelta) -> None:
        """A job left over from before this process: printed if nothing was sent and it is fresh, never twice."""
        if state is not PrintState.QUEUED:
            report(self._hall, job, PrintState.UNKNOWN, "restarted")
        elif age > _TOO_OLD:
            report(self._hall, job, PrintState.DROPPED, "too_old")
        else:
            self._put(kiosk, job)

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


def _unfinished(state: HallState) -> list[tuple[str, str, PrintState, timedelta]]:
    def entry(job: PrintJob) -> tuple[str, str, PrintState, timedelta]:
        return job.id, job.kiosk, job.state, (state.now or job.queued_at) - job.queued_at

    return [entry(job) for job in state.prints.values() if job.state not in ENDED]
