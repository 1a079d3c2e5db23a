"""What every message has in common, and the one shape of every error."""

from __future__ import annotations

from typing import Annotated, Any

from pydantic import BaseModel, ConfigDict, Field, StringConstraints, model_validator

Reason = Annotated[str, StringConstraints(max_length=80, strip_whitespace=True)]
GivenReason = Annotated[str, StringConstraints(min_length=1, max_length=80, strip_whitespace=True)]


class Message(BaseModel):
    model_config = ConfigDict(frozen=True, extra="forbid")

    @model_validator(mode="before")
    @classmethod
    def _writable(cls, told: Any) -> Any:
        """Without U+0000: PostgreSQL holds no such text, and would refuse it together with all that others just did."""
        if isinstance(told, dict) and any(map(_holds_nul, told.values())):
            raise ValueError("holds U+0000, which is no character of a text")
        return told


class ErrorDetail(Message):
    code: str = Field(examples=["window_paused"])
    message: str = Field(description="A sentence for the person at the screen, in their language")
    details: list[str] = Field(default_factory=list, description="For bad input: what is wrong, each with its path")


class ErrorOut(Message):
    """The one shape of every error."""

    error: ErrorDetail


def _holds_nul(value: object) -> bool:
    if isinstance(value, str):
        return "\0" in value
    return isinstance(value, list | tuple) and any(map(_holds_nul, value))
