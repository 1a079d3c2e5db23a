"""Low ratings: opened by their vote, worked on, closed. All of them name the vote by `ticket` and `leg`."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime

from server.hall.evaluation import Channel
from server.hall.events.event import Event
from server.hall.low_rating import Ground, Step


@dataclass(frozen=True, slots=True, kw_only=True)
class RedressOpened(Event):
    """Beside its vote; `staff` and `window` are those of the service. Whatever is needed later stands here, because
    neither the ticket nor the vote is read back then. The deadlines were reckoned with the calendar of that day.
    """

    kind = "redress_opened"
    service: str
    holder: str
    level: int
    channel: Channel
    verify_by: datetime
    close_by: datetime


@dataclass(frozen=True, slots=True, kw_only=True)
class RedressStepTaken(Event):
    """`again_until`: until when the citizen may vote once more, from 反馈 on."""

    kind = "redress_step_taken"
    step: Step
    words: str
    verdict: bool | None = None
    again_until: datetime | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class RedressCalledBack(Event):
    kind = "redress_called_back"
    called_at: datetime
    reached: bool
    words: str
    content: bool | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class RedressAppealed(Event):
    kind = "redress_appealed"
    ground: Ground
    words: str


@dataclass(frozen=True, slots=True, kw_only=True)
class RedressAppealDecided(Event):
    """Granted: the vote is excluded, and stays visible with this reason."""

    kind = "redress_appeal_decided"
    granted: bool
    words: str


@dataclass(frozen=True, slots=True, kw_only=True)
class RedressVotedAgain(Event):
    """By the citizen, on the phone; it counts as the satisfaction of 回访."""

    kind = "redress_voted_again"
    level: int
