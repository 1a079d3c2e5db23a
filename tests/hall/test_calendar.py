"""Which hours a day has, and when numbers are given in them, also where clocks change."""

from __future__ import annotations

from datetime import UTC, date, datetime, time, timedelta
from typing import Any
from zoneinfo import ZoneInfo

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from small_hall import SmallHall, small_plan

from server.hall import commands as cmd
from server.hall.calendar import Hours, Season, Span, Spans
from server.hall.errors import HallClosed
from server.hall.plan import Service, WindowPlan

SHANGHAI, BERLIN = ZoneInfo("Asia/Shanghai"), ZoneInfo("Europe/Berlin")
CLOCKS_BACK, CLOCKS_ON = date(2026, 10, 25), date(2027, 3, 28)
GRID = timedelta(minutes=5)


def spans(*texts: str) -> Spans:
    return tuple(Span(*(time.fromisoformat(part) for part in text.split("-"))) for text in texts)


ORDINARY = spans("08:00-12:00", "14:30-17:30")
SUMMER = spans("08:00-12:00", "15:00-18:00")
MORNING = spans("09:00-12:00")
WEEK: dict[str, Any] = {"spans": ORDINARY, "weekdays": frozenset(range(5))}
FULL = Hours(
    **WEEK,
    weekly={5: MORNING},
    seasons=(
        Season((6, 1), (9, 30), SUMMER),
        Season((12, 15), (1, 15), spans("09:00-16:00"), {5: (), 4: spans("09:00-11:00")}),
    ),
    closed=frozenset({date(2026, 10, 1), date(2026, 10, 3)}),
    working=frozenset({date(2026, 9, 20), date(2026, 10, 10)}),
    special={date(2026, 10, 2): spans("10:00-11:00"), date(2026, 12, 31): ()},
)


@pytest.mark.parametrize(
    ("day", "expected"),
    [
        (date(2026, 11, 26), ORDINARY),
        (date(2026, 11, 28), MORNING),  # Saturday
        (date(2026, 11, 29), ()),
        (date(2026, 5, 29), ORDINARY),
        (date(2026, 6, 1), SUMMER),
        (date(2026, 9, 30), SUMMER),
        (date(2026, 8, 1), MORNING),  # Saturday: the season says nothing of it
        (date(2026, 12, 14), ORDINARY),
        (date(2026, 12, 15), spans("09:00-16:00")),
        (date(2027, 1, 1), spans("09:00-11:00")),  # Friday
        (date(2027, 1, 2), ()),
        (date(2027, 1, 15), spans("09:00-11:00")),
        (date(2027, 1, 18), ORDINARY),
        (date(2026, 10, 1), ()),
        (date(2026, 10, 3), ()),  # Saturday in a holiday
        (date(2026, 9, 20), SUMMER),  # Sunday
        (date(2026, 10, 10), ORDINARY),  # Saturday
        (date(2026, 10, 2), spans("10:00-11:00")),
        (date(2026, 12, 31), ()),
    ],
)
def test_each_day_has_the_hours_of_its_date_its_season_and_its_weekday(day: date, expected: Spans) -> None:
    assert FULL.spans_on(day) == expected


def test_a_day_of_its_own_stands_before_a_holiday_and_a_holiday_before_a_made_up_day() -> None:
    day = date(2026, 10, 10)
    hours = Hours(**WEEK, closed=frozenset({day}), working=frozenset({day}))
    assert hours.spans_on(day) == ()
    assert Hours(**WEEK, closed=frozenset({day}), special={day: MORNING}).spans_on(day) == MORNING


def test_numbers_begin_before_the_business_and_stop_before_its_end() -> None:
    hours = Hours(**WEEK, early=timedelta(minutes=15), stop=timedelta(minutes=10))
    at = datetime(2026, 11, 26, 7, 44, tzinfo=SHANGHAI)
    assert hours.opens_at(at) == datetime(2026, 11, 26, 7, 45, tzinfo=SHANGHAI)
    early = at.replace(minute=45)
    assert (hours.is_open(early), hours.span_at(early)) == (True, None)
    assert hours.closes_at(early) == datetime(2026, 11, 26, 11, 50, tzinfo=SHANGHAI)
    late = datetime(2026, 11, 26, 11, 50, tzinfo=SHANGHAI)
    assert (hours.is_open(late), hours.span_at(late)) == (False, ORDINARY[0])
    assert hours.opens_at(late) == datetime(2026, 11, 26, 14, 15, tzinfo=SHANGHAI)


