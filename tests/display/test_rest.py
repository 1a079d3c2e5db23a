"""When a screen rests, and until when."""

from __future__ import annotations

from datetime import UTC, datetime, time, timedelta
from zoneinfo import ZoneInfo

import pytest
from hypothesis import given
from hypothesis import strategies as st
from screened import INSURANCE, Screened
from small_hall import CHEN, MONDAY_9

from display.messages import RestOut
from display.rest import MARGIN, is_after_hours, next_opening
from server.hall.announcement import AnnouncementKind
from server.hall.calendar import Hours, Span
from server.hall.commands import Announce, FinishTicket, Start

ZONE = ZoneInfo("Asia/Shanghai")
WEEK = Hours(
    spans=(
        Span(time(8, 30), time(12)),
        Span(time(14), time(17, 30)),
    ),
    weekdays=frozenset(range(5)),
)


def at(text: str) -> datetime:
    return datetime.fromisoformat(text).replace(tzinfo=ZONE)


@pytest.mark.parametrize(
    ("moment", "rests"),
    [
        ("2026-11-23T08:14", True),
        ("2026-11-23T08:15", False),
        ("2026-11-23T13:00", False),  # midday: the hall is full of people who wait for the afternoon
        ("2026-11-23T17:44", False),
        ("2026-11-23T17:45", True),
        ("2026-11-28T10:00", True),  # Saturday
    ],
)
def test_it_is_after_hours_from_a_quarter_after_the_close_to_a_quarter_before_the_opening(
    moment: str, rests: bool
) -> None:
    assert is_after_hours([WEEK], at(moment)) is rests


def test_the_next_opening_is_that_of_the_first_service_to_open() -> None:
    saturday = Hours(spans=WEEK.spans, weekdays=frozenset({5}))
    assert next_opening([WEEK], at("2026-11-27T18:00")) == at("2026-11-30T08:30")
    assert next_opening([WEEK, saturday], at("2026-11-27T18:00")) == at("2026-11-28T08:30")
    assert not is_after_hours([WEEK, saturday], at("2026-11-28T10:00"))


def test_a_hall_that_is_always_open_never_rests_and_one_that_never_opens_names_no_time() -> None:
    assert not is_after_hours([Hours()], at("2026-11-23T03:00"))
    never = Hours(spans=WEEK.spans, weekdays=frozenset())
    assert is_after_hours([never], at("2026-11-23T10:00"))
    assert next_opening([never], at("2026-11-23T10:00")) is None


@given(st.integers(0, 2 * 365 * 24 * 60))
def test_no_screen_rests_while_numbers_are_given_and_every_rest_ends_at_an_opening(minutes: int) -> None:
    local = (datetime(2026, 1, 1, tzinfo=UTC) + timedelta(minutes=minutes)).astimezone(ZONE)
    if WEEK.is_open(local):
        assert not is_after_hours([WEEK], local)
    if is_after_hours([WEEK], local):
        opening = next_opening([WEEK], local)
        assert opening is not None
        assert opening > local
        assert not is_after_hours([WEEK], opening - MARGIN)


EVENING = timedelta(hours=9)  # after MONDAY_9: 18:00, half an hour after the close


@pytest.fixture
def screened() -> Screened:
    return Screened()


def test_in_the_evening_the_board_rests_until_the_morning(screened: Screened) -> None:
    assert screened.board().rest is None
    screened.hall.now = MONDAY_9 + EVENING
    assert screened.board().rest == RestOut(until="2026-11-24T08:00:00+08:00")
    screened.hall.now = MONDAY_9 + timedelta(hours=22, minutes=45)  # 07:45
    assert screened.board().rest is None


def test_before_a_weekend_it_rests_until_the_first_service_opens(screened: Screened) -> None:
    screened.hall.now = MONDAY_9 + timedelta(days=4) + EVENING  # social insurance opens on Saturdays
    assert screened.board().rest == RestOut(until="2026-11-28T09:00:00+08:00")
    upstairs = Screened(5, 6)
    upstairs.hall.now = MONDAY_9 + timedelta(days=4) + EVENING
    assert upstairs.board().rest == RestOut(until="2026-11-30T08:00:00+08:00")


def test_no_screen_rests_while_somebody_waits_is_called_or_is_served(screened: Screened) -> None:
    screened.hall.now = MONDAY_9 + timedelta(hours=8, minutes=15)  # 17:15
    screened.take(INSURANCE)
    screened.hall.now = MONDAY_9 + EVENING
    assert screened.board().rest is None
    screened.call(3)
    assert screened.board().rest is None
    screened.at(Start, 3)
    assert screened.board().rest is None
    screened.at(FinishTicket, 3)
    assert screened.board().rest is not None


def test_an_announcement_wakes_the_screens(screened: Screened) -> None:
    screened.hall.now = MONDAY_9 + EVENING
    screened.hall.do(Announce(AnnouncementKind.EMERGENCY, "请有序撤离", (), 1, timedelta(minutes=5), CHEN.username))
    assert screened.board().rest is None
    screened.hall.wait(300)
    assert screened.board().rest is not None
