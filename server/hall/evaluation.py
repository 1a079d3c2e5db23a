"""One vote per leg: the five levels, and the session in which a press counts."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime
from enum import IntEnum, StrEnum


class Level(IntEnum):
    """The five levels of 国办发〔2019〕51号 好差评. Silence is no level: it is 未评价."""

    EXCELLENT = 5
    GOOD = 4
    FAIR = 3
    POOR = 2
    VERY_POOR = 1


class Channel(StrEnum):
    """The way a vote came in."""

    PAD = "pad"
    SCREEN = "screen"


class Outcome(StrEnum):
    """How an evaluation stands: still open, voted, closed without a vote (未评价), or asked for by mistake."""

    OPEN = "open"
    VOTED = "voted"
    UNRATED = "unrated"
    WITHDRAWN = "withdrawn"


class Lapse(StrEnum):
    """Why an evaluation closed without a vote."""

    TIMEOUT = "timeout"
    NEXT_STARTED = "next_started"
    DECLINED = "declined"
    DAY_CLOSED = "day_closed"
    UNDONE = "undone"


class Unheard(StrEnum):
    """Why a press was written down and not counted."""

    NO_EVALUATION = "no_evaluation"
    ALREADY_VOTED = "already_voted"
    UNKNOWN_KEY = "unknown_key"
    BEFORE_INVITATION = "before_invitation"
    UNKNOWN_AGE = "unknown_age"


@dataclass(slots=True)
class Evaluation:
    """The session opened when a leg is finished.

    Only a press at the same window while it is open counts, and only the first one. `token` is known to that window's
    devices alone, never to the counter.
    """

    token: str
    ticket: str
    leg: int
    window: int
    staff: str
    opened_at: datetime
    closes_at: datetime
    outcome: Outcome = Outcome.OPEN
    level: Level | None = None
    channel: Channel | None = None
    ended_at: datetime | None = None

    @property
    def is_open(self) -> bool:
        return self.outcome is Outcome.OPEN
