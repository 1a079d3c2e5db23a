"""Which half hours a day's report has, by the business hours of that day."""

from __future__ import annotations

from datetime import UTC, date, datetime, time
from zoneinfo import ZoneInfo

import pytest
from small_hall import small_plan

from server.hall.calendar import Hours, Season, Span
from server.report.half_hours import half_hours

HOURS = Hours(
    (Span(time(8), time(12)), Span(time(14, 30), time(17, 30))),
    seasons=(Season((6, 1), (9, 30), (Span(time(8), time(12)), Span(time(15), time(18)))),),
    closed=frozenset({date(2026, 10, 1)}),
    special={date(2026, 10, 25): (Span(time(1), time(5)),)},
)


@pytest.mark.parametrize(
    ("day", "zone", "first", "slots"),
    [
        (date(2026, 11, 23), "Asia/Shanghai", datetime(2026, 11, 23, 0, tzinfo=UTC), 19),
        (date(2026, 8, 3), "Asia/Shanghai", datetime(2026, 8, 3, 0, tzinfo=UTC), 20),
        (date(2026, 10, 25), "Europe/Berlin", datetime(2026, 10, 24, 23, tzinfo=UTC), 10),  # five hours of it
    ],
)
def test_they_are_those_of_the_days_business_hours(day: date, zone: str, first: datetime, slots: int) -> None:
    found = half_hours([], day, small_plan(hours=HOURS, zone=ZoneInfo(zone)))
    assert (found[0].start, len(found)) == (first, slots)


def test_a_day_that_is_closed_has_none() -> None:
    assert half_hours([], date(2026, 10, 1), small_plan(hours=HOURS)) == []
    assert half_hours([], date(2026, 10, 1), small_plan()) == []
