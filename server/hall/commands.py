"""What a terminal may ask of a hall, in the imperative. Each names its answer's type; none carries a time of its own.

`seen` on a command from a clerk's screen is the id of the open ticket that screen showed, or "" for none: when the
window has another by now, the command is refused as `StaleScreen` instead of hitting the wrong citizen.
"""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime
from enum import StrEnum
from typing import Generic, TypeVar

from server.hall.appointment import Mark
from server.hall.facts import AppointmentFacts, TicketFacts, WindowFacts
from server.hall.hold import HoldKind
from server.hall.printing import PrintState
from server.hall.priority import ORDINARY
from server.hall.window import Clerk

A_co = TypeVar("A_co", covariant=True)


class Command(Generic[A_co]):
    """A request that the hall answers with an `A_co`, or refuses with a HallError."""

    __slots__ = ()


@dataclass(frozen=True, slots=True)
class IssueTicket(Command[TicketFacts]):
    """取号. With `printed`, a job for the kiosk's printer is queued in the same breath.

    `then`: further services of a combined visit (联办), one after the other under this number. `person`: a salted hash
    of who takes it. `exception`: why a clerk gives one although the person has one already.
    """

    service: str
    kiosk: str | None = None
    printed: bool = True
    staff: str | None = None
    priority: str = ORDINARY
    then: tuple[str, ...] = ()
    person: str | None = None
    exception: str | None = None


@dataclass(frozen=True, slots=True)
class GivePriority(Command[TicketFacts]):
    """A clerk sees what the kiosk could not. The ticket keeps its turn within its new class."""

    ticket: str
    priority: str
    reason: str
    staff: str


@dataclass(frozen=True, slots=True)
class RejoinTicket(Command[TicketFacts]):
    """Back in line: after a no-show by a clerk or at a kiosk, or straight from a call by the clerk who made it.

    `last`: at the end, rather than where the hall's rule puts those who come back.
    """

    ticket: str
    staff: str | None = None
    kiosk: str | None = None
    last: bool = False


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
class CallTicket(Command[TicketFacts]):
    """Call one by number, whoever would be next. Out of turn that needs a `reason`. Finishes the open ticket first."""

    window: int
    staff: str
    ticket: str
    reason: str = ""
    seen: str | None = None


@dataclass(frozen=True, slots=True)
class ServeDirectly(Command[TicketFacts]):
    """直接办理: somebody without a number, at a window that is free. They get one, for the count and the evaluation."""

    window: int
    staff: str
    service: str
    priority: str = ORDINARY
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
class HoldTicket(Command[TicketFacts]):
    """挂起. The window is free for the next citizen. `until` is when the hold should end; 等待 ends by itself then."""

    window: int
    staff: str
    kind: HoldKind
    reason: str = ""
    until: datetime | None = None
    seen: str | None = None


@dataclass(frozen=True, slots=True)
class ResumeTicket(Command[TicketFacts]):
    """解挂, at a window that is free."""

    window: int
    staff: str
    ticket: str
    seen: str | None = None


class Order(StrEnum):
    """Where a transferred ticket stands: before everybody, by the time it has already waited, or at the end."""

    FIRST = "first"
    KEPT = "kept"
    LAST = "last"


@dataclass(frozen=True, slots=True)
class TransferTicket(Command[TicketFacts]):
    """转移, to a service, a window or a clerk. A window or a clerk may take it for another `service` too.

    `returns`: it comes back to this window afterwards. `note` is for whoever serves it next.
    """

    window: int
    staff: str
    service: str | None = None
    to_window: int | None = None
    to_staff: str | None = None
    order: Order = Order.KEPT
    returns: bool = False
    note: str = ""
    seen: str | None = None


@dataclass(frozen=True, slots=True)
class UndoLast(Command[TicketFacts]):
    """Take back the finish or the no-show of this ticket, made at this window a moment ago."""

    window: int
    staff: str
    ticket: str


@dataclass(frozen=True, slots=True)
class VerifyPriority(Command[TicketFacts]):
    """The window has looked at the proof of the open ticket's class."""

    window: int
    staff: str
    verified: bool
    seen: str | None = None


@dataclass(frozen=True, slots=True)
class SetWindowServices(Command[WindowFacts]):
    """What the window handles from now on, until the day ends; None: what the configuration says."""

    window: int
    staff: str
    services: tuple[str, ...] | None


@dataclass(frozen=True, slots=True)
class SuspendService(Command[None]):
    """No more numbers of a service for now; those given stay valid."""

    service: str
    staff: str
    reason: str


@dataclass(frozen=True, slots=True)
class ResumeService(Command[None]):
    service: str
    staff: str


@dataclass(frozen=True, slots=True)
class BookAppointment(Command[AppointmentFacts]):
    """预约, for a slot of the service that begins at `start`. `phone`: the last four digits."""

    service: str
    start: datetime
    phone: str
    name: str = ""
    person: str | None = None
    mark: Mark | None = None
    staff: str | None = None


@dataclass(frozen=True, slots=True)
class MoveAppointment(Command[AppointmentFacts]):
    """改约, also by the hall when a clerk is absent. `service` None: the same."""

    appointment: str
    start: datetime
    service: str | None = None
    reason: str = ""
    staff: str | None = None


@dataclass(frozen=True, slots=True)
class CancelAppointment(Command[AppointmentFacts]):
    appointment: str
    reason: str = ""
    staff: str | None = None


@dataclass(frozen=True, slots=True)
class CloseAppointment(Command[AppointmentFacts]):
    """上门 is done."""

    appointment: str
    staff: str


@dataclass(frozen=True, slots=True)
class CheckIn(Command[TicketFacts]):
    """签到: the booking becomes its ticket; asked again, it is the same ticket.

    `ref`: the code, or the last four digits of the phone. With `printed`, a job for the kiosk's printer is queued.
    """

    ref: str
    kiosk: str | None = None
    printed: bool = True
    staff: str | None = None


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
