"""The virtual printer at a serial line, and at a line that only listens."""

from __future__ import annotations

import json
import os
import select
import signal
import subprocess
import sys
import time
from collections.abc import Callable, Iterator
from pathlib import Path

import pytest
import serial
from slips import body_of
from waiting import wait_until

from kiosk.printer.profile import PrinterProfile
from kiosk.virtual_printer import Faults, PowerOff, VirtualPrinter
from kiosk.virtual_printer.cable import CableTransport
from kiosk.virtual_printer.fifo_port import FifoPort
from server.device.pty_port import PtyPort
from server.messages.slips import TicketSlip

ROOT = Path(__file__).parents[2]
StartPrinter = Callable[..., VirtualPrinter]
ACK = b"\x1d(H\x06\x0000ab12"
FAST = 20_000.0


@pytest.fixture
def body(slip: TicketSlip) -> bytes:
    return body_of(slip, PrinterProfile())


@pytest.fixture
def link(tmp_path: Path) -> Path:
    return tmp_path / "printer"


def at_serial_line(link: Path, baud: int | None = None) -> CableTransport:
    return CableTransport(PtyPort(link, baud), baud)


def test_a_ticket_over_a_serial_line_is_printed_and_acknowledged(
    start_printer: StartPrinter, body: bytes, link: Path
) -> None:
    printer = start_printer(transport=at_serial_line(link), speed=FAST)
    assert printer.link == str(link)
    with serial.Serial(printer.link, timeout=15, write_timeout=15) as line:
        line.write(b"\x10\x04\x01")
        assert line.read(1) == b"\x12"
        line.write(body + ACK)
        assert line.read(7) == b"\x37\x22ab12\x00"
    [paper] = printer.wait_for_papers(1, 20)
    assert paper.read_bytes() == body + ACK
    # opened again, it is the same printer
    with serial.Serial(printer.link, timeout=15, write_timeout=15) as line:
        line.write(b"\x1dr\x01")
        assert line.read(1) == b"\x00"


def test_a_line_of_9600_baud_takes_as_long_as_a_real_one(start_printer: StartPrinter, body: bytes, link: Path) -> None:
    printer = start_printer(transport=at_serial_line(link, 9600), speed=FAST)
    with serial.Serial(printer.link, timeout=15, write_timeout=15) as line:
        begun = time.monotonic()
        line.write(body + ACK)
        assert line.read(7) == b"\x37\x22ab12\x00"
        assert time.monotonic() - begun > (len(body) + len(ACK) + 7) * 10 / 9600


def test_a_stopped_printer_holds_a_serial_sender_back(start_printer: StartPrinter, link: Path) -> None:
    printer = start_printer(Faults(cover_open=True), transport=at_serial_line(link), buffer_size=512)
    with serial.Serial(printer.link, write_timeout=0.5) as line, pytest.raises(serial.SerialTimeoutException):
        line.write(b"\n" * 100_000)


def test_without_power_a_usb_serial_printer_vanishes_and_comes_back(
    start_printer: StartPrinter, body: bytes, link: Path
) -> None:
    printer = start_printer(Faults(power_off_after_bytes=100), transport=at_serial_line(link), speed=FAST)
    with serial.Serial(printer.link, timeout=15) as line:
        line.write(body)
        wait_until(lambda: not link.exists(), "the line is gone")
    printer.faults = Faults()
    wait_until(link.exists, "the line is back")
    with serial.Serial(printer.link, timeout=15) as line:
        line.write(body + ACK)
        assert line.read(7) == b"\x37\x22ab12\x00"


def test_without_power_a_plain_serial_line_stays_and_its_bytes_are_lost(
    start_printer: StartPrinter, body: bytes, link: Path
) -> None:
    faults = Faults(power_off_after_bytes=0, power_off=PowerOff.SILENT)
    printer = start_printer(faults, transport=at_serial_line(link), speed=FAST)
    with serial.Serial(printer.link, timeout=0.3, write_timeout=15) as line:
        line.write(body * 40)  # more than the system would keep for it
        assert line.read(1) == b""
        wait_until(lambda: line.out_waiting == 0, "all is read")
        printer.faults = Faults()
        line.timeout = 20
        line.write(body + ACK)
        assert line.read(7) == b"\x37\x22ab12\x00"
    assert len(printer.wait_for_papers(1, 20)) == 1


def test_a_one_way_printer_prints_and_says_nothing(start_printer: StartPrinter, body: bytes, link: Path) -> None:
    printer = start_printer(transport=CableTransport(FifoPort(link)), speed=FAST)
    for count in (1, 2):  # each job opens it anew, as for /dev/usb/lp0
        with link.open("wb", buffering=0) as line:
            line.write(b"\x10\x04\x01" + body + ACK)
        [*_, paper] = printer.wait_for_papers(count, 15)
        assert "A012" in paper.with_suffix(".txt").read_text("utf-8")
    descriptor = os.open(link, os.O_RDONLY | os.O_NONBLOCK)
    try:
        assert select.select([descriptor], [], [], 0.3)[0] == []
    finally:
        os.close(descriptor)


