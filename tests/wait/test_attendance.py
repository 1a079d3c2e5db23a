"""When a window is expected back from lunch: as it comes itself, whatever others do."""

from __future__ import annotations

from collections.abc import Callable
from datetime import UTC, datetime, time, timedelta
from random import Random
from typing import Any
from zoneinfo import ZoneInfo

import pytest
from small_hall import CHEN, SmallHall, small_plan

from server.hall import commands as cmd
from server.hall.calendar import Hours, Span
from server.hall.instant import from_microseconds
from server.hall.wait.attendance import Attendance
from server.hall.window import Clerk

ZONE = ZoneInfo("Asia/Shanghai")
HOURS = Hours((Span(time(8), time(12)), Span(time(14), time(17))))
CLERKS = {2: CHEN, 3: Clerk("li", "李静", "0302")}
LATE = {2: 0, 3: 20}
"""So many minutes after the end of lunch the windows come back, every day."""
SERVED = {2: "insurance", 3: "residence"}


def at(day: int, hour: int, minute: int = 0) -> datetime:
    return datetime(2026, 11, day, hour, minute, tzinfo=ZONE).astimezone(UTC)


def do(hall: SmallHall, moment: datetime, command: Callable[[int, str], cmd.Command[Any]]) -> None:
    """The same at both windows."""
    hall.now = moment
    for window, clerk in CLERKS.items():
        hall.do(command(window, clerk.username))


def morning(hall: SmallHall, day: int) -> None:
    """Until lunch."""
    hall.now = at(day, 8)
    hall.do(cmd.PassTime())
    do(hall, at(day, 8), lambda window, clerk: cmd.OpenWindow(window, CLERKS[window]))
    do(hall, at(day, 8), lambda window, clerk: cmd.IssueTicket(SERVED[window]))
    do(hall, at(day, 8), cmd.CallNext)
    do(hall, at(day, 9), cmd.FinishTicket)
    do(hall, at(day, 12), lambda window, clerk: cmd.PauseWindow(window, clerk, "lunch", at(day, 14)))


def afternoon(hall: SmallHall, day: int) -> None:
    for window, clerk in CLERKS.items():
        hall.now = at(day, 14, LATE[window])
        hall.do(cmd.ReopenWindow(window, clerk.username))
    do(hall, at(day, 17), cmd.CloseWindow)


def lived(
    sixth: Callable[[SmallHall, int], None] = morning, usual: Callable[[SmallHall, int], None] = morning
) -> tuple[SmallHall, Attendance]:
    """Five days, and a sixth until its lunch."""
    hall, attendance, seen = SmallHall(small_plan(hours=HOURS)), Attendance(), None
    for day in range(23, 28):
        usual(hall, day)
        afternoon(hall, day)
    sixth(hall, 28)
    for recorded in hall.log:
        today = hall.plan.local(recorded.event.at).date()
        if today != seen:
            attendance.new_day(hall.plan, today)
            seen = today
        attendance.observe(recorded.event)
    return hall, attendance


@pytest.mark.parametrize("window", LATE)
def test_each_window_is_expected_as_late_as_it_comes_itself(window: int) -> None:
    hall, attendance = lived()
    now = int(at(28, 13).timestamp() * 1_000_000)
    state = hall.state.windows[window]
    for seed in range(20):
        [(back, _)] = attendance.stretches(hall.plan, state, now, Random(seed))
        assert from_microseconds(back) == at(28, 14, LATE[window])


def test_whoever_is_later_than_ever_is_still_expected_and_soon() -> None:
    hall, attendance = lived()
    now = int(at(28, 14, 30).timestamp() * 1_000_000)
    for seed in range(20):
        [(back, _)] = attendance.stretches(hall.plan, hall.state.windows[2], now, Random(seed))
        assert timedelta() <= from_microseconds(back) - at(28, 14, 30) < timedelta(hours=1)


def nobody(hall: SmallHall, day: int) -> None:
    """At eight, and nobody has signed in."""
    hall.now = at(day, 8)
    hall.do(cmd.PassTime())


def test_whoever_always_came_in_time_and_is_a_little_late_is_expected_this_morning() -> None:
    hall, attendance = lived(nobody)
    now = int(at(28, 8, 2).timestamp() * 1_000_000)
    for seed in range(20):
        (came, left), _ = attendance.stretches(hall.plan, hall.state.windows[2], now, Random(seed))
        assert timedelta() <= from_microseconds(came) - at(28, 8, 2) < timedelta(hours=1)
        assert from_microseconds(left) == at(28, 12)


