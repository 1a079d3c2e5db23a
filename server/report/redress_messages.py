"""What `/api/v1/redress` takes and answers."""

from __future__ import annotations

from datetime import datetime
from typing import Annotated

from pydantic import Field, StringConstraints

from server.hall.low_rating import LONGEST_TOLD, Ground
from server.messages import Message
from server.report.messages import ShareOut

Told = Annotated[str, StringConstraints(min_length=1, max_length=LONGEST_TOLD, strip_whitespace=True)]
Seen = Annotated[int, Field(ge=0, description="The `revision` of the case that the asker saw: 409 when it has gone on")]


class CasePath(Message):
    case: Annotated[str, StringConstraints(max_length=60)] = Field(
        description="A ticket's id and its leg: 261127A012-1"
    )


class CasesQuery(Message):
    state: Annotated[str, StringConstraints(pattern="^(open|overdue|closed)$")] = "open"
    days: Annotated[int, Field(ge=1, le=366)] = 31


class JudgedIn(Message):
    """`verdict`: the complaint is founded (核实), or the matter is settled (复核)."""

    seen: Seen
    words: Told
    verdict: bool


class StepIn(Message):
    seen: Seen
    words: Told


class CallBackIn(Message):
    seen: Seen
    words: Told = Field(description="What was said")
    reached: bool
    content: bool | None = Field(default=None, description="Whether the citizen is content; null: would not say")
    called_at: datetime | None = Field(default=None, description="The hall's local time without an offset; null: now")


class AppealIn(Message):
    seen: Seen
    words: Told
    ground: Ground = Field(description="mistaken 误评 or malicious 恶意")


class DecisionIn(Message):
    seen: Seen
    words: Told
    granted: bool = Field(description="true excludes the vote, in sight and with its reason")


class StepTakenOut(Message):
    step: str = Field(description="verify 核实, rectify 整改, answer 反馈 or review 复核")
    at: str
    staff: str
    name: str
    words: str
    verdict: bool | None


class CallBackOut(Message):
    at: str
    staff: str
    name: str
    called_at: str
    reached: bool
    content: bool | None
    words: str


class AppealOut(Message):
    at: str
    staff: str
    name: str
    ground: str
    words: str
    granted: bool | None = Field(description="null: not decided yet")
    decided_at: str | None
    decided_by: str
    decided_by_name: str
    decision: str


class SecondVoteOut(Message):
    at: str
    level: int


class RedressOut(Message):
    """A low rating, for leaders alone. `staff` is whom it is about; that person never gets to see it."""

    case: str
    revision: int
    ticket: str
    number: str
    leg: int
    day: str
    service: str
    window: int
    staff: str
    name: str
    work_number: str
    level: int
    channel: str
    reasons: list[str]
    words: str
    opened_at: str
    verify_by: str
    close_by: str
    next: str | None = Field(description="The step to be taken: verify, rectify, answer or review; null: ended")
    overdue: bool
    days_left: int | None = Field(
        description="Working days of the hall until what is next is late: 0 is the last day, below that it is late"
    )
    soon: bool = Field(description="Not overdue, but within rules.redress.soon_days")
    ended_at: str | None
    in_time: bool | None = Field(description="Closed within the deadline; null while it is open")
    excluded: bool = Field(description="The appeal was granted: the vote is in no share, and stays visible")
    steps: list[StepTakenOut]
    calls: list[CallBackOut]
    appeal: AppealOut | None
    again_until: str | None = Field(description="Until when the citizen may vote once more; null: not answered yet")
    again: SecondVoteOut | None = Field(description="The second vote; it stands beside the first (`level`)")


class RedressesOut(Message):
    """`open` and `overdue` are counts of all open cases; the rest is of votes of the last `days` days."""

    at: str
    days: int
    open: int
    overdue: int
    handled: ShareOut = Field(description="Closed within the deadline ÷ due")
    excluded: int
    cases: list[RedressOut] = Field(description="Open: what is due first; closed: the latest first")
