"""What the hall has written down about a paper is what came out of the printer, whatever happened to it."""

from __future__ import annotations

import pytest
from print_hall import PrintHall, texts, with_number
from waiting import wait_until

from kiosk.virtual_printer import Faults, PowerOff, VirtualPrinter

HEALTHY = Faults()
WHOLE = ["queued", "checking", "sending", "await_ack", "printed"]
NOTHING_SENT = ["queued", "checking", "blocked"]


@pytest.fixture
def printer(printers: dict[str, VirtualPrinter]) -> VirtualPrinter:
    """Kiosk 1's."""
    return printers["1"]


def test_a_healthy_printer(hall: PrintHall, printer: VirtualPrinter) -> None:
    ticket = hall.take()
    assert hall.until(ticket) == ("printed", None)
    assert hall.told(ticket) == WHOLE
    (paper,) = with_number(printer, ticket)
    assert "补打" not in paper
    hall.printer_becomes("ready", None)


def test_ten_numbers_at_once_are_ten_papers_in_their_order(hall: PrintHall, printer: VirtualPrinter) -> None:
    before = len(texts(printer))
    tickets = [hall.take() for _ in range(10)]
    assert [hall.until(ticket) for ticket in tickets] == [("printed", None)] * 10
    papers = texts(printer, before + 10)[before:]
    assert [next(ticket for ticket in tickets if ticket[-4:] in paper.split()) for paper in papers] == tickets


@pytest.mark.parametrize(
    ("faults", "reason"),
    [
        (Faults(paper_out=True), "paper_out"),
        (Faults(cover_open=True), "cover_open"),
        (Faults(mute=True), "mute"),
        (Faults(power_off_after_bytes=0), "unreachable"),
    ],
)
def test_a_printer_that_cannot_print_gets_nothing_and_the_next_ticket_is_printed(
    hall: PrintHall, printer: VirtualPrinter, faults: Faults, reason: str
) -> None:
    printer.faults = faults
    ticket = hall.take()
    assert hall.until(ticket) == ("blocked", reason)
    assert hall.told(ticket) == NOTHING_SENT
    hall.printer_becomes("blocked", reason)
    printer.faults = HEALTHY
    following = hall.take()
    assert hall.until(following) == ("printed", None)
    assert (len(with_number(printer, following)), with_number(printer, ticket)) == (1, [])

    # 补打: nothing of the first try can exist, so this is no copy.
    hall.reprint(ticket)
    assert hall.until(ticket, "printed") == ("printed", None)
    (paper,) = with_number(printer, ticket)
    assert "补打" not in paper


def test_a_printer_that_is_not_there(hall: PrintHall) -> None:
    ticket = hall.take("4")
    assert hall.until(ticket) == ("blocked", "unreachable")
    assert hall.told(ticket) == NOTHING_SENT


def test_paper_that_ends_in_a_ticket_waits_for_the_roll_and_prints_it_once(
    hall: PrintHall, printer: VirtualPrinter
) -> None:
    printer.faults = Faults(paper_out_after_mm=40.0)
    ticket = hall.take()
    assert hall.until(ticket, "paused") == ("paused", "paper_out")
    hall.printer_becomes("blocked", "paper_out")
    assert with_number(printer, ticket) == []

    # Whoever comes meanwhile does not stand and wait for the roll, nor finds a stranger's slip afterwards.
    meanwhile = hall.take()
    assert hall.until(meanwhile) == ("blocked", "paper_out")

    printer.reload_paper()
    assert hall.until(ticket) == ("printed", None)
    # A fast printer is done before it was asked again: then nothing says that it went on.
    told = [state for state in hall.told(ticket) if state != "await_ack"]
    assert told == ["queued", "checking", "sending", "paused", "printed"]
    following = hall.take()
    assert hall.until(following) == ("printed", None)
    assert [len(with_number(printer, one)) for one in (ticket, meanwhile, following)] == [1, 0, 1]
    hall.printer_becomes("ready", None)