def test_a_break_shorter_than_the_early_minutes_does_not_close() -> None:
    hours = Hours(spans("08:00-12:00", "12:10-17:00"), early=timedelta(minutes=15))
    at = datetime(2026, 11, 26, 9, tzinfo=SHANGHAI)
    assert hours.closes_at(at) == datetime(2026, 11, 26, 17, tzinfo=SHANGHAI)


def test_early_numbers_of_a_day_may_begin_on_the_day_before() -> None:
    hours = Hours(spans("00:05-08:00"), early=timedelta(minutes=15))
    at = datetime(2026, 11, 25, 23, 50, tzinfo=SHANGHAI)
    assert hours.is_open(at)
    assert hours.opens_at(at - GRID) == at
    assert hours.closes_at(at) == datetime(2026, 11, 26, 8, tzinfo=SHANGHAI)


def test_the_opening_after_a_long_holiday_is_known_and_one_that_never_comes_is_not_promised() -> None:
    first = date(2026, 2, 13)
    away = frozenset(first + timedelta(days=day) for day in range(45))
    at = datetime(2026, 2, 12, 18, tzinfo=SHANGHAI)
    assert Hours(**WEEK, closed=away).opens_at(at) == datetime(2026, 3, 30, 8, tzinfo=SHANGHAI)
    assert Hours(special={date(2020, 1, 1): MORNING}).opens_at(at) is None


def test_hours_that_say_nothing_are_always() -> None:
    at = datetime(2026, 11, 29, 3, tzinfo=SHANGHAI)
    hours = Hours()
    assert (hours.is_open(at), hours.opens_at(at), hours.closes_at(at), hours.span_at(at)) == (True, None, None, None)
    only_saturdays = Hours(weekdays=frozenset(), weekly={5: MORNING})
    assert not only_saturdays.is_open(at)
    assert only_saturdays.next_spans(at.date()) == MORNING


def test_a_span_over_the_hour_that_comes_twice_lasts_an_hour_longer() -> None:
    hours = Hours(spans("00:00-06:00"))
    at = datetime.combine(CLOCKS_BACK, time(0), BERLIN)
    closing = hours.closes_at(at)
    assert closing is not None
    assert closing.isoformat() == "2026-10-25T06:00:00+01:00"
    assert closing.astimezone(UTC) - at.astimezone(UTC) == timedelta(hours=7)


def test_a_time_that_comes_twice_is_meant_the_first_time() -> None:
    second = datetime.combine(CLOCKS_BACK, time(2, 10), BERLIN).replace(fold=1)
    assert Hours(spans("02:50-06:00")).is_open(second)  # since 02:50 the first time, 20 minutes ago
    assert Hours(spans("02:50-06:00")).span_at(second) is not None
    over = Hours(spans("02:05-02:40"))
    assert over.is_open(second.replace(fold=0))
    assert not over.is_open(second)
    opening = over.opens_at(second)
    assert opening is not None
    assert opening.isoformat() == "2026-10-26T02:05:00+01:00"


def test_where_clocks_skip_an_hour_the_minutes_still_count() -> None:
    opening = Hours(spans("02:30-05:00")).opens_at(datetime.combine(CLOCKS_ON, time(1), BERLIN))
    closing = Hours(spans("00:00-03:10"), stop=timedelta(minutes=20)).closes_at(
        datetime.combine(CLOCKS_ON, time(1), BERLIN)
    )
    assert opening is not None
    assert closing is not None
    assert (opening.isoformat(), closing.isoformat()) == ("2027-03-28T03:30:00+02:00", "2027-03-28T01:50:00+01:00")


