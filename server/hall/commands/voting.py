"""评价."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date, timedelta

from server.hall.commands.command import Command


@dataclass(frozen=True, slots=True)
class PressKey(Command[bool]):
    """A key came up from a pad. Never refused: the answer says whether it counted.

    `level` is None when the pad's key map does not know the key. `asked` is the token of the evaluation that the pad
    was asking for at the earliest time at which the key can have been pressed: "" for none; None when that time is
    unknown, because the line was not listened to before. `age` is how long ago it was pressed at the latest, which is
    more than nothing for a press that comes from another PC; None when that is unknown. `chatter`: it is one of more
    than fingers can make.
    """

    window: int
    key: int
    level: int | None
    asked: str | None
    age: timedelta | None = timedelta()
    chatter: bool = False


@dataclass(frozen=True, slots=True)
class CastVote(Command[None]):
    """A touch on the on-screen evaluator that was given this evaluation's token."""

    token: str
    level: int


@dataclass(frozen=True, slots=True)
class DeclineVote(Command[None]):
    """不评价: the citizen closes the evaluation without a vote."""

    token: str


@dataclass(frozen=True, slots=True)
class VoteByPhone(Command[None]):
    """A touch on the page of the ticket's QR code: `holder` is the citizen's token. Each leg has its own vote."""

    holder: str
    leg: int
    level: int


@dataclass(frozen=True, slots=True)
class ExplainVote(Command[None]):
    """Reasons for the vote just given on the evaluator that has this `token`: codes of the hall's list."""

    token: str
    reasons: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class ExplainByPhone(Command[None]):
    """Reasons for the vote just given on the phone, and the citizen's own words."""

    holder: str
    leg: int
    reasons: tuple[str, ...] = ()
    words: str = ""


@dataclass(frozen=True, slots=True)
class EnterPaperVote(Command[None]):
    """书面: a vote from a form (评议表), typed in by a leader, who says why. `given_on` is the day on the form."""

    ticket: str
    leg: int
    level: int
    given_on: date
    staff: str
    why: str
    reasons: tuple[str, ...] = ()
    words: str = ""