def test_tickets_already_in_line_behind_one_that_the_paper_ends_in_are_told_too(
    hall: PrintHall, printer: VirtualPrinter
) -> None:
    printer.faults = Faults(paper_out_after_mm=40.0)
    tickets = [hall.take() for _ in range(4)]
    assert hall.until(tickets[0], "paused") == ("paused", "paper_out")
    assert [hall.until(ticket) for ticket in tickets[1:]] == [("blocked", "paper_out")] * 3
    printer.reload_paper()
    assert hall.until(tickets[0]) == ("printed", None)
    assert [len(with_number(printer, ticket)) for ticket in tickets] == [1, 0, 0, 0]


@pytest.mark.parametrize("kind", list(PowerOff))
def test_power_that_goes_in_a_ticket_leaves_it_unknown_and_it_is_not_tried_again(
    hall: PrintHall, printer: VirtualPrinter, kind: PowerOff
) -> None:
    printer.faults = Faults(power_off_after_bytes=200, power_off=kind)
    ticket = hall.take()
    state, reason = hall.until(ticket)
    assert (state, reason) == ("unknown", "link_lost" if kind is PowerOff.RST else "no_ack")
    hall.printer_becomes("blocked", "unreachable" if kind is PowerOff.RST else "mute")
    printer.faults = HEALTHY
    following = hall.take()
    assert hall.until(following) == ("printed", None)
    assert (with_number(printer, ticket), hall.paper(ticket)) == ([], (state, reason))

    # How much of it lies in the slot nobody knows: the second paper says what it is.
    hall.reprint(ticket)
    assert hall.until(ticket, "printed") == ("printed", None)
    (paper,) = with_number(printer, ticket)
    assert "补打" in paper


def test_a_lost_acknowledgement_is_unknown_and_holds_up_no_other_kiosk(
    hall: PrintHall, printers: dict[str, VirtualPrinter], printer: VirtualPrinter
) -> None:
    printer.faults = Faults(lose_ack=True)
    ticket = hall.take()
    hall.until(ticket, "await_ack")
    elsewhere = hall.take("2")
    assert hall.until(elsewhere) == ("printed", None)
    assert hall.paper(ticket) == ("await_ack", None)
    assert len(with_number(printers["2"], elsewhere)) == 1

    assert hall.until(ticket) == ("unknown", "no_ack")
    printer.faults = HEALTHY
    following = hall.take()
    assert hall.until(following) == ("printed", None)
    assert len(with_number(printer, ticket)) == 1
    # One ticket that was not acknowledged does not make a printer that answers a broken one.
    hall.printer_becomes("ready", None)

    hall.reprint(ticket)
    assert hall.until(ticket, "printed") == ("printed", None)
    assert ["补打" in paper for paper in with_number(printer, ticket)] == [False, True]


def test_a_printed_ticket_may_be_printed_again_at_another_kiosk_and_says_so(
    hall: PrintHall, printers: dict[str, VirtualPrinter], printer: VirtualPrinter
) -> None:
    ticket = hall.take()
    hall.until(ticket)
    with pytest.raises(AssertionError, match="paper_known"):
        hall.reprint(ticket, "2")  # a number is no secret
    hall.reprint(hall.token(ticket), "2")
    wait_until(lambda: len(hall.told(ticket)) == 2 * len(WHOLE), "both papers are printed")
    assert hall.told(ticket) == WHOLE * 2
    (copy,) = with_number(printers["2"], ticket)
    assert "补打" in copy
    assert len(with_number(printer, ticket)) == 1


def test_a_kiosk_without_a_printer_gives_numbers_and_no_paper(hall: PrintHall) -> None:
    ticket = hall.take("3")
    assert hall.paper(ticket) == ("none", None)
    answer = hall.server.call_api("POST", f"tickets/{ticket}/reprint")
    assert (answer.status_code, answer.json()["error"]["code"]) == (409, "no_printer")
    assert hall.paper(ticket) == ("none", None)
