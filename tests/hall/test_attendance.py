"""Who sat where from when to when, beside the planned hours: facts of the windows, never a verdict on a person."""

from __future__ import annotations

from dataclasses import replace
from datetime import UTC, date, datetime, time, timedelta
from typing import Any
from zoneinfo import ZoneInfo

import pytest
from hypothesis import given
from hypothesis import strategies as st
from small_hall import CHEN, SmallHall, small_plan

from server.hall import commands as cmd
from server.hall.attendance import Absence, Attendance, Shift, WindowDay, days_work, window_day
from server.hall.calendar import Hours, Span
from server.hall.window import Clerk

SHANGHAI = ZoneInfo("Asia/Shanghai")
MONDAY = date(2026, 11, 23)
HOURS = Hours((Span(time(8, 30), time(12)), Span(time(13, 30), time(17, 30))), weekdays=frozenset(range(5)))
LIU = Clerk("liu", "刘伟")


def at(hour: int, minute: int = 0, second: int = 0, day: int = 23) -> datetime:
    return datetime(2026, 11, day, hour, minute, second, tzinfo=SHANGHAI).astimezone(UTC)


@pytest.fixture
def hall() -> SmallHall:
    return SmallHall(small_plan(hours=HOURS), now=at(8))


def do(hall: SmallHall, when: datetime, command: cmd.Command[Any]) -> None:
    hall.now = when
    hall.do(command)


def seen(hall: SmallHall, when: datetime, window: int = 1) -> WindowDay:
    return next(day for day in days_work(hall.plan, hall.state.attendance, MONDAY, when) if day.window == window)


def test_a_window_that_opens_late_says_how_late_and_when_nobody_was_there(hall: SmallHall) -> None:
    do(hall, at(9, 7), cmd.OpenWindow(1, CHEN))
    morning = seen(hall, at(10)).spans[0]
    assert (morning.opened, morning.late) == (at(9, 7), timedelta(minutes=37))
    assert morning.uncovered == ((at(8, 30), at(9, 7)),)
    assert (morning.closed, morning.early) == (None, timedelta())


def test_whoever_comes_early_is_not_late_and_the_extra_time_is_counted(hall: SmallHall) -> None:
    do(hall, at(8, 21), cmd.OpenWindow(1, CHEN))
    day = seen(hall, at(9))
    assert (day.spans[0].opened, day.spans[0].late) == (at(8, 21), timedelta())
    assert day.extra == timedelta(minutes=9)


def test_lunch_is_neither_early_leaving_nor_absence(hall: SmallHall) -> None:
    do(hall, at(8, 30), cmd.OpenWindow(1, CHEN))
    do(hall, at(12, 2), cmd.CloseWindow(1, "chen"))
    do(hall, at(13, 30), cmd.OpenWindow(1, CHEN))
    do(hall, at(17, 40), cmd.CloseWindow(1, "chen"))
    day = seen(hall, at(18))
    assert [(s.late, s.early, s.uncovered) for s in day.spans] == [(timedelta(), timedelta(), ())] * 2
    assert [s.closed for s in day.spans] == [at(12, 2), at(17, 40)]
    assert day.extra == timedelta(minutes=12)


def test_whoever_works_through_lunch_opened_the_afternoon_in_the_morning(hall: SmallHall) -> None:
    do(hall, at(8, 30), cmd.OpenWindow(1, CHEN))
    day = seen(hall, at(14))
    assert [s.opened for s in day.spans] == [at(8, 30)] * 2
    assert day.extra == timedelta(minutes=90)


def test_early_leaving_is_said_once_the_span_is_over(hall: SmallHall) -> None:
    do(hall, at(8, 30), cmd.OpenWindow(1, CHEN))
    do(hall, at(11, 40), cmd.CloseWindow(1, "chen"))
    before, after = seen(hall, at(11, 50)).spans[0], seen(hall, at(12)).spans[0]
    assert (before.early, before.uncovered) == (timedelta(), ((at(11, 40), at(11, 50)),))
    assert (after.early, after.uncovered) == (timedelta(minutes=20), ((at(11, 40), at(12)),))


def test_a_substitute_covers_the_window_under_their_own_name(hall: SmallHall) -> None:
    do(hall, at(8, 30), cmd.OpenWindow(1, CHEN))
    do(hall, at(10), cmd.OpenWindow(1, LIU))
    day = seen(hall, at(12))
    assert [(s.staff, s.opened, s.closed) for s in day.shifts] == [
        ("chen", at(8, 30), at(10)),
        ("liu", at(10), None),
    ]
    assert day.spans[0].uncovered == ()


def test_a_change_of_hands_is_no_empty_window(hall: SmallHall) -> None:
    do(hall, at(8, 30), cmd.OpenWindow(1, CHEN))
    do(hall, at(10), cmd.CloseWindow(1, "chen"))
    do(hall, at(10, 0, 40), cmd.OpenWindow(1, LIU))
    assert seen(hall, at(11)).spans[0].uncovered == ()


def test_a_window_that_nobody_opened_was_not_opened_and_nobody_was_late(hall: SmallHall) -> None:
    do(hall, at(8), cmd.PassTime())
    morning, afternoon = seen(hall, at(9)).spans
    assert (morning.opened, morning.late, morning.uncovered) == (None, timedelta(), ((at(8, 30), at(9)),))
    assert afternoon.uncovered == ()


def test_a_closed_hall_gives_nothing_unless_somebody_worked(hall: SmallHall) -> None:
    saturday = date(2026, 11, 28)
    assert [*days_work(hall.plan, Attendance(), saturday, at(18, day=28))] == []
    worked = Attendance([Shift(2, "chen", at(9, day=28), at(11, day=28))])
    (day,) = days_work(hall.plan, worked, saturday, at(18, day=28))
    assert (day.window, day.spans, day.extra) == (2, (), timedelta())


