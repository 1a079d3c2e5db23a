"""One printer's worker: job after job over a fresh connection, each told to the hall as it goes."""

from __future__ import annotations

import logging
from collections.abc import Callable
from typing import Any
from urllib.parse import urlsplit

import gevent
from gevent.queue import SimpleQueue

from kiosk.paper import profile_of, slip_of
from kiosk.print_protocol import PrintReason, check_printer, print_job
from kiosk.ticket_slip import ticket_slip
from server.config import Settings
from server.config.devices import KioskSettings, PrinterSettings
from server.device.link import Link
from server.device.tcp import open_tcp
from server.engine import EngineError, HallEngine
from server.hall.commands import ReportPrint
from server.hall.errors import HallError
from server.hall.printing import PrintState
from server.hall.state import HallState

_log = logging.getLogger(__name__)


class PrinterWorker:
    """Prints a kiosk's jobs in order. `state` is how the printer was when last asked."""

    def __init__(
        self,
        hall: HallEngine,
        settings: Settings,
        kiosk: KioskSettings,
        printer: PrinterSettings,
        changed: Callable[[], None],
    ) -> None:
        self._hall = hall
        self._settings = settings
        self._kiosk = kiosk
        self._address = urlsplit(printer.link)
        self._profile = profile_of(printer)
        self._changed = changed
        self._jobs: SimpleQueue[str | None] = SimpleQueue()
        self._greenlet: gevent.Greenlet[..., Any] | None = None
        self.state: dict[str, str | None] = {"state": "unknown", "reason": None}

    def start(self) -> None:
        self._greenlet = gevent.spawn(self._work)

    def stop(self) -> None:
        """At once: a job under way is left in `sending`, and the next start calls it unknown."""
        if self._greenlet is not None:
            self._greenlet.kill()

    def put(self, job: str) -> None:
        self._jobs.put(job)

    def look(self) -> None:
        """Ask the printer how it is when there is nothing to print."""
        if not len(self._jobs):
            self._jobs.put(None)

    def _work(self) -> None:
        while True:
            job = self._jobs.get()
            try:
                if job is not None:
                    self._print(job)
                elif self._profile.answers_status:
                    self._note(check_printer(self._open, self._profile))
            except (EngineError, HallError) as error:
                _log.warning("kiosk %s: job %s was left: %s", self._kiosk.id, job, error)
            except Exception:  # noqa: BLE001 — the worker's outermost edge: the next job must still be printed
                _log.exception("kiosk %s: job %s failed", self._kiosk.id, job)

    def _print(self, job: str) -> None:
        prepared = self._hall.read(lambda state: self._prepare(state, job))
        if prepared is None:
            return
        body, id4 = prepared
        outcome = print_job(
            self._open,
            body,
            id4,
            self._profile,
            on_sending=lambda: self._tell(job, PrintState.SENDING),
            on_paused=lambda reason: self._tell(job, PrintState.PAUSED, reason),
            on_resumed=lambda: self._tell(job, PrintState.SENDING),
        )
        report(self._hall, job, outcome.state, outcome.reason.value if outcome.reason else None)
        self._note(outcome.reason)

    def _prepare(self, state: HallState, job_id: str) -> tuple[bytes, str] | None:
        """The bytes of a job that is still to be printed."""
        job = state.prints.get(job_id)
        if job is None or job.state is not PrintState.QUEUED:
            return None
        slip = slip_of(state.tickets[job.ticket], job, state.plan, self._settings, self._kiosk)
        return ticket_slip(slip, self._profile), job.short_id

    def _tell(self, job: str, state: PrintState, reason: PrintReason | None = None) -> None:
        report(self._hall, job, state, reason.value if reason else None)
        if reason is not None:
            self._note(reason)

    def _note(self, reason: PrintReason | None) -> None:
        fresh = {"state": "blocked" if reason else "ready", "reason": reason.value if reason else None}
        if fresh != self.state:
            self.state = fresh
            self._changed()

    def _open(self) -> Link:
        return open_tcp(self._address.hostname or "", self._address.port or 9100)


def report(hall: HallEngine, job: str, state: PrintState, reason: str | None = None) -> None:
    hall.do(ReportPrint(job, state, reason))
