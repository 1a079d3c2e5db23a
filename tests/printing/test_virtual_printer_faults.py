"""What goes wrong with printers, each thing by itself, seen from the other end of the wire."""

from __future__ import annotations

import socket
import time
from collections.abc import Callable
from dataclasses import replace

import pytest
from slips import body_of
from waiting import wait_until

from kiosk.printer.profile import PrinterProfile
from kiosk.virtual_printer import FaultInvalid, Faults, PowerOff, VirtualPrinter
from kiosk.virtual_printer.identity import CLONE, IDENTITIES
from server.messages.slips import TicketSlip

StartPrinter = Callable[..., VirtualPrinter]
ACK = b"\x1d(H\x06\x0000ab12"
ACKED = b"\x37\x22ab12\x00"
FAST = 20_000.0


@pytest.fixture
def body(slip: TicketSlip) -> bytes:
    return body_of(slip, PrinterProfile())


def connect(printer: VirtualPrinter, seconds: float = 15) -> socket.socket:
    return socket.create_connection(("127.0.0.1", printer.port), timeout=seconds)


def receive(connection: socket.socket, count: int) -> bytes:
    data = b""
    while len(data) < count:
        data += connection.recv(count - len(data))
    return data


def silent(connection: socket.socket, seconds: float) -> bool:
    """Whether nothing comes for so long."""
    connection.settimeout(seconds)
    try:
        return connection.recv(1) == b"never"
    except TimeoutError:
        return True


def ended(connection: socket.socket) -> bool:
    """Whether the connection ends, whichever way."""
    try:
        return connection.recv(1) == b""
    except ConnectionResetError:
        return True


def test_a_jam_comes_after_printing_and_the_cut_and_the_acknowledgement_once_it_is_gone(
    start_printer: StartPrinter, body: bytes
) -> None:
    printer = start_printer(Faults(jam=True), speed=FAST)
    with connect(printer) as connection:
        connection.sendall(b"\x1da\xff" + body + ACK)
        assert receive(connection, 8) == b"\x10\x00\x00\x00" + b"\x18\x08\x00\x00"
        assert (printer.faults.jam, printer.faults.error) == (False, True)
        assert "当日有效" in printer.uncut_text()
        connection.sendall(b"\x10\x04\x02\x10\x04\x03")
        assert receive(connection, 2) == b"\x52\x1a"
        printer.faults = replace(printer.faults, error=False)
        assert receive(connection, 4 + 7) == b"\x10\x00\x00\x00" + ACKED
    assert len(printer.wait_for_papers(1, 20)) == 1


@pytest.mark.parametrize("n", [1, 2])
def test_the_host_can_end_a_jam_and_throw_away_what_waits(start_printer: StartPrinter, body: bytes, n: int) -> None:
    printer = start_printer(Faults(jam=True), speed=FAST)
    with connect(printer) as connection:
        connection.sendall(body)
        wait_until(lambda: printer.faults.error, "a jam")
        connection.sendall(body + b"\x10\x05" + bytes((n,)))
        wait_until(lambda: not printer.faults.error, "the end of the jam")
        connection.sendall(b"\x1b@after\n\x1dV\x00")
        # 2 also forgets the cut that was under way and the second ticket: what is out already stays on the paper
        papers = printer.wait_for_papers(3 if n == 1 else 1, 15)
    assert papers[-1].with_suffix(".txt").read_text("utf-8").endswith("after\n")


def test_the_power_goes_between_cut_and_acknowledgement(start_printer: StartPrinter, body: bytes) -> None:
    printer = start_printer(Faults(power_off_after_cut=True), speed=FAST)
    with connect(printer) as connection:
        connection.sendall(body + ACK)
        assert ended(connection)
    [paper] = printer.wait_for_papers(1, 20)
    assert "A012" in paper.with_suffix(".txt").read_text("utf-8")
    printer.faults = Faults()
    with connect(printer) as connection:
        connection.sendall(body + ACK)
        assert receive(connection, 7) == ACKED
    assert len(printer.wait_for_papers(2, 20)) == 2


def test_the_power_goes_after_so_many_printed_millimetres(start_printer: StartPrinter) -> None:
    printer = start_printer(Faults(power_off_after_mm=20.0), speed=FAST)
    with connect(printer) as connection:
        connection.sendall(b"".join(b"%d\n" % n for n in range(10)) + b"\x1dV\x00")
        assert ended(connection)
    # 3.75 mm a line
    assert printer.uncut_text().split() == ["0", "1", "2", "3", "4"]


def test_a_power_cut_in_millimetres_can_be_silent(start_printer: StartPrinter) -> None:
    printer = start_printer(Faults(power_off_after_mm=5.0, power_off=PowerOff.SILENT), speed=FAST)
    with connect(printer) as connection:
        connection.sendall(b"1\n2\n")
        wait_until(lambda: printer.uncut_text() == "1\n", "the first line")
        assert silent(connection, 0.5)


def test_a_late_acknowledgement_comes_late_and_once(start_printer: StartPrinter, body: bytes) -> None:
    printer = start_printer(Faults(late_ack=0.5), speed=FAST)
    with connect(printer) as connection:
        connection.sendall(body + ACK)
        printer.wait_for_papers(1, 20)
        cut = time.monotonic()
        assert receive(connection, 7) == ACKED
        assert time.monotonic() - cut > 0.4
        assert silent(connection, 0.3)


