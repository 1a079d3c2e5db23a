"""What goes between the server and an agent on whose sound card it speaks."""

from __future__ import annotations

from typing import Annotated, Literal

from pydantic import Field, StringConstraints

from server.messages import Message
from server.messages.letters import Mark

OrderId = Annotated[str, StringConstraints(min_length=8, max_length=32)]
SpeakerId = Annotated[str, StringConstraints(min_length=1, max_length=32)]
ClipName = Annotated[str, StringConstraints(min_length=1, max_length=300)]
Version = Annotated[str, StringConstraints(pattern=r"^[0-9a-f]{1,32}$")]
Word = Annotated[str, StringConstraints(max_length=40)]


class SpeakerState(Message):
    """`Condition` of one speaker."""

    state: Literal["ready", "offline", "blocked"]
    reason: Word | None = None


class SoundPollIn(Message):
    """What an agent has at this moment. `run` is this life of its process, `turn` counts its polls.

    `holding`: the orders that it was given and whose end the server has not acknowledged.
    """

    agent: Word
    run: Mark
    turn: Annotated[int, Field(ge=1)]
    holding: Annotated[list[OrderId], Field(max_length=1000)]
    speakers: dict[SpeakerId, SpeakerState]


class OrderOut(Message):
    """An order for `speaker`. `id` is of the wire alone: no two attempts at one announcement share it.

    `versions`: of each clip, the chime's as well, what its file is at the server.
    """

    id: OrderId
    speaker: SpeakerId
    clips: list[ClipName]
    versions: dict[ClipName, Version]
    chime: bool
    pause: float
    volume: float
    text: str


class SoundPollOut(Message):
    """`speakers`: those that the configuration places at the agent."""

    speakers: list[str]
    orders: list[OrderOut]


class SoundBeginIn(Message):
    """All is ready to sound."""

    agent: Word
    run: Mark
    order: OrderId


class BeginOut(Message):
    """Whether it may: without that word nothing sounds."""

    may: bool


class SaidIn(Message):
    """`Report`, told until it is acknowledged."""

    agent: Word
    run: Mark
    order: OrderId
    phase: Literal["began", "ended", "failed"]
    reason: Literal["clips_missing", "sound_blocked", "not_connected", "sound_card", "cancelled"] | None = None


class SoundDone(Message):
    """Nothing more to say."""
