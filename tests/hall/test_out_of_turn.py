"""Calls out of turn, citizens without a number, and second thoughts."""

from __future__ import annotations

import pytest
from small_hall import CHEN, SmallHall

from server.hall import commands as cmd
from server.hall import errors
from server.hall.evaluation import Outcome
from server.hall.events import TicketCalled
from server.hall.hold import HoldKind
from server.hall.ticket import State


def take(hall: SmallHall, service: str = "insurance") -> str:
    return str(hall.do(cmd.IssueTicket(service))["id"])


def test_whoever_is_next_is_called_by_number_without_a_reason(hall: SmallHall) -> None:
    assert hall.do(cmd.CallTicket(1, "chen", take(hall)))["state"] == State.CALLED


def test_anybody_else_needs_one_which_the_log_keeps(hall: SmallHall) -> None:
    take(hall)
    second = take(hall)
    for empty in ("", "  "):
        with pytest.raises(errors.ReasonNeeded):
            hall.do(cmd.CallTicket(1, "chen", second, empty))
    hall.do(cmd.CallTicket(1, "chen", second, "带着婴儿"))
    assert hall.events(TicketCalled)[-1].reason == "带着婴儿"


def test_with_a_reason_even_of_a_service_that_is_not_the_windows(hall: SmallHall) -> None:
    assert hall.do(cmd.CallTicket(2, "chen", take(hall, "residence"), "同事离开"))["number"] == "B001"


def test_two_windows_that_want_the_same_number_get_it_once(hall: SmallHall) -> None:
    ticket = take(hall)
    hall.do(cmd.CallTicket(1, "chen", ticket))
    with pytest.raises(errors.IllegalTransition):
        hall.do(cmd.CallTicket(2, "chen", ticket, "也要"))
    assert hall.state.windows[2].ticket is None


def test_somebody_without_a_number_is_served_at_once_and_counted(hall: SmallHall) -> None:
    take(hall)
    answer = hall.do(cmd.ServeDirectly(1, "chen", "insurance"))
    assert (answer["number"], answer["state"]) == ("A002", State.SERVING)
    assert hall.state.waiting("insurance") == 1
    hall.do(cmd.FinishTicket(1, "chen"))
    assert hall.state.windows[1].evaluation.ticket == answer["id"]


def test_not_at_a_window_that_is_busy_or_paused(hall: SmallHall) -> None:
    take(hall)
    hall.do(cmd.CallNext(1, "chen"))
    with pytest.raises(errors.WindowBusy):
        hall.do(cmd.ServeDirectly(1, "chen", "insurance"))
    hall.do(cmd.PauseWindow(2, "chen", "开会"))
    with pytest.raises(errors.WindowPaused):
        hall.do(cmd.ServeDirectly(2, "chen", "insurance"))


@pytest.fixture
def served(hall: SmallHall) -> str:
    """A number whose service at window 1 has just been finished."""
    ticket = take(hall)
    hall.do(cmd.CallNext(1, "chen"))
    hall.do(cmd.Start(1, "chen"))
    hall.do(cmd.FinishTicket(1, "chen"))
    return ticket


def test_a_finish_by_mistake_is_taken_back_and_the_citizen_asked_no_longer(hall: SmallHall, served: str) -> None:
    hall.wait(30)
    assert hall.do(cmd.UndoLast(1, "chen", served))["state"] == State.SERVING
    ticket = hall.state.tickets[served]
    assert hall.state.windows[1].ticket is ticket
    assert (ticket.leg.ended_at, ticket.leg.finish) == (None, None)
    assert ticket.leg.evaluation.outcome is Outcome.WITHDRAWN
    assert hall.do(cmd.PressKey(1, 3, 5, hall.asked(1))) is False


def test_the_citizen_is_asked_anew_after_the_real_finish(hall: SmallHall, served: str) -> None:
    hall.do(cmd.UndoLast(1, "chen", served))
    hall.do(cmd.FinishTicket(1, "chen"))
    assert hall.do(cmd.PressKey(1, 3, 5, hall.asked(1))) is True
    assert hall.state.tickets[served].leg.evaluation.level == 5


def test_a_no_show_by_mistake_is_taken_back(hall: SmallHall) -> None:
    ticket = take(hall)
    hall.do(cmd.CallNext(1, "chen"))
    hall.do(cmd.MarkNoShow(1, "chen"))
    assert hall.do(cmd.UndoLast(1, "chen", ticket))["state"] == State.CALLED
    assert hall.state.windows[1].ticket.id == ticket


def test_not_after_half_a_minute(hall: SmallHall, served: str) -> None:
    hall.wait(30.001)
    with pytest.raises(errors.TooLateToUndo):
        hall.do(cmd.UndoLast(1, "chen", served))


def test_not_at_another_window(hall: SmallHall, served: str) -> None:
    with pytest.raises(errors.TooLateToUndo):
        hall.do(cmd.UndoLast(2, "chen", served))


def test_not_once_the_window_has_gone_on(hall: SmallHall, served: str) -> None:
    take(hall)
    hall.do(cmd.CallNext(1, "chen"))
    with pytest.raises(errors.WindowBusy):
        hall.do(cmd.UndoLast(1, "chen", served))
    hall.do(cmd.MarkNoShow(1, "chen"))
    with pytest.raises(errors.TooLateToUndo):
        hall.do(cmd.UndoLast(1, "chen", served))


def test_not_even_when_whoever_came_next_is_gone_again(hall: SmallHall, served: str) -> None:
    hall.do(cmd.ServeDirectly(1, "chen", "insurance"))
    hall.do(cmd.HoldTicket(1, "chen", HoldKind.WITH_PAPERS))
    with pytest.raises(errors.TooLateToUndo):
        hall.do(cmd.UndoLast(1, "chen", served))


def test_not_what_another_window_has_done_since(hall: SmallHall) -> None:
    ticket = take(hall)
    for window in (1, 2):
        hall.do(cmd.CallNext(window, "chen"))
        hall.do(cmd.MarkNoShow(window, "chen"))
        if window == 1:
            hall.do(cmd.RejoinTicket(ticket, staff="chen"))
    with pytest.raises(errors.TooLateToUndo):
        hall.do(cmd.UndoLast(1, "chen", ticket))
    assert hall.do(cmd.UndoLast(2, "chen", ticket))["state"] == State.CALLED


def test_a_vote_that_was_given_is_not_lost_by_it(hall: SmallHall, served: str) -> None:
    hall.do(cmd.PressKey(1, 3, 4, hall.asked(1)))
    with pytest.raises(errors.AlreadyVoted):
        hall.do(cmd.UndoLast(1, "chen", served))


def test_nobody_takes_back_what_a_colleague_did(hall: SmallHall, served: str) -> None:
    hall.do(cmd.CloseWindow(1, "chen"))
    hall.do(cmd.OpenWindow(1, CHEN))
    with pytest.raises(errors.TooLateToUndo):
        hall.do(cmd.UndoLast(1, "chen", served))
