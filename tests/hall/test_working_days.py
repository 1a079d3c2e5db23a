"""Deadlines in working days, whatever the calendar."""

from __future__ import annotations

from datetime import UTC, date, datetime, time, timedelta
from zoneinfo import ZoneInfo

import pytest
from hypothesis import given
from hypothesis import strategies as st

from server.hall.calendar import Hours, Span
from server.hall.working_days import after, end_after, left

SHANGHAI = ZoneInfo("Asia/Shanghai")
SPANS = (Span(time(8, 30), time(17)),)
WEEK = Hours(SPANS, frozenset(range(5)))
SOME_DAY = st.dates(date(2026, 1, 1), date(2027, 12, 31))
DAYS_OFF = st.frozensets(SOME_DAY, max_size=40)
CALENDARS = st.builds(
    lambda weekdays, closed, working: Hours(SPANS, weekdays, closed=closed, working=working - closed),
    st.frozensets(st.integers(0, 6), min_size=1),
    DAYS_OFF,
    DAYS_OFF,
)


@pytest.mark.parametrize(
    ("hours", "day", "count", "last"),
    [
        (WEEK, date(2026, 11, 27), 1, date(2026, 11, 30)),
        (WEEK, date(2026, 11, 28), 1, date(2026, 11, 30)),
        (WEEK, date(2026, 11, 23), 5, date(2026, 11, 30)),
        (
            Hours(SPANS, frozenset(range(5)), closed=frozenset({date(2026, 11, 30)})),
            date(2026, 11, 27),
            1,
            date(2026, 12, 1),
        ),
        (
            Hours(SPANS, frozenset(range(5)), working=frozenset({date(2026, 11, 28)})),
            date(2026, 11, 27),
            1,
            date(2026, 11, 28),
        ),
        (Hours(), date(2026, 11, 27), 2, date(2026, 11, 29)),
    ],
    ids=["Friday", "Saturday", "a week", "holiday", "worked Saturday", "always open"],
)
def test_the_day_itself_is_not_counted(hours: Hours, day: date, count: int, last: date) -> None:
    assert after(hours, day, count) == last
    assert left(hours, day, last) == count


def test_a_deadline_is_the_end_of_its_day_in_the_halls_own_time() -> None:
    due = end_after(WEEK, SHANGHAI, date(2026, 11, 27), 1)
    assert due == datetime(2026, 11, 30, 16, tzinfo=UTC)


@given(hours=CALENDARS, day=SOME_DAY, count=st.integers(0, 12))
def test_what_is_due_after_so_many_days_has_so_many_left(hours: Hours, day: date, count: int) -> None:
    last = after(hours, day, count)
    assert left(hours, day, last) == count
    assert count == 0 or last > day


@given(hours=CALENDARS, day=SOME_DAY, count=st.integers(1, 12))
def test_a_deadline_lies_on_a_day_on_which_somebody_works(hours: Hours, day: date, count: int) -> None:
    last = after(hours, day, count)
    gaps = [after(hours, day, n + 1) - after(hours, day, n) for n in range(count)]
    assert hours.spans_on(last) or gaps[-1] == timedelta(days=14)


@given(hours=CALENDARS, day=SOME_DAY, count=st.integers(0, 6), days=st.integers(0, 40))
def test_days_left_never_grow_as_time_passes(hours: Hours, day: date, count: int, days: int) -> None:
    last = after(hours, day, count)
    told = [left(hours, day + timedelta(days=passed), last) for passed in range(days + 1)]
    assert told == sorted(told, reverse=True)
    assert all((n < 0) == (day + timedelta(days=passed) > last) for passed, n in enumerate(told))
