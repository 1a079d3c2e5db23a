"""How a wait is told: outward, in steps that promise no more than is known, and by the clock over a break."""

from __future__ import annotations

from datetime import datetime, time, timedelta
from zoneinfo import ZoneInfo

import pytest
from hypothesis import given
from hypothesis import strategies as st

from server.hall.calendar import Hours, Span
from server.hall.wait.said import Said, said

HOURS = Hours((Span(time(8), time(12)), Span(time(14, 30), time(17, 30))))
NINE = datetime(2026, 11, 23, 9, 0, tzinfo=ZoneInfo("Asia/Shanghai"))


@pytest.mark.parametrize(
    ("minutes", "told"),
    [
        ((22, 33), Said(20, 35)),
        ((20, 35), Said(20, 35)),
        ((1, 4), Said(0, 5)),
        ((3, 9), Said(0, 10)),
        ((58, 71), Said(55, 80)),
        ((65, 90), Said(60, 90)),
    ],
)
def test_rounded_outward_to_five_minutes_and_ten_above_an_hour(minutes: tuple[int, int], told: Said) -> None:
    assert said(minutes, NINE, HOURS) == told


def test_by_the_clock_when_the_hall_closes_for_lunch_meanwhile() -> None:
    told = said((50, 192), NINE + timedelta(hours=2), HOURS)
    assert told is not None
    assert (told.start, told.end) == ("11:50", "14:15")


@pytest.mark.parametrize(
    ("hour", "minute", "minutes", "told"),
    [
        (7, 46, (14, 14), ("08:00", "08:05")),
        (11, 50, (160, 161), ("14:30", "14:35")),
        (11, 50, (162, 164), ("14:30", "14:35")),
    ],
)
def test_whoever_is_called_as_soon_as_the_hall_opens_is_told_a_range_too(
    hour: int, minute: int, minutes: tuple[int, int], told: tuple[str, str]
) -> None:
    found = said(minutes, NINE.replace(hour=hour, minute=minute, second=20), HOURS)
    assert found is not None
    assert (found.start, found.end) == told


def test_a_hall_without_hours_speaks_of_minutes() -> None:
    assert said((50, 190), NINE, Hours()) == Said(50, 190)


def test_nothing_is_said_of_nothing() -> None:
    assert said((), NINE, HOURS) is None


@given(st.integers(0, 600), st.integers(0, 600))
def test_the_range_holds_what_it_was_made_of(middle: int, more: int) -> None:
    told = said((middle, middle + more), NINE, Hours())
    assert told is not None
    assert told.low <= middle
    assert told.high >= middle + more
    assert told.low < told.high
