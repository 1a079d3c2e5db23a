"""Print jobs: one for each number, told of honestly, marked 补打 when another paper may exist."""

from __future__ import annotations

from datetime import timedelta

import pytest
from small_hall import SmallHall

from server.hall import commands as cmd
from server.hall import errors
from server.hall.printing import PrintState, Slip, window_printer


def test_a_kiosks_number_comes_with_a_print_job_and_a_clerks_does_not(hall: SmallHall) -> None:
    assert hall.do(cmd.IssueTicket("insurance", kiosk="1"))["print"]["state"] == "queued"
    assert hall.do(cmd.IssueTicket("insurance"))["print"] is None
    assert hall.do(cmd.IssueTicket("insurance", kiosk="2", printed=False))["print"] is None


def test_what_is_known_of_the_paper_is_what_was_reported_last(hall: SmallHall) -> None:
    job = hall.do(cmd.IssueTicket("insurance", kiosk="1"))["print"]["job"]
    hall.do(cmd.ReportPrint(job, PrintState.SENDING))
    hall.do(cmd.ReportPrint(job, PrintState.PAUSED, "paper_out"))
    hall.do(cmd.ReportPrint(job, PrintState.PRINTED))
    assert hall.state.prints[job].state is PrintState.PRINTED
    with pytest.raises(errors.PrintJobEnded):
        hall.do(cmd.ReportPrint(job, PrintState.SENDING))


@pytest.mark.parametrize(
    ("end", "marked"),
    [
        (PrintState.PRINTED, True),
        (PrintState.UNKNOWN, True),
        (PrintState.SENT, True),
        (PrintState.BLOCKED, False),
        (PrintState.DROPPED, False),
    ],
)
def test_a_second_paper_is_marked_when_a_first_may_exist(hall: SmallHall, end: PrintState, marked: bool) -> None:
    ticket = hall.do(cmd.IssueTicket("insurance", kiosk="1"))
    hall.do(cmd.ReportPrint(ticket["print"]["job"], end))
    again = hall.do(cmd.ReprintTicket(ticket["id"], "1"))["print"]
    assert again["copy"] == 2
    assert hall.state.prints[again["job"]].marked is marked


def test_a_job_nobody_knows_is_refused(hall: SmallHall) -> None:
    with pytest.raises(errors.UnknownPrintJob):
        hall.do(cmd.ReportPrint("261123P9999", PrintState.PRINTED))


@pytest.mark.parametrize(
    ("was", "told"),
    [
        (PrintState.CHECKING, PrintState.QUEUED),
        (PrintState.SENDING, PrintState.CHECKING),
        (PrintState.SENDING, PrintState.BLOCKED),
        (PrintState.AWAIT_ACK, PrintState.SENDING),
        (PrintState.AWAIT_ACK, PrintState.DROPPED),
        (PrintState.PAUSED, PrintState.SENDING),
    ],
)
def test_a_job_goes_on_and_never_back(hall: SmallHall, was: PrintState, told: PrintState) -> None:
    job = hall.do(cmd.IssueTicket("insurance", kiosk="1"))["print"]["job"]
    hall.do(cmd.ReportPrint(job, was))
    with pytest.raises(errors.PrintOutOfOrder):
        hall.do(cmd.ReportPrint(job, told))
    assert hall.state.prints[job].state is was


def test_what_is_told_twice_is_written_down_once(hall: SmallHall) -> None:
    job = hall.do(cmd.IssueTicket("insurance", kiosk="1"))["print"]["job"]
    for state in (PrintState.SENDING, PrintState.PRINTED):
        before = hall.state.seq
        hall.do(cmd.ReportPrint(job, state))
        hall.do(cmd.ReportPrint(job, state))
        assert hall.state.seq == before + 1


def test_a_slip_that_is_no_ticket_keeps_its_words_and_the_ticket_that_it_belongs_to(hall: SmallHall) -> None:
    ticket = hall.do(cmd.IssueTicket("insurance"))
    words = '{"missing":["户口簿"]}'
    slip = hall.do(cmd.PrintSlip(Slip.MISSING_DOCUMENTS, window_printer(3), words, ticket["token"], "chen"))
    job = hall.state.prints[slip["job"]]
    assert (job.printer, job.ticket, job.content, job.staff) == ("window:3", ticket["id"], words, "chen")
    assert hall.state.ticket(ticket["id"]).prints == []


