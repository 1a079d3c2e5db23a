"""What goes over HTTP between a kiosk's page and the server, beyond the tickets that everybody shares."""

from __future__ import annotations

from typing import Annotated, Self

from pydantic import Field, StringConstraints, model_validator

from server.messages import Message


class RejoinHereIn(Message):
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