def _disjoint(places: list[int]) -> Spans:
    moments = [time(place // 12, place % 12 * 5) for place in sorted(places)]
    return tuple(Span(*pair) for pair in zip(moments[::2], moments[1::2], strict=False))


DAYS = st.integers(0, 6).map(lambda ahead: date(2026, 10, 22) + timedelta(days=ahead))
# From six: what is reckoned from them stays clear of the hour in which clocks change.
SPANS = st.lists(st.integers(6 * 12, 287), max_size=6, unique=True).map(_disjoint)
MINUTES = st.integers(0, 18).map(lambda steps: steps * GRID)
HOURS = st.builds(
    Hours,
    spans=SPANS.filter(bool),
    weekdays=st.frozensets(st.integers(0, 6)),
    weekly=st.dictionaries(st.integers(0, 6), SPANS, max_size=2),
    closed=st.frozensets(DAYS, max_size=3),
    working=st.frozensets(DAYS, max_size=2),
    special=st.dictionaries(DAYS, SPANS, max_size=2),
    early=MINUTES,
    stop=MINUTES,
)


def _gives(hours: Hours, clock: datetime) -> bool:
    """Whether numbers are given when a clock on the wall shows this."""
    for day in (clock.date(), clock.date() + timedelta(days=1)):
        for span in hours.spans_on(day):
            start, end = datetime.combine(day, span.start), datetime.combine(day, span.end)
            if start - hours.early <= clock < end - hours.stop:
                return True
    return False


@given(HOURS, st.sampled_from([SHANGHAI, BERLIN]), DAYS, st.integers(0, 287))
@settings(deadline=None)
def test_openings_and_closings_are_those_found_by_watching_the_clock(
    hours: Hours, zone: ZoneInfo, day: date, place: int
) -> None:
    now = datetime.combine(day, time(place // 12, place % 12 * 5), zone).astimezone(UTC)
    instants = [now + step * GRID for step in range(3 * 288)]
    given_then = [_gives(hours, instant.astimezone(zone).replace(tzinfo=None)) for instant in instants]
    local = now.astimezone(zone)
    assert hours.is_open(local) is given_then[0]
    change = next((at for at, gives in zip(instants, given_then, strict=True) if gives is not given_then[0]), None)
    found, other = hours.opens_at(local), hours.closes_at(local)
    if given_then[0]:
        found, other = other, found
    assert other is None
    if change is not None:
        assert found is not None
        assert found.astimezone(UTC) == change
        assert found.utcoffset() == change.astimezone(zone).utcoffset()
    else:
        assert found is None or found.astimezone(UTC) > instants[-1]


def test_a_service_gives_numbers_in_its_own_hours_and_the_others_in_the_halls() -> None:
    hall = SmallHall(
        small_plan(
            hours=Hours(**WEEK),
            services={
                "insurance": Service("insurance", "A", hours=Hours(**WEEK, weekly={5: MORNING})),
                "residence": Service("residence", "B"),
            },
            windows={1: WindowPlan(1, ("insurance",), hours=Hours(MORNING)), 2: WindowPlan(2, ("residence",))},
        )
    )
    assert hall.plan.window_hours(1) == Hours(MORNING)
    assert hall.plan.window_hours(2) == hall.plan.service_hours("residence") == Hours(**WEEK)
    hall.now = datetime(2026, 11, 28, 9, tzinfo=SHANGHAI).astimezone(UTC)
    assert hall.do(cmd.IssueTicket("insurance"))["number"] == "A001"
    with pytest.raises(HallClosed) as refusal:
        hall.do(cmd.IssueTicket("residence"))
    assert refusal.value.params["opens_at"] == datetime(2026, 11, 30, 8, tzinfo=SHANGHAI)


def window_hall(*present: tuple[time, time]) -> SmallHall:
    """Insurance from eight to twelve and half past two to half past five, at windows with these hours."""
    windows = {n: WindowPlan(n, ("insurance",), hours=Hours((Span(*span),))) for n, span in enumerate(present, 1)}
    return SmallHall(small_plan(hours=Hours(**WEEK), windows=windows))


def at(hour: int, minute: int = 0) -> datetime:
    return datetime(2026, 11, 23, hour, minute, tzinfo=SHANGHAI)


@pytest.mark.parametrize(
    ("asked", "opens"),
    [
        (at(8), at(9)),  # the service is open, its first window not yet
        (at(9), None),
        (at(11), at(15)),  # the morning's window has gone, the afternoon's comes after the lunch
        (at(12, 30), at(15)),
        (at(15), None),
        (at(17), at(9) + timedelta(days=1)),
    ],
)
def test_a_service_gives_numbers_only_while_one_of_its_windows_is_there(
    asked: datetime, opens: datetime | None
) -> None:
    hall = window_hall((time(9), time(11)), (time(15), time(17)))
    hall.now = asked.astimezone(UTC)
    if opens is None:
        assert hall.do(cmd.IssueTicket("insurance"))["number"] == "A001"
        return
    with pytest.raises(HallClosed) as refusal:
        hall.do(cmd.IssueTicket("insurance"))
    assert refusal.value.params["opens_at"] == opens


def test_windows_that_are_never_there_in_its_hours_leave_no_opening() -> None:
    hall = window_hall((time(12, 15), time(12, 45)))
    hall.now = at(9).astimezone(UTC)
    with pytest.raises(HallClosed) as refusal:
        hall.do(cmd.IssueTicket("insurance"))
    assert refusal.value.params["opens_at"] is None
