"""转移 and visits of several legs: where a ticket goes, in whose turn, and where it comes back."""

from __future__ import annotations

from typing import Any

import pytest
from small_hall import SmallHall

from server.hall import commands as cmd
from server.hall import errors
from server.hall.commands import Order
from server.hall.evaluation import Outcome
from server.hall.ticket import Finish, State
from server.hall.window import Clerk

LIU = Clerk("liu", "刘伟")


@pytest.fixture
def hall() -> SmallHall:
    """Chen at windows 1 and 2, Liu at window 3, who handles residence."""
    small = SmallHall()
    small.open(1, 2)
    small.open(3, clerk=LIU)
    return small


def serving(hall: SmallHall, window: int = 2, **issue: Any) -> str:
    hall.do(cmd.IssueTicket("insurance", **issue))
    hall.wait(60)
    ticket = hall.do(cmd.CallNext(window, "chen"))["id"]
    hall.do(cmd.Start(window, "chen"))
    hall.wait(60)
    return str(ticket)


def transfer(hall: SmallHall, **where: Any) -> dict[str, Any]:
    answer: dict[str, Any] = hall.do(cmd.TransferTicket(2, "chen", **where))
    return answer


def next_at(hall: SmallHall, window: int, staff: str = "liu") -> str | None:
    answer = hall.do(cmd.CallNext(window, staff))
    return answer and answer["id"]


def test_to_a_service_the_next_leg_has_its_own_window_clerk_and_times(hall: SmallHall) -> None:
    ticket = serving(hall)
    transfer(hall, service="residence", note="材料已齐")
    assert next_at(hall, 3) == ticket
    hall.do(cmd.FinishTicket(3, "liu"))
    first, second = hall.state.tickets[ticket].legs
    assert (first.service, first.window, first.staff, first.finish) == ("insurance", 2, "chen", Finish.TRANSFER)
    assert (second.service, second.window, second.staff, second.finish) == ("residence", 3, "liu", Finish.CLERK)
    assert second.queued_at == first.ended_at
    assert second.note == "材料已齐"
    assert [first.evaluation, second.evaluation.outcome] == [None, Outcome.OPEN]


def test_a_citizen_who_was_only_called_can_be_sent_on_too(hall: SmallHall) -> None:
    hall.do(cmd.IssueTicket("insurance"))
    ticket = next_at(hall, 2, "chen")
    transfer(hall, service="residence")
    assert hall.state.windows[2].ticket is None
    assert next_at(hall, 3) == ticket


def test_to_a_window_nobody_else_calls_it(hall: SmallHall) -> None:
    ticket = serving(hall)
    transfer(hall, to_window=3)
    assert next_at(hall, 1, "chen") is None
    assert next_at(hall, 3) == ticket
    assert hall.state.tickets[ticket].service == "insurance"


def test_to_a_clerk_it_goes_wherever_that_clerk_sits(hall: SmallHall) -> None:
    ticket = serving(hall)
    transfer(hall, to_staff="liu")
    assert next_at(hall, 1, "chen") is None
    hall.do(cmd.OpenWindow(1, LIU))
    assert next_at(hall, 1) == ticket


@pytest.mark.parametrize("target", [{"to_window": 3}, {"to_staff": "liu"}])
def test_when_that_window_or_clerk_leaves_it_waits_for_its_service_again(hall: SmallHall, target: Any) -> None:
    ticket = serving(hall)
    transfer(hall, **target)
    hall.do(cmd.CloseWindow(3, "liu"))
    assert next_at(hall, 1, "chen") == ticket


def test_a_clerk_who_still_sits_at_another_window_keeps_what_was_sent_to_them(hall: SmallHall) -> None:
    ticket = serving(hall)
    hall.do(cmd.OpenWindow(1, LIU, several=True))
    transfer(hall, to_staff="liu")
    hall.do(cmd.CloseWindow(3, "liu"))
    assert hall.state.tickets[ticket].leg.queue == "clerk:liu"
    assert next_at(hall, 1) == ticket


def test_a_colleague_who_takes_the_window_over_gets_what_was_sent_to_the_window(hall: SmallHall) -> None:
    ticket = serving(hall)
    transfer(hall, to_window=3)
    hall.do(cmd.OpenWindow(3, Clerk("zhang", "张敏")))
    assert next_at(hall, 3, "zhang") == ticket


@pytest.mark.parametrize(
    "target",
    [
        {},
        {"service": "residence", "to_window": 1, "to_staff": "liu"},
        {"to_window": 3, "to_staff": "liu"},
        {"to_window": 2},
        {"to_staff": "chen"},
        {"to_staff": "nobody"},
    ],
)
def test_nowhere_and_to_oneself_is_refused(hall: SmallHall, target: Any) -> None:
    serving(hall)
    with pytest.raises(errors.UnknownTarget):
        transfer(hall, **target)


def test_a_closed_window_is_sent_nobody(hall: SmallHall) -> None:
    serving(hall)
    hall.do(cmd.CloseWindow(3, "liu"))
    with pytest.raises(errors.UnknownTarget):
        transfer(hall, to_window=3)


