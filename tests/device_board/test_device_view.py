"""What the device board shows, from the states of the devices and of the hall."""

from __future__ import annotations

from datetime import timedelta
from typing import Any

import pytest
from hall_server import ROOT
from small_hall import MONDAY_9, SmallHall

from server.config import Settings, load_settings
from server.config.printers import PrinterSettings
from server.device_board.since import Since
from server.device_board.view import devices_view
from server.hall import commands as cmd
from server.hall.printing import PrintState, Slip
from server.hall.window import Clerk
from server.messages import DevicesOut, PendingPrintOut

CHEN = Clerk("chen", "陈晓兰", "0307")
WINDOW = 3
READY = {"kind": "printer", "id": "1", "state": "ready", "reason": None, "paper": "ok", "cover": "closed"}
OUT = {**READY, "state": "blocked", "reason": "paper_out", "paper": "out"}
PAD = {"kind": "pad", "id": "3", "window": 3, "state": "offline", "reason": "no port /dev/serial/by-path/pad-3"}


@pytest.fixture(scope="module")
def settings() -> Settings:
    return load_settings(ROOT / "config.yaml")


class Board:
    """The sample hall and its board."""

    def __init__(self, settings: Settings) -> None:
        self.settings = settings
        self.hall = SmallHall(settings.plan())
        self.since = Since()

    def shows(self, *states: dict[str, Any], whole: bool = False) -> DevicesOut:
        self.since.note(list(states), self.hall.now)
        return devices_view(self.hall.state, self.settings, list(states), self.since, self.hall.now, whole=whole)

    def pending(self, *states: dict[str, Any]) -> list[tuple[str | None, str]]:
        return [(paper.number, paper.state) for paper in self.papers(*states)]

    def papers(self, *states: dict[str, Any]) -> list[PendingPrintOut]:
        return self.shows(*(states or (READY,))).pending.newest

    def take(self) -> dict[str, Any]:
        ticket: dict[str, Any] = self.hall.do(cmd.IssueTicket("social-insurance", kiosk="1"))
        return ticket

    def becomes(self, ticket: dict[str, Any], *states: PrintState, reason: str | None = None) -> None:
        job = self.hall.state.tickets[ticket["id"]].prints[-1].id
        for state in states:
            self.hall.do(cmd.ReportPrint(job, state, reason))


@pytest.fixture
def board(settings: Settings) -> Board:
    return Board(settings)


def test_a_printer_tells_its_last_ticket_and_the_days_papers(board: Board) -> None:
    first, second, third = board.take(), board.take(), board.take()
    board.becomes(first, PrintState.SENDING, PrintState.PRINTED)
    board.hall.wait(60)
    board.becomes(second, PrintState.BLOCKED, reason="paper_out")
    (printer,) = board.shows(OUT).printers
    assert printer.jobs.model_dump() == {
        "printed": 1, "sent": 0, "unknown": 0, "blocked": 1, "dropped": 0, "under_way": 1
    }  # fmt: skip
    board.becomes(third, PrintState.SENDING)
    (printer,) = board.shows(OUT).printers
    assert printer.last is not None
    assert (printer.last.number, printer.last.state) == (third["number"], "sending")
    assert printer.last.at == (MONDAY_9 + timedelta(seconds=60)).isoformat()
    assert (printer.reason, printer.paper, printer.cover, printer.width) == ("paper_out", "out", "closed", 80)


def test_since_is_when_it_was_first_seen_so(board: Board) -> None:
    board.shows(READY, PAD)
    board.hall.wait(90)
    board.shows(OUT, PAD)
    board.hall.wait(60)
    shown = board.shows({**OUT, "cover": None}, PAD)
    assert shown.printers[0].since == (MONDAY_9 + timedelta(seconds=90)).isoformat()
    assert shown.devices[0].since == MONDAY_9.isoformat()


def test_only_leaders_see_where_a_device_is_connected(board: Board) -> None:
    for_clerk, for_leader = board.shows(READY, PAD), board.shows(READY, PAD, whole=True)
    assert for_clerk.printers[0].link is not None
    assert for_leader.printers[0].link is not None
    assert (for_clerk.printers[0].link.kind, for_clerk.printers[0].link.address) == ("tcp", None)
    assert for_leader.printers[0].link.address == "tcp://192.168.1.60:9100"
    assert (for_clerk.devices[0].detail, for_leader.devices[0].detail) == (None, PAD["reason"])
    text = for_clerk.model_dump_json()
    assert "192.168" not in text
    assert "/dev/" not in text


def test_two_windows_with_one_printer_are_one_card_with_the_papers_of_both(settings: Settings) -> None:
    printer = PrinterSettings(link="tcp://192.168.1.70:9100", width=58)
    windows = tuple(window.model_copy(update={"printer": printer}) for window in settings.windows)
    board = Board(settings.model_copy(update={"windows": windows}))
    board.take()  # opens the day
    for window in ("window:1", "window:2"):
        board.hall.do(cmd.PrintSlip(Slip.RECEIPT, window, "{}"))
    (card,) = board.shows({**READY, "id": "window:1"}, {**READY, "id": "window:2"}).printers
    assert [place.id for place in card.places] == ["1", "2"]
    assert (card.jobs.under_way, card.width) == (2, 58)


