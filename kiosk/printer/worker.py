"""One printer's worker: job after job over a fresh connection, each told to the hall as it goes."""

from __future__ import annotations

import logging
from collections.abc import Callable
from dataclasses import replace
from datetime import timedelta
from typing import Any, Final

import gevent
from gevent.queue import SimpleQueue

from kiosk.printer.desk import Desk, JobLost, Prepared, PrinterCondition, TooLate
from kiosk.printer.outcome import PrinterCheck, PrintOutcome, PrintReason
from kiosk.printer.profile import PrinterProfile
from kiosk.printer.protocol import PrintTimings, check_printer, print_job
from server.device.link import Link, LinkUnavailable
from server.hall.printing import PrintState

_log = logging.getLogger(__name__)
_BITS_A_BYTE = 10  # 8N1
_LETS_GO = 1.0
"""Seconds for a device to be closed when the hall stops."""
USUAL: Final = PrintTimings()


class PrinterWorker:
    """Prints the jobs of one printer in order.

    `open_link` opens it anew for every job, which is also how one that was unplugged comes back. `baudrate` of a serial
    line, None where the wire is never the slow part. Another `profile` holds from the next job on.
    """

    def __init__(
        self,
        name: str,
        desk: Desk,
        open_link: Callable[[], Link],
        profile: PrinterProfile,
        baudrate: int | None = None,
        timings: PrintTimings = USUAL,
    ) -> None:
        self._name = name
        self._desk = desk
        self._open_link = open_link
        self._out_of_reach = ""
        self.profile = profile
        self._baudrate = baudrate
        self._usual = timings
        self._jobs: SimpleQueue[str | None] = SimpleQueue()
        self._greenlet: gevent.Greenlet[..., Any] | None = None
        self._paused: PrintReason | None = None
        self._state: PrintState | None = None
        self._settled = False
        self._stopping = False
        self._held: set[str] = set()
        self._given_again: set[str] = set()
        self.condition = PrinterCondition()

    def start(self) -> None:
        self._stopping = False
        self._jobs = SimpleQueue()
        self._held.clear()
        self._given_again.clear()
        self._greenlet = gevent.spawn(self._work)

    def finish(self) -> None:
        """Take nothing new; what waits here is still queued in the log, for the next start."""
        self._stopping = True
        self._jobs.put(None)

    @property
    def is_printing(self) -> bool:
        """Whether a slip is on its way that will soon be out; not while the printer stands still with it."""
        return self._state in (PrintState.CHECKING, PrintState.SENDING, PrintState.AWAIT_ACK)

    def stop(self) -> None:
        """At once: a job under way is left as it is, and the next start calls it unknown if it was being sent.

        A device call that does not return is not waited for.
        """
        if self._greenlet is not None:
            self._greenlet.kill(timeout=_LETS_GO)

    def put(self, job: str) -> None:
        """Print it in its turn, once however often it is put here; given while it is being left, it has another turn.

        While the printer stands with another slip in it there is no turn to wait for.
        """
        if job in self._held:
            self._given_again.add(job)
            return
        if self._paused is None:
            self._held.add(job)
            self._jobs.put(job)
        else:
            self._desk.report(job, PrintState.BLOCKED, self._paused)

    def holds(self, job: str) -> bool:
        """Whether it waits or is being printed here."""
        return job in self._held

    def look(self) -> None:
        """Ask the printer how it is when there is nothing to print."""
        if not len(self._jobs):
            self._jobs.put(None)

    def _work(self) -> None:
        while True:
            job = self._jobs.get()
            if self._stopping:
                return
            try:
                if job is not None:
                    self._print(job)
                else:
                    self._note(check_printer(self._open, self.profile, timings=self._usual))
            except JobLost as error:
                _log.warning("printer %s: job %s was left: %s", self._name, job, error)
            except Exception:  # noqa: BLE001 — the worker's outermost edge: the next job must still be printed
                _log.exception("printer %s: job %s failed", self._name, job)
                self._abandon(job)
            finally:
                self._paused = self._state = None
                self._let_go(job)

    def _let_go(self, job: str | None) -> None:
        """What has been printed meanwhile is not prepared a second time."""
        if job is None:
            return
        self._held.discard(job)
        if job in self._given_again:
            self._given_again.discard(job)
            self.put(job)

    def _abandon(self, job: str | None) -> None:
        """A mistake of ours in the middle of a job: say what is known of its paper, rather than nothing for ever."""
        if job is None:
            return
        unsent = self._state in (None, PrintState.CHECKING)
        try:
            self._desk.report(job, PrintState.BLOCKED if unsent else PrintState.UNKNOWN, "internal_error")
        except JobLost as error:
            _log.warning("printer %s: job %s was left: %s", self._name, job, error)

    def _print(self, job: str) -> None:
        prepared = self._desk.prepare(job)
        if prepared is None:
            return
        if prepared.age > self._desk.longest_wait():
            self._report(job, PrintState.DROPPED, "too_old")
            return
        self._report(job, PrintState.CHECKING)
        try:
            outcome = self._talk(job, prepared)
        except TooLate:
            self._drop(job)
            return
        self._paused = None
        self._report(job, outcome.state, outcome.reason)
        self._note(self._check_after(outcome))

    def _talk(self, job: str, prepared: Prepared) -> PrintOutcome:
        return print_job(
            self._open,
            prepared.body,
            prepared.id4,
            self.profile,
            on_sending=lambda: self._begin(job, self._desk.longest_wait() - prepared.age),
            on_sent=lambda: self._report(job, PrintState.AWAIT_ACK),
            on_paused=lambda reason: self._pause(job, reason),
            on_resumed=lambda: self._resume(job),
            settled=self._settled,
            timings=self._timings(prepared),
        )

    def _begin(self, job: str, within: timedelta) -> None:
        self._state, self._settled = PrintState.SENDING, False
        self._desk.begin(job, within)

    def _drop(self, job: str) -> None:
        """Nothing was sent. That it was to be sent may have been written down all the same, though nobody said so."""
        try:
            self._report(job, PrintState.DROPPED, "too_old")
        except JobLost:
            self._report(job, PrintState.UNKNOWN, "too_old")

    def _open(self) -> Link:
        """Why it cannot be reached is told once to whoever reads the log: it says what to plug, allow or write."""
        try:
            link = self._open_link()
        except LinkUnavailable as error:
            if str(error) != self._out_of_reach:
                _log.warning("printer %s cannot be reached: %s", self._name, error)
            self._out_of_reach = str(error)
            raise
        self._out_of_reach = ""
        return link

    def _timings(self, prepared: Prepared) -> PrintTimings:
        """On a slow line the printer is still reading when the last byte has been handed over."""
        usual = self._usual
        if self._baudrate is None:
            return usual
        on_the_wire = len(prepared.body) * _BITS_A_BYTE / self._baudrate
        return replace(usual, acknowledge=usual.acknowledge + on_the_wire, linger=usual.linger + on_the_wire)

    def _report(self, job: str, state: PrintState, reason: str | None = None) -> None:
        # First: if telling it fails, what is known of the paper is what was about to be told.
        self._state = state
        if state is PrintState.PRINTED:
            self._settled = True
        self._desk.report(job, state, reason)

    def _pause(self, job: str, reason: PrintReason) -> None:
        """The printer stands with this slip in it: whoever comes next is told at once, not when it goes on."""
        self._paused = reason
        self._report(job, PrintState.PAUSED, reason)
        self._note(PrinterCheck(reason))
        while len(self._jobs):
            waiting = self._jobs.get()
            if waiting is not None:
                self._held.discard(waiting)
                self._given_again.discard(waiting)
                self._block(waiting, reason)

    def _block(self, job: str, reason: PrintReason) -> None:
        try:
            self._desk.report(job, PrintState.BLOCKED, reason)
        except JobLost as error:
            _log.info("printer %s: job %s had ended: %s", self._name, job, error)

    def _resume(self, job: str) -> None:
        self._paused = None
        self._report(job, PrintState.AWAIT_ACK)

    def _check_after(self, outcome: PrintOutcome) -> PrinterCheck:
        """What keeps the printer from the next job. That one job is unknown does not say; the printer does."""
        if outcome.state is PrintState.UNKNOWN and self.profile.answers_status:
            return check_printer(self._open, self.profile, timings=self._usual)
        return PrinterCheck(outcome.reason, outcome.paper_near)

    def _note(self, check: PrinterCheck) -> None:
        fresh = PrinterCondition.after(check.reason, paper_near=check.paper_near, asked=self.profile.answers_status)
        if fresh != self.condition:
            self.condition = fresh
            self._desk.note(fresh)
