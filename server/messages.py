"""What goes over HTTP: requests and answers of `/api/v1`, as the OpenAPI document shows them."""

from __future__ import annotations

from typing import Annotated, Any

from pydantic import AwareDatetime, BaseModel, ConfigDict, Field, StrictInt, StringConstraints

from server.hall.appointment import Mark
from server.hall.commands import Order
from server.hall.hold import HoldKind


class Message(BaseModel):
    model_config = ConfigDict(frozen=True, extra="forbid")


class ErrorDetail(Message):
    code: str = Field(examples=["window_paused"])
    message: str = Field(description="A sentence for the person at the screen, in their language")
    details: list[str] = Field(default_factory=list, description="For bad input: what is wrong, each with its path")


class ErrorOut(Message):
    """The one shape of every error."""

    error: ErrorDetail


class WaitOut(Message):
    """Minutes until called: half of all such tickets are called within p50, nine in ten within p90."""

    p50: int
    p90: int


class PrintOut(Message):
    state: str = Field(description="queued, sending, paused, printed, sent, blocked, unknown, dropped, or none")
    reason: str | None = None


class EvaluationOut(Message):
    level: int | None = Field(description="5 非常满意 … 1 非常不满意; null where the reader may not see it")
    channel: str
    at: str


class LegOut(Message):
    index: int
    service: str
    window: int | None
    staff: str | None
    queued_at: str
    called_at: str | None
    calls: int
    started_at: str | None
    ended_at: str | None
    finish: str | None = Field(description="clerk, next_call, transfer or day_closed; null while it is not served")
    held_seconds: int = Field(description="Time on hold (挂起): neither waiting nor service")
    note: str = Field(description="From the colleague who transferred it; empty unless staff asks")
    evaluation: str | None = Field(
        description="open, voted, unrated (未评价) or withdrawn; null before the service ended"
    )


class HoldOut(Message):
    kind: str = Field(description="with_papers (持件), without_papers (不持件) or waiting (等待)")
    window: int
    since: str
    reason: str
    until: str | None


class TicketOut(Message):
    id: str
    number: str
    service: str
    priority: str
    verified: bool | None = Field(description="Whether a window found the proof of the class; null: not looked at")
    state: str
    ahead: int
    wait: WaitOut | None
    issued_at: str
    url: str | None = Field(description="The citizen's status page; only for kiosks and the ticket's holder")
    qr_svg_url: str | None = Field(description="The QR code of `url`, as a picture")
    print: PrintOut
    appointment: str | None
    then: list[str] = Field(description="The services of a combined visit (联办) still to come")
    hold: HoldOut | None
    legs: list[LegOut]
    evaluations: list[EvaluationOut]


class CalledOut(Message):
    """The ticket at the window after a command."""

    ticket: TicketOut


class PauseOut(Message):
    reason: str
    since: str
    until: str | None


class WindowOut(Message):
    number: int
    state: str
    staff: str | None
    ticket: TicketOut | None
    pause: PauseOut | None


class ServiceOut(Message):
    code: str
    name: str
    department: str
    prefix: str
    waiting: int
    open: bool


class HallWindowOut(Message):
    number: int
    name: str
    state: str
    services: list[str]
    clerk: str | None = Field(description="The clerk's name; null unless a staff member asks")
    ticket: str | None = Field(description="The number called or served there")
    pause: PauseOut | None


class HallOut(Message):
    """The hall at one moment; `seq` is the last event it includes."""

    seq: int
    business_day: str | None
    services: list[ServiceOut]
    windows: list[HallWindowOut]
    devices: list[dict[str, Any]]


class ReloadedOut(Message):
    """What came of reading config.yaml again."""

    revision: str = Field(description="Names the configuration in force; pages reload themselves when it changes")
    changed: list[str] = Field(description="The sections that changed; empty when there was nothing to do")


Reason = Annotated[str, StringConstraints(max_length=80, strip_whitespace=True)]
GivenReason = Annotated[str, StringConstraints(min_length=1, max_length=80, strip_whitespace=True)]


