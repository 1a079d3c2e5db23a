"""What a forecast says of a small hall, where one can reckon it oneself."""

from __future__ import annotations

from datetime import timedelta
from typing import Any

import pytest
from small_hall import CHEN, SmallHall, small_plan

from server.hall import commands as cmd
from server.hall.instant import to_microseconds
from server.hall.plan import WindowPlan
from server.hall.priority import ORDINARY, Policy, Priorities, PriorityClass
from server.hall.wait.forecast import Expected, Forecast
from server.hall.wait.outlook import NEVER, Coming, Outlook, Stream, Work
from server.hall.wait.rollout import Rollouts

MINUTE = 60_000_000
CLASSES = Priorities((PriorityClass(ORDINARY), PriorityClass("elderly", 1)), Policy(most_passed=2))


def outlook(hall: SmallHall, **changes: Any) -> Outlook:
    """Six minutes for each, always, at every window that is open now, until whenever."""
    now = to_microseconds(hall.now)
    open_now = [number for number, window in hall.state.windows.items() if window.clerk]
    parts: dict[str, Any] = {
        "work": {code: Work(dict.fromkeys(hall.state.windows, 6.0 * MINUTE), [1.0]) for code in hall.plan.services},
        "missing": {},
        "lost": [1.0 * MINUTE],
        "gap": [0.0],
        "stretches": {number: lambda random: [(now, NEVER)] for number in open_now},
        "paces": dict.fromkeys(open_now, lambda random: [(NEVER, 1.0)]),
    }
    return Outlook(**(parts | changes))


def forecast(hall: SmallHall, **changes: Any) -> Forecast:
    probes = [(service, ORDINARY) for service in hall.plan.services]
    now = to_microseconds(hall.now)
    return Forecast(hall.now, Rollouts(hall.state, outlook(hall, **changes), now, probes, 16).play())


def minutes(hall: SmallHall, expected: Expected | None) -> tuple[int, int] | None:
    assert expected is not None
    return expected.minutes(hall.now)


def one_window(**changes: Any) -> SmallHall:
    hall = SmallHall(small_plan(windows={1: WindowPlan(1, ("insurance", "residence"))}, **changes))
    hall.open(1)
    return hall


def take(hall: SmallHall, *classes: str) -> list[str]:
    return [hall.do(cmd.IssueTicket("insurance", priority=priority))["id"] for priority in classes]


def test_each_waits_for_those_before_and_for_what_is_left_of_the_one_at_the_window() -> None:
    hall = one_window()
    take(hall, ORDINARY)
    hall.do(cmd.CallNext(1, CHEN.username))
    first, second = take(hall, ORDINARY, ORDINARY)
    hall.wait(120)
    told = forecast(hall)
    assert minutes(hall, told.of(first)) == (4, 4)
    assert minutes(hall, told.of(second)) == (10, 10)
    assert minutes(hall, told.new("residence", ORDINARY)) == (16, 16)


def test_an_idle_window_calls_at_once() -> None:
    assert minutes(one_window(), forecast(one_window()).new("insurance", ORDINARY)) == (0, 0)


def test_priority_goes_first_as_the_halls_own_policy_says() -> None:
    hall = one_window(priorities=CLASSES)
    ordinary, *elderly = take(hall, ORDINARY, "elderly", "elderly", "elderly")
    told = forecast(hall)
    assert [minutes(hall, told.of(ticket)) for ticket in elderly] == [(0, 0), (6, 6), (18, 18)]
    assert minutes(hall, told.of(ordinary)) == (12, 12)


def test_who_will_come_with_priority_is_reckoned_with() -> None:
    hall = one_window(priorities=CLASSES)
    take(hall, ORDINARY, ORDINARY)
    many = [Stream("insurance", "insurance", "elderly", [(NEVER, 1 / MINUTE)])]
    now, later = forecast(hall).new("insurance", ORDINARY), forecast(hall, streams=many).new("insurance", ORDINARY)
    assert now is not None
    assert later is not None
    assert now.middle is not None
    assert later.middle is not None
    assert later.middle >= now.middle + timedelta(minutes=12)


def test_somebody_who_is_sure_to_come_takes_their_turn() -> None:
    hall = one_window()
    take(hall, ORDINARY)
    [last] = take(hall, ORDINARY)
    at = to_microseconds(hall.now)
    booked = Coming("booking", "insurance", "insurance", ORDINARY, when=[at + MINUTE], turn=0)
    assert minutes(hall, forecast(hall, coming=[booked]).of(last)) == (12, 12)


def test_nobody_is_called_once_the_windows_have_closed() -> None:
    hall = one_window()
    _, _, last = take(hall, ORDINARY, ORDINARY, ORDINARY)
    now = to_microseconds(hall.now)
    told = forecast(hall, stretches={1: lambda random: [(now, now + 10 * MINUTE)]}).of(last)
    assert told == Expected(None, None, 0.0)


def test_after_lunch_they_go_on() -> None:
    hall = one_window()
    _, second = take(hall, ORDINARY, ORDINARY)
    now = to_microseconds(hall.now)
    lunch = [(now, now + 5 * MINUTE), (now + 60 * MINUTE, NEVER)]
    assert minutes(hall, forecast(hall, stretches={1: lambda random: lunch}).of(second)) == (60, 60)


def test_a_combined_visit_goes_on_to_its_next_service() -> None:
    hall = one_window()
    hall.do(cmd.IssueTicket("insurance", then=("residence",)))
    hall.wait(60)
    [second] = take(hall, ORDINARY)
    assert minutes(hall, forecast(hall).of(second)) == (12, 12)


def test_the_hall_is_not_touched_and_the_same_question_has_the_same_answer() -> None:
    hall = one_window(priorities=CLASSES)
    take(hall, *[ORDINARY, "elderly"] * 4)
    first, again = forecast(hall), forecast(hall)
    assert [first.of(t) for t in hall.state.tickets] == [again.of(t) for t in hall.state.tickets]
    assert hall.replayed().state == hall.state


def test_of_whoever_does_not_wait_nothing_is_known() -> None:
    assert forecast(one_window()).of("somebody") is None


@pytest.mark.parametrize("missing", [0.0, 1.0])
def test_who_does_not_come_takes_less_time(missing: float) -> None:
    hall = one_window()
    _, second = take(hall, ORDINARY, ORDINARY)
    told = forecast(hall, missing={"insurance": missing})
    assert minutes(hall, told.of(second)) == ((1, 1) if missing else (6, 6))


def test_who_has_stood_at_the_window_longer_than_anybody_is_waited_for_has_come() -> None:
    hall = one_window()
    take(hall, ORDINARY)
    hall.do(cmd.CallNext(1, CHEN.username))
    [second] = take(hall, ORDINARY)
    hall.wait(120)
    told = forecast(hall, missing={"insurance": 0.5})
    assert minutes(hall, told.of(second)) == (4, 4)


def test_a_clerk_takes_a_moment_before_the_next_call_also_after_somebody_who_did_not_come() -> None:
    hall = one_window()
    _, second = take(hall, ORDINARY, ORDINARY)
    told = forecast(hall, missing={"insurance": 1.0}, gap=[1.0 * MINUTE])
    assert minutes(hall, told.of(second)) == (2, 2)
