"""What happened in a hall, in the past tense: the audit log, the outbox, and all that a hall is rebuilt from."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date, datetime
from typing import ClassVar

from server.hall.evaluation import Channel, Lapse, Unheard
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


@dataclass(frozen=True, slots=True, kw_only=True)
class TicketIssued(Event):
    kind = "ticket_issued"
    number: str
    serial: int
    prefix: str
    service: str
    priority: str
    token: str
    kiosk: str | None
    ahead: int


@dataclass(frozen=True, slots=True, kw_only=True)
class TicketCalled(Event):
    kind = "ticket_called"


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
