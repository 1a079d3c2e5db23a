"""Every way to a printer: a ticket reads the same on paper, an unplugged printer is lost, an absent one unavailable."""

from __future__ import annotations

import socket
from collections.abc import Callable, Iterator
from dataclasses import dataclass, field
from pathlib import Path

import pytest
import usb.backend.libusb1
from cups_server import CupsServer
from fake_usb import FakeBus, FakePrinter
from pty_printer import PtyPrinter
from slips import body_of

from kiosk.printer.profile import Ack, PrinterProfile
from kiosk.printer.protocol import PrintOutcome, PrintReason, PrintState, PrintTimings, check_printer, print_job
from kiosk.printer.status import ack_request
from kiosk.virtual_printer import Faults, VirtualPrinter
from server.device import usb_bus
from server.device.link import LinkLost, LinkUnavailable
from server.device.printer_links import open_printer_link
from server.messages.slips import TicketSlip

StartPrinter = Callable[..., VirtualPrinter]
QUICK = PrintTimings(answer=2.0, acknowledge=5.0, poll=0.05, linger=0.1)
TWO_WAY = ["tcp", "serial", "socket", "file", "usb"]


@dataclass
class Connection:
    """A printer connected in some way. `unplug` takes it away in the middle, `plug` puts it there again."""

    url: str
    unplug: Callable[[], object]
    plug: Callable[[], object]


Connect = Callable[[str, VirtualPrinter], Connection]


@pytest.fixture(scope="module")
def cups() -> Iterator[CupsServer]:
    server = CupsServer()
    yield server
    server.remove()


@dataclass
class Shop:
    """What it takes to connect a printer in each of the ways."""

    folder: Path
    patch: pytest.MonkeyPatch
    request: pytest.FixtureRequest
    cables: list[PtyPrinter] = field(default_factory=list)

    def connect(self, way: str, printer: VirtualPrinter) -> Connection:
        match way:
            case "serial":
                return self._by_pty("", printer)
            case "file":
                return self._by_pty("file://", printer)
            case "usb":
                return self._by_usb(printer)
            case "cups":
                return self._by_cups(printer)
        return self._by_network(way, printer)

    def close(self) -> None:
        for cable in self.cables:
            cable.pull()

    def _by_pty(self, scheme: str, printer: VirtualPrinter) -> Connection:
        name = self.folder / "port"

        def plug() -> None:
            self.cables.append(PtyPrinter(printer.port, name))

        plug()
        return Connection(f"{scheme}{name}", lambda: self.cables[-1].pull(), plug)

    def _by_usb(self, printer: VirtualPrinter) -> Connection:
        device = FakePrinter(printer.port)
        bus = FakeBus(device)
        self.patch.setattr(usb.backend.libusb1, "get_backend", lambda **_: bus)

        def plugged(really: bool) -> Callable[[], None]:
            return lambda: setattr(device, "plugged", really)

        return Connection("usb://04b8:0202", plugged(False), plugged(True))

    def _by_cups(self, printer: VirtualPrinter) -> Connection:
        server: CupsServer = self.request.getfixturevalue("cups")
        for name, value in server.environment.items():
            self.patch.setenv(name, value)
        server.add_queue("tickets", printer.port)
        return Connection("cups://tickets", server.stop, server.start)

    def _by_network(self, scheme: str, printer: VirtualPrinter) -> Connection:
        def power(faults: Faults) -> Callable[[], None]:
            return lambda: setattr(printer, "faults", faults)

        return Connection(
            f"{scheme}://127.0.0.1:{printer.port}", power(Faults(power_off_after_bytes=0)), power(Faults())
        )


@pytest.fixture
def connect(tmp_path: Path, monkeypatch: pytest.MonkeyPatch, request: pytest.FixtureRequest) -> Iterator[Connect]:
    """Connects printers; nothing is looked for on this machine's own bus."""
    monkeypatch.setattr(usb_bus, "_SYSFS", tmp_path / "sysfs")
    shop = Shop(tmp_path, monkeypatch, request)
    yield shop.connect
    shop.close()


@pytest.fixture
def body(slip: TicketSlip) -> bytes:
    return body_of(slip, PrinterProfile())


