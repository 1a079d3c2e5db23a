"""Where a printer's worker gets its jobs from, and whom it tells how they go."""

from __future__ import annotations

import logging
import time
from collections.abc import Callable
from dataclasses import dataclass
from datetime import timedelta
from typing import NamedTuple, Protocol, TypeVar

import gevent
from gevent.threadpool import ThreadPool

from kiosk.printer.outcome import PrintReason
from kiosk.printer.profile import PrinterProfile
from kiosk.slip.paper import Paper, paper_of, slip_bytes
from server.config.live import LiveSettings
from server.engine import EngineError, HallEngine
from server.engine.errors import Overloaded, Starting, WriteRefused
from server.hall.commands import ReportPrint
from server.hall.errors import HallError
from server.hall.printing import UNSENT, PrintJob, PrintState, Slip
from server.hall.state import HallState
from server.hall.ticket import State

T = TypeVar("T")

_log = logging.getLogger(__name__)
_AGAIN = 0.5
_PASSING = (Starting, WriteRefused, Overloaded)
"""Refusals after which this process may still be the hall's owner."""
_VOID = frozenset({State.CANCELLED, State.EXPIRED})


class Prepared(NamedTuple):
    """A job ready to be sent: the slip with its cut, the four characters that its acknowledgement carries, its age."""

    body: bytes
    id4: str
    age: timedelta


@dataclass(frozen=True)
class PrinterCondition:
    """How a printer was when last asked. `state`: ready, blocked or unknown; `paper`: ok, near, out, or None where it
    does not tell; `cover`: open, closed or None.
    """

    state: str = "unknown"
    reason: str | None = None
    paper: str | None = None
    cover: str | None = None

    @classmethod
    def after(cls, reason: PrintReason | None, *, paper_near: bool, asked: bool) -> PrinterCondition:
        """From what keeps it from printing; `asked`: whether it says anything of itself."""
        if reason in (PrintReason.UNREACHABLE, PrintReason.MUTE, PrintReason.LINK_LOST) or not asked:
            return cls("blocked" if reason else "ready", reason)
        if reason is PrintReason.COVER_OPEN:
            return cls("blocked", reason, None, "open")
        paper = "out" if reason is PrintReason.PAPER_OUT else "near" if paper_near else "ok"
        return cls("blocked" if reason else "ready", reason, paper, "closed")


class JobLost(Exception):
    """The job is not open any more, or nobody here may speak for it: leave it."""


class TooLate(Exception):
    """It could not be written down in time that a job is being sent, so it is not sent."""


class Desk(Protocol):
    """The hall, seen by the worker of one printer."""

    def prepare(self, job: str) -> Prepared | None:
        """The job, if it is still to be printed. Raises JobLost."""

    def begin(self, job: str, within: timedelta) -> None:
        """SENDING: returns once it is written down, before the first byte. Raises JobLost, TooLate."""

    def report(self, job: str, state: PrintState, reason: str | None = None) -> None:
        """Returns once it is written down, however long that takes. Raises JobLost."""

    def note(self, condition: PrinterCondition) -> None:
        """The printer is like this now, and was not before."""

    def longest_wait(self) -> timedelta:
        """Older jobs are not worth printing."""


class HallDesk:
    """The hall itself, in this process. `changed` is told of every new condition."""

    def __init__(
        self, hall: HallEngine, live: LiveSettings, profile: PrinterProfile, changed: Callable[[], None]
    ) -> None:
        self._hall = hall
        self._live = live
        self._profile = profile
        self._changed = changed
        # Its own: in the hub's pool it would wait for whatever device call does not return there.
        self._drawing = ThreadPool(1)

    def prepare(self, job: str) -> Prepared | None:
        known, over, paper = patiently(lambda: self._hall.read(lambda state: self._look_up(state, job)))
        if known is None or known.state not in UNSENT:
            return None
        if over:
            self.report(job, PrintState.DROPPED, "ticket_over")
            return None
        # Drawing takes up to 50 ms: the hall's other callers need not stand still for it.
        body = self._drawing.apply(slip_bytes, (paper, self._profile))
        return Prepared(body, known.short_id, self._hall.clock() - known.queued_at)

    def begin(self, job: str, within: timedelta) -> None:
        patiently(lambda: self._hall.do(ReportPrint(job, PrintState.SENDING)), within)

    def report(self, job: str, state: PrintState, reason: str | None = None) -> None:
        report(self._hall, job, state, reason)

    def note(self, condition: PrinterCondition) -> None:
        self._changed()

    def longest_wait(self) -> timedelta:
        return self._live.now.printing.longest_wait

    def _look_up(self, state: HallState, job: str) -> tuple[PrintJob | None, bool, Paper | None]:
        """The job, whether nobody needs its paper any more, and what stands on it."""
        known = state.prints.get(job)
        ticket = state.tickets.get(known.ticket) if known and known.ticket else None
        over = ticket is not None and known is not None and known.slip is Slip.TICKET and ticket.state in _VOID
        return known, over, paper_of(state, job, self._live.now)


def report(hall: HallEngine, job: str, state: PrintState, reason: str | None = None) -> None:
    """Tell the hall how far a job has come.

    Raises JobLost when the job is not open any more, or the hall is no longer this process's.
    """
    patiently(lambda: hall.do(ReportPrint(job, state, reason)))


def patiently(call: Callable[[], T], within: timedelta | None = None) -> T:
    """Ask the hall, again while it is being rebuilt: a paper that came out must not stay `sending` in the log, nor a
    job that waits be forgotten. Raises JobLost; TooLate when that takes longer than `within`.
    """
    give_up = None if within is None else time.monotonic() + within.total_seconds()
    while True:
        try:
            return call()
        except _PASSING as error:
            if give_up is not None and time.monotonic() > give_up:
                raise TooLate(str(error)) from error
            _log.info("the hall is asked again: %s", error.code)
            gevent.sleep(_AGAIN)
        except (EngineError, HallError) as error:
            raise JobLost(str(error)) from error