class IssueIn(Message):
    """`person`: what identifies the citizen, such as an ID card number; only a salted hash of it is kept."""

    service: str
    priority: str | None = None
    then: list[str] = Field(
        default_factory=list, max_length=8, description="Further services of a combined visit (联办)"
    )
    person: Annotated[str, StringConstraints(min_length=1, max_length=64)] | None = None
    exception: GivenReason | None = Field(
        default=None, description="Why staff gives a number although a rule forbids it"
    )


class GivePriorityIn(Message):
    priority: str
    reason: GivenReason


class RejoinIn(Message):
    last: bool = Field(default=False, description="At the end of the line, rather than where the hall's rule says")


class SuspendIn(Message):
    reason: GivenReason


class BookIn(Message):
    """`start`: an aware ISO 8601 time at which one of the service's slots begins."""

    service: str
    start: AwareDatetime
    phone: Annotated[str, StringConstraints(pattern=r"^[0-9]{4,15}$")] = Field(
        description="The last four digits are kept"
    )
    name: Annotated[str, StringConstraints(max_length=40, strip_whitespace=True)] = ""
    person: Annotated[str, StringConstraints(min_length=1, max_length=64)] | None = None
    mark: Mark | None = Field(default=None, description="home (上门) or extended (延时)")


class MoveIn(Message):
    start: AwareDatetime
    service: str | None = None
    reason: Reason = ""


class CancelAppointmentIn(Message):
    reason: Reason = ""


class CheckInIn(Message):
    ref: Annotated[str, StringConstraints(pattern=r"^([0-9]{4}|[0-9]{8})$")] = Field(
        description="The booking's code, or the last four digits of the phone"
    )


class AppointmentOut(Message):
    """For staff and booking systems. `code` is what the citizen checks in with, `phone` the last four digits."""

    id: str
    code: str
    service: str
    start: str
    end: str
    state: str = Field(description="booked, arrived, done, missed or cancelled")
    phone: str
    name: str
    mark: str | None
    ticket: str | None


class AppointmentsOut(Message):
    appointments: list[AppointmentOut]


class SlotOut(Message):
    start: str
    end: str
    places: int
    left: int


class SlotsOut(Message):
    service: str
    slots: list[SlotOut]


class LoginIn(Message):
    username: Annotated[str, StringConstraints(min_length=1, max_length=64)]
    password: Annotated[str, StringConstraints(min_length=1, max_length=256)]


class StaffOut(Message):
    username: str
    name: str
    role: str


class PauseIn(Message):
    reason: Annotated[str, StringConstraints(min_length=1, max_length=40, strip_whitespace=True)]
    minutes: Annotated[int, Field(ge=1, le=480)] | None = Field(
        default=None, description="How long the clerk means to be away"
    )


class WindowActionIn(Message):
    """`seen`: the id of the open ticket the screen showed, "" for none; leave it out to skip the check."""

    seen: str | None = None


class CallIn(WindowActionIn):
    """`reason` is needed for whoever is not next."""

    ticket: str
    reason: Reason = ""


class HoldIn(WindowActionIn):
    """`minutes`: until the hold should end; needed for waiting (等待), which ends by itself then."""

    kind: HoldKind
    reason: Reason = ""
    minutes: Annotated[int, Field(ge=1, le=600)] | None = None


class TicketIn(WindowActionIn):
    ticket: str


class TransferIn(WindowActionIn):
    """To exactly one of a service, a window and a clerk; a window or a clerk may take it for another service."""

    service: str | None = None
    to_window: int | None = None
    to_staff: str | None = None
    order: Order = Order.KEPT
    returns: bool = Field(default=False, description="Comes back to this window afterwards")
    note: Reason = ""


class DirectIn(WindowActionIn):
    service: str
    priority: str | None = None


class VerifyIn(WindowActionIn):
    verified: bool


class ServicesIn(Message):
    services: list[str] | None = Field(description="What the window handles today; null: what the configuration says")


class AppointmentPath(Message):
    ref: str = Field(description="An appointment's id")


class ServicePath(Message):
    code: str = Field(description="A service's code")


class VoteIn(Message):
    token: str
    level: StrictInt | None = Field(description="5 … 1; null to decline (不评价)")


class WindowPath(Message):
    number: int = Field(description="The window's number")


class TicketPath(Message):
    ref: str = Field(description="A ticket's id, or the token in its QR code")
