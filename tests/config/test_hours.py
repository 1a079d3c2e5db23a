"""Hours as config.yaml states them: public holidays, and what services and windows take over from the hall."""

from __future__ import annotations

from datetime import date, datetime, timedelta
from pathlib import Path
from typing import Any
from zoneinfo import ZoneInfo

import pytest
import yaml

from server.config import Settings, warnings
from server.config.holidays import is_known
from server.config.loading import parse_settings
from server.hall.calendar import Hours

SAMPLE = Path(__file__).parents[2] / "config.yaml"
SHANGHAI = ZoneInfo("Asia/Shanghai")
TODAY = date(2026, 11, 26)
FAR = 2190
"""A year that no library of today knows."""

ORDINARY, SUMMER = ["08:00-12:00", "14:30-17:30"], ["08:00-12:00", "15:00-18:00"]


def sample(text: str = "{}", **parts: str) -> Settings:
    """The sample with these hours of the hall, and of `service` and `window` (the second of each), as YAML."""
    content: dict[str, Any] = yaml.safe_load(SAMPLE.read_text(encoding="utf-8"))
    content["hall"]["hours"].update(yaml.safe_load(text))
    for section, hours in parts.items():
        content[f"{section}s"][1]["hours"] = yaml.safe_load(hours)
    return parse_settings(content)


def on(hours: Hours, day: date) -> list[str]:
    return [f"{span.start:%H:%M}-{span.end:%H:%M}" for span in hours.spans_on(day)]


def test_national_day_2026_is_closed_and_the_saturday_after_it_is_worked() -> None:
    plan = sample().plan(TODAY)
    insurance = plan.service_hours("social-insurance")
    for day in range(1, 8):
        assert on(plan.hours, date(2026, 10, day)) == []
        assert on(insurance, date(2026, 10, day)) == []  # also on Saturday, on which it is open else
    assert on(plan.hours, date(2026, 10, 10)) == on(insurance, date(2026, 10, 10)) == ORDINARY
    assert on(plan.hours, date(2026, 9, 20)) == SUMMER  # Sunday
    assert on(plan.service_hours("company"), date(2026, 10, 10)) == ["08:00-12:00"]
    evening = datetime(2026, 9, 30, 18, tzinfo=SHANGHAI)
    assert plan.hours.opens_at(evening) == datetime(2026, 10, 8, 7, 45, tzinfo=SHANGHAI)


def test_the_days_of_the_file_stand_before_the_public_holidays() -> None:
    days = "days: {2026-10-01: working, '2026-10-02': {spans: ['09:00-11:00']}, 2026-10-10: closed}"
    hours = sample(days).plan(TODAY).hours
    assert [on(hours, date(2026, 10, day)) for day in (1, 2, 3, 10)] == [ORDINARY, ["09:00-11:00"], [], []]


def test_a_hall_elsewhere_has_no_chinese_holidays() -> None:
    settings = sample("holidays: none")
    hours = settings.plan(TODAY).hours
    assert (on(hours, date(2026, 10, 1)), on(hours, date(2026, 10, 10))) == (ORDINARY, [])
    assert warnings(settings, date(FAR, 12, 1)) == []


def test_who_is_not_there_all_week_makes_up_for_no_day() -> None:
    plan = sample(service="weekdays: [2, 4]").plan(TODAY)
    assert on(plan.service_hours("residence"), date(2026, 10, 10)) == []
    assert on(plan.service_hours("residence"), date(2026, 10, 8)) == ORDINARY  # Thursday


def test_a_service_takes_over_what_it_does_not_state() -> None:
    settings = sample(
        "days: {2026-12-30: closed, 2026-12-31: closed}",
        service="{weekly: {6: ['09:00-12:00']}, days: {2026-12-31: working}, stop: 30}",
    )
    hours = settings.plan(TODAY).service_hours("residence")
    assert on(hours, date(2026, 11, 28)) == ["09:00-12:00"]
    assert on(hours, date(2026, 7, 1)) == SUMMER
    assert (on(hours, date(2026, 12, 30)), on(hours, date(2026, 12, 31))) == ([], ORDINARY)
    assert (hours.early, hours.stop) == (timedelta(minutes=15), timedelta(minutes=30))


def test_spans_of_ones_own_are_for_all_the_year() -> None:
    plan = sample("weekly: {6: ['09:00-12:00']}", service="spans: ['10:00-11:00']").plan(TODAY)
    hours = plan.service_hours("residence")
    assert (on(hours, date(2026, 7, 1)), on(hours, date(2026, 11, 28))) == (["10:00-11:00"], [])
    assert on(plan.hours, date(2026, 11, 28)) == ["09:00-12:00"]


def test_a_window_may_have_hours_of_its_own() -> None:
    plan = sample(window="spans: ['08:00-10:00']").plan(TODAY)
    assert on(plan.window_hours(2), TODAY) == ["08:00-10:00"]
    assert plan.window_hours(1) is plan.hours


def test_a_hall_whose_hours_are_ignored_ignores_those_of_its_services_and_windows() -> None:
    night = datetime(2026, 10, 1, 3, tzinfo=SHANGHAI)
    settings = sample(window="{spans: ['08:00-10:00'], always: false}")
    plan = settings.without_hours().plan(TODAY)
    assert all(plan.service_hours(code).is_open(night) for code in plan.services)
    assert all(plan.window_hours(number).is_open(night) for number in plan.windows)
    assert not settings.plan(TODAY).service_hours("company").is_open(night)


def test_a_service_may_be_always_open() -> None:
    plan = sample(service="always: true").plan(TODAY)
    night = datetime(2026, 10, 1, 3, tzinfo=SHANGHAI)
    assert (plan.service_hours("residence").is_open(night), plan.hours.is_open(night)) == (True, False)


def test_of_a_year_that_is_not_known_the_holidays_that_never_move_are_closed() -> None:
    hours = sample("weekdays: [1, 2, 3, 4, 5, 6, 7]").plan(date(FAR, 11, 26)).hours
    closed = [date(FAR, 1, 1) + timedelta(days=day) for day in range(365)]
    assert [f"{day:%m-%d}" for day in closed if not on(hours, day)] == [
        "01-01",
        "05-01",
        "05-02",
        "10-01",
        "10-02",
        "10-03",
    ]
    assert not on(hours, date(FAR + 1, 10, 1))


@pytest.mark.parametrize(("month", "years"), [(10, [FAR - 1, FAR]), (11, [FAR - 1, FAR, FAR + 1])])
def test_a_year_that_is_not_known_is_warned_of_once_it_could_be(month: int, years: list[int]) -> None:
    found = warnings(sample(), date(FAR, month, 1))
    assert [path for path, _ in found] == ["hall.hours.holidays"] * len(years)
    assert all(str(year) in message for year, (_, message) in zip(years, found, strict=True))


def test_there_is_no_warning_where_the_days_are_known_or_written_down_or_do_not_matter() -> None:
    assert is_known(2026)
    assert warnings(sample(), date(2026, 10, 1)) == []
    written = "days: {2189-10-10: working, 2190-10-10: working, 2191-02-02: closed}"
    ((path, message),) = warnings(sample(written), date(FAR, 12, 1))
    assert (path, str(FAR + 1) in message) == ("hall.hours.holidays", True)
    assert warnings(sample().without_hours(), date(FAR, 12, 1)) == []