def test_whoever_has_not_come_for_an_hour_is_expected_after_lunch() -> None:
    hall, attendance = lived(nobody)
    now = int(at(28, 9).timestamp() * 1_000_000)
    for seed in range(20):
        [(back, _)] = attendance.stretches(hall.plan, hall.state.windows[2], now, Random(seed))
        assert from_microseconds(back) == at(28, 14)


def test_a_window_where_nobody_ever_sits_is_not_expected_at_eight() -> None:
    hall, attendance = lived(nobody)
    now = int(at(28, 8, 2).timestamp() * 1_000_000)
    assert attendance.stretches(hall.plan, hall.state.windows[1], now, Random(1)) == []


def signed_in(hall: SmallHall, day: int) -> None:
    """A quarter of an hour before eight everybody is there, and nobody calls yet."""
    do(hall, at(day, 7, 45), lambda window, clerk: cmd.OpenWindow(window, CLERKS[window]))


def test_whoever_is_there_before_the_hours_begin_calls_when_they_do() -> None:
    hall, attendance = lived(signed_in)
    now = int(at(28, 7, 51).timestamp() * 1_000_000)
    (calls, left), _ = attendance.stretches(hall.plan, hall.state.windows[2], now, Random(1))
    assert (from_microseconds(calls), from_microseconds(left)) == (at(28, 8), at(28, 12))


def early_morning(hall: SmallHall, day: int) -> None:
    """Until lunch, of a day on which they call ten minutes before eight."""
    called_early(hall, day)
    do(hall, at(day, 9), cmd.FinishTicket)
    do(hall, at(day, 12), lambda window, clerk: cmd.PauseWindow(window, clerk, "lunch", at(day, 14)))


def called_early(hall: SmallHall, day: int) -> None:
    do(hall, at(day, 7, 45), lambda window, clerk: cmd.OpenWindow(window, CLERKS[window]))
    do(hall, at(day, 7, 50), lambda window, clerk: cmd.ServeDirectly(window, clerk, SERVED[window]))


def test_whoever_has_called_before_the_hours_began_goes_on() -> None:
    hall, attendance = lived(called_early)
    now = int(at(28, 7, 51).timestamp() * 1_000_000)
    (calls, _), _ = attendance.stretches(hall.plan, hall.state.windows[2], now, Random(1))
    assert from_microseconds(calls) == at(28, 7, 51)


def test_whoever_always_calls_some_minutes_early_is_expected_to() -> None:
    hall, attendance = lived(signed_in, early_morning)
    now = int(at(28, 7, 46).timestamp() * 1_000_000)
    (calls, _), _ = attendance.stretches(hall.plan, hall.state.windows[2], now, Random(1))
    assert from_microseconds(calls) == at(28, 7, 50)


def idle_over_lunch(hall: SmallHall, day: int) -> None:
    hall.now = at(day, 8)
    hall.do(cmd.PassTime())
    hall.do(cmd.OpenWindow(2, CHEN))
    hall.do(cmd.IssueTicket("insurance"))
    hall.do(cmd.CallNext(2, CHEN.username))
    hall.now = at(day, 11, 50)
    hall.do(cmd.FinishTicket(2, CHEN.username))


def test_whoever_stays_signed_in_over_lunch_calls_after_it() -> None:
    hall, attendance = lived(idle_over_lunch)
    for hour, minute in ((12, 20), (13, 50)):
        now = int(at(28, hour, minute).timestamp() * 1_000_000)
        [(calls, _)] = attendance.stretches(hall.plan, hall.state.windows[2], now, Random(1))
        assert from_microseconds(calls) == at(28, 14)


def test_whoever_calls_on_after_the_hours_goes_on_for_a_while() -> None:
    hall, attendance = lived(idle_over_lunch)
    hall.now = at(28, 12, 3)
    written = len(hall.log)
    hall.do(cmd.ServeDirectly(2, CHEN.username, "insurance"))
    for recorded in hall.log[written:]:
        attendance.observe(recorded.event)
    now = int(at(28, 12, 4).timestamp() * 1_000_000)
    (calls, _), (back, _) = attendance.stretches(hall.plan, hall.state.windows[2], now, Random(1))
    assert (from_microseconds(calls), from_microseconds(back)) == (at(28, 12, 4), at(28, 14))
