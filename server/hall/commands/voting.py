"""评价."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime

from server.hall.commands.command import Command


@dataclass(frozen=True, slots=True)
class PressKey(Command[bool]):
    """A key came up from a pad. Never refused: the answer says whether it counted.

    `level` is None when the pad's key map does not know the key. `made_after` is the earliest time at which the key can
    have been pressed; None when that is unknown, because the line was not listened to before.
    """

    window: int
    key: int
    level: int | None
    made_after: datetime | None


@dataclass(frozen=True, slots=True)
class CastVote(Command[None]):
    """A touch on the on-screen evaluator that was given this evaluation's token."""

    token: str
    level: int


@dataclass(frozen=True, slots=True)
class DeclineVote(Command[None]):
    """不评价: the citizen closes the evaluation without a vote."""

    token: str