def test_a_one_way_printer_without_paper_holds_the_sender_back(start_printer: StartPrinter, link: Path) -> None:
    printer = start_printer(Faults(paper_out=True), transport=CableTransport(FifoPort(link)), speed=FAST)
    descriptor = os.open(link, os.O_WRONLY | os.O_NONBLOCK)
    try:
        taken = 0
        while taken < 100_000 and select.select([], [descriptor], [], 0.5)[1]:
            taken += os.write(descriptor, b"\n" * 1000)
        assert 4000 < taken < 100_000
    finally:
        os.close(descriptor)
    printer.stop()
    assert not link.exists()


def test_a_file_in_the_way_is_left_alone(tmp_path: Path) -> None:
    link = tmp_path / "printer"
    link.write_text("mine", encoding="ascii")
    printer = VirtualPrinter(tmp_path / "papers", transport=CableTransport(FifoPort(link)))
    with pytest.raises(FileExistsError):
        printer.start()
    printer.stop()
    assert link.read_text(encoding="ascii") == "mine"


@pytest.fixture
def run(tmp_path: Path) -> Iterator[Callable[..., dict[str, str]]]:
    """Runs the program and answers its line of JSON; it must end well."""
    processes: list[subprocess.Popen[str]] = []

    def start(*arguments: str) -> dict[str, str]:
        command = [sys.executable, "-m", "kiosk.virtual_printer", "--papers", str(tmp_path / "papers"), *arguments]
        process = subprocess.Popen(command, stdout=subprocess.PIPE, text=True, cwd=ROOT)
        processes.append(process)
        assert process.stdout is not None
        return dict(json.loads(process.stdout.readline()))

    yield start
    for process in processes:
        process.send_signal(signal.SIGTERM)
        assert process.wait(10) == 0
        assert process.stdout is not None
        process.stdout.close()


def test_the_program_at_a_serial_line(run: Callable[..., dict[str, str]], tmp_path: Path, link: Path) -> None:
    ready = run("--link", str(link), "--baud", "115200", "--no-chinese", "--width", "384", "--identity", "clone")
    assert ready["link"] == str(link)
    with serial.Serial(ready["link"], timeout=15) as line:
        line.write(b"\x1dI\x43")
        assert line.read(8) == b"_POS-80\x00"
        line.write("号\n".encode("gbk") + b"." * 33 + b"\n\x1dV\x00\x1dr\x01")
        assert line.read(1) == b"\x00"
    garbage, *dots = (tmp_path / "papers" / "0001.txt").read_text("utf-8").splitlines()
    assert len(garbage) == 2
    assert dots == ["." * 32, "."]


def test_the_program_at_a_one_way_line(run: Callable[..., dict[str, str]], tmp_path: Path, link: Path) -> None:
    ready = run("--link", str(link), "--one-way", "--speed", "20000")
    with Path(ready["link"]).open("wb", buffering=0) as line:
        line.write(b"\x1c&" + "号\n".encode("gbk") + b"\x1dV\x00")
    paper = tmp_path / "papers" / "0001.bin"
    wait_until(paper.exists, "a paper")
    assert paper.with_suffix(".txt").read_text("utf-8") == "号\n"


@pytest.mark.parametrize(
    ("arguments", "said"),
    [
        (["--one-way"], "need --link"),
        (["--link", "x", "--one-way", "--baud", "9600"], "no baud rate"),
        (["--width", "577"], "a multiple of 8"),
        (["--buffer", "0"], "at least 1"),
        (["--fault", "fire"], "there is no fault 'fire'"),
    ],
)
def test_what_makes_no_sense_on_the_command_line_is_refused(arguments: list[str], said: str, tmp_path: Path) -> None:
    command = [sys.executable, "-m", "kiosk.virtual_printer", "--papers", str(tmp_path), *arguments]
    done = subprocess.run(command, capture_output=True, text=True, cwd=ROOT, timeout=20)
    assert done.returncode == 2
    assert said in done.stderr


def test_the_help_tells_of_every_fault_and_command() -> None:
    shown = subprocess.run(
        [sys.executable, "-m", "kiosk.virtual_printer", "--help"], capture_output=True, text=True, check=True, cwd=ROOT
    ).stdout
    for name in (*Faults().as_json(), "--link", "--baud", "--one-way", "--no-chinese", "--width", "GS k", "ESC *"):
        assert name in shown
