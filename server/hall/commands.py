"""What a terminal may ask of a hall, in the imperative. Each names its answer's type; none carries a time of its own.

`seen` on a command from a clerk's screen is the id of the open ticket that screen showed, or "" for none: when the
window has another by now, the command is refused as `StaleScreen` instead of hitting the wrong citizen.
"""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime
from typing import Generic, TypeVar

from server.hall.facts import TicketFacts, WindowFacts
from server.hall.plan import ORDINARY
from server.hall.printing import PrintState
from server.hall.window import Clerk

A_co = TypeVar("A_co", covariant=True)


class Command(Generic[A_co]):
    """A request that the hall answers with an `A_co`, or refuses with a HallError."""

    __slots__ = ()


@dataclass(frozen=True, slots=True)
class IssueTicket(Command[TicketFacts]):
    """取号. With `printed`, a job for the kiosk's printer is queued in the same breath."""

    service: str
    kiosk: str | None = None
    printed: bool = True
    staff: str | None = None
    priority: str = ORDINARY


@dataclass(frozen=True, slots=True)
class CancelTicket(Command[TicketFacts]):
    ticket: str
    staff: str | None = None


@dataclass(frozen=True, slots=True)
class ReprintTicket(Command[TicketFacts]):
    """补打: the same number on paper again, at the given kiosk's printer."""

    ticket: str
    kiosk: str
    staff: str | None = None


@dataclass(frozen=True, slots=True)
class OpenWindow(Command[WindowFacts]):
    """A clerk signs in at a window, or takes it over from a colleague."""

    window: int
    clerk: Clerk


@dataclass(frozen=True, slots=True)
class CloseWindow(Command[WindowFacts]):
    window: int
    staff: str


@dataclass(frozen=True, slots=True)
class PauseWindow(Command[WindowFacts]):
    """暂停服务. `until` is when the clerk says to be back."""

    window: int
    staff: str
    reason: str
    until: datetime | None = None


@dataclass(frozen=True, slots=True)
class ReopenWindow(Command[WindowFacts]):
    window: int
    staff: str


@dataclass(frozen=True, slots=True)
class CallNext(Command[TicketFacts | None]):
    """呼叫下一位. Finishes the window's open ticket first. The answer is None when nobody waits."""

    window: int
    staff: str
    seen: str | None = None


@dataclass(frozen=True, slots=True)
class Recall(Command[TicketFacts]):
    window: int
    staff: str
    seen: str | None = None


@dataclass(frozen=True, slots=True)
class Start(Command[TicketFacts]):
    window: int
    staff: str
    seen: str | None = None


@dataclass(frozen=True, slots=True)
class MarkNoShow(Command[TicketFacts]):
    """过号."""

    window: int
    staff: str
    seen: str | None = None


@dataclass(frozen=True, slots=True)
class FinishTicket(Command[TicketFacts]):
    """办结. Opens the evaluation."""

    window: int
    staff: str
    seen: str | None = None


@dataclass(frozen=True, slots=True)
class PressKey(Command[bool]):
    """A key came up from a pad. Never refused: the answer says whether it counted.

    `level` is None when the pad's key map does not know the key. `made_after` is the earliest time at which the key can
    have been pressed; None when that is unknown, because the line was not listened to before.
    """

    window: int
    key: int
    level: int | None
    made_after: datetime | None


@dataclass(frozen=True, slots=True)
class CastVote(Command[None]):
    """A touch on the on-screen evaluator that was given this evaluation's token."""

    token: str
    level: int


@dataclass(frozen=True, slots=True)
class DeclineVote(Command[None]):
    """不评价: the citizen closes the evaluation without a vote."""

    token: str


@dataclass(frozen=True, slots=True)
class ReportPrint(Command[None]):
    """The print agent tells how far a job has come."""

    job: str
    state: PrintState
    reason: str | None = None


@dataclass(frozen=True, slots=True)
class PassTime(Command[None]):
    """Nothing but the clock: closes what ran out of time and turns the business day."""
