"""One number through a window: what clerk and citizen get for each button."""

from __future__ import annotations

import pytest
from small_hall import SmallHall

from server.hall import commands as cmd
from server.hall import errors
from server.hall.events import EvaluationOpened, TicketFinished, TicketStarted
from server.hall.ticket import TRANSITIONS, Finish, State, Verb
from server.hall.window import Clerk


def take(hall: SmallHall, service: str = "insurance") -> str:
    ticket_id: str = hall.do(cmd.IssueTicket(service))["id"]
    return ticket_id


def call(hall: SmallHall, window: int = 1) -> str | None:
    answer = hall.do(cmd.CallNext(window, "chen"))
    return answer and answer["number"]


def test_numbers_run_from_001_for_each_prefix(hall: SmallHall) -> None:
    numbers = [hall.do(cmd.IssueTicket(s))["number"] for s in ("insurance", "insurance", "residence", "insurance")]
    assert numbers == ["A001", "A002", "B001", "A003"]


def test_a_citizen_is_told_how_many_are_ahead(hall: SmallHall) -> None:
    assert [hall.do(cmd.IssueTicket("insurance"))["ahead"] for _ in range(3)] == [0, 1, 2]


def test_first_come_first_served_across_the_services_of_a_window(hall: SmallHall) -> None:
    for service in ("residence", "insurance", "residence"):
        take(hall, service)
    assert [call(hall) for _ in range(4)] == ["B001", "A001", "B002", None]


def test_a_window_calls_only_its_own_services(hall: SmallHall) -> None:
    take(hall, "residence")
    assert call(hall, window=2) is None
    assert call(hall, window=3) == "B001"


def test_nobody_waiting_is_an_answer_and_the_open_ticket_is_finished(hall: SmallHall) -> None:
    take(hall)
    call(hall)
    assert call(hall) is None
    assert hall.events(TicketFinished)[0].finish is Finish.NEXT_CALL


def test_calling_the_next_finishes_the_one_before_and_asks_for_its_evaluation(hall: SmallHall) -> None:
    first, _ = take(hall), take(hall)
    call(hall)
    hall.do(cmd.Start(1, "chen"))
    assert call(hall) == "A002"
    assert [event.ticket for event in hall.events(EvaluationOpened)] == [first]
    assert hall.state.tickets[first].state is State.FINISHED


def test_finishing_without_a_start_counts_service_from_the_call(hall: SmallHall) -> None:
    ticket = take(hall)
    call(hall)
    called_at = hall.now
    hall.wait(300)
    hall.do(cmd.FinishTicket(1, "chen"))
    leg = hall.state.tickets[ticket].leg
    assert (leg.started_at, leg.ended_at, leg.start_implied) == (called_at, hall.now, True)
    assert hall.events(TicketStarted)[0].implied


def test_recall_repeats_the_call_and_counts_it(hall: SmallHall) -> None:
    take(hall)
    call(hall)
    hall.do(cmd.Recall(1, "chen"))
    assert [(c.ticket.number, c.window, c.count) for c in hall.state.calls] == [("A001", 1, 1), ("A001", 1, 2)]


def test_a_no_show_frees_the_window_and_opens_no_evaluation(hall: SmallHall) -> None:
    ticket = take(hall)
    call(hall)
    assert hall.do(cmd.MarkNoShow(1, "chen"))["state"] == "no_show"
    assert hall.state.windows[1].ticket is None
    assert hall.state.tickets[ticket].leg.evaluation is None


def test_a_waiting_number_can_be_given_back_and_is_not_called(hall: SmallHall) -> None:
    first, _ = take(hall), take(hall)
    hall.do(cmd.CancelTicket(first))
    assert call(hall) == "A002"


def test_a_cancelled_number_is_not_given_again(hall: SmallHall) -> None:
    hall.do(cmd.CancelTicket(take(hall)))
    assert hall.do(cmd.IssueTicket("insurance"))["number"] == "A002"


