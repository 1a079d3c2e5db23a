"""Evaluations asked for and answered."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime

from server.hall.evaluation import Channel, Lapse, Unheard
from server.hall.events.event import Event


@dataclass(frozen=True, slots=True, kw_only=True)
class EvaluationOpened(Event):
    kind = "evaluation_opened"
    token: str
    closes_at: datetime


@dataclass(frozen=True, slots=True, kw_only=True)
class EvaluationVoted(Event):
    kind = "evaluation_voted"
    level: int
    channel: Channel
    key: int | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class EvaluationLapsed(Event):
    """未评价."""

    kind = "evaluation_lapsed"
    lapse: Lapse


@dataclass(frozen=True, slots=True, kw_only=True)
class PressIgnored(Event):
    """A key came up that counts for nobody. `ticket` and `leg` are those of the last evaluation there, if any."""

    kind = "press_ignored"
    key: int
    level: int | None
    unheard: Unheard
