"""Citizens called, served, held and sent on."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime

from server.hall.events.event import Event
from server.hall.hold import HoldKind
from server.hall.result import Result
from server.hall.ticket import Finish


@dataclass(frozen=True, slots=True, kw_only=True)
class TicketCalled(Event):
    """`passed`: the lines (class, a blank, queue) whose older heads this call went before. `reason`: why a clerk chose
    this one out of turn.
    """

    kind = "ticket_called"
    passed: tuple[str, ...] = ()
    reason: str | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class TicketRecalled(Event):
    kind = "ticket_recalled"


@dataclass(frozen=True, slots=True, kw_only=True)
class TicketStarted(Event):
    """`implied`: the clerk went straight from calling to finishing, and service is counted from the call."""

    kind = "ticket_started"
    implied: bool = False


@dataclass(frozen=True, slots=True, kw_only=True)
class TicketFinished(Event):
    """`result` is None where no clerk ended it, and in logs of before there were results."""

    kind = "ticket_finished"
    finish: Finish
    result: Result | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class TicketNoShow(Event):
    kind = "ticket_no_show"


@dataclass(frozen=True, slots=True, kw_only=True)
class TicketHeld(Event):
    kind = "ticket_held"
    hold: HoldKind
    reason: str = ""
    until: datetime | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class TicketResumed(Event):
    kind = "ticket_resumed"


@dataclass(frozen=True, slots=True, kw_only=True)
class TicketWoken(Event):
    """What it waited for should have come by now: it waits in `queue`, first."""

    kind = "ticket_woken"
    queue: str


@dataclass(frozen=True, slots=True, kw_only=True)
class TicketTransferred(Event):
    """The leg ended and the next begins. `finish`: how it ended; by 转移 unless a combined visit or a return goes on.

    `queue` is where the next leg waits, `turn` what its turn counts from (None: from now), `note` for whoever is next,
    `returns_to` the window it comes back to, `planned` whether a combined visit asked for it, `result` that of the leg
    that ended; a plain 转移 has none.
    """

    kind = "ticket_transferred"
    finish: Finish
    service: str
    queue: str
    turn: datetime | None = None
    note: str = ""
    returns_to: int | None = None
    planned: bool = False
    result: Result | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class TicketReopened(Event):
    """A finish or a no-show was a mistake: what stands before it in the log did not happen after all."""

    kind = "ticket_reopened"
