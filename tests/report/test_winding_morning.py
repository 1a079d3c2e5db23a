"""Holds, transfers, returns and second thoughts in a day's figures: each minute and each number counted once."""

from __future__ import annotations

from datetime import date, timedelta
from typing import Any

import pytest
from told_morning import CLERKS

from server.hall import commands as cmd
from server.hall.hold import HoldKind
from server.report.messages import ReportTodayOut

MONDAY = date(2026, 11, 23)
ME, COLLEAGUE = CLERKS[2].username, CLERKS[5].username


@pytest.fixture
def report(told_hall: Any) -> ReportTodayOut:
    """A001 is held for 20 of 30 minutes, A002 sent on to window 5, A003 passed, back and served, A004 on hold."""
    hall = told_hall.engine
    clock = told_hall.clock

    def at(minute: int, *commands: cmd.Command[Any]) -> None:
        clock.at(minute)
        for command in commands:
            hall.do(command)

    at(0, cmd.OpenWindow(2, CLERKS[2]), cmd.OpenWindow(5, CLERKS[5]))
    at(0, *[cmd.IssueTicket("social-insurance")] * 4)
    at(5, cmd.CallNext(2, ME), cmd.Start(2, ME))  # A001
    at(10, cmd.HoldTicket(2, ME, HoldKind.WITH_PAPERS, "补材料"))
    at(11, cmd.CallNext(2, ME), cmd.Start(2, ME))  # A002
    at(13, cmd.TransferTicket(2, ME, service="property"))
    at(14, cmd.CallNext(2, ME), cmd.MarkNoShow(2, ME))  # A003
    at(20, cmd.CallNext(5, COLLEAGUE), cmd.Start(5, COLLEAGUE))  # A002
    at(26, cmd.FinishTicket(5, COLLEAGUE))
    at(30, cmd.ResumeTicket(2, ME, "261123A001"))
    at(35, cmd.FinishTicket(2, ME))
    hall.do(cmd.UndoLast(2, ME, "261123A001"))
    hall.do(cmd.FinishTicket(2, ME))
    at(36, cmd.RejoinTicket("261123A003", staff=ME))
    at(40, cmd.CallNext(2, ME), cmd.Start(2, ME))  # A004, whose turn it is
    at(41, cmd.HoldTicket(2, ME, HoldKind.WAITING, "等待系统", clock() + timedelta(hours=2)))
    at(42, cmd.CallNext(2, ME), cmd.Start(2, ME))  # A003
    at(50, cmd.FinishTicket(2, ME))
    at(51, cmd.PassTime())
    found: ReportTodayOut = told_hall.report(MONDAY)
    return found


def test_every_number_is_in_one_place(report: ReportTodayOut) -> None:
    tickets = report.tickets.model_dump()
    assert {name: count for name, count in tickets.items() if count} == {"issued": 4, "finished": 3, "held": 1}


def test_a_service_lasts_without_its_holds(report: ReportTodayOut) -> None:
    # A001 10 of 30, A003 8, A002 6 at window 5; A004 has not ended.
    assert [report.total.service.count, report.total.service.median, report.total.service.p90] == [3, 8 * 60, 10 * 60]


def test_a_transfer_ends_nothing_and_is_counted_where_it_was_made(report: ReportTodayOut) -> None:
    windows = {window.number: window for window in report.windows}
    assert [windows[2].finished, windows[2].transferred] == [2, 1]
    assert [windows[5].finished, windows[5].transferred] == [1, 0]


def test_who_came_back_is_no_no_show_any_more(report: ReportTodayOut) -> None:
    assert report.total.no_shows == 0


def test_each_leg_waits_for_itself_and_until_its_first_call(report: ReportTodayOut) -> None:
    # A001 5, A002 11 and from the transfer 7, A003 14 although served after 42, A004 40.
    assert [report.total.wait.count, report.total.wait.median, report.total.wait.p90] == [5, 11 * 60, 40 * 60]


def test_an_evaluation_that_was_asked_for_by_mistake_counts_nowhere(report: ReportTodayOut) -> None:
    assert [report.total.votes.voted, report.total.votes.unrated, report.total.votes.open] == [0, 3, 0]
