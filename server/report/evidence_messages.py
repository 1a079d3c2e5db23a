"""What `/api/v1/report/evidence` answers: figures about votes with what they are compared with, and no verdict."""

from __future__ import annotations

from typing import Literal

from pydantic import Field

from server.messages import Message
from server.report.messages import ShareOut

Group = Literal["window", "clerk"]


class RunOut(Message):
    level: int
    length: int
    chance: float = Field(
        description="That a run as long comes about by chance, with this group's own shares of levels"
    )


class EvidenceLineOut(Message):
    """One window or clerk. Presses are votes on the pad or the screen at the window."""

    key: str
    name: str
    name_en: str
    work_number: str
    asked: int
    unrated: ShareOut
    presses: int
    few: bool = Field(description="Fewer presses than `rank_from`: too few to be compared, and not in `middle`")
    median_seconds: float | None
    fast: ShareOut = Field(description="Presses within `fast_seconds` of the invitation")
    stretches: list[int] = Field(description="Presses by time since the invitation, between `bounds`")
    bursts: int
    in_bursts: ShareOut = Field(description="Votes in bursts ÷ votes but those from forms")
    run: RunOut | None = Field(description="The longest run of one level")
    unheard: dict[str, int] = Field(description="Presses that counted for nobody, by why; of windows")
    unheard_of_100: float | None = Field(description="The same for each 100 asked")


class MiddleOut(Message):
    """The hall's medians: of all lines with enough presses, null of fewer than two. Shares in percent."""

    unrated: float | None
    median_seconds: float | None
    fast: float | None
    in_bursts: float | None
    run: float | None
    unheard_of_100: float | None


class ClerkHoursOut(Message):
    username: str
    name: str
    work_number: str
    hours: dict[int, int] = Field(description="Presses by the hour of the day in which they came")


class EvidenceOut(Message):
    first: str
    last: str
    by: Group
    rank_from: int
    fast_seconds: float
    bounds: list[int] = Field(description="Seconds between the stretches")
    burst_votes: int = Field(description="So many votes within `burst_seconds` at one window or clerk are a burst")
    burst_seconds: float
    middle: MiddleOut
    lines: list[EvidenceLineOut]
    clerks: list[ClerkHoursOut]


class SeenVoteOut(Message):
    """`at`: of a vote its own time, else when the question was asked. Nothing says who the citizen was."""

    at: str
    window: int
    clerk: str
    service: str
    outcome: str
    level: int | None
    channel: str | None
    seconds: float | None = Field(description="From the invitation to the vote")


class SeenPressOut(Message):
    at: str
    window: int
    key: int
    level: int | None
    why: str


class SeenOut(Message):
    """What one figure is made of, the newest first."""

    group: str = Field(description="The window's number or the clerk's name; empty for all")
    count: int
    own: int = Field(description="Those of `count` for services of whoever asks: they are not listed")
    most: int = Field(description="No more than so many are listed")
    votes: list[SeenVoteOut]
    presses: list[SeenPressOut]
