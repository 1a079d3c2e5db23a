"""What `/api/v1/report` answers. Durations are seconds; every share carries its numerator and denominator."""

from __future__ import annotations

from typing import Any

from pydantic import Field

from server.messages import Message


class ShareOut(Message):
    part: int
    whole: int
    percent: float | None = Field(description="100 × part ÷ whole, to one decimal; null of nothing")


class SpreadOut(Message):
    """Exact nearest-rank percentiles: `p90` is the shortest of the durations that nine in ten did not exceed."""

    count: int = Field(description="How many durations the figures are of")
    median: float | None
    p90: float | None


class VotesOut(Message):
    levels: dict[int, int] = Field(description="Votes by level, 5 非常满意 to 1 非常不满意, all five always there")
    voted: int
    unrated: int = Field(description="未评价: closed without a vote; in no share")
    open: int = Field(description="The citizen may still vote")
    satisfied: ShareOut = Field(description="满意率: levels 5 to 3 ÷ voted")


class WorkOut(Message):
    finished: int = Field(description="Ended by a clerk; what the close of the day ended is not counted")
    transferred: int = Field(description="Sent on (转移) without being finished here")
    no_shows: int
    wait: SpreadOut = Field(description="From the number, or the transfer, to the first call")
    service: SpreadOut = Field(description="From the start to the end without holds, of those ended by a clerk")
    votes: VotesOut


class WindowWorkOut(WorkOut):
    number: int


class ClerkWorkOut(WorkOut):
    username: str
    name: str
    work_number: str


class ServiceWorkOut(WorkOut):
    code: str
    name: str


class TicketsOut(Message):
    """Each number of the day is in exactly one of these; `issued` is their sum."""

    issued: int
    waiting: int
    called: int
    serving: int
    held: int = Field(description="On hold (挂起)")
    finished: int
    no_show: int
    cancelled: int
    expired: int
    left_open: int = Field(description="In service when the day was closed: neither finished by a clerk nor expired")


class HalfHourOut(Message):
    start: str
    issued: int
    finished: int


class ReportTodayOut(Message):
    """One business day so far, all figures of one moment; `windows`, `clerks` and `services` who took part in it."""

    day: str
    at: str
    tickets: TicketsOut
    total: WorkOut
    windows: list[WindowWorkOut]
    clerks: list[ClerkWorkOut]
    services: list[ServiceWorkOut] = Field(description="Every service of the hall, in the order of its configuration")
    half_hours: list[HalfHourOut]
    devices: list[dict[str, Any]]
