"""What a press means to the hall at that moment."""

from __future__ import annotations

from datetime import timedelta

import pytest
from small_hall import CHEN, SmallHall

from counter.keypad.dialects import Action
from counter.keypad.orders import AWAY, BY_NUMBER, Asked, NotDone, Orders, orders_for
from counter.keypad.troubles import Trouble
from server.hall import commands as cmd
from server.hall.hold import HoldKind

SEEN = "T"
"""What stood on the keypad, as the orders have to pass it on."""


@pytest.fixture
def hall() -> SmallHall:
    """Window 1 serves A and B, window 2 A alone; both are open."""
    made = SmallHall()
    made.open(1, 2)
    return made


def orders(hall: SmallHall, action: Action, digits: str = "", window: int = 1) -> Orders:
    return orders_for(action, Asked(window, CHEN.username, digits, SEEN, hall.now), hall.state)


def do(hall: SmallHall, action: Action) -> None:
    """At window 1, in view of who is there."""
    ticket = hall.state.windows[1].ticket
    asked = Asked(1, CHEN.username, "", ticket.id if ticket else "", hall.now)
    for order in orders_for(action, asked, hall.state):
        hall.do(order)


def refusal(hall: SmallHall, action: Action, digits: str = "", window: int = 1) -> Trouble:
    with pytest.raises(NotDone) as refused:
        orders(hall, action, digits, window)
    return refused.value.trouble


def issue(hall: SmallHall, service: str = "insurance") -> str:
    ticket: str = hall.do(cmd.IssueTicket(service))["id"]
    return ticket


def test_the_plain_ones_are_one_command_each_in_view_of_what_was_seen(hall: SmallHall) -> None:
    for action, kind in (
        (Action.NEXT, cmd.CallNext),
        (Action.RECALL, cmd.Recall),
        (Action.START, cmd.Start),
        (Action.FINISH, cmd.FinishTicket),
        (Action.NO_SHOW, cmd.MarkNoShow),
    ):
        assert orders(hall, action) == [kind(1, CHEN.username, SEEN)]
    assert orders(hall, Action.PAUSE) == [cmd.PauseWindow(1, CHEN.username, AWAY)]
    assert orders(hall, Action.REOPEN) == [cmd.ReopenWindow(1, CHEN.username)]
    assert orders(hall, Action.LOGOUT) == [cmd.CloseWindow(1, CHEN.username)]
    assert orders(hall, Action.TRANSFER, "2") == [cmd.TransferTicket(1, CHEN.username, to_window=2, seen=SEEN)]


def test_a_number_is_called_by_its_digits_with_or_without_zeros(hall: SmallHall) -> None:
    first, second = issue(hall), issue(hall)
    for digits, ticket in (("1", first), ("001", first), ("02", second)):
        assert orders(hall, Action.CALL, digits) == [cmd.CallTicket(1, CHEN.username, ticket, BY_NUMBER, SEEN)]


def test_digits_that_two_services_have_mean_the_one_of_this_window(hall: SmallHall) -> None:
    insured, _ = issue(hall), issue(hall, "residence")
    assert refusal(hall, Action.CALL, "1", window=1) is Trouble.SEVERAL_NUMBERS
    assert orders(hall, Action.CALL, "1", window=2)[0] == cmd.CallTicket(2, CHEN.username, insured, BY_NUMBER, SEEN)


def test_a_number_of_another_windows_service_is_called_when_it_alone_has_the_digits(hall: SmallHall) -> None:
    elsewhere = issue(hall, "residence")
    assert orders(hall, Action.CALL, "1", window=2)[0] == cmd.CallTicket(2, CHEN.username, elsewhere, BY_NUMBER, SEEN)


def test_a_number_that_does_not_wait_cannot_be_called(hall: SmallHall) -> None:
    issue(hall)
    hall.do(cmd.CallNext(2, CHEN.username))
    assert refusal(hall, Action.CALL, "1") is Trouble.NO_SUCH_NUMBER


def test_hold_starts_whoever_was_only_called(hall: SmallHall) -> None:
    issue(hall)
    hall.do(cmd.CallNext(1, CHEN.username))
    assert [type(order) for order in orders(hall, Action.HOLD)] == [cmd.Start, cmd.HoldTicket]
    do(hall, Action.HOLD)
    (held,) = hall.state.held.values()
    assert held.hold.kind is HoldKind.WITH_PAPERS
    assert orders(hall, Action.HOLD) == [cmd.HoldTicket(1, CHEN.username, HoldKind.WITH_PAPERS, seen=SEEN)]


def test_resume_goes_on_with_whoever_has_been_on_hold_here_for_the_longest(hall: SmallHall) -> None:
    tickets = [issue(hall) for _ in range(2)]
    for _ in tickets:
        hall.do(cmd.CallNext(1, CHEN.username))
        do(hall, Action.HOLD)
        hall.now += timedelta(minutes=1)
    assert orders(hall, Action.RESUME) == [cmd.ResumeTicket(1, CHEN.username, tickets[0], SEEN)]
    assert refusal(hall, Action.RESUME, window=2) is Trouble.NOBODY_HELD


def test_a_number_given_back_waits_for_its_service_again(hall: SmallHall) -> None:
    ticket = issue(hall)
    hall.do(cmd.CallNext(1, CHEN.username))
    do(hall, Action.GIVE_BACK)
    assert hall.state.windows[1].ticket is None
    assert hall.do(cmd.CallNext(2, CHEN.username))["id"] == ticket
    assert refusal(hall, Action.GIVE_BACK) is Trouble.NOBODY_HERE