def test_stray_statuses_come_before_a_job_and_in_the_middle_of_it(start_printer: StartPrinter) -> None:
    printer = start_printer(Faults(stray=True, paper_near=True), speed=FAST)
    with connect(printer) as connection:
        connection.sendall(b"\n")
        assert receive(connection, 4) == b"\x10\x00\x03\x00"
        connection.sendall(b"\n" * 250)
        assert receive(connection, 5) == b"\x12" + b"\x10\x00\x03\x00"
        # an answer that was asked for still comes
        connection.sendall(b"\x10\x04\x04")
        assert receive(connection, 1) == b"\x1e"


def test_babble_goes_on_and_is_the_same_every_time(start_printer: StartPrinter) -> None:
    printer = start_printer(Faults(babble=True))
    said = []
    for _ in range(2):
        with connect(printer) as connection:
            said.append(receive(connection, 48))
    assert said[0] == said[1]
    printer.faults = Faults()
    with connect(printer) as connection:
        assert silent(connection, 0.3)


def test_a_slow_printer_reads_so_many_bytes_a_second(start_printer: StartPrinter) -> None:
    printer = start_printer(Faults(slow=200.0), speed=FAST)
    with connect(printer) as connection:
        begun = time.monotonic()
        connection.sendall(b"." * 150 + b"\n\x1dV\x00")
        printer.wait_for_papers(1, 20)
        assert time.monotonic() - begun > 0.5


def test_a_full_buffer_reads_nothing_while_it_is_full(start_printer: StartPrinter) -> None:
    printer = start_printer(Faults(full_buffer=True), speed=FAST)
    with connect(printer) as connection:
        connection.sendall(b"\x10\x04\x01")
        assert silent(connection, 0.5)
        printer.faults = Faults()
        connection.settimeout(15)
        assert receive(connection, 1) == b"\x12"


def test_a_half_open_connection_stays_dead_and_the_next_one_lives(start_printer: StartPrinter) -> None:
    printer = start_printer(Faults(half_open=True))
    with connect(printer) as connection:
        connection.sendall(b"\x10\x04\x01")
        assert silent(connection, 0.3)
        printer.faults = Faults()
        assert silent(connection, 0.5)
    with connect(printer) as connection:
        connection.sendall(b"\x10\x04\x01")
        assert receive(connection, 1) == b"\x12"


def test_one_client_keeps_out_the_second_until_it_has_gone(start_printer: StartPrinter) -> None:
    printer = start_printer(Faults(one_client=True))
    with connect(printer) as first:
        first.sendall(b"\x10\x04\x01")
        assert receive(first, 1) == b"\x12"
        with pytest.raises(ConnectionRefusedError):
            connect(printer)
    wait_until(lambda: _answers(printer), "the printer takes another one")


def _answers(printer: VirtualPrinter) -> bool:
    try:
        with connect(printer) as connection:
            connection.sendall(b"\x10\x04\x01")
            return receive(connection, 1) == b"\x12"
    except ConnectionError:
        return False


def test_the_drawer_opens_in_its_turn_or_at_once(start_printer: StartPrinter) -> None:
    printer = start_printer(Faults(cover_open=True))
    with connect(printer) as connection:
        connection.sendall(b"\x1bp\x00\x19\xfa" + b"\x10\x14\x01\x00\x05")
        wait_until(lambda: printer.pulses == 1, "the pulse in real time, with the cover open")
        printer.faults = Faults()
        wait_until(lambda: printer.pulses == 2, "the pulse that had waited")


@pytest.mark.parametrize("prefix", [b"\x10\x04\x01", b"\x10\x05\x01", b"\x10\x14\x01\x00\x01"])
def test_an_image_that_holds_a_command_is_printed_and_the_command_obeyed(
    start_printer: StartPrinter, prefix: bytes
) -> None:
    printer = start_printer(Faults(error=prefix[1] == 5), speed=FAST)
    with connect(printer) as connection:
        connection.sendall(b"\x1dv0\x00\x05\x00\x01\x00" + prefix.ljust(5, b"\0") + b"\x1dV\x00")
        [paper] = printer.wait_for_papers(1, 20)
        assert prefix in paper.read_bytes()
        if prefix[1] == 4:
            assert receive(connection, 1) == b"\x12"
    assert printer.pulses == (prefix[1] == 0x14)
    assert not printer.faults.error


@pytest.mark.parametrize(
    ("identity", "n", "answer"),
    [
        ("epson", 1, b"\x63"),
        ("epson", 2, b"\x03"),
        ("epson", 65, b"_40.14 ESC/POS\x00"),
        ("epson", 66, b"_EPSON\x00"),
        ("epson", 67, b"_TM-T20III\x00"),
        ("epson", 69, b"_CHINA GB18030\x00"),
        ("clone", 67, b"_POS-80\x00"),
    ],
)
def test_it_says_who_it_is(start_printer: StartPrinter, identity: str, n: int, answer: bytes) -> None:
    printer = start_printer(identity=IDENTITIES[identity])
    with connect(printer) as connection:
        connection.sendall(b"\x1dI" + bytes((n,)))
        assert receive(connection, len(answer)) == answer


def test_a_clone_keeps_its_maker_to_itself(start_printer: StartPrinter) -> None:
    printer = start_printer(identity=CLONE)
    with connect(printer) as connection:
        connection.sendall(b"\x1dI\x42\x1dI\x43")
        assert receive(connection, 8) == b"_POS-80\x00"


@pytest.mark.parametrize("changes", [{"slow": 0}, {"late_ack": "soon"}, {"jam": 1}, {"power_off_after_mm": -1.0}])
def test_amounts_and_switches_are_checked(changes: dict[str, object]) -> None:
    with pytest.raises(FaultInvalid):
        Faults().merged(changes)
