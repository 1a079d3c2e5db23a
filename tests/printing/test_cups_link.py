"""Queues of a real CUPS that the test runs itself, with a virtual printer at their end."""

from __future__ import annotations

import os
import socket
import subprocess
import sys
import threading
from collections.abc import Callable, Iterator
from pathlib import Path

import gevent
import pytest
from cups_server import CupsServer
from hall_server import ROOT
from slips import body_of
from waiting import wait_until

from kiosk.printer.profile import PrinterProfile
from kiosk.virtual_printer import VirtualPrinter
from server.device.cups import CupsLink, open_cups
from server.device.link import LinkLost, LinkUnavailable
from server.device.printer_links import open_printer_link
from server.messages.slips import TicketSlip

StartPrinter = Callable[..., VirtualPrinter]
LEAVES_A_JOB = """
import sys
from server.device.printer_links import open_printer_link
open_printer_link(sys.argv[1]).write(b"old ticket")
"""


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


def failure(call: Callable[..., object], *arguments: object) -> object:
    """What a call raises as a lost link, so that a greenlet's failure is not printed."""
    try:
        return call(*arguments)
    except LinkLost as error:
        return error


def await_job(cups: CupsServer, queue: str) -> None:
    """Until CUPS has a job in the queue, while greenlets go on."""

    def there() -> bool:
        gevent.sleep(0.01)
        return cups.jobs(queue) != ""

    wait_until(there, "the job is there")


def answer_once(listener: socket.socket, answer: bytes) -> None:
    connection, _ = listener.accept()
    with connection:
        connection.recv(65536)
        connection.sendall(answer)


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
    papers = printer.wait_for_papers(2, 20)
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
    [paper] = again.wait_for_papers(1, 20)
    again.stop()
    assert paper.read_bytes() == b"fresh\n\x1dVB\x00"


def test_a_job_that_cups_gives_up_is_no_paper_and_its_words_are_handed_on(
    cups: CupsServer, gone: VirtualPrinter
) -> None:
    cups.add_queue("hopeless", gone.port)
    cups.run("lpadmin", "-p", "hopeless", "-o", "printer-error-policy=abort-job")
    with pytest.raises(LinkLost, match=r"CUPS has aborted the job \(.+\)"):
        open_printer_link("cups://hopeless").write(b"ticket")


def test_a_job_that_somebody_cancels_is_no_paper(cups: CupsServer, gone: VirtualPrinter) -> None:
    cups.add_queue("watched", gone.port)
    writing = gevent.spawn(failure, open_printer_link("cups://watched").write, b"ticket")
    await_job(cups, "watched")
    cups.run("cancel", "-a", "watched")
    assert "CUPS has cancelled the job" in str(writing.get(timeout=10))


def test_a_cups_that_forgets_how_jobs_end_cannot_say_that_one_was_printed(
    start_printer: StartPrinter, monkeypatch: pytest.MonkeyPatch
) -> None:
    printer = start_printer()
    forgetful = CupsServer("PreserveJobHistory No\n")
    try:
        monkeypatch.setenv("CUPS_SERVER", forgetful.environment["CUPS_SERVER"])
        forgetful.add_queue("tickets", printer.port)
        with pytest.raises(LinkLost, match="set PreserveJobHistory Yes"):
            open_printer_link("cups://tickets").write(b"A012\n\x1dVB\x00")
    finally:
        forgetful.remove()


def test_a_job_is_taken_back_when_whoever_waits_for_it_is_stopped(cups: CupsServer, gone: VirtualPrinter) -> None:
    cups.add_queue("stopping", gone.port)
    writing = gevent.spawn(failure, open_printer_link("cups://stopping").write, b"ticket")
    await_job(cups, "stopping")
    writing.kill()
    assert cups.jobs("stopping") == ""


def test_a_job_that_could_not_be_taken_back_is_before_the_next_one(
    cups: CupsServer, gone: VirtualPrinter, capsys: pytest.CaptureFixture[str]
) -> None:
    cups.add_queue("restarted", gone.port)
    writing = gevent.spawn(failure, open_printer_link("cups://restarted").write, b"ticket")
    await_job(cups, "restarted")
    cups.stop()
    assert "no scheduler of CUPS is running" in str(writing.get(timeout=20))
    cups.start()
    await_job(cups, "restarted")
    open_printer_link("cups://restarted").close()
    assert cups.jobs("restarted") == ""


