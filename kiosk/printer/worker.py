"""One printer's worker: job after job over a fresh connection, each told to the hall as it goes."""

from __future__ import annotations

import logging
from collections.abc import Callable
from datetime import timedelta
from typing import Any, NamedTuple
from urllib.parse import urlsplit

import gevent
from gevent.queue import SimpleQueue

from kiosk.printer.protocol import PrintOutcome, PrintReason, check_printer, print_job
from kiosk.slip.filling import profile_of, slip_of
from kiosk.slip.ticket import ticket_slip
from kiosk.view import find_kiosk
from server.config.devices import PrinterSettings
from server.config.live import LiveSettings
from server.device.link import Link
from server.device.tcp import open_tcp
from server.engine import EngineError, HallEngine
from server.engine.errors import Overloaded, Starting, WriteRefused
from server.hall.commands import ReportPrint
from server.hall.errors import HallError
from server.hall.printing import ENDED, PrintState
from server.hall.state import HallState

_log = logging.getLogger(__name__)
_TOO_OLD = timedelta(minutes=2)
"""A ticket printed later than this would lie in the slot for somebody who has gone."""
_AGAIN = 0.5
_PASSING = (Starting, WriteRefused, Overloaded)
"""Refusals after which this process may still be the hall's owner."""


class _Prepared(NamedTuple):
    body: bytes
    id4: str
    age: timedelta


class PrinterWorker:
    """Prints a kiosk's jobs in order. `state` is how the printer was when last asked."""

    def __init__(
        self,
        hall: HallEngine,
        live: LiveSettings,
        kiosk: str,
        printer: PrinterSettings,
        changed: Callable[[], None],
    ) -> None:
        self._hall = hall
        self._live = live
        self._kiosk = kiosk
        self._address = urlsplit(printer.link)
        self._profile = profile_of(printer)
        self._changed = changed
        self._jobs: SimpleQueue[str | None] = SimpleQueue()
        self._greenlet: gevent.Greenlet[..., Any] | None = None
        self._paused: PrintReason | None = None
        self._current: str | None = None
        self.state: dict[str, str | None] = {"state": "unknown", "reason": None}

    def start(self) -> None:
        self._greenlet = gevent.spawn(self._work)

    def stop(self) -> None:
        """At once: a job under way is left in `sending`, and the next start calls it unknown."""
        if self._greenlet is not None:
            self._greenlet.kill()

    def put(self, job: str) -> None:
        """Print it in its turn; while the printer stands with another ticket in it there is no turn to wait for."""
        if job == self._current:
            return
        if self._paused is None:
            self._jobs.put(job)
        else:
            report(self._hall, job, PrintState.BLOCKED, self._paused)

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
                _log.warning("kiosk %s: job %s was left: %s", self._kiosk, job, error)
            except Exception:  # noqa: BLE001 — the worker's outermost edge: the next job must still be printed
                _log.exception("kiosk %s: job %s failed", self._kiosk, job)
                self._abandon(job)

    def _abandon(self, job: str | None) -> None:
        """A mistake of ours in the middle of a job: say what is known of its paper, rather than nothing for ever."""
        if job is None:
            return
        try:
            state = self._hall.read(lambda hall: hall.prints[job].state)
            if state not in ENDED:
                end = PrintState.BLOCKED if state is PrintState.QUEUED else PrintState.UNKNOWN
                report(self._hall, job, end, "internal_error")
        except (EngineError, HallError, KeyError) as error:
            _log.warning("kiosk %s: job %s was left: %s", self._kiosk, job, error)

    def _print(self, job: str) -> None:
        prepared = self._hall.read(lambda state: self._prepare(state, job))
        if prepared is None:
            return
        if prepared.age > _TOO_OLD:
            report(self._hall, job, PrintState.DROPPED, "too_old")
            return
        self._current = job
        try:
            outcome = print_job(
                self._open,
                prepared.body,
                prepared.id4,
                self._profile,
                on_sending=lambda: report(self._hall, job, PrintState.SENDING),
                on_paused=lambda reason: self._pause(job, reason),
                on_resumed=lambda: self._resume(job),
            )
        finally:
            self._paused = self._current = None
        report(self._hall, job, outcome.state, outcome.reason)
        self._note(self._reason_after(outcome))

    def _prepare(self, state: HallState, job_id: str) -> _Prepared | None:
        """A job that is still to be printed."""
        job = state.prints.get(job_id)
        if job is None or job.state is not PrintState.QUEUED:
            return None
        settings = self._live.now
        slip = slip_of(state.tickets[job.ticket], job, state.plan, settings, find_kiosk(settings, self._kiosk))
        return _Prepared(ticket_slip(slip, self._profile), job.short_id, self._hall.clock() - job.queued_at)

    def _pause(self, job: str, reason: PrintReason) -> None:
        """The printer stands with this ticket in it: whoever comes next is told at once, not when it goes on."""
        self._paused = reason
        report(self._hall, job, PrintState.PAUSED, reason)
        self._note(reason)
        while len(self._jobs):
            waiting = self._jobs.get()
            if waiting is not None and waiting != job:
                self._block(waiting, reason)

    def _block(self, job: str, reason: PrintReason) -> None:
        try:
            report(self._hall, job, PrintState.BLOCKED, reason)
        except HallError as error:
            _log.info("kiosk %s: job %s had ended: %s", self._kiosk, job, error)

    def _resume(self, job: str) -> None:
        self._paused = None
        report(self._hall, job, PrintState.SENDING)

    def _reason_after(self, outcome: PrintOutcome) -> PrintReason | None:
        """What keeps the printer from the next job. That one job is unknown does not say; the printer does."""
        if outcome.state is PrintState.UNKNOWN and self._profile.answers_status:
            return check_printer(self._open, self._profile)
        return outcome.reason

    def _note(self, reason: PrintReason | None) -> None:
        fresh = {"state": "blocked" if reason else "ready", "reason": reason.value if reason else None}
        if fresh != self.state:
            self.state = fresh
            self._changed()

    def _open(self) -> Link:
        return open_tcp(self._address.hostname or "", self._address.port or 9100)


def report(hall: HallEngine, job: str, state: PrintState, reason: str | None = None) -> None:
    """Tell the hall, again while it is being rebuilt: a paper that came out must not stay `sending` in the log.

    Raises HallError when the job is not open any more, EngineError when the hall is no longer this process's.
    """
    while True:
        try:
            hall.do(ReportPrint(job, state, reason))
        except _PASSING as error:
            _log.info("job %s: %s is told again: %s", job, state.value, error.code)
            gevent.sleep(_AGAIN)
        else:
            return
