"""What `/api/v1/report/evaluations` answers. Every share carries its numerator and denominator."""

from __future__ import annotations

from pydantic import Field

from server.messages import Message
from server.report.messages import ShareOut, VotesOut
from server.store.vote_sums import Grouping


class VoteFiguresOut(VotesOut):
    asked: int = Field(description="How many were asked for a vote: voted, unrated and open")
    participation: ShareOut | None = Field(
        description="参评率: voted ÷ asked; null for a channel, by which nobody is asked"
    )
    low: ShareOut = Field(description="差评: levels 2 and 1 ÷ voted")
    handled: ShareOut = Field(description="差评按期办结: low ratings closed in time ÷ those closed or due by now")
    excluded: int = Field(description="Low ratings excluded after review, which count in no other figure")
    score: float | None = Field(description="The mean of the points of all votes; null of none")


class VoteLineOut(VoteFiguresOut):
    """One window, clerk, service, channel or day."""

    key: str = Field(description="Number, user name, code, channel, or date")
    name: str
    name_en: str
    work_number: str = Field(description="Of a clerk")
    few: bool = Field(description="Fewer votes than `rank_from`: too few to be compared")
    rank: int | None = Field(description="By satisfaction; null with too few votes, and for channels and days")


class EvaluationsOut(Message):
    """Votes for the services of these days, also those that came later."""

    first: str
    last: str
    by: Grouping
    rank_from: int
    points: dict[int, float] = Field(description="Points of a vote of each level (evaluation.score)")
    total: VoteFiguresOut
    lines: list[VoteLineOut]
