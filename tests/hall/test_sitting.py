"""不得使用他人帐号: everybody sits at one window, and what is done there counts for whoever did it."""

from __future__ import annotations

import pytest
from small_hall import CHEN, SmallHall

from server.hall import commands as cmd
from server.hall import errors, events
from server.hall.evaluation import Outcome
from server.hall.window import Clerk, WindowState

LIU = Clerk("liu", "刘伟")


@pytest.fixture
def hall() -> SmallHall:
    """陈晓兰 at window 1, nobody else anywhere."""
    small = SmallHall()
    small.do(cmd.OpenWindow(1, CHEN))
    return small


def serve(hall: SmallHall, window: int = 1, clerk: str = "chen") -> str:
    ticket: str = hall.do(cmd.IssueTicket("insurance"))["id"]
    hall.do(cmd.CallNext(window, clerk))
    hall.do(cmd.Start(window, clerk))
    return ticket


def test_a_clerk_who_signs_in_elsewhere_leaves_the_first_window(hall: SmallHall) -> None:
    hall.do(cmd.OpenWindow(2, CHEN))
    assert hall.state.windows[1].state is WindowState.CLOSED
    assert hall.state.windows[2].clerk == CHEN
    assert [(e.window, e.staff) for e in hall.events(events.WindowClosed)] == [(1, "chen")]


def test_but_not_while_a_citizen_is_there(hall: SmallHall) -> None:
    serve(hall)
    with pytest.raises(errors.SitsElsewhere) as refusal:
        hall.do(cmd.OpenWindow(2, CHEN))
    assert refusal.value.params == {"window": 1, "number": "A001"}
    assert hall.state.windows[2].clerk is None


def test_a_leader_may_sit_at_several(hall: SmallHall) -> None:
    hall.do(cmd.OpenWindow(2, CHEN, several=True))
    assert [w.number for w in hall.state.windows.values() if w.clerk == CHEN] == [1, 2]


def test_whoever_waits_for_the_clerk_follows_them_and_whoever_waits_for_the_window_does_not(hall: SmallHall) -> None:
    hall.do(cmd.OpenWindow(2, LIU))
    for target in ({"to_staff": "chen"}, {"to_window": 1}):
        ticket: str = hall.do(cmd.IssueTicket("insurance"))["id"]
        hall.do(cmd.CallTicket(2, "liu", ticket, "转办"))
        hall.do(cmd.TransferTicket(2, "liu", **target))  # type: ignore[arg-type]  # exactly one of them
    hall.do(cmd.OpenWindow(3, CHEN))
    queues = [ticket.leg.queue for ticket in hall.state.tickets.values()]
    assert queues == ["clerk:chen", "insurance"]


def test_a_service_counts_for_whoever_finishes_it(hall: SmallHall) -> None:
    ticket = hall.state.tickets[serve(hall)]
    hall.do(cmd.OpenWindow(1, LIU))
    assert hall.state.windows[1].ticket is ticket
    hall.do(cmd.FinishTicket(1, "liu"))
    assert (ticket.leg.staff, ticket.leg.evaluation.staff if ticket.leg.evaluation else "") == ("liu", "liu")


def test_and_so_does_what_is_sent_on_or_passed(hall: SmallHall) -> None:
    sent = hall.state.tickets[serve(hall)]
    hall.do(cmd.OpenWindow(1, LIU))
    hall.do(cmd.TransferTicket(1, "liu", service="residence"))
    assert sent.legs[0].staff == "liu"
    passed = hall.do(cmd.IssueTicket("insurance"))["id"]
    hall.do(cmd.CallTicket(1, "liu", passed, "先办"))
    hall.do(cmd.OpenWindow(1, CHEN))
    hall.do(cmd.MarkNoShow(1, "chen"))
    assert hall.state.tickets[passed].leg.staff == "chen"


def test_an_evaluation_still_open_stays_with_whoever_served(hall: SmallHall) -> None:
    ticket = hall.state.tickets[serve(hall)]
    hall.do(cmd.FinishTicket(1, "chen"))
    hall.do(cmd.OpenWindow(1, LIU))
    evaluation = ticket.leg.evaluation
    assert evaluation is not None
    assert (evaluation.is_open, evaluation.staff, ticket.leg.staff) == (True, "chen", "chen")
    hall.wait(2)
    hall.do(cmd.CastVote(evaluation.token, 5))
    (vote,) = hall.events(events.EvaluationVoted)
    assert (vote.staff, evaluation.outcome) == ("chen", Outcome.VOTED)


def test_a_finish_is_taken_back_by_whoever_made_it_and_by_nobody_who_came_after(hall: SmallHall) -> None:
    ticket = serve(hall)
    hall.do(cmd.FinishTicket(1, "chen"))
    hall.do(cmd.OpenWindow(1, LIU))
    with pytest.raises(errors.TooLateToUndo):
        hall.do(cmd.UndoLast(1, "liu", ticket))
    assert hall.state.tickets[ticket].leg.staff == "chen"


def test_the_day_that_ends_a_service_gives_the_credit_to_nobody_else(hall: SmallHall) -> None:
    ticket = serve(hall)
    hall.wait(24 * 3600)
    hall.do(cmd.PassTime())
    ended = [e for e in hall.events(events.TicketFinished) if e.ticket == ticket]
    assert [e.staff for e in ended] == ["chen"]
