"""Queues of a real CUPS that the test runs itself, with a virtual printer at their end."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from pathlib import Path

import pytest
from cups_server import CupsServer
from slips import body_of

from kiosk.printer.profile import PrinterProfile
from kiosk.virtual_printer import VirtualPrinter
from server.device.cups import CupsLink, open_cups
from server.device.link import LinkLost, LinkUnavailable
from server.device.printer_links import open_printer_link
from server.messages.slips import TicketSlip

StartPrinter = Callable[..., VirtualPrinter]


@pytest.fixture(scope="module")
def running() -> Iterator[CupsServer]:
    server = CupsServer()
    yield server
    server.remove()


@pytest.fixture
def cups(running: CupsServer, monkeypatch: pytest.MonkeyPatch) -> CupsServer:
    for name, value in running.environment.items():
        monkeypatch.setenv(name, value)
    return running


@pytest.fixture
def gone(start_printer: StartPrinter) -> VirtualPrinter:
    """A printer that has been switched off."""
    printer = start_printer()
    printer.stop()
    return printer


def test_each_ticket_is_a_raw_job_that_has_left_when_it_is_written(
    cups: CupsServer, start_printer: StartPrinter, slip: TicketSlip
) -> None:
    printer = start_printer()
    cups.add_queue("hall-tickets", printer.port)
    body = body_of(slip, PrinterProfile())
    link = open_printer_link("cups://hall-tickets")
    link.write(body)
    assert cups.jobs("hall-tickets") == ""
    link.write(body)
    assert link.read(0.01) == b""
    link.close()
    papers = printer.wait_for_papers(2, 10)
    assert [paper.read_bytes() for paper in papers] == [body, body]
    assert "A012" in papers[0].with_suffix(".txt").read_text("utf-8")


def test_an_unknown_queue_is_unavailable_and_the_others_are_named(cups: CupsServer, gone: VirtualPrinter) -> None:
    cups.add_queue("office", gone.port)
    with pytest.raises(LinkUnavailable, match=r"no queue 'tickts'; it has: .*office"):
        open_printer_link("cups://tickts")


def test_a_queue_that_was_stopped_is_unavailable_and_what_helps_is_said(cups: CupsServer, gone: VirtualPrinter) -> None:
    cups.add_queue("stopped", gone.port)
    cups.run("cupsdisable", "stopped")
    with pytest.raises(LinkUnavailable, match="cupsenable stopped"):
        open_printer_link("cups://stopped")
    cups.run("cupsenable", "stopped")
    cups.run("cupsreject", "stopped")
    with pytest.raises(LinkUnavailable, match="cupsaccept stopped"):
        open_printer_link("cups://stopped")


def test_a_ticket_for_a_printer_that_is_off_is_taken_back_and_never_comes_out(
    cups: CupsServer, gone: VirtualPrinter, tmp_path: Path
) -> None:
    cups.add_queue("off", gone.port)
    link = open_cups("off", taken_timeout=0.5)
    with pytest.raises(LinkLost, match="not taken within"):
        link.write(b"ticket")
    link.close()
    assert cups.jobs("off") == ""
    again = VirtualPrinter(tmp_path / "again", port=gone.port, speed=20_000.0)
    again.start()
    open_printer_link("cups://off").write(b"fresh\n\x1dVB\x00")
    [paper] = again.wait_for_papers(1, 10)
    again.stop()
    assert paper.read_bytes() == b"fresh\n\x1dVB\x00"


def test_what_lp_says_is_handed_on(cups: CupsServer) -> None:
    link = CupsLink("removed", taken_timeout=1)  # its queue was taken out since
    with pytest.raises(LinkLost, match=r"lp: .*The printer or class does not exist"):
        link.write(b"ticket")


def test_without_a_scheduler_it_is_unavailable(monkeypatch: pytest.MonkeyPatch, tmp_path: Path) -> None:
    monkeypatch.setenv("CUPS_SERVER", str(tmp_path / "nobody.sock"))
    with pytest.raises(LinkUnavailable, match="scheduler is not running"):
        open_printer_link("cups://tickets")


def test_without_cups_it_says_what_to_install(monkeypatch: pytest.MonkeyPatch, tmp_path: Path) -> None:
    monkeypatch.setenv("PATH", str(tmp_path))
    with pytest.raises(LinkUnavailable, match="apt-get install cups-client"):
        open_printer_link("cups://tickets")


def test_a_closed_link_takes_nothing() -> None:
    link = CupsLink("tickets", taken_timeout=1)
    link.close()
    with pytest.raises(LinkLost, match="closed"):
        link.write(b"x")
    with pytest.raises(LinkLost, match="closed"):
        link.read(0)
