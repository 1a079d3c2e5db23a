"""Prints the hall's print jobs: one worker for each printer, so that a dead printer holds up no other."""

from __future__ import annotations

import logging
from collections.abc import Callable, Sequence
from dataclasses import asdict
from functools import partial
from typing import Any, Final

import gevent

from kiosk.printer.desk import HallDesk, JobLost, PrinterCondition, report
from kiosk.printer.profile import profile_of
from kiosk.printer.worker import PrinterWorker
from server.config.live import LiveSettings
from server.config.printer_address import is_serial
from server.config.printers import PrinterSettings
from server.device.printer_links import open_printer_link
from server.engine import EngineError, HallEngine
from server.engine.rounds import Rounds
from server.hall.events import PrintQueued, Recorded, SlipQueued
from server.hall.printing import ENDED, UNSENT, PrintState
from server.hall.state import HallState
from server.terminal import Subscription

_log = logging.getLogger(__name__)
_ROUND = 5.0
_AGAIN = 0.5
NO_PRINTER: Final = PrinterCondition("blocked", "no_printer")
"""How the printer is of a kiosk that has none."""


class PrintAgent:
    """Takes print jobs from the log to the printers, and knows how the printers are.

    Places that share one printer (two windows side by side) share its worker.
    """

    def __init__(self, hall: HallEngine, live: LiveSettings) -> None:
        self._hall = hall
        self.on_change: Callable[[], None] = lambda: None
        by_link: dict[str, PrinterWorker] = {}
        self._workers: dict[str, PrinterWorker] = {}
        for name, printer in live.now.printers().items():
            if printer.link not in by_link:
                by_link[printer.link] = self._worker(name, printer, live)
            self._workers[name] = by_link[printer.link]
        self._distinct = list(by_link.values())
        self._living: gevent.Greenlet[..., Any] | None = None
        self._rounds = Rounds("printers", _ROUND, self._look_round)

    def subscription(self) -> Subscription:
        return Subscription("print agent", self._queued, frozenset({PrintQueued, SlipQueued}))

    def start(self) -> None:
        self._living = gevent.spawn(self._live)

    def stop(self) -> None:
        self._rounds.stop()
        if self._living is not None:
            self._living.kill()
        for worker in self._distinct:
            worker.stop()

    def states(self) -> list[dict[str, Any]]:
        return [{"kind": "printer", "id": name, **self.state_of(name)} for name in self._workers]

    def state_of(self, name: str) -> dict[str, str | None]:
        """`{state, reason, paper, cover}` of a printer (`PrinterCondition`)."""
        worker = self._workers.get(name)
        return asdict(worker.condition if worker else NO_PRINTER)

    def _worker(self, name: str, printer: PrinterSettings, live: LiveSettings) -> PrinterWorker:
        profile = profile_of(printer)
        desk = HallDesk(self._hall, live, profile, lambda: self.on_change())
        open_link = partial(open_printer_link, printer.link, printer.baudrate)
        return PrinterWorker(name, desk, open_link, profile, printer.baudrate if is_serial(printer.link) else None)

    def _queued(self, events: Sequence[Recorded]) -> None:
        for recorded in events:
            event = recorded.event
            if isinstance(event, PrintQueued):
                self._take_up(event.job, event.kiosk, PrintState.QUEUED)
            elif isinstance(event, SlipQueued):
                self._take_up(event.job, event.printer, PrintState.QUEUED)

    def _put(self, name: str, job: str) -> None:
        worker = self._workers.get(name)
        if worker is not None:
            worker.put(job)
        else:
            report(self._hall, job, PrintState.BLOCKED, NO_PRINTER.reason)

    def _live(self) -> None:
        left_over = self._left_over()
        for worker in self._distinct:
            worker.start()
        for job in left_over:
            self._take_up(*job)
        for worker in self._distinct:
            worker.look()
        self._rounds.start()

    def _left_over(self) -> list[tuple[str, str, PrintState]]:
        """Asked before the workers start: what is `sending` then was being sent by an earlier process."""
        while True:
            try:
                return self._hall.read(_unfinished)
            except EngineError:
                gevent.sleep(_AGAIN)

    def _take_up(self, job: str, name: str, state: PrintState) -> None:
        """A job of now or of an earlier process: printed if nothing was sent and it is fresh, never twice."""
        try:
            if state in UNSENT:
                self._put(name, job)
            else:
                report(self._hall, job, PrintState.UNKNOWN, "restarted")
        except JobLost as error:
            _log.info("job %s is not taken up: %s", job, error)

    def _look_round(self) -> None:
        """Paper that ran out is known before the next citizen touches the screen; so is the hour of closing."""
        for worker in self._distinct:
            worker.look()
        self.on_change()


def _unfinished(state: HallState) -> list[tuple[str, str, PrintState]]:
    return [(job.id, job.printer, job.state) for job in state.prints.values() if job.state not in ENDED]