@pytest.mark.parametrize(
    ("end", "marked"), [(PrintState.PRINTED, True), (PrintState.UNKNOWN, True), (PrintState.BLOCKED, False)]
)
def test_such_a_slip_can_be_printed_again_with_the_same_words(hall: SmallHall, end: PrintState, marked: bool) -> None:
    first = hall.do(cmd.PrintSlip(Slip.RECEIPT, "1", "{}", staff="chen"))["job"]
    with pytest.raises(errors.PaperComing):
        hall.do(cmd.PrintAgain(first, staff="chen"))
    hall.do(cmd.ReportPrint(first, end))
    again = hall.do(cmd.PrintAgain(first, printer="window:2", staff="liu"))
    assert (again["copy"], again["marked"]) == (2, marked)
    assert (hall.state.prints[again["job"]].content, hall.state.prints[again["job"]].printer) == ("{}", "window:2")


def test_a_ticket_is_printed_with_its_number_and_in_no_other_way(hall: SmallHall) -> None:
    with pytest.raises(errors.NotToBePrinted):
        hall.do(cmd.PrintSlip(Slip.TICKET, "1", "{}"))
    job = hall.do(cmd.IssueTicket("insurance", kiosk="1"))["print"]["job"]
    hall.do(cmd.ReportPrint(job, PrintState.BLOCKED))
    with pytest.raises(errors.NotToBePrinted):
        hall.do(cmd.PrintAgain(job))


def test_at_midnight_what_was_not_sent_is_dropped_and_what_was_is_unknown(hall: SmallHall) -> None:
    jobs = [hall.do(cmd.PrintSlip(Slip.RECEIPT, "1", "{}"))["job"] for _ in range(4)]
    states = (PrintState.QUEUED, PrintState.CHECKING, PrintState.SENDING, PrintState.PAUSED)
    for job, state in zip(jobs[1:], states[1:], strict=True):
        hall.do(cmd.ReportPrint(job, state))
    known = [hall.state.prints[job] for job in jobs]
    hall.wait(24 * 3600)
    hall.do(cmd.PassTime())
    assert [job.state.value for job in known] == ["dropped", "dropped", "unknown", "unknown"]


def test_a_job_knows_when_it_came_to_its_state(hall: SmallHall) -> None:
    issued = hall.now
    job = hall.do(cmd.IssueTicket("insurance", kiosk="1"))["print"]["job"]
    hall.wait(3)
    assert hall.state.prints[job].changed_at == issued
    hall.do(cmd.ReportPrint(job, PrintState.SENDING))
    hall.wait(5)
    hall.do(cmd.ReportPrint(job, PrintState.SENDING))
    assert hall.state.prints[job].changed_at == issued + timedelta(seconds=3)
    assert hall.replayed().state.prints == hall.state.prints


def test_a_second_touch_before_the_first_paper_is_out_makes_no_second_one(hall: SmallHall) -> None:
    ticket = hall.do(cmd.IssueTicket("insurance", kiosk="1"))
    for state in (None, PrintState.CHECKING, PrintState.SENDING, PrintState.AWAIT_ACK):
        if state is not None:
            hall.do(cmd.ReportPrint(ticket["print"]["job"], state))
        with pytest.raises(errors.PaperComing):
            hall.do(cmd.ReprintTicket(ticket["id"], "1", staff="chen"))
    assert len(hall.state.prints) == 1


@pytest.mark.parametrize("stuck", [PrintState.SENDING, PrintState.PAUSED])
def test_one_that_does_not_come_is_not_waited_for(hall: SmallHall, stuck: PrintState) -> None:
    """No paper in the printer, or an agent that was unplugged: the citizen gets a marked one elsewhere."""
    ticket = hall.do(cmd.IssueTicket("insurance", kiosk="1"))
    hall.do(cmd.ReportPrint(ticket["print"]["job"], stuck))
    hall.wait(61)
    again = hall.do(cmd.ReprintTicket(ticket["id"], "2", staff="chen"))["print"]
    assert (again["copy"], again["marked"]) == (2, True)
