"""Whose turn it is: classes, age, ratio, weights, reserved and overflow windows."""

from __future__ import annotations

from datetime import timedelta
from typing import Any

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from small_hall import SmallHall, small_plan

from server.hall import commands as cmd
from server.hall.errors import ReasonNeeded, UnknownPriority
from server.hall.plan import Overflow, WindowPlan
from server.hall.priority import ORDINARY, Policy, Priorities, PriorityClass
from server.hall.ticket import State

CLASSES = (PriorityClass(ORDINARY), PriorityClass("elderly", 1), PriorityClass("soldier", 2))


def hall_with(policy: Policy, **changes: Any) -> SmallHall:
    hall = SmallHall(small_plan(priorities=Priorities(CLASSES, policy), **changes))
    hall.open(1, 2, 3)
    return hall


def take(hall: SmallHall, *classes: str, service: str = "insurance") -> None:
    for priority in classes:
        hall.do(cmd.IssueTicket(service, priority=priority))
        hall.wait(60)


def calls(hall: SmallHall, count: int, window: int = 1) -> list[str]:
    """The numbers called one after the other."""
    return [hall.do(cmd.CallNext(window, "chen"))["number"] for _ in range(count)]


def test_the_higher_class_goes_first_and_within_it_who_came_first() -> None:
    hall = hall_with(Policy())
    take(hall, ORDINARY, "elderly", "soldier", "elderly")
    assert calls(hall, 4) == ["A003", "A002", "A004", "A001"]


def test_two_with_priority_to_one_without() -> None:
    hall = hall_with(Policy(most_passed=2))
    take(hall, *[ORDINARY] * 3, *["elderly"] * 6)
    assert calls(hall, 9) == ["A004", "A005", "A001", "A006", "A007", "A002", "A008", "A009", "A003"]


def test_whoever_came_later_is_passed_over_by_nobody() -> None:
    hall = hall_with(Policy(most_passed=2))
    take(hall, *[ORDINARY] * 4)
    take(hall, ORDINARY, service="residence")
    assert calls(hall, 5) == ["A001", "A002", "A003", "A004", "B001"]


def test_calling_the_next_one_by_number_passes_the_others_over_all_the_same() -> None:
    hall = hall_with(Policy(most_passed=2))
    take(hall, ORDINARY, *["elderly"] * 4)
    for number in ("A002", "A003"):
        hall.do(cmd.CallTicket(1, "chen", f"261123{number}"))
    with pytest.raises(ReasonNeeded):
        hall.do(cmd.CallTicket(1, "chen", "261123A004"))
    assert calls(hall, 1) == ["A001"]


def test_a_service_named_twice_is_opened_once() -> None:
    hall = hall_with(Policy())
    hall.do(cmd.SetWindowServices(2, "chen", ("insurance", "insurance")))
    assert hall.state.windows[2].services == ("insurance",)


def test_whoever_has_waited_long_enough_counts_as_one_class_higher() -> None:
    hall = hall_with(Policy(ageing=timedelta(minutes=20)))
    take(hall, ORDINARY)
    hall.wait(19 * 60)
    take(hall, "elderly")
    assert calls(hall, 1) == ["A001"]


def test_before_that_the_class_decides() -> None:
    hall = hall_with(Policy(ageing=timedelta(minutes=20)))
    take(hall, ORDINARY)
    hall.wait(15 * 60)
    take(hall, "elderly")
    assert calls(hall, 2) == ["A002", "A001"]


def test_people_ahead_are_those_of_the_same_or_a_higher_class() -> None:
    hall = hall_with(Policy())
    told = [hall.do(cmd.IssueTicket("insurance", priority=p))["ahead"] for p in (ORDINARY, "elderly", ORDINARY)]
    assert told == [0, 0, 2]
    first, elderly, last = hall.state.tickets.values()
    assert [hall.state.ahead(ticket) for ticket in (first, elderly, last)] == [1, 0, 2]


def test_an_unknown_class_is_refused_and_uses_up_no_number() -> None:
    hall = hall_with(Policy())
    with pytest.raises(UnknownPriority):
        hall.do(cmd.IssueTicket("insurance", priority="emperor"))
    assert hall.do(cmd.IssueTicket("insurance"))["number"] == "A001"


def test_a_clerk_gives_a_class_and_the_number_keeps_its_turn_in_it() -> None:
    hall = hall_with(Policy())
    take(hall, ORDINARY, ORDINARY, "elderly")
    hall.do(cmd.GivePriority("261123A002", "elderly", "看起来超过八十岁", "chen"))
    assert calls(hall, 3) == ["A002", "A003", "A001"]


def test_the_window_marks_whether_it_saw_the_proof() -> None:
    hall = hall_with(Policy())
    take(hall, "elderly")
    calls(hall, 1)
    assert hall.do(cmd.VerifyPriority(1, "chen", verified=False))["verified"] is False
    assert hall.state.tickets["261123A001"].verified is False


def reserved(*, others_when_free: bool) -> dict[int, WindowPlan]:
    services = ("insurance", "residence")
    kept = WindowPlan(2, services, classes=frozenset({"elderly"}), others_when_free=others_when_free)
    return {1: WindowPlan(1, services), 2: kept, 3: WindowPlan(3, services)}


