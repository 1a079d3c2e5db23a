"""Hours and the business day, in the hall's time zone."""

from __future__ import annotations

from datetime import UTC, datetime, time, timedelta
from zoneinfo import ZoneInfo

import pytest
from small_hall import MONDAY_9, SmallHall, small_plan

from server.hall import commands as cmd
from server.hall.calendar import Hours, Span, business_day, end_of_day
from server.hall.errors import HallClosed
from server.hall.events import DayClosed, PrintReported
from server.hall.printing import PrintState
from server.hall.ticket import Finish, State

SHANGHAI = ZoneInfo("Asia/Shanghai")
HOURS = Hours((Span(time(8), time(12)), Span(time(14, 30), time(17, 30))), frozenset(range(5)))


def local(day: int, hour: int, minute: int = 0) -> datetime:
    return datetime(2026, 11, day, hour, minute, tzinfo=SHANGHAI)


@pytest.mark.parametrize(
    ("at", "is_open", "opens_at"),
    [
        (local(23, 7, 59), False, local(23, 8)),
        (local(23, 8), True, None),
        (local(23, 11, 59), True, None),
        (local(23, 12), False, local(23, 14, 30)),
        (local(23, 17, 29), True, None),
        (local(23, 17, 30), False, local(24, 8)),
        (local(27, 18), False, local(30, 8)),  # Friday evening: Monday
        (local(28, 9), False, local(30, 8)),  # Saturday
    ],
)
def test_numbers_are_given_in_the_hours_and_the_next_opening_is_known(
    at: datetime, is_open: bool, opens_at: datetime | None
) -> None:
    assert HOURS.is_open(at) is is_open
    assert HOURS.opens_at(at) == opens_at


def test_outside_the_hours_no_number_is_used_up() -> None:
    hall = SmallHall(small_plan(hours=HOURS))
    hall.now = local(23, 12, 30).astimezone(UTC)
    with pytest.raises(HallClosed) as refusal:
        hall.do(cmd.IssueTicket("insurance"))
    assert refusal.value.params["opens_at"] == local(23, 14, 30)
    hall.now = local(23, 14, 30).astimezone(UTC)
    assert hall.do(cmd.IssueTicket("insurance"))["number"] == "A001"


def test_a_number_given_before_noon_is_still_called_after_it() -> None:
    hall = SmallHall(small_plan(hours=HOURS))
    hall.open(1)
    hall.do(cmd.IssueTicket("insurance"))
    hall.now = local(23, 12, 30).astimezone(UTC)
    assert hall.do(cmd.CallNext(1, "chen"))["number"] == "A001"


def test_numbers_restart_at_the_halls_midnight_not_at_utc_midnight(hall: SmallHall) -> None:
    hall.do(cmd.IssueTicket("insurance"))
    hall.now = datetime(2026, 11, 23, 15, 59, 59, tzinfo=UTC)
    assert hall.do(cmd.IssueTicket("insurance"))["id"] == "261123A002"
    hall.now = datetime(2026, 11, 23, 16, 0, tzinfo=UTC)
    assert hall.do(cmd.IssueTicket("insurance"))["id"] == "261124A001"


def test_the_day_closes_what_was_open_and_counts_none_of_it_as_served(hall: SmallHall) -> None:
    waiting, called, serving = (hall.do(cmd.IssueTicket("insurance", kiosk="1"))["id"] for _ in range(3))
    tickets = dict(hall.state.tickets)
    hall.do(cmd.CallNext(1, "chen"))
    hall.do(cmd.CallNext(2, "chen"))
    hall.do(cmd.Start(2, "chen"))
    hall.wait(86_400)
    hall.do(cmd.PassTime())
    assert [tickets[t].state for t in (waiting, called, serving)] == [State.EXPIRED, State.FINISHED, State.EXPIRED]
    assert tickets[called].leg.finish is Finish.DAY_CLOSED
    assert tickets[called].leg.evaluation is None
    (summary,) = hall.events(DayClosed)
    assert (summary.issued, summary.expired) == (3, 2)
    assert {e.state for e in hall.events(PrintReported)} == {PrintState.DROPPED}
    assert hall.state.tickets == {}
    assert hall.state.windows[1].clerk is None


def test_a_clock_that_jumps_back_never_turns_time_or_the_day_back(hall: SmallHall) -> None:
    first = hall.do(cmd.IssueTicket("insurance"))
    hall.now = MONDAY_9 - timedelta(days=2)
    second = hall.do(cmd.IssueTicket("insurance"))
    assert second["number"] == "A002"
    assert second["issued_at"] == first["issued_at"]


@pytest.mark.parametrize("zone", ["Asia/Shanghai", "Asia/Urumqi", "Europe/Berlin", "America/New_York"])
def test_a_business_day_ends_where_the_next_begins_also_on_days_of_23_or_25_hours(zone: str) -> None:
    tz = ZoneInfo(zone)
    day = business_day(datetime(2026, 10, 24, 12, tzinfo=UTC), tz)
    for _ in range(10):
        end = end_of_day(day, tz)
        assert business_day(end - timedelta(microseconds=1), tz) == day
        day = business_day(end, tz)