@pytest.mark.parametrize("verb", [cmd.Recall, cmd.Start, cmd.MarkNoShow, cmd.FinishTicket])
def test_a_window_without_a_citizen_has_nothing_to_do(hall: SmallHall, verb: type[cmd.Recall]) -> None:
    with pytest.raises(errors.NoOpenTicket):
        hall.do(verb(1, "chen"))


@pytest.mark.parametrize("verb", [cmd.Recall, cmd.MarkNoShow, cmd.Start])
def test_once_service_has_begun_the_citizen_can_no_longer_be_called(hall: SmallHall, verb: type[cmd.Recall]) -> None:
    take(hall)
    call(hall)
    hall.do(cmd.Start(1, "chen"))
    with pytest.raises(errors.IllegalTransition):
        hall.do(verb(1, "chen"))


def test_a_called_number_cannot_be_given_back(hall: SmallHall) -> None:
    ticket = take(hall)
    call(hall)
    with pytest.raises(errors.IllegalTransition):
        hall.do(cmd.CancelTicket(ticket))


def test_a_screen_that_shows_another_citizen_is_refused(hall: SmallHall) -> None:
    first, second = take(hall), take(hall)
    call(hall)
    hall.do(cmd.CallNext(1, "chen", seen=first))
    with pytest.raises(errors.StaleScreen):
        hall.do(cmd.FinishTicket(1, "chen", seen=first))
    with pytest.raises(errors.StaleScreen):
        hall.do(cmd.CallNext(1, "chen", seen=""))
    assert hall.do(cmd.FinishTicket(1, "chen", seen=second))["number"] == "A002"


def test_a_paused_window_calls_nobody_until_it_reopens(hall: SmallHall) -> None:
    take(hall)
    hall.do(cmd.PauseWindow(1, "chen", "设备检修"))
    with pytest.raises(errors.WindowPaused):
        call(hall)
    hall.do(cmd.ReopenWindow(1, "chen"))
    assert call(hall) == "A001"


def test_reopening_a_window_that_is_not_paused_is_refused(hall: SmallHall) -> None:
    with pytest.raises(errors.WindowNotPaused):
        hall.do(cmd.ReopenWindow(1, "chen"))


def test_a_closed_window_and_a_stranger_are_refused(hall: SmallHall) -> None:
    hall.do(cmd.CloseWindow(1, "chen"))
    with pytest.raises(errors.WindowClosed):
        call(hall)
    with pytest.raises(errors.NotYourWindow):
        hall.do(cmd.CallNext(2, "liu"))


def test_a_window_with_a_citizen_cannot_be_left(hall: SmallHall) -> None:
    take(hall)
    call(hall)
    with pytest.raises(errors.WindowBusy):
        hall.do(cmd.CloseWindow(1, "chen"))


def test_a_substitute_takes_over_and_the_credit_follows_the_person(hall: SmallHall) -> None:
    ticket = take(hall)
    call(hall)
    hall.do(cmd.OpenWindow(1, Clerk("liu", "刘伟")))
    hall.do(cmd.FinishTicket(1, "liu"))
    assert hall.state.tickets[ticket].leg.staff == "liu"
    assert hall.state.tickets[ticket].leg.evaluation.staff == "liu"


def test_unknown_names_are_refused_by_name(hall: SmallHall) -> None:
    with pytest.raises(errors.UnknownService):
        take(hall, "weather")
    with pytest.raises(errors.UnknownWindow):
        call(hall, window=9)
    with pytest.raises(errors.UnknownTicket):
        hall.do(cmd.CancelTicket("261123A999"))
    with pytest.raises(errors.UnknownPriority):
        hall.do(cmd.IssueTicket("insurance", priority="royal"))


def test_every_pair_that_is_not_in_the_table_is_refused(hall: SmallHall) -> None:
    ticket = hall.state.tickets[take(hall)]
    for state in State:
        for verb in Verb:
            ticket.state = state
            if (state, verb) in TRANSITIONS:
                assert ticket.after(verb) is TRANSITIONS[state, verb]
            else:
                with pytest.raises(errors.IllegalTransition):
                    ticket.after(verb)
