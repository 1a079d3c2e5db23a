"""What came of a service: recorded with its end, put right by an event, and never there for what no clerk ended."""

from __future__ import annotations

from datetime import timedelta
from typing import Any

import pytest
from small_hall import CHEN, SmallHall, small_plan

from server.hall import commands as cmd
from server.hall import events as ev
from server.hall.document_notice import MissingPaper
from server.hall.errors import (
    BadPhone,
    DueOutOfReach,
    NoResult,
    NotServing,
    NotYourService,
    QuantityBounds,
    ReasonNeeded,
    StaleScreen,
    TextLength,
    TooManyDocuments,
    UnknownLeg,
)
from server.hall.plan import Service
from server.hall.printing import PrintState, Slip
from server.hall.result import Result, ResultKind
from server.hall.ticket import State
from server.hall.window import Clerk

LIU = Clerk("liu", "刘伟", "0308")
DONE, RETURNED = Result(ResultKind.DONE), Result(ResultKind.RETURNED, 2, "缺公章")
PAPERS = (MissingPaper("户口簿", "household-register", "只带了 复印件"), MissingPaper("照片"))


def serve(hall: SmallHall, service: str = "insurance", **more: Any) -> Any:
    """Somebody who is being served at window 1."""
    ticket = hall.do(cmd.IssueTicket(service, **more))["id"]
    hall.do(cmd.CallNext(1, "chen"))
    hall.do(cmd.Start(1, "chen"))
    return hall.state.tickets[ticket]


@pytest.mark.parametrize("verb", [cmd.FinishTicket, cmd.CallNext])
def test_the_clerk_says_what_came_of_it(hall: SmallHall, verb: Any) -> None:
    ticket = serve(hall)
    hall.do(verb(1, "chen", result=Result(ResultKind.RETURNED, 2, " 缺\n公章 ")))
    assert ticket.leg.result == Result(ResultKind.RETURNED, 2, "缺 公章")
    assert ticket.leg.returned


def test_the_log_says_what_the_service_usually_comes_to() -> None:
    services = {
        "insurance": Service("insurance", "A", result=ResultKind.ACCEPTED),
        "residence": Service("residence", "B"),
    }
    hall = SmallHall(small_plan(services=services))
    hall.open(1)
    for service in ("insurance", "residence"):
        serve(hall, service)
        hall.do(cmd.FinishTicket(1, "chen"))
    finished = [event.result for event in hall.events(ev.TicketFinished)]
    assert finished == [Result(ResultKind.ACCEPTED), DONE]


def test_calling_by_number_finishes_with_the_usual_outcome(hall: SmallHall) -> None:
    ticket = serve(hall)
    other = hall.do(cmd.IssueTicket("insurance"))["id"]
    hall.do(cmd.CallTicket(1, "chen", other))
    assert ticket.leg.result == DONE


@pytest.mark.parametrize("quantity", [0, 1000])
def test_quantities_are_bounded_and_a_refusal_finishes_nobody(hall: SmallHall, quantity: int) -> None:
    ticket = serve(hall)
    with pytest.raises(QuantityBounds):
        hall.do(cmd.FinishTicket(1, "chen", result=Result(ResultKind.DONE, quantity)))
    with pytest.raises(TextLength):
        hall.do(cmd.FinishTicket(1, "chen", result=Result(ResultKind.DONE, 1, "字" * 201)))
    assert ticket.state is State.SERVING


def test_each_leg_of_a_combined_visit_has_its_own(hall: SmallHall) -> None:
    ticket = serve(hall, then=("residence",))
    hall.do(cmd.FinishTicket(1, "chen", result=Result(ResultKind.ACCEPTED, 3)))
    assert ticket.state is State.WAITING
    hall.do(cmd.CallNext(1, "chen"))
    hall.do(cmd.FinishTicket(1, "chen", result=RETURNED))
    assert [leg.result for leg in ticket.legs] == [Result(ResultKind.ACCEPTED, 3), RETURNED]


def test_a_plain_transfer_has_none_unless_the_clerk_says_that_it_counts(hall: SmallHall) -> None:
    plain = serve(hall)
    hall.do(cmd.TransferTicket(1, "chen", to_window=3))
    told = serve(hall)
    hall.do(cmd.TransferTicket(1, "chen", service="residence", referred=True))
    assert plain.legs[0].result is None
    assert told.legs[0].result == Result(ResultKind.REFERRED)


def test_undo_takes_the_outcome_back(hall: SmallHall) -> None:
    ticket = serve(hall)
    hall.do(cmd.FinishTicket(1, "chen", result=RETURNED))
    hall.do(cmd.UndoLast(1, "chen", ticket.id))
    assert ticket.leg.result is None
    assert not ticket.leg.returned
    hall.do(cmd.FinishTicket(1, "chen"))
    assert ticket.leg.result == DONE


def test_what_the_day_ends_has_none(hall: SmallHall) -> None:
    serving = serve(hall)
    hall.do(cmd.IssueTicket("residence"))
    hall.wait(24 * 3600)
    hall.do(cmd.PassTime())
    (finished,) = hall.events(ev.TicketFinished)
    assert (finished.ticket, finished.result) == (serving.id, None)


