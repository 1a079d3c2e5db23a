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
    excluded: int = Field(description="Low ratings excluded after review; in no other figure")
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


class StretchOut(Message):
    start: str
    end: str


class SpanKeptOut(Message):
    """A planned span beside what was seen of it."""

    start: str
    end: str
    opened: str | None = Field(description="Since when somebody was there; perhaps before the start")
    closed: str | None = Field(description="Until when; perhaps after the end; null while somebody is there")
    late_seconds: int
    early_seconds: int = Field(description="0 while the span is not over")
    uncovered: list[StretchOut] = Field(description="A minute or longer, with nobody at the window")


class ShiftOut(Message):
    staff: str
    name: str
    work_number: str
    opened: str
    closed: str | None


class AbsenceOut(Message):
    """A pause. `overdue_seconds`: how much longer than was said."""

    staff: str
    name: str
    reason: str
    since: str
    until: str | None
    ended: str | None
    seconds: int
    overdue_seconds: int


class AwayOut(Message):
    count: int
    seconds: int
    longest_seconds: int
    overdue: int = Field(description="How many were longer than was said")


class WindowDayOut(Message):
    number: int
    name: str
    name_en: str
    spans: list[SpanKeptOut] = Field(description="Empty where the window has no hours that day")
    shifts: list[ShiftOut]
    away: AwayOut
    absences: list[AbsenceOut]
    extra_seconds: int = Field(description="How long somebody sat there outside the planned hours")


class HandedOverOut(Message):
    """交接班. The numbers that were open then."""

    window: int
    staff: str
    name: str
    at: str
    to: str | None
    to_name: str
    note: str
    ticket: str | None
    held: list[str]
    waiting: list[str]
    received_by: str | None
    received_name: str | None
    received_at: str | None


class AttendanceOut(Message):
    """A day at the windows beside the hours planned for it today: facts, weighed by nobody."""

    day: str
    at: str = Field(description="Until when it is told: now, or the day's end")
    windows: list[WindowDayOut]
    hand_overs: list[HandedOverOut]


class HalfHourOut(Message):
    start: str
    issued: int
    finished: int


class HintOut(Message):
    """Opening `window` brings the P90 of whoever takes a number of `service` now from `late` to `then` minutes."""

    window: int
    service: str
    late: int | None = Field(description="null: not called today")
    then: int


class ToldWaitOut(Message):
    """The numbers of a service taken in one hour that were told a wait and have been called. Means in minutes."""

    service: str
    hour: int
    count: int
    kept: int = Field(description="Called within the P90 they were told")
    told: float = Field(description="P50")
    waited: float


class WithheldWaitsOut(Message):
    """`kept` of the last `count` numbers were called within the P90 that they were told, or would have been."""

    kept: int
    count: int
    least: int = Field(description="From so many percent on, waits are told again")


class WaitsOut(Message):
    promise: int = Field(description="Minutes that nobody should wait longer than (rules.wait.promise)")
    hint: HintOut | None
    withheld: WithheldWaitsOut | None = Field(description="While no waits are told, because too little came true")
    told: list[ToldWaitOut]


class ReportTodayOut(Message):
    """One business day so far, all figures of one moment; `windows`, `clerks` and `services` who took part in it."""

    day: str
    at: str
    tickets: TicketsOut
    paper: int = Field(description="How many of the numbers were entered from paper")
    total: WorkOut
    windows: list[WindowWorkOut]
    clerks: list[ClerkWorkOut]
    services: list[ServiceWorkOut] = Field(description="Every service of the hall, in the order of its configuration")
    half_hours: list[HalfHourOut]
    devices: list[dict[str, Any]]