@pytest.fixture
def as_read(tmp_path: Path, body: bytes) -> str:
    """The ticket as one reads it, printed over a plain socket."""
    printer = VirtualPrinter(tmp_path / "reference", speed=20_000.0)
    printer.start()
    with socket.create_connection(("127.0.0.1", printer.port)) as wire:
        wire.sendall(body)
        [paper] = printer.wait_for_papers(1, 20)
    printer.stop()
    return paper.with_suffix(".txt").read_text("utf-8")


def print_at(url: str, body: bytes, profile: PrinterProfile = PrinterProfile()) -> PrintOutcome:  # noqa: B008 -- frozen
    return print_job(lambda: open_printer_link(url), body, "0042", profile, on_sending=lambda **_: None, timings=QUICK)


def is_lost(call: Callable[[], object]) -> bool:
    """Whether it says so within some tries: a network may take a byte or two before it notices."""
    for _ in range(20):
        try:
            call()
        except LinkLost:
            return True
    return False


@pytest.mark.parametrize("way", TWO_WAY)
def test_a_ticket_comes_out_the_same_and_is_acknowledged(
    connect: Connect, start_printer: StartPrinter, body: bytes, as_read: str, way: str
) -> None:
    printer = start_printer()
    connection = connect(way, printer)
    assert check_printer(lambda: open_printer_link(connection.url), PrinterProfile(), timings=QUICK).reason is None
    assert print_at(connection.url, body) == PrintOutcome(PrintState.PRINTED)
    [paper] = printer.wait_for_papers(1, 0)
    assert paper.read_bytes() == body + ack_request("0042", Ack.GS_H)
    assert paper.with_suffix(".txt").read_text("utf-8") == as_read
    assert "A012" in as_read


@pytest.mark.parametrize("way", [*TWO_WAY, "cups"])
def test_a_long_picture_arrives_whole(connect: Connect, start_printer: StartPrinter, way: str) -> None:
    printer = start_printer(speed=50_000.0)
    height = 1000
    picture = b"\x1b@\x1dv0\x00" + (72).to_bytes(2, "little") + height.to_bytes(2, "little") + b"\x55" * 72 * height
    one_way = PrinterProfile(ack=Ack.NONE, answers_status=False)
    assert print_at(connect(way, printer).url, picture + b"\x1dVA\x00", one_way) == PrintOutcome(PrintState.SENT)
    [paper] = printer.wait_for_papers(1, 30)
    assert paper.with_suffix(".txt").read_text("utf-8").startswith("[image] 576×1000")


@pytest.mark.parametrize("way", TWO_WAY)
def test_an_unplugged_printer_is_lost_while_waiting_for_its_answer_and_found_when_it_is_back(
    connect: Connect, start_printer: StartPrinter, body: bytes, way: str
) -> None:
    printer = start_printer()
    connection = connect(way, printer)
    link = open_printer_link(connection.url)
    link.write(b"\x10\x04\x01")
    assert link.read(5.0) == b"\x12"
    assert link.read(0) == b""
    connection.unplug()
    assert is_lost(lambda: link.read(0.5))
    assert is_lost(lambda: link.write(b"\x10\x04\x01"))
    link.close()
    link.close()
    connection.plug()
    assert print_at(connection.url, body) == PrintOutcome(PrintState.PRINTED)


@pytest.mark.parametrize("way", ["serial", "file", "usb", "cups"])
def test_a_printer_that_is_not_there_is_unavailable_until_it_appears(
    connect: Connect, start_printer: StartPrinter, body: bytes, way: str
) -> None:
    printer = start_printer()
    connection = connect(way, printer)
    profile = PrinterProfile(ack=Ack.NONE, answers_status=False) if way == "cups" else PrinterProfile()
    connection.unplug()
    with pytest.raises(LinkUnavailable):
        open_printer_link(connection.url)
    assert print_at(connection.url, body, profile) == PrintOutcome(PrintState.BLOCKED, PrintReason.UNREACHABLE)
    connection.plug()
    assert print_at(connection.url, body, profile).reason is None
    assert len(printer.wait_for_papers(1, 20)) == 1


def test_a_printer_at_another_pc_is_printed_on_by_its_agent() -> None:
    with pytest.raises(LinkUnavailable, match="hall-east"):
        open_printer_link("agent://hall-east")