@pytest.mark.parametrize(
    ("order", "expected"),
    [
        (Order.FIRST, ["A001", "B001", "B002"]),
        (Order.KEPT, ["B001", "A001", "B002"]),
        (Order.LAST, ["B001", "B002", "A001"]),
    ],
)
def test_first_in_its_time_or_last(hall: SmallHall, order: Order, expected: list[str]) -> None:
    hall.do(cmd.IssueTicket("residence"))
    hall.wait(60)
    serving(hall)
    hall.do(cmd.IssueTicket("residence"))
    hall.wait(60)
    transfer(hall, service="residence", order=order)
    assert [hall.do(cmd.CallNext(3, "liu"))["number"] for _ in range(3)] == expected


def test_what_a_closed_window_has_lent_comes_back_to_everybody(hall: SmallHall) -> None:
    ticket = serving(hall)
    transfer(hall, service="residence", returns=True)
    hall.do(cmd.CloseWindow(2, "chen"))
    next_at(hall, 3)
    hall.do(cmd.FinishTicket(3, "liu"))
    assert hall.state.tickets[ticket].leg.queue == "insurance"
    assert next_at(hall, 1, "chen") == ticket


def test_lent_to_a_colleague_it_comes_back_first(hall: SmallHall) -> None:
    ticket = serving(hall)
    transfer(hall, service="residence", returns=True)
    hall.do(cmd.IssueTicket("insurance"))
    next_at(hall, 3)
    assert hall.do(cmd.FinishTicket(3, "liu"))["state"] == State.WAITING
    assert next_at(hall, 2, "chen") == ticket
    assert hall.do(cmd.FinishTicket(2, "chen"))["state"] == State.FINISHED
    assert [(leg.service, leg.window) for leg in hall.state.tickets[ticket].legs] == [
        ("insurance", 2),
        ("residence", 3),
        ("insurance", 2),
    ]


def test_a_combined_visit_goes_through_its_services_under_one_number(hall: SmallHall) -> None:
    hall.do(cmd.IssueTicket("residence"))
    hall.wait(1)
    ticket = serving(hall, then=("residence", "insurance"))
    hall.do(cmd.IssueTicket("residence"))
    assert hall.do(cmd.FinishTicket(2, "chen"))["then"] == ["insurance"]
    # It stands where its own time puts it: behind B001, before B002.
    assert [hall.do(cmd.CallNext(3, "liu"))["number"] for _ in range(2)] == ["B001", "A001"]
    hall.do(cmd.FinishTicket(3, "liu"))
    assert next_at(hall, 2, "chen") == ticket
    hall.do(cmd.FinishTicket(2, "chen"))
    known = hall.state.tickets[ticket]
    assert known.state is State.FINISHED
    assert [leg.service for leg in known.legs] == ["insurance", "residence", "insurance"]
    assert all(leg.evaluation is not None for leg in known.legs)


def test_calling_the_next_one_ends_a_leg_of_a_combined_visit_too(hall: SmallHall) -> None:
    serving(hall, then=("residence",))
    hall.do(cmd.IssueTicket("insurance"))
    assert hall.do(cmd.CallNext(2, "chen"))["number"] == "A002"
    assert next_at(hall, 3) == "261123A001"


def test_a_visit_of_unknown_services_takes_no_number(hall: SmallHall) -> None:
    with pytest.raises(errors.UnknownService):
        hall.do(cmd.IssueTicket("insurance", then=("fishing",)))
    assert hall.do(cmd.IssueTicket("insurance"))["number"] == "A001"


def test_the_first_window_that_was_asked_stays_on_record(hall: SmallHall) -> None:
    ticket = serving(hall)
    transfer(hall, service="residence")
    first = hall.state.tickets[ticket].legs[0]
    assert (first.window, first.staff) == (2, "chen")


def test_who_missed_a_call_of_a_window_that_has_closed_since_waits_for_the_service(hall: SmallHall) -> None:
    ticket = serving(hall)
    transfer(hall, to_window=3)
    next_at(hall, 3)
    hall.do(cmd.MarkNoShow(3, "liu"))
    hall.do(cmd.CloseWindow(3, "liu"))
    hall.do(cmd.RejoinTicket(ticket, kiosk="1"))
    assert next_at(hall, 1, "chen") == ticket


def test_time_is_kept_over_any_number_of_transfers(hall: SmallHall) -> None:
    ticket = serving(hall)
    hall.wait(600)
    hall.do(cmd.IssueTicket("residence"))
    transfer(hall, to_window=1)
    next_at(hall, 1, "chen")
    hall.do(cmd.TransferTicket(1, "chen", service="residence"))
    assert next_at(hall, 3) == ticket


def test_however_often_it_is_passed_on_it_comes_back_for_what_it_was_lent_from(hall: SmallHall) -> None:
    ticket = serving(hall)
    transfer(hall, service="residence", returns=True)
    next_at(hall, 3)
    hall.do(cmd.TransferTicket(3, "liu", to_window=1, returns=True))
    next_at(hall, 1, "chen")
    hall.do(cmd.FinishTicket(1, "chen"))
    assert next_at(hall, 2, "chen") == ticket
    assert hall.state.tickets[ticket].service == "insurance"
