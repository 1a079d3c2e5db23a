"""Prints the hall's print jobs: one worker for each printer, so that a dead printer holds up no other."""

from __future__ import annotations

import logging
import time
from collections.abc import Callable, Sequence
from dataclasses import asdict
from functools import partial
from typing import Any, Final

import gevent

from kiosk.printer.desk import HallDesk, JobLost, PrinterCondition, report
from kiosk.printer.profile import profile_of
from kiosk.printer.remote import RemotePrinters
from kiosk.printer.worker import PrinterWorker
from server.config.live import LiveSettings
from server.config.printer_address import PrinterAddress, is_serial, parse_printer
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
_GRACE = 3.0
"""Seconds that a slip under way has to come out when the hall stops."""
_SOON = 0.02
NO_PRINTER: Final = PrinterCondition("blocked", "no_printer")
"""How the printer is of a kiosk that has none."""


class PrintAgent:
    """Takes print jobs from the log to the printers, and knows how the printers are.

    Places that share one printer (two windows side by side) share its worker. Printers at other PCs have theirs there.
    """

    def __init__(self, hall: HallEngine, live: LiveSettings) -> None:
        self._hall = hall
        self.on_change: Callable[[], None] = lambda: None
        self.remote = RemotePrinters(hall, live, lambda: self.on_change())
        by_link: dict[PrinterAddress, PrinterWorker] = {}
        self._workers: dict[str, PrinterWorker] = {}
        for name, printer in live.now.printers().items():
            if name in self.remote:
                continue
            address = parse_printer(printer.link)
            if address not in by_link:
                by_link[address] = self._worker(name, printer, live)
            self._workers[name] = by_link[address]
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
            worker.finish()
        until = time.monotonic() + _GRACE
        while time.monotonic() < until and any(worker.is_printing for worker in self._distinct):
            gevent.sleep(_SOON)
        gevent.joinall([gevent.spawn(worker.stop) for worker in self._distinct])
        self.remote.stop()

    def states(self) -> list[dict[str, Any]]:
        here = [{"kind": "printer", "id": name, **self.state_of(name)} for name in self._workers]
        return here + self.remote.states()

    def state_of(self, name: str) -> dict[str, str | None]:
        """`{state, reason, paper, cover}` of a printer (`PrinterCondition`)."""
        if name in self.remote:
            return asdict(self.remote.condition_of(name))
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
        elif name in self.remote:
            self.remote.put(name, job)
        else:
            report(self._hall, job, PrintState.BLOCKED, NO_PRINTER.reason)

    def _live(self) -> None:
        left_over = self._left_over()
        self.remote.start()
        for worker in self._distinct:
            worker.start()
        for job in left_over:
            self._take_up(*job)
        for worker in self._distinct:
            worker.look()
        self._rounds.start()

    def _left_over(self) -> list[tuple[str, str, PrintState]]:
        """What is `sending` before the workers start was being sent by an earlier process."""
        while True:
            try:
                return self._hall.read(_unfinished)
            except EngineError:
                gevent.sleep(_AGAIN)

    def _take_up(self, job: str, name: str, state: PrintState) -> None:
        """A job of now or of an earlier process: printed if nothing was sent and it is fresh, never twice.

        What an agent has begun may be going on this moment: it will say.
        """
        worker = self._workers.get(name)
        try:
            if state in UNSENT:
                self._put(name, job)
            elif name not in self.remote and not (worker and worker.holds(job)):
                report(self._hall, job, PrintState.UNKNOWN, "restarted")
        except JobLost as error:
            _log.info("job %s is not taken up: %s", job, error)

    def _look_round(self) -> None:
        """Paper that ran out is known before the next citizen touches the screen; so is the hour of closing."""
        for job, name, state in self._left_over():
            if name not in self.remote:
                self._take_up(job, name, state)  # what nobody holds, because telling it failed at a bad moment
        for worker in self._distinct:
            worker.look()
        self.on_change()


def _unfinished(state: HallState) -> list[tuple[str, str, PrintState]]:
    return [(job.id, job.printer, job.state) for job in state.prints.values() if job.state not in ENDED]
