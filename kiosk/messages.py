"""What goes over HTTP between a kiosk's page and the server, beyond the tickets that everybody shares."""

from __future__ import annotations

from typing import Annotated, Self

from pydantic import Field, StringConstraints, model_validator

from server.messages import Message


class TicketHereIn(Message):
    """Exactly one of the two: the number as it is typed, or the secret that was scanned."""

    number: Annotated[str, StringConstraints(pattern=r"^[A-Za-z][0-9]{1,6}$")] | None = None
    token: Annotated[str, StringConstraints(min_length=1, max_length=64)] | None = None

    @model_validator(mode="after")
    def _one(self) -> Self:
        if (self.number is None) == (self.token is None):
            raise ValueError("either number or token")
        return self


class RejoinedOut(Message):
    """What may be said to whoever typed a number: nothing that opens the ticket, or tells whose it is."""

    number: str
    service: str = Field(description="The code of the service that it waits for")
    ahead: int
    waited: bool = Field(description="It was in line already: nothing has changed")


class PositionOut(Message):
    """Where a number stands, to whoever typed it: what the hall's screens tell, and what may be done about it here."""

    number: str
    service: str = Field(description="The code of the service that it is for")
    standing: str = Field(description="waiting, called, or missed while it may come back")
    ahead: int
    windows: list[int] = Field(description="Where it is served, as far as that is known")
    window: int | None = Field(description="Where it is called to now")
    may_rejoin: bool = Field(description="It missed its call, and this kiosk may put it back in line")
    until: str | None = Field(description="Until when it may come back")
    may_print: bool = Field(description="This kiosk may print it again for whoever asked")


class UnlockIn(Message):
    pin: Annotated[str, StringConstraints(pattern=r"^[0-9]{1,8}$")]


class PermitIn(Message):
    """`permit` is what unlocking gave: good for some minutes, for one kiosk."""

    permit: Annotated[str, StringConstraints(min_length=1, max_length=200)]


class KioskPauseIn(PermitIn):
    paused: bool


class PanelOut(Message):
    """What the staff sees of a kiosk at the kiosk."""

    permit: str
    paused: bool
    printer: dict[str, str | None] = Field(description="{state, reason} as its agent knows it")
    last_ticket: str | None = Field(description="The number that this kiosk gave last today")
    last_at: str | None
    jobs: dict[str, int] = Field(description="How many of this kiosk's papers of today are in each state")