def test_unknown_and_blocked_papers_need_somebody_newest_first(board: Board) -> None:
    first, second, third = board.take(), board.take(), board.take()
    board.becomes(first, PrintState.SENDING, PrintState.UNKNOWN, reason="no_ack")
    board.hall.wait(1)
    board.becomes(third, PrintState.BLOCKED, reason="paper_out")
    board.hall.wait(1)
    board.becomes(second, PrintState.SENDING, PrintState.PRINTED)
    assert board.pending() == [(third["number"], "blocked"), (first["number"], "unknown")]
    paper = board.papers()[0]
    assert (paper.again, paper.ready) == (f"/api/v1/tickets/{third['id']}/reprint", True)
    assert board.papers(OUT)[0].ready is False


def test_a_slip_that_is_no_ticket_comes_again_by_its_job(board: Board) -> None:
    board.take()  # opens the day
    job = board.hall.do(cmd.PrintSlip(Slip.RECEIPT, "1", "{}"))["job"]
    board.hall.do(cmd.ReportPrint(job, PrintState.BLOCKED, "paper_out"))
    assert board.papers()[0].again == f"/api/v1/slips/{job}/again"


def test_the_next_test_slip_takes_the_place_of_one_that_did_not_come(board: Board) -> None:
    board.take()
    for content, end in (('{"at": 1}', PrintState.BLOCKED), ('{"at": 2}', PrintState.PRINTED)):
        job = board.hall.do(cmd.PrintSlip(Slip.SELF_TEST, "1", content))["job"]
        board.hall.do(cmd.ReportPrint(job, end))
    assert board.papers() == []


def test_a_paper_that_was_too_old_to_print_needs_somebody_while_its_citizen_waits(board: Board) -> None:
    ticket = board.take()
    board.becomes(ticket, PrintState.DROPPED, reason="too_old")
    assert board.pending() == [(ticket["number"], "dropped")]


def test_a_paper_that_was_printed_again_needs_nobody(board: Board) -> None:
    ticket = board.take()
    board.becomes(ticket, PrintState.SENDING, PrintState.UNKNOWN)
    board.hall.do(cmd.ReprintTicket(ticket["id"], "1", "chen"))
    assert board.pending() == []
    board.becomes(ticket, PrintState.BLOCKED, reason="mute")
    assert board.pending() == [(ticket["number"], "blocked")]


def test_a_citizen_at_the_window_needs_no_paper_any_more(board: Board) -> None:
    ticket = board.take()
    board.becomes(ticket, PrintState.BLOCKED, reason="paper_out")
    board.hall.do(cmd.OpenWindow(WINDOW, CHEN))
    board.hall.do(cmd.CallNext(WINDOW, CHEN.username))
    assert board.pending() == [(ticket["number"], "blocked")]
    board.hall.do(cmd.Start(WINDOW, CHEN.username))
    assert board.pending() == []


def test_a_paused_paper_needs_somebody_after_a_minute(board: Board) -> None:
    ticket = board.take()
    board.hall.wait(300)
    board.becomes(ticket, PrintState.SENDING, PrintState.PAUSED, reason="paper_out")
    board.hall.wait(60)
    assert board.pending(OUT) == []
    board.hall.wait(1)
    assert board.pending(OUT) == [(ticket["number"], "paused")]
    assert board.papers(OUT)[0].again is None


def test_only_the_newest_papers_are_listed_and_all_are_counted(board: Board) -> None:
    tickets = [board.take() for _ in range(45)]
    for ticket in tickets:
        board.hall.wait(1)
        board.becomes(ticket, PrintState.BLOCKED, reason="paper_out")
    pending = board.shows(OUT).pending
    assert pending.total == 45
    assert [paper.number for paper in pending.newest] == [ticket["number"] for ticket in reversed(tickets)][:40]


@pytest.mark.parametrize(
    ("link", "kind"),
    [
        ("tcp://192.168.1.60:9100", "tcp"),
        ("/dev/serial/by-path/printer", "serial"),
        ("file:///dev/usb/lp0", "file"),
        ("cups://receipts", "cups"),
        ("agent://pc-7", "agent"),
    ],
)
def test_every_way_of_connecting_a_printer_has_its_kind(settings: Settings, link: str, kind: str) -> None:
    printer = PrinterSettings(link=link, ack="none")
    kiosks = tuple(kiosk.model_copy(update={"printer": printer}) for kiosk in settings.kiosks)
    (card,) = Board(settings.model_copy(update={"kiosks": kiosks})).shows(READY).printers
    assert card.link is not None
    assert (card.link.kind, card.link.address) == (kind, None)


def test_printers_at_one_agent_are_each_their_own_and_the_agent_stands_beside_them(settings: Settings) -> None:
    kiosk, window = settings.kiosks[0], settings.windows[0]
    away = PrinterSettings(link="agent://east")
    changed = settings.model_copy(
        update={
            "kiosks": (kiosk.model_copy(update={"printer": away}),),
            "windows": (window.model_copy(update={"printer": away}), *settings.windows[1:]),
        }
    )
    agent = {"kind": "agent", "id": "east", "state": "offline", "reason": "papers_open", "unsettled": 1}
    shown = Board(changed).shows(READY, {**OUT, "id": f"window:{window.number}"}, agent, whole=True)
    assert [(printer.id, printer.state) for printer in shown.printers] == [
        (kiosk.id, "ready"),
        (f"window:{window.number}", "blocked"),
    ]
    assert [(device.kind, device.id, device.state, device.detail) for device in shown.devices] == [
        ("agent", "east", "offline", "papers_open")
    ]
    assert [alert.what for alert in shown.alerts] == ["paper_out", "agent_offline"]
