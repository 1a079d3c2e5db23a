"""What every message has in common, and the one shape of every error."""

from __future__ import annotations

from typing import Annotated

from pydantic import BaseModel, ConfigDict, Field, StringConstraints

Reason = Annotated[str, StringConstraints(max_length=80, strip_whitespace=True)]
GivenReason = Annotated[str, StringConstraints(min_length=1, max_length=80, strip_whitespace=True)]


class Message(BaseModel):
    model_config = ConfigDict(frozen=True, extra="forbid")


class ErrorDetail(Message):
    code: str = Field(examples=["window_paused"])
    message: str = Field(description="A sentence for the person at the screen, in their language")
    details: list[str] = Field(default_factory=list, description="For bad input: what is wrong, each with its path")


class ErrorOut(Message):
    """The one shape of every error."""

    error: ErrorDetail
