"""Prints the hall's print jobs: one worker for each kiosk's printer, so that a dead printer holds up no other."""

from __future__ import annotations

import logging
from collections.abc import Callable, Sequence
from typing import Any, Final

import gevent

from kiosk.printer.worker import PrinterWorker, report
from server.config.live import LiveSettings
from server.engine import EngineError, HallEngine
from server.engine.rounds import Rounds
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

    def __init__(self, hall: HallEngine, live: LiveSettings) -> None:
        self._hall = hall
        self.on_change: Callable[[], None] = lambda: None
        self._workers = {
            kiosk.id: PrinterWorker(hall, live, kiosk.id, kiosk.printer, lambda: self.on_change())
            for kiosk in live.now.kiosks
            if kiosk.printer is not None
        }
        self._living: gevent.Greenlet[..., Any] | None = None
        self._rounds = Rounds("printers", _ROUND, self._look_round)

    def subscription(self) -> Subscription:
        return Subscription("print agent", self._queued, frozenset({PrintQueued}))

    def start(self) -> None:
        self._living = gevent.spawn(self._live)

    def stop(self) -> None:
        self._rounds.stop()
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
                self._take_up(recorded.event.job, recorded.event.kiosk, PrintState.QUEUED)

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
            self._take_up(*job)
        for worker in self._workers.values():
            worker.look()
        self._rounds.start()

    def _left_over(self) -> list[tuple[str, str, PrintState]]:
        """Asked before the workers start: what is `sending` then was being sent by an earlier process."""
        while True:
            try:
                return self._hall.read(_unfinished)
            except EngineError:
                gevent.sleep(_AGAIN)

    def _take_up(self, job: str, kiosk: str, state: PrintState) -> None:
        """A job of now or of an earlier process: printed if nothing was sent and it is fresh, never twice."""
        try:
            if state is PrintState.QUEUED:
                self._put(kiosk, job)
            else:
                report(self._hall, job, PrintState.UNKNOWN, "restarted")
        except (EngineError, HallError) as error:
            _log.info("job %s is not taken up: %s", job, error)

    def _look_round(self) -> None:
        """Paper that ran out is known before the next citizen touches the screen; so is the hour of closing."""
        for worker in self._workers.values():
            worker.look()
        self.on_change()


def _unfinished(state: HallState) -> list[tuple[str, str, PrintState]]:
    return [(job.id, job.kiosk, job.state) for job in state.prints.values() if job.state not in ENDED]