def test_a_reserved_window_calls_only_its_classes() -> None:
    hall = hall_with(Policy(), windows=reserved(others_when_free=False))
    take(hall, ORDINARY, "elderly")
    assert calls(hall, 1, window=2) == ["A002"]
    assert hall.do(cmd.CallNext(2, "chen")) is None


def test_or_others_too_while_none_of_them_waits() -> None:
    hall = hall_with(Policy(), windows=reserved(others_when_free=True))
    take(hall, ORDINARY, ORDINARY, "elderly")
    assert calls(hall, 2, window=2) == ["A003", "A001"]


def overflowing(**when: Any) -> dict[int, WindowPlan]:
    helper = WindowPlan(3, ("residence",), overflow=(Overflow("insurance", **when),))
    return {1: WindowPlan(1, ("insurance",)), 2: WindowPlan(2, ("insurance",)), 3: helper}


def test_an_overflow_window_helps_once_more_than_so_many_wait() -> None:
    hall = hall_with(Policy(), windows=overflowing(waiting=2))
    take(hall, ORDINARY, ORDINARY)
    assert hall.do(cmd.CallNext(3, "chen")) is None
    take(hall, ORDINARY)
    assert calls(hall, 1, window=3) == ["A001"]
    assert hall.do(cmd.CallNext(3, "chen")) is None


def test_or_once_somebody_waits_longer_than_so_long() -> None:
    hall = hall_with(Policy(), windows=overflowing(longest=timedelta(minutes=15)))
    take(hall, ORDINARY)
    assert hall.do(cmd.CallNext(3, "chen")) is None
    hall.wait(15 * 60)
    assert calls(hall, 1, window=3) == ["A001"]


def test_a_weighty_service_waits_shorter_at_that_window() -> None:
    windows = {1: WindowPlan(1, ("insurance", "residence"), weights={"residence": 3}), 2: WindowPlan(2, ("insurance",))}
    hall = hall_with(Policy(), windows={**windows, 3: WindowPlan(3, ("residence",))})
    take(hall, ORDINARY)
    hall.wait(120)
    take(hall, ORDINARY, service="residence")
    hall.wait(60)
    assert calls(hall, 2) == ["B001", "A001"]


def test_a_window_opens_and_closes_its_services_at_once_until_the_day_ends(hall: SmallHall) -> None:
    hall.do(cmd.IssueTicket("residence"))
    hall.do(cmd.SetWindowServices(2, "chen", ("residence",)))
    hall.do(cmd.IssueTicket("insurance"))
    assert calls(hall, 1, window=2) == ["B001"]
    assert hall.do(cmd.CallNext(2, "chen")) is None
    hall.do(cmd.SetWindowServices(2, "chen", None))
    assert calls(hall, 1, window=2) == ["A001"]


# The bound.

ARRIVAL = st.tuples(
    st.just("take"), st.sampled_from(["insurance", "residence"]), st.sampled_from([c.code for c in CLASSES])
)
CALL = st.tuples(st.just("call"), st.integers(1, 3), st.just(""))
POLICIES = st.builds(
    Policy, most_passed=st.integers(1, 4), ageing=st.sampled_from([None, timedelta(minutes=5), timedelta(minutes=30)])
)


@settings(max_examples=300, deadline=None)
@given(policy=POLICIES, steps=st.lists(ARRIVAL | CALL, min_size=10, max_size=80))
def test_nobody_is_passed_over_more_often_than_the_policy_says(policy: Policy, steps: list[tuple[Any, ...]]) -> None:
    """With n before it in its own line, by at most (n + 1) * most_passed younger ones at windows that could call it."""
    hall = hall_with(policy)
    ahead: dict[str, int] = {}
    passed: dict[str, int] = {}
    for step, what, priority in steps:
        if step == "take":
            before = len(hall.state.queues.get(what, {}).get(priority, ()))
            ticket = hall.do(cmd.IssueTicket(what, priority=priority))["id"]
            ahead[ticket], passed[ticket] = before, 0
        elif (called := hall.do(cmd.CallNext(what, "chen"))) is not None:
            position = hall.state.tickets[called["id"]].position
            for waiting in hall.state.tickets.values():
                could = waiting.state is State.WAITING and waiting.service in hall.state.windows[what].services
                passed[waiting.id] += could and waiting.position < position
        hall.wait(90)
        assert all(times <= (ahead[ticket] + 1) * policy.most_passed for ticket, times in passed.items())


@settings(max_examples=200, deadline=None)
@given(steps=st.lists(ARRIVAL | CALL, min_size=10, max_size=80))
def test_with_ageing_nobody_younger_passes_whoever_has_waited_for_all_levels(steps: list[tuple[Any, ...]]) -> None:
    ageing = timedelta(minutes=5)
    hall = hall_with(Policy(most_passed=1000, ageing=ageing))
    for step, what, priority in steps:
        if step == "take":
            hall.do(cmd.IssueTicket(what, priority=priority))
        elif (called := hall.do(cmd.CallNext(what, "chen"))) is not None:
            position = hall.state.tickets[called["id"]].position
            for waiting in hall.state.tickets.values():
                if waiting.state is State.WAITING and waiting.service in hall.state.windows[what].services:
                    assert waiting.position > position or hall.now - waiting.issued_at < 2 * ageing
        hall.wait(90)
