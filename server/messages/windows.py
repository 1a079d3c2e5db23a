"""A window, and what its clerk asks for."""

from __future__ import annotations

from typing import Annotated

from pydantic import Field, StringConstraints

from server.hall.commands import Order
from server.hall.hold import HoldKind
from server.messages.message import Message, Reason
from server.messages.results import ResultIn
from server.messages.tickets import HoldOut, TicketOut


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


class PauseIn(Message):
    reason: Annotated[str, StringConstraints(min_length=1, max_length=40, strip_whitespace=True)]
    minutes: Annotated[int, Field(ge=1, le=480)] | None = Field(
        default=None, description="How long the clerk means to be away"
    )


class WindowActionIn(Message):
    """`seen`: the id of the open ticket the screen showed, "" for none; leave it out to skip the check."""

    seen: str | None = None


class FinishIn(WindowActionIn):
    """Without `result` it is what the service usually comes to."""

    result: ResultIn | None = None


class HandOverIn(Message):
    """`to`: a colleague's account; null: whoever comes next."""

    note: Annotated[str, StringConstraints(max_length=200, strip_whitespace=True)] = ""
    to: str | None = None
    seen: str | None = None


class LeftTicketOut(Message):
    """One number that is left open; `hold` where it is on hold."""

    id: str
    number: str
    service: str
    hold: HoldOut | None


class ColleagueOut(Message):
    username: str
    name: str
    number: str


class LeftOpenOut(Message):
    """What is open at a window before it is handed over, and whom it can be handed to."""

    ticket: LeftTicketOut | None = Field(description="Who is at the window")
    held: list[LeftTicketOut] = Field(description="On hold at this window, or by its clerk elsewhere")
    waiting: list[LeftTicketOut] = Field(description="Sent to this window or its clerk in person")
    colleagues: list[ColleagueOut]


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
    referred: bool = Field(
        default=False, description="What was done here counts as 转办; else a transfer has no result"
    )


class DirectIn(WindowActionIn):
    service: str
    priority: str | None = None


class VerifyIn(WindowActionIn):
    verified: bool


class ServicesIn(Message):
    services: list[str] | None = Field(description="What the window handles today; null: what the configuration says")


class WindowPath(Message):
    number: int = Field(description="The window's number")