def test_what_a_killed_server_left_never_comes_out_and_what_others_print_stays(
    cups: CupsServer, gone: VirtualPrinter
) -> None:
    cups.add_queue("shared", gone.port)
    report = cups.run("lp", "-d", "shared", "-t", "report", str(Path(__file__)))
    assert "shared-" in report
    server = subprocess.Popen(
        [sys.executable, "-c", LEAVES_A_JOB, "cups://shared"],
        env={**os.environ, "PYTHONPATH": str(ROOT)},
    )
    wait_until(lambda: len(cups.jobs("shared").splitlines()) == 2, "both jobs wait")
    server.kill()
    server.wait()
    open_printer_link("cups://shared").close()
    [left] = cups.jobs("shared").splitlines()
    assert left.split()[0] in report


def test_two_printers_on_one_queue_leave_each_others_jobs_alone(cups: CupsServer, gone: VirtualPrinter) -> None:
    cups.add_queue("both", gone.port)
    writing = gevent.spawn(failure, open_printer_link("cups://both").write, b"ticket")
    await_job(cups, "both")
    open_printer_link("cups://both").close()
    assert cups.jobs("both")
    writing.kill()


def test_what_cups_says_is_handed_on(cups: CupsServer) -> None:
    link = CupsLink("removed", taken_timeout=20)  # its queue was taken out since
    with pytest.raises(LinkLost, match=r"cups://removed: The printer or class does not exist"):
        link.write(b"ticket")


@pytest.mark.parametrize("server", ["nobody.sock", "127.0.0.1:1", "127.0.0.1:1/version=1.1", "localhost:port"])
def test_without_a_scheduler_it_is_unavailable_and_what_to_install_is_said(
    monkeypatch: pytest.MonkeyPatch, tmp_path: Path, server: str
) -> None:
    monkeypatch.setenv("CUPS_SERVER", str(tmp_path / server) if server.endswith("sock") else server)
    with pytest.raises(LinkUnavailable, match=r"no scheduler of CUPS is running at .* apt-get install cups"):
        open_printer_link("cups://tickets")


def test_none_of_cups_programs_is_needed(
    cups: CupsServer, start_printer: StartPrinter, monkeypatch: pytest.MonkeyPatch, tmp_path: Path
) -> None:
    printer = start_printer()
    cups.add_queue("alone", printer.port)
    monkeypatch.setenv("PATH", str(tmp_path))
    open_printer_link("cups://alone").write(b"A012\n\x1dVB\x00")
    printer.wait_for_papers(1, 20)


@pytest.mark.parametrize(
    ("answer", "words"),
    [
        (b"HTTP/1.1 426 Upgrade Required\r\nContent-Length: 0\r\n\r\n", "426 Upgrade Required"),
        (b"HTTP/1.1 200 OK\r\nContent-Length: 5\r\n\r\nhello", "answers what is no IPP"),
        (b"SSH-2.0-OpenSSH\r\n", "does not answer"),
        (b"", "does not answer"),
    ],
)
def test_a_scheduler_that_talks_nonsense_is_unavailable(
    monkeypatch: pytest.MonkeyPatch, answer: bytes, words: str
) -> None:
    with socket.create_server(("127.0.0.1", 0)) as listener:
        monkeypatch.setenv("CUPS_SERVER", f"127.0.0.1:{listener.getsockname()[1]}")
        serving = threading.Thread(target=answer_once, args=(listener, answer))
        serving.start()
        with pytest.raises(LinkUnavailable, match=words):
            open_printer_link("cups://tickets")
        serving.join()


def test_a_closed_link_takes_nothing() -> None:
    link = CupsLink("tickets", taken_timeout=1)
    link.close()
    with pytest.raises(LinkLost, match="closed"):
        link.write(b"x")
    with pytest.raises(LinkLost, match="closed"):
        link.read(0)
