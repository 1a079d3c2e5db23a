"""What goes over HTTP: requests and answers of `/api/v1`, as the OpenAPI document shows them."""

from __future__ import annotations

from typing import Annotated, Any

from pydantic import BaseModel, ConfigDict, Field, StrictInt, StringConstraints


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
    evaluation: str | None = Field(description="open, voted or unrated (未评价); null before the service ended")


class TicketOut(Message):
    id: str
    number: str
    service: str
    priority: str
    state: str
    ahead: int
    wait: WaitOut | None
    issued_at: str
    url: str | None = Field(description="The citizen's status page; only for kiosks and the ticket's holder")
    qr_svg_url: str | None = Field(description="The QR code of `url`, as a picture")
    print: PrintOut
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


class IssueIn(Message):
    service: str
    priority: str | None = None


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


class VoteIn(Message):
    token: str
    level: StrictInt | None = Field(description="5 … 1; null to decline (不评价)")


class WindowPath(Message):
    number: int = Field(description="The window's number")


class TicketPath(Message):
    ref: str = Field(description="A ticket's id, or the token in its QR code")