def test_a_window_has_its_own_hours(hall: SmallHall) -> None:
    early = Hours((Span(time(7), time(9)),))
    windows = {**hall.plan.windows, 2: replace(hall.plan.windows[2], hours=early)}
    plan = small_plan(hours=HOURS, windows=windows)
    planned = {day.window: len(day.spans) for day in days_work(plan, Attendance(), MONDAY, at(18))}
    assert planned == {1: 2, 2: 1, 3: 2}


def test_absences_are_counted_and_what_was_longer_than_said_is_told(hall: SmallHall) -> None:
    do(hall, at(8, 30), cmd.OpenWindow(1, CHEN))
    do(hall, at(10), cmd.PauseWindow(1, "chen", "开会", at(10, 20)))
    do(hall, at(10, 31), cmd.ReopenWindow(1, "chen"))
    do(hall, at(11), cmd.PauseWindow(1, "chen", "取件"))
    meeting, errand = seen(hall, at(11, 30)).absences
    assert (meeting.since, meeting.ended, meeting.overdue(at(11, 30))) == (at(10), at(10, 31), timedelta(minutes=11))
    assert (errand.ended, errand.overdue(at(11, 30))) == (None, timedelta())


def test_a_return_time_put_off_in_time_is_kept_and_one_put_off_too_late_was_exceeded(hall: SmallHall) -> None:
    do(hall, at(8, 30), cmd.OpenWindow(1, CHEN))
    do(hall, at(10), cmd.PauseWindow(1, "chen", "开会", at(10, 20)))
    do(hall, at(10, 15), cmd.PauseWindow(1, "chen", "还在开会", at(10, 40)))
    do(hall, at(10, 45), cmd.PauseWindow(1, "chen", "还在开会", at(11)))
    do(hall, at(10, 55), cmd.ReopenWindow(1, "chen"))
    (absence,) = seen(hall, at(11)).absences
    assert (absence.since, absence.reason, absence.overdue(at(11))) == (at(10), "还在开会", timedelta(minutes=5))
    assert hall.state.windows[1].pause is None


def test_whoever_takes_a_paused_window_over_ends_the_absence(hall: SmallHall) -> None:
    do(hall, at(9), cmd.OpenWindow(1, CHEN))
    do(hall, at(10), cmd.PauseWindow(1, "chen", "开会", at(10, 20)))
    do(hall, at(10, 10), cmd.OpenWindow(1, LIU))
    (absence,) = seen(hall, at(11)).absences
    assert (absence.ended, absence.overdue(at(11))) == (at(10, 10), timedelta())


def test_the_next_day_begins_with_nobody_and_the_log_tells_the_day_before(hall: SmallHall) -> None:
    do(hall, at(8, 30), cmd.OpenWindow(1, CHEN))
    do(hall, at(16), cmd.PauseWindow(1, "chen", "开会", at(16, 30)))
    monday = Attendance.of(recorded.event for recorded in hall.log)
    assert monday == hall.state.attendance
    do(hall, at(8, day=24), cmd.PassTime())
    assert hall.state.attendance == Attendance()
    # Nobody signed out: what is told of the day ends with it.
    (day, *_) = days_work(hall.plan, monday, MONDAY, at(8, day=24))
    assert day.extra == timedelta(hours=6, minutes=30) + timedelta(minutes=90)


MINUTES = st.integers(0, 24 * 60)
STRETCHES = st.tuples(MINUTES, MINUTES).map(sorted)
DAY = (at(0), at(0, day=24))


def moment(minute: int) -> datetime:
    return DAY[0] + timedelta(minutes=minute)


@given(
    planned=st.lists(MINUTES, max_size=6, unique=True).map(sorted),
    stretches=st.lists(st.tuples(STRETCHES, st.booleans()), max_size=6),
    now=MINUTES,
)
def test_no_length_is_negative_and_every_span_lies_within_the_day(
    planned: list[int], stretches: list[tuple[list[int], bool]], now: int
) -> None:
    spans = tuple((moment(a), moment(b)) for a, b in zip(planned[::2], planned[1::2], strict=False))
    shifts = tuple(Shift(1, "chen", moment(a), None if here else moment(b)) for (a, b), here in stretches)
    day = window_day(1, spans, shifts, (), (DAY[0], moment(now)))
    there = [(s.opened, min(s.closed or moment(now), moment(now))) for s in shifts]
    assert timedelta() <= day.extra <= timedelta(days=1)
    for kept in day.spans:
        start, end = kept.planned
        assert timedelta() <= kept.late <= end - start
        assert timedelta() <= kept.early <= end - start
        seen = [(since, until) for since, until in there if since < until and since < end and until > start]
        assert (kept.opened is None) == (not seen)
        reached = start
        for gap_start, gap_end in kept.uncovered:
            assert reached <= gap_start < gap_end <= min(end, moment(now))
            assert all(until <= gap_start or since >= gap_end for since, until in seen)
            reached = gap_end


@given(since=MINUTES, until=st.none() | MINUTES, ended=st.none() | MINUTES, now=MINUTES)
def test_an_absence_is_never_overdue_by_less_than_nothing(
    since: int, until: int | None, ended: int | None, now: int
) -> None:
    told = None if until is None else moment(until)
    absence = Absence(1, "chen", "开会", moment(since), told, None if ended is None else moment(ended))
    assert absence.overdue(moment(now)) >= timedelta()
    if told is None:
        assert absence.overdue(moment(now)) == timedelta()
