"""补打 by citizens at a kiosk: the number alone gets a paper only while nobody knows of one, and three are enough."""

from __future__ import annotations

import pytest
from small_hall import SmallHall

from server.hall import commands as cmd
from server.hall import errors
from server.hall.printing import PrintState

KNOWN = [PrintState.CHECKING, PrintState.SENDING, PrintState.AWAIT_ACK, PrintState.PAUSED, PrintState.PRINTED]


def take(hall: SmallHall) -> str:
    ticket: str = hall.do(cmd.IssueTicket("insurance", kiosk="1"))["id"]
    return ticket


def report(hall: SmallHall, ticket: str, state: PrintState) -> None:
    hall.do(cmd.ReportPrint(hall.state.ticket(ticket).prints[-1].id, state))


def typed(hall: SmallHall, ticket: str) -> int:
    copy: int = hall.do(cmd.ReprintTicket(ticket, "1", typed=True))["print"]["copy"]
    return copy


@pytest.mark.parametrize("end", [PrintState.BLOCKED, PrintState.DROPPED, PrintState.UNKNOWN])
def test_the_number_alone_gets_a_paper_where_none_is_known(hall: SmallHall, end: PrintState) -> None:
    ticket = take(hall)
    report(hall, ticket, end)
    assert typed(hall, ticket) == 2


def test_a_number_that_never_had_a_paper_gets_one(hall: SmallHall) -> None:
    ticket = hall.do(cmd.IssueTicket("insurance"))["id"]
    assert typed(hall, ticket) == 1


@pytest.mark.parametrize("state", [None, *KNOWN])
def test_the_number_alone_gets_none_where_one_is_known_or_on_its_way(hall: SmallHall, state: PrintState | None) -> None:
    ticket = take(hall)
    if state is not None:
        report(hall, ticket, state)
    with pytest.raises(errors.PaperKnown):
        typed(hall, ticket)


def test_a_paper_that_is_known_is_not_forgotten_over_a_later_one_that_failed(hall: SmallHall) -> None:
    ticket = take(hall)
    report(hall, ticket, PrintState.PRINTED)
    hall.do(cmd.ReprintTicket(ticket, "1"))
    report(hall, ticket, PrintState.BLOCKED)
    with pytest.raises(errors.PaperKnown):
        typed(hall, ticket)


def test_three_papers_of_a_ticket_come_out_of_kiosks_and_the_desk_gives_more(hall: SmallHall) -> None:
    ticket = take(hall)
    report(hall, ticket, PrintState.PRINTED)
    for _ in range(2):
        hall.do(cmd.ReprintTicket(ticket, "1"))
        report(hall, ticket, PrintState.PRINTED)
    with pytest.raises(errors.PapersEnough):
        hall.do(cmd.ReprintTicket(ticket, "2"))
    assert hall.do(cmd.ReprintTicket(ticket, "1", staff="chen"))["print"]["copy"] == 4


def test_attempts_that_left_no_paper_are_not_counted(hall: SmallHall) -> None:
    ticket = take(hall)
    for _ in range(5):
        report(hall, ticket, PrintState.BLOCKED)
        hall.do(cmd.ReprintTicket(ticket, "1"))
    assert len(hall.state.ticket(ticket).prints) == 6


def test_what_the_desk_printed_does_not_use_up_the_kiosks_papers(hall: SmallHall) -> None:
    ticket = take(hall)
    for _ in range(3):
        report(hall, ticket, PrintState.PRINTED)
        hall.do(cmd.ReprintTicket(ticket, "1", staff="chen"))
    report(hall, ticket, PrintState.PRINTED)
    assert hall.do(cmd.ReprintTicket(ticket, "1"))["print"]["copy"] == 5