def test_an_outcome_is_put_right_with_a_reason_by_whoever_served_or_leads(hall: SmallHall) -> None:
    ticket = serve(hall)
    with pytest.raises(NoResult):
        hall.do(cmd.CorrectResult(ticket.id, 1, RETURNED, "点错了", "chen"))
    hall.do(cmd.FinishTicket(1, "chen"))
    with pytest.raises(NotYourService):
        hall.do(cmd.CorrectResult(ticket.id, 1, RETURNED, "点错了", "liu"))
    with pytest.raises(ReasonNeeded):
        hall.do(cmd.CorrectResult(ticket.id, 1, RETURNED, " ", "chen"))
    with pytest.raises(UnknownLeg):
        hall.do(cmd.CorrectResult(ticket.id, 2, RETURNED, "点错了", "chen"))
    hall.do(cmd.CorrectResult(ticket.id, 1, RETURNED, "点错了", "chen"))
    assert ticket.leg.result == RETURNED
    hall.do(cmd.CorrectResult(ticket.id, 1, DONE, "核实", "liu", leads=True))
    hall.do(cmd.CorrectResult(ticket.id, 1, DONE, "核实", "chen"))
    assert [(one.staff, one.result, one.reason) for one in hall.events(ev.ResultCorrected)] == [
        ("chen", RETURNED, "点错了"),
        ("liu", DONE, "核实"),
    ]


def test_whoever_took_the_window_over_and_finished_may_put_it_right(hall: SmallHall) -> None:
    ticket = serve(hall)
    hall.do(cmd.OpenWindow(1, LIU))
    hall.do(cmd.FinishTicket(1, "liu"))
    hall.do(cmd.CorrectResult(ticket.id, 1, RETURNED, "点错了", "liu"))
    assert ticket.leg.result == RETURNED


def test_documents_are_named_while_somebody_is_served(hall: SmallHall) -> None:
    ticket_id = hall.do(cmd.IssueTicket("insurance"))["id"]
    hall.do(cmd.CallNext(1, "chen"))
    with pytest.raises(NotServing):
        hall.do(cmd.NameDocuments(1, "chen", PAPERS))
    hall.do(cmd.Start(1, "chen"))
    with pytest.raises(StaleScreen):
        hall.do(cmd.NameDocuments(1, "chen", PAPERS, seen="other"))
    with pytest.raises(TooManyDocuments):
        hall.do(cmd.NameDocuments(1, "chen", ()))
    with pytest.raises(DueOutOfReach):
        hall.do(cmd.NameDocuments(1, "chen", PAPERS, due=hall.now.date() - timedelta(days=2)))
    first = hall.do(cmd.NameDocuments(1, "chen", (*PAPERS, PAPERS[0]), due=hall.now.date()))
    second = hall.do(cmd.NameDocuments(1, "chen", PAPERS[1:]))
    assert (first["number"], second["number"]) == (f"{ticket_id}-1", f"{ticket_id}-2")
    assert (first["name"], first["work_number"], len(first["documents"])) == (CHEN.name, CHEN.number, 2)
    assert hall.replayed().state == hall.state


@pytest.mark.parametrize(
    ("kind", "returned"),
    [("done", False), ("accepted", False), ("supplement", True), ("returned", True), ("consultation", True)],
)
def test_a_notice_is_a_return_unless_the_matter_went_its_way(hall: SmallHall, kind: str, returned: bool) -> None:
    ticket = serve(hall)
    hall.do(cmd.NameDocuments(1, "chen", PAPERS))
    hall.do(cmd.FinishTicket(1, "chen", result=Result(ResultKind(kind))))
    assert ticket.leg.returned is returned


def test_who_was_asked_first_stays_whatever_comes(hall: SmallHall) -> None:
    ticket = serve(hall, then=("residence",))
    hall.do(cmd.ReferCitizen(1, "chen", to_window=3, note="先核税", phone="1234"))
    hall.do(cmd.OpenWindow(3, LIU))
    hall.do(cmd.CallNext(3, "liu"))
    hall.do(cmd.ReferCitizen(3, "liu", service="insurance"))
    hall.do(cmd.CallNext(1, "chen"))
    hall.do(cmd.FinishTicket(1, "chen"))
    assert ticket.state is State.WAITING
    assert (ticket.first.staff, ticket.first.window, ticket.first.note) == ("chen", 1, "先核税")
    assert len(hall.events(ev.FirstContactRecorded)) == 1
    assert hall.replayed().state == hall.state


def test_somebody_without_a_number_gets_one_at_the_windows_printer(hall: SmallHall) -> None:
    given = hall.do(cmd.ReferCitizen(1, "chen", service="residence", printer="window:1"))
    (job,) = hall.state.prints.values()
    assert (job.ticket, job.printer, job.slip) == (given["id"], "window:1", Slip.TICKET)
    assert given["first"]["name"] == CHEN.name
    with pytest.raises(BadPhone):
        hall.do(cmd.ReferCitizen(1, "chen", service="residence", phone="12"))


def test_a_slip_asked_for_again_is_a_copy_where_a_paper_may_exist(hall: SmallHall) -> None:
    ask = cmd.PrintSlip(Slip.MISSING_DOCUMENTS, "window:1", "{}", again=True)
    first = hall.do(ask)
    assert (first["copy"], first["marked"]) == (1, False)
    hall.do(cmd.ReportPrint(first["job"], PrintState.PRINTED))
    second = hall.do(ask)
    assert (second["copy"], second["marked"]) == (2, True)
