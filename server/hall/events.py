"""What happened in a hall, in the past tense: the audit log, the outbox, and all that a hall is rebuilt from."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date, datetime
from typing import ClassVar

from server.hall.appointment import Mark
from server.hall.evaluation import Channel, Lapse, Unheard
from server.hall.hold import HoldKind
from server.hall.printing import PrintState
from server.hall.ticket import Finish


@dataclass(frozen=True, slots=True, kw_only=True)
class Event:
    """The columns every event shares. `kind` is its name in the log and never changes its meaning."""

    kind: ClassVar[str]
    at: datetime
    ticket: str | None = None
    leg: int | None = None
    window: int | None = None
    staff: str | None = None


@dataclass(frozen=True, slots=True)
class Recorded:
    """An event with its place in the hall's log."""

    seq: int
    event: Event


@dataclass(frozen=True, slots=True, kw_only=True)
class DayOpened(Event):
    """Every business day starts from an empty hall, so the log can be replayed from here."""

    kind = "day_opened"
    day: date


@dataclass(frozen=True, slots=True, kw_only=True)
class DayClosed(Event):
    kind = "day_closed"
    day: date
    issued: int
    expired: int
    finished: int = 0
    no_show: int = 0
    cancelled: int = 0
    missed: int = 0


@dataclass(frozen=True, slots=True, kw_only=True)
class TicketIssued(Event):
    """`then`: the services of a combined visit that follow. `span`: the start of the stretch of the day whose quota it
    used, None where that does not count. `exception`: why a rule was set aside. `turn`: an appointment's own place.
    """

    kind = "ticket_issued"
    number: str
    serial: int
    prefix: str
    service: str
    priority: str
    token: str
    kiosk: str | None
    ahead: int
    then: tuple[str, ...] = ()
    person: str | None = None
    exception: str | None = None
    span: str | None = None
    appointment: str | None = None
    turn: datetime | None = None


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
    kind = "ticket_finished"
    finish: Finish


@dataclass(frozen=True, slots=True, kw_only=True)
class TicketNoShow(Event):
    kind = "ticket_no_show"


@dataclass(frozen=True, slots=True, kw_only=True)
class TicketRejoined(Event):
    """Back in its line, with a turn that counts from `turn`; None: from now."""

    kind = "ticket_rejoined"
    kiosk: str | None = None
    turn: datetime | None = None


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
    `returns_to` the window it comes back to, `planned` whether a combined visit asked for it.
    """

    kind = "ticket_transferred"
    finish: Finish
    service: str
    queue: str
    turn: datetime | None = None
    note: str = ""
    returns_to: int | None = None
    planned: bool = False


@dataclass(frozen=True, slots=True, kw_only=True)
class TicketRequeued(Event):
    """Whoever it waited for has left: it waits in `queue` instead, in its turn."""

    kind = "ticket_requeued"
    queue: str


@dataclass(frozen=True, slots=True, kw_only=True)
class TicketReopened(Event):
    """A finish or a no-show was a mistake: what stands before it in the log did not happen after all."""

    kind = "ticket_reopened"


@dataclass(frozen=True, slots=True, kw_only=True)
class PriorityGiven(Event):
    kind = "priority_given"
    priority: str
    reason: str


@dataclass(frozen=True, slots=True, kw_only=True)
class PriorityVerified(Event):
    """A window has looked at the proof, and found it or not."""

    kind = "priority_verified"
    verified: bool


@dataclass(frozen=True, slots=True, kw_only=True)
class TicketCancelled(Event):
    kind = "ticket_cancelled"


@dataclass(frozen=True, slots=True, kw_only=True)
class TicketExpired(Event):
    """The day closed before it was served. Never counted as served."""

    kind = "ticket_expired"


@dataclass(frozen=True, slots=True, kw_only=True)
class WindowOpened(Event):
    kind = "window_opened"
    name: str
    work_number: str = ""
    post: str = ""


@dataclass(frozen=True, slots=True, kw_only=True)
class WindowClosed(Event):
    kind = "window_closed"


@dataclass(frozen=True, slots=True, kw_only=True)
class WindowPaused(Event):
    kind = "window_paused"
    reason: str
    until: datetime | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class WindowReopened(Event):
    kind = "window_reopened"


@dataclass(frozen=True, slots=True, kw_only=True)
class WindowServicesSet(Event):
    """From now on the window handles these, until the day ends; `reset`: what the configuration says again."""

    kind = "window_services_set"
    services: tuple[str, ...] = ()
    reset: bool = False


@dataclass(frozen=True, slots=True, kw_only=True)
class ServiceSuspended(Event):
    """No more numbers of it today, or until it is resumed."""

    kind = "service_suspended"
    service: str
    reason: str


@dataclass(frozen=True, slots=True, kw_only=True)
class ServiceResumed(Event):
    kind = "service_resumed"
    service: str


@dataclass(frozen=True, slots=True, kw_only=True)
class AppointmentBooked(Event):
    kind = "appointment_booked"
    appointment: str
    code: str
    service: str
    start: datetime
    end: datetime
    phone: str
    name: str
    person: str | None = None
    mark: Mark | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class AppointmentMoved(Event):
    kind = "appointment_moved"
    appointment: str
    service: str
    start: datetime
    end: datetime
    reason: str = ""


@dataclass(frozen=True, slots=True, kw_only=True)
class AppointmentArrived(Event):
    """The booking became a ticket. `late`: after its time, so that it queues as everybody does."""

    kind = "appointment_arrived"
    appointment: str
    late: bool = False


@dataclass(frozen=True, slots=True, kw_only=True)
class AppointmentClosed(Event):
    """Staff went there (上门), and it is done."""

    kind = "appointment_closed"
    appointment: str


@dataclass(frozen=True, slots=True, kw_only=True)
class AppointmentCancelled(Event):
    kind = "appointment_cancelled"
    appointment: str
    reason: str = ""


@dataclass(frozen=True, slots=True, kw_only=True)
class AppointmentMissed(Event):
    """Its day was closed, and nobody had come."""

    kind = "appointment_missed"
    appointment: str


@dataclass(frozen=True, slots=True, kw_only=True)
class EvaluationOpened(Event):
    kind = "evaluation_opened"
    token: str
    closes_at: datetime


@dataclass(frozen=True, slots=True, kw_only=True)
class EvaluationVoted(Event):
    kind = "evaluation_voted"
    level: int
    channel: Channel
    key: int | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class EvaluationLapsed(Event):
    """未评价."""

    kind = "evaluation_lapsed"
    lapse: Lapse


@dataclass(frozen=True, slots=True, kw_only=True)
class PressIgnored(Event):
    """A key came up that counts for nobody. `ticket` and `leg` are those of the last evaluation there, if any."""

    kind = "press_ignored"
    key: int
    level: int | None
    unheard: Unheard


@dataclass(frozen=True, slots=True, kw_only=True)
class PrintQueued(Event):
    kind = "print_queued"
    job: str
    kiosk: str
    copy: int
    marked: bool


@dataclass(frozen=True, slots=True, kw_only=True)
class PrintReported(Event):
    kind = "print_reported"
    job: str
    state: PrintState
    reason: str | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class HallReplanned(Event):
    """The hall goes on under another plan. `digest` names it; itself it is in the configuration, not in the log."""

    kind = "plan_changed"
    digest: str


KINDS: dict[str, type[Event]] = {kind.kind: kind for kind in Event.__subclasses__()}
