"""Print jobs: one for each number, told of honestly, marked 补打 when another paper may exist."""

from __future__ import annotations

import pytest
from small_hall import SmallHall

from server.hall import commands as cmd
from server.hall import errors
from server.hall.printing import PrintState


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
