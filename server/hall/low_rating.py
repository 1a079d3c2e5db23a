"""差评: a vote of one of the two lowest levels, and all that is done about it until it is closed.

The case of a vote is the leg's: one vote, one case, under the ticket's id and the leg's number.
"""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime
from enum import StrEnum

from server.hall.evaluation import Channel, Level

LOW = (Level.POOR, Level.VERY_POOR)
CASE_DAYS = 366
"""So many days after its vote a case can be worked on; later only the database knows it."""
CLOSED_DAYS = 31
"""So many days a closed case is kept beside the open ones, for calls and for a second vote."""
LONGEST_TOLD = 500
"""Characters of what is written down of a step, a call or an appeal."""


class Step(StrEnum):
    """核实, 整改, 反馈, 复核, in this order. What is unfounded needs no 整改; what 复核 sends back needs it again."""

    VERIFY = "verify"
    RECTIFY = "rectify"
    ANSWER = "answer"
    REVIEW = "review"


class Ground(StrEnum):
    """Why a vote should not count: 误评, pressed by mistake or about something else, or 恶意."""

    MISTAKEN = "mistaken"
    MALICIOUS = "malicious"


@dataclass(frozen=True, slots=True)
class StepTaken:
    """`verdict`: whether the complaint is founded (核实), or the matter is settled (复核); None for the other two."""

    step: Step
    at: datetime
    staff: str
    words: str
    verdict: bool | None = None


@dataclass(frozen=True, slots=True)
class CallBack:
    """回访. `content`: whether the citizen is by now; None: not reached, or would not say."""

    at: datetime
    staff: str
    called_at: datetime
    reached: bool
    content: bool | None
    words: str


@dataclass(frozen=True, slots=True)
class Appeal:
    """申诉 for the clerk's side. `granted` None: nobody has decided yet."""

    at: datetime
    staff: str
    ground: Ground
    words: str
    granted: bool | None = None
    decided_at: datetime | None = None
    decided_by: str = ""
    decision: str = ""


@dataclass(frozen=True, slots=True)
class SecondVote:
    """The citizen's vote after the matter was put right. It stands beside the first and never replaces it."""

    at: datetime
    level: Level


@dataclass(slots=True)
class Case:
    """`staff` is whom the vote is about, `holder` the citizen's secret token. `next` is None once it has ended.

    `verify_by` and `close_by` are the ends of business days, fixed when it was opened. Until `again_until` the citizen
    may vote once more; None: nobody has answered yet. An excluded case stays visible, with its appeal.
    """

    ticket: str
    leg: int
    holder: str
    service: str
    window: int
    staff: str
    level: Level
    channel: Channel
    opened_at: datetime
    verify_by: datetime
    close_by: datetime
    next: Step | None = Step.VERIFY
    steps: tuple[StepTaken, ...] = ()
    calls: tuple[CallBack, ...] = ()
    appeal: Appeal | None = None
    again_until: datetime | None = None
    again: SecondVote | None = None
    ended_at: datetime | None = None
    excluded: bool = False
    changed_at: datetime | None = None

    @property
    def id(self) -> str:
        return case_id(self.ticket, self.leg)

    @property
    def is_open(self) -> bool:
        return self.next is not None

    @property
    def revision(self) -> int:
        """How much has happened in it: whoever acts says how much of that they saw."""
        appealed = 0 if self.appeal is None else 1 if self.appeal.granted is None else 2
        return len(self.steps) + len(self.calls) + appealed + (self.again is not None)

    @property
    def due_at(self) -> datetime:
        """When what comes next is late."""
        return self.verify_by if self.next is Step.VERIFY else self.close_by

    def is_overdue(self, at: datetime) -> bool:
        return self.is_open and at >= self.due_at

    @property
    def answer(self) -> str:
        """What the hall answered the citizen, as it was last said."""
        return next((taken.words for taken in reversed(self.steps) if taken.step is Step.ANSWER), "")


def case_id(ticket: str | None, leg: int | None) -> str:
    return f"{ticket}-{leg}"
