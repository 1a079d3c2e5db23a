"""过号 and back: when a number may be passed, and where and until when it comes back."""

from __future__ import annotations

from datetime import timedelta
from typing import Any

import pytest
from small_hall import SmallHall, small_plan

from server.hall import commands as cmd
from server.hall import errors
from server.hall.rules import NoShowRule, Rules
from server.hall.ticket import State


def hall_with(**rule: Any) -> SmallHall:
    hall = SmallHall(small_plan(rules=Rules(no_show=NoShowRule(**rule))))
    hall.open(1, 2, 3)
    return hall


def passed(hall: SmallHall, behind: int) -> str:
    """A001, called and passed, with so many waiting behind it."""
    for _ in range(behind + 1):
        hall.do(cmd.IssueTicket("insurance"))
        hall.wait(1)
    ticket = hall.do(cmd.CallNext(1, "chen"))["id"]
    for _ in range(hall.plan.rules.no_show.calls - 1):
        hall.do(cmd.Recall(1, "chen"))
    hall.do(cmd.MarkNoShow(1, "chen"))
    return str(ticket)


def calls(hall: SmallHall, count: int) -> list[str]:
    return [hall.do(cmd.CallNext(1, "chen"))["number"] for _ in range(count)]


def test_a_number_is_passed_only_after_so_many_calls() -> None:
    hall = hall_with(calls=2)
    hall.do(cmd.IssueTicket("insurance"))
    hall.do(cmd.CallNext(1, "chen"))
    with pytest.raises(errors.NotCalledEnough) as refusal:
        hall.do(cmd.MarkNoShow(1, "chen"))
    assert refusal.value.params == {"number": "A001", "calls": 1, "needed": 2}
    hall.do(cmd.Recall(1, "chen"))
    assert hall.do(cmd.MarkNoShow(1, "chen"))["state"] == State.NO_SHOW


def test_who_comes_back_stands_behind_the_next_three() -> None:
    hall = hall_with()
    ticket = passed(hall, behind=5)
    hall.do(cmd.RejoinTicket(ticket, kiosk="1"))
    assert hall.state.ahead(hall.state.tickets[ticket]) == 3
    assert calls(hall, 6) == ["A002", "A003", "A004", "A001", "A005", "A006"]


def test_or_at_the_end_of_a_shorter_line() -> None:
    hall = hall_with()
    hall.do(cmd.RejoinTicket(passed(hall, behind=2), kiosk="1"))
    assert calls(hall, 3) == ["A002", "A003", "A001"]


def test_or_at_the_end_where_the_hall_wants_that() -> None:
    hall = hall_with(rejoin_after=None)
    hall.do(cmd.RejoinTicket(passed(hall, behind=5), kiosk="1"))
    assert calls(hall, 6)[-1] == "A001"


def test_or_at_the_end_where_the_clerk_says_so() -> None:
    hall = hall_with()
    hall.do(cmd.RejoinTicket(passed(hall, behind=5), staff="chen", last=True))
    assert calls(hall, 6)[-1] == "A001"


def test_two_who_come_back_keep_their_order_and_nobody_loses_a_place() -> None:
    hall = hall_with()
    first = passed(hall, behind=6)
    second = hall.do(cmd.CallNext(1, "chen"))["id"]
    hall.do(cmd.MarkNoShow(1, "chen"))
    hall.do(cmd.RejoinTicket(first, kiosk="1"))
    hall.do(cmd.RejoinTicket(second, kiosk="1"))
    assert calls(hall, 7) == ["A003", "A004", "A005", "A001", "A002", "A006", "A007"]


def test_after_too_long_the_number_is_void() -> None:
    hall = hall_with(rejoin_within=timedelta(minutes=30))
    ticket = passed(hall, behind=0)
    hall.wait(30 * 60 + 1)
    with pytest.raises(errors.NumberVoid):
        hall.do(cmd.RejoinTicket(ticket, staff="chen"))
    assert hall.state.tickets[ticket].state is State.NO_SHOW


def test_some_halls_let_only_a_clerk_put_them_back() -> None:
    hall = hall_with(at_kiosk=False)
    ticket = passed(hall, behind=0)
    with pytest.raises(errors.RejoinAtDesk):
        hall.do(cmd.RejoinTicket(ticket, kiosk="1"))
    assert hall.do(cmd.RejoinTicket(ticket, staff="chen"))["state"] == State.WAITING


def test_only_the_clerk_who_called_puts_a_called_citizen_back() -> None:
    hall = hall_with()
    ticket = hall.do(cmd.IssueTicket("insurance"))["id"]
    hall.do(cmd.CallNext(1, "chen"))
    for stranger in (None, "liu"):
        with pytest.raises(errors.NotYourWindow):
            hall.do(cmd.RejoinTicket(ticket, staff=stranger))
    hall.do(cmd.RejoinTicket(ticket, staff="chen"))
    assert hall.state.windows[1].ticket is None
    assert calls(hall, 1) == ["A001"]


def test_nobody_comes_back_twice_or_without_having_been_passed() -> None:
    hall = hall_with()
    ticket = passed(hall, behind=1)
    hall.do(cmd.RejoinTicket(ticket, kiosk="1"))
    for other in (ticket, "261123A002"):
        with pytest.raises(errors.IllegalTransition):
            hall.do(cmd.RejoinTicket(other, kiosk="1"))


def test_waiting_counts_to_the_first_call_and_service_from_the_last() -> None:
    hall = hall_with()
    ticket = passed(hall, behind=0)
    first_call = hall.now
    hall.wait(600)
    hall.do(cmd.RejoinTicket(ticket, kiosk="1"))
    hall.do(cmd.CallNext(1, "chen"))
    second_call = hall.now
    hall.wait(300)
    hall.do(cmd.FinishTicket(1, "chen"))
    leg = hall.state.tickets[ticket].leg
    assert (leg.called_at, leg.started_at, leg.ended_at) == (first_call, second_call, hall.now)
