"""One vote per leg: the five levels, and until when and how a vote may be given."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import date, datetime, timedelta
from enum import IntEnum, StrEnum
from types import MappingProxyType

BALLOT_DAYS = 14
"""So many days after its own a ticket's votes are known to the hall: longer than the longest public holiday."""
LONGEST_WORDS = 200
"""Characters of a citizen's own words."""


class Level(IntEnum):
    """The five levels of 国办发〔2019〕51号 好差评. Silence is no level: it is 未评价."""

    EXCELLENT = 5
    GOOD = 4
    FAIR = 3
    POOR = 2
    VERY_POOR = 1


class Channel(StrEnum):
    """The way a vote came in: 评价器, the screen at the window, the citizen's phone, or 书面 from a form."""

    PAD = "pad"
    SCREEN = "screen"
    PHONE = "phone"
    PAPER = "paper"


REASONS_WITHIN: Mapping[Channel, timedelta] = MappingProxyType(
    {Channel.SCREEN: timedelta(seconds=60), Channel.PHONE: timedelta(minutes=10)}
)
"""How long after the level its reasons may follow. A pad asks for none, and a form comes with its own."""


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
    LATE = "late"
    CHATTERING = "chattering"


@dataclass(slots=True)
class Evaluation:
    """The session opened when a leg is finished.

    At the window only a press while it is open counts, and only the first one. `token` is known to that window's
    devices alone, never to the counter. Once the window asks no longer (`lapse` says why), the holder's phone may still
    vote before `until`; None: it was opened by a version that knew no phones. `explained`: the reasons have been given,
    if only in `words`.
    """

    token: str
    ticket: str
    leg: int
    day: date
    service: str
    window: int
    staff: str
    opened_at: datetime
    closes_at: datetime
    until: datetime | None = None
    outcome: Outcome = Outcome.OPEN
    lapse: Lapse | None = None
    level: Level | None = None
    channel: Channel | None = None
    ended_at: datetime | None = None
    explained: bool = False
    reasons: tuple[str, ...] = ()
    words: str = ""

    @property
    def is_open(self) -> bool:
        return self.outcome is Outcome.OPEN

    @property
    def asked_until(self) -> datetime:
        """Until when the window asked, or will ask at the latest."""
        return self.closes_at if self.ended_at is None else min(self.closes_at, self.ended_at)


@dataclass(slots=True)
class Ballot:
    """One ticket's evaluations by leg, known for BALLOT_DAYS after its day; `holder` is the citizen's secret token."""

    ticket: str
    holder: str
    day: date
    legs: dict[int, Evaluation] = field(default_factory=dict)
