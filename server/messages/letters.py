"""What an agent on another PC tells the server, in order and until it is acknowledged."""

from __future__ import annotations

from typing import Annotated, Any

from pydantic import Field, StringConstraints

from server.messages.message import Message

Mark = Annotated[str, StringConstraints(pattern=r"^[0-9a-f]{8,64}$")]
"""Random, made by the agent: nobody else has the same."""
MOST_AT_ONCE = 100


class Letter(Message):
    """`seq` counts within one outbox; `id` is the same however often the letter is sent."""

    seq: Annotated[int, Field(ge=1)]
    id: Mark
    body: dict[str, Any]


class SteadyTime(Message):
    """`ticks`: seconds since the PC was started, asleep or not; nobody sets that clock. `boot` names this start."""

    boot: Annotated[str, StringConstraints(pattern=r"^[0-9a-f-]{8,64}$")]
    ticks: Annotated[float, Field(ge=0, le=1e9)]


class LettersIn(Message):
    """The oldest letters of an outbox, in their order. `now`: when they are sent, where it matters how old they are."""

    letters: Annotated[list[Letter], Field(min_length=1, max_length=MOST_AT_ONCE)]
    now: SteadyTime | None = None


class LettersOut(Message):
    acknowledged: int = Field(description="What came of the letters up to this `seq` is written down")
