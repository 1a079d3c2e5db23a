"""Whom a hall warns before they take a number: who would probably not be called today, and of what."""

from __future__ import annotations

from dataclasses import replace
from datetime import UTC, datetime, time, timedelta
from typing import Any
from zoneinfo import ZoneInfo

import pytest
from small_hall import SmallHall, small_plan

from server.hall import commands as cmd
from server.hall.booking import BookingPlan, Slot
from server.hall.calendar import Hours, Span
from server.hall.instant import to_microseconds
from server.hall.plan import Service
from server.hall.priority import ORDINARY, Priorities, PriorityClass
from server.hall.wait.doubt import Doubt, Why, doubt, doubtful
from server.hall.wait.forecast import Forecast
from server.hall.wait.outlook import NEVER

HOURS = Hours((Span(time(8), time(12)), Span(time(14), time(17))), weekdays=frozenset(range(5)))
ZONE = ZoneInfo("Asia/Shanghai")


def forecast(hall: SmallHall, **late: float) -> Forecast:
    """Of numbers taken now, the share of those that would not be called today, by service or service and class."""
    now = to_microseconds(hall.now)
    calls: dict[Any, list[int]] = {}
    for name, share in late.items():
        service, _, known = name.partition("_")
        never = round(share * 20)
        calls[service, known or ORDINARY] = [*range(now, now + 20 - never), *[NEVER] * never]
    return Forecast(hall.now, calls)


def hall_of(**changes: Any) -> SmallHall:
    return SmallHall(small_plan(hours=HOURS, **changes))


def warned(hall: SmallHall, *services: str, priority: str = ORDINARY, **late: float) -> Doubt | None:
    return doubt(hall.state, forecast(hall, **late), services, priority, hall.now)


def test_who_is_as_likely_called_as_not_is_not_warned() -> None:
    hall = hall_of()
    assert warned(hall, "insurance", insurance=0.5) is None
    assert warned(hall, "insurance", insurance=0.55) is not None


def test_while_nothing_is_known_nobody_is_warned() -> None:
    hall = hall_of()
    assert doubt(hall.state, None, ["insurance"], ORDINARY, hall.now) is None
    assert not doubtful(None, "insurance", ORDINARY)
    assert warned(hall, "insurance", residence=1.0) is None


def test_a_service_that_the_hall_has_no_more_is_left_to_its_refusal() -> None:
    assert warned(hall_of(), "gone", gone=1.0) is None


def test_a_class_that_goes_first_may_be_called_all_the_same() -> None:
    classes = Priorities((PriorityClass(ORDINARY), PriorityClass("elderly", 1)))
    hall = hall_of(priorities=classes)
    late = {"insurance": 1.0, "insurance_elderly": 0.1}
    assert warned(hall, "insurance", **late) is not None
    assert warned(hall, "insurance", priority="elderly", **late) is None


def test_one_number_for_several_services_is_warned_of_the_first_that_would_not_be_reached() -> None:
    hall = hall_of()
    found = warned(hall, "insurance", "residence", insurance=0.0, residence=0.9)
    assert found is not None
    assert found.service == "residence"


@pytest.mark.parametrize(
    ("opened", "tickets", "why", "waiting"),
    [
        ((), (), Why.NO_WINDOW, 0),
        ((3,), ("insurance",), Why.NO_WINDOW, 0),
        ((2,), (), Why.CLOSING, 0),
        ((2,), ("insurance", "residence"), Why.LINE, 1),
        ((1,), ("residence", "residence"), Why.LINE, 2),
    ],
)
def test_it_says_why(opened: tuple[int, ...], tickets: tuple[str, ...], why: Why, waiting: int) -> None:
    """A window that handles both has its time taken by whoever waits for either."""
    hall = hall_of()
    hall.open(*opened)
    for service in tickets:
        hall.do(cmd.IssueTicket(service))
    found = warned(hall, "insurance", insurance=1.0)
    assert found is not None
    assert (found.why, found.waiting) == (why, waiting)


@pytest.mark.parametrize(
    ("now", "opens"),
    [
        (datetime(2026, 11, 23, 9, 0, tzinfo=ZONE), datetime(2026, 11, 24, 8, 0, tzinfo=ZONE)),
        (datetime(2026, 11, 27, 16, 50, tzinfo=ZONE), datetime(2026, 11, 30, 8, 0, tzinfo=ZONE)),
    ],
)
def test_it_says_until_when_today_and_from_when_on_the_next_day(now: datetime, opens: datetime) -> None:
    """Not this afternoon: whoever would not be called today comes on a day with hours again."""
    hall = hall_of()
    hall.now = now.astimezone(UTC)
    hall.do(cmd.PassTime())
    found = warned(hall, "insurance", insurance=1.0)
    assert found is not None
    assert found.opens_at == opens
    assert found.closes_at == now.replace(hour=17, minute=0)


def test_a_hall_that_is_always_open_gives_numbers_from_midnight() -> None:
    hall = SmallHall()
    found = warned(hall, "insurance", insurance=1.0)
    assert found is not None
    assert found.closes_at is None
    assert found.opens_at == datetime(2026, 11, 24, 0, 0, tzinfo=ZONE)


def test_it_says_whether_one_may_book_instead() -> None:
    booked = Service("insurance", "A", booking=BookingPlan((Slot(time(9), time(9, 30), 2),)))
    plan = small_plan(hours=HOURS)
    hall = SmallHall(replace(plan, services={**plan.services, "insurance": booked}))
    found = [warned(hall, code, insurance=1.0, residence=1.0) for code in ("insurance", "residence")]
    assert [one.bookable for one in found if one] == [True, False]


def test_the_number_is_given_all_the_same() -> None:
    hall = hall_of()
    assert warned(hall, "insurance", insurance=1.0) is not None
    hall.wait(timedelta(minutes=1).total_seconds())
    assert hall.do(cmd.IssueTicket("insurance"))["number"] == "A001"
