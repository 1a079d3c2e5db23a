"""Evaluations asked for and answered."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date, datetime

from server.hall.evaluation import Channel, Lapse, Unheard
from server.hall.events.event import Event


@dataclass(frozen=True, slots=True, kw_only=True)
class EvaluationOpened(Event):
    """`holder` is the citizen's token, whose phone may vote before `until`, also when the ticket's day is over: what
    is needed then stands here, because nothing else of that day is read back.
    """

    kind = "evaluation_opened"
    token: str
    closes_at: datetime
    service: str = ""
    holder: str = ""
    until: datetime | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class EvaluationVoted(Event):
    """`entered_by`, `why` and `given_on`: who typed in a vote given on paper, why that person did, and the form's day.

    It may follow an EvaluationLapsed: from a phone, from paper, or from a pad on another PC that could not tell the
    server before; `pressed_at` is when that key came up, None where that is `at` itself.
    """

    kind = "evaluation_voted"
    level: int
    channel: Channel
    key: int | None = None
    entered_by: str | None = None
    why: str = ""
    given_on: date | None = None
    pressed_at: datetime | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class EvaluationExplained(Event):
    """Why the citizen voted so: codes of the hall's list, and perhaps words of their own."""

    kind = "evaluation_explained"
    reasons: tuple[str, ...] = ()
    words: str = ""


@dataclass(frozen=True, slots=True, kw_only=True)
class EvaluationLapsed(Event):
    """未评价 at the window."""

    kind = "evaluation_lapsed"
    lapse: Lapse


@dataclass(frozen=True, slots=True, kw_only=True)
class PressIgnored(Event):
    """A key came up that counts for nobody. `ticket` and `leg` are those of the evaluation it was pressed for, or of
    the last one there at that time, if any. `pressed_at` as for EvaluationVoted; None also where it is unknown.
    """

    kind = "press_ignored"
    key: int
    level: int | None
    unheard: Unheard
    pressed_at: datetime | None = None
