"""USB printers over pyusb, on a bus made of software."""

from __future__ import annotations

import errno
from collections.abc import Callable
from pathlib import Path

import gevent
import pytest
import usb.backend.libusb1
from fake_usb import FakeBus, FakeInterface, FakePrinter

from kiosk.virtual_printer import VirtualPrinter
from server.config.printer_address import UsbAddress
from server.device import usb_bus
from server.device.link import LinkLost, LinkUnavailable
from server.device.printer_links import open_printer_link
from server.device.usb_printer import open_usb

StartPrinter = Callable[..., VirtualPrinter]
PutOnBus = Callable[..., FakeBus]
MODEL = "usb://04b8:0202"
OUT, IN = 0x01, 0x82


@pytest.fixture
def put_on_bus(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> PutOnBus:
    """The bus with these printers on it, and nothing of this machine's own."""

    def put(*printers: FakePrinter) -> FakeBus:
        bus = FakeBus(*printers)
        monkeypatch.setattr(usb.backend.libusb1, "get_backend", lambda **_: bus)
        return bus

    monkeypatch.setattr(usb_bus, "_SYSFS", tmp_path / "sysfs")
    return put


def print_line(url: str, printer: VirtualPrinter, text: bytes) -> None:
    link = open_printer_link(url)
    link.write(text + b"\n\x1dVB\x00\x10\x04\x01")
    assert link.read(5) == b"\x12"
    link.close()
    assert [paper.read_bytes()[: len(text)] for paper in printer.wait_for_papers(1, 20)[-1:]] == [text]


@pytest.mark.parametrize(
    ("serials", "addresses"),
    [
        (("A1", "A2"), ("?serial=A1", "?serial=A2")),
        (("A1", "A2"), ("?port=1-1.3", "?port=2-4")),
        (("0", "0"), ("?port=1-1.3", "?port=2-4")),
        (("", ""), ("?port=1-1.3", "?port=2-4")),
    ],
)
def test_two_printers_that_are_alike_are_told_apart(
    start_printer: StartPrinter, put_on_bus: PutOnBus, serials: tuple[str, str], addresses: tuple[str, str]
) -> None:
    near, far = start_printer(), start_printer()
    put_on_bus(
        FakePrinter(near.port, serial=serials[0], bus=1, ports=(1, 3)),
        FakePrinter(far.port, serial=serials[1], bus=2, ports=(4,)),
    )
    print_line(MODEL + addresses[1], far, b"far")
    print_line(MODEL + addresses[0], near, b"near")


@pytest.mark.parametrize(
    ("serials", "advice"),
    [
        (("A1", "A2"), f"{MODEL}?serial=A1 or {MODEL}?serial=A2"),
        (("0", "0"), f"{MODEL}?port=1-1.3 or {MODEL}?port=2-4"),
    ],
)
def test_which_of_two_is_not_guessed_and_what_to_write_is_said(
    put_on_bus: PutOnBus, serials: tuple[str, str], advice: str
) -> None:
    put_on_bus(FakePrinter(serial=serials[0], ports=(1, 3)), FakePrinter(serial=serials[1], bus=2, ports=(4,)))
    with pytest.raises(LinkUnavailable) as refusal:
        open_printer_link(MODEL)
    assert str(refusal.value) == f"2 printers are {MODEL}: write {advice}"


def test_another_printer_of_the_model_is_not_taken_for_it(put_on_bus: PutOnBus) -> None:
    put_on_bus(FakePrinter(serial="A1"))
    with pytest.raises(LinkUnavailable, match=r"serial=A2 is plugged in \(there is usb://04b8:0202\)"):
        open_printer_link(f"{MODEL}?serial=A2")


@pytest.mark.parametrize(
    ("printer", "reason"),
    [
        (FakePrinter(product=0x0203), "plugged in and switched on"),
        (FakePrinter(allowed=False), r'ATTR\{idVendor\}=="04b8", ATTR\{idProduct\}=="0202", GROUP="lp", MODE="0660"'),
        (FakePrinter(busy=True), "another program has it open"),
        (FakePrinter(settings=(FakeInterface(kind=3),)), "no printer"),
    ],
)
def test_why_it_cannot_be_opened_is_said_in_plain_words(
    put_on_bus: PutOnBus, printer: FakePrinter, reason: str, capsys: pytest.CaptureFixture[str]
) -> None:
    put_on_bus(printer)
    with pytest.raises(LinkUnavailable, match=reason):
        open_printer_link(MODEL)
    assert capsys.readouterr().err == ""


def test_without_libusb_it_says_what_to_install(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(usb.backend.libusb1, "get_backend", lambda **_: None)
    with pytest.raises(LinkUnavailable, match="apt-get install libusb"):
        open_printer_link(MODEL)


@pytest.mark.parametrize(
    ("call", "error"),
    [
        ("enumerate_devices", usb.core.USBError("Other error", -99)),
        ("enumerate_devices", usb.core.NoBackendError("No backend available")),
        ("get_device_descriptor", usb.core.USBError("Input/Output Error", -1, errno.EIO)),
        ("open_device", OSError(errno.EMFILE, "Too many open files")),
        ("claim_interface", usb.core.USBError("Other error", -99)),
    ],
)
def test_a_bus_that_fails_is_unavailable_and_leaves_no_traceback(
    put_on_bus: PutOnBus,
    monkeypatch: pytest.MonkeyPatch,
    capsys: pytest.CaptureFixture[str],
    error: Exception,
    call: str,
) -> None:
    bus = put_on_bus(FakePrinter())

    def fail(*_: object) -> None:
        raise error

    monkeypatch.setattr(bus, call, fail)
    with pytest.raises(LinkUnavailable):
        open_printer_link(MODEL)
    assert capsys.readouterr().err == ""


def test_opening_takes_it_from_the_kernel_and_never_resets_it(
    start_printer: StartPrinter, put_on_bus: PutOnBus
) -> None:
    printer = FakePrinter(start_printer().port, configured=False)
    put_on_bus(printer)
    for _ in range(2):
        open_printer_link(MODEL).close()
    assert (printer.driver, printer.configured, printer.resets) == (False, True, 0)


@pytest.mark.parametrize(
    ("settings", "chosen"),
    [
        ((FakeInterface(protocol=1, endpoints=(OUT,)), FakeInterface(protocol=2)), 1),
        ((FakeInterface(protocol=3), FakeInterface(protocol=2)), 1),
        ((FakeInterface(protocol=3), FakeInterface(protocol=1, endpoints=(OUT,))), 1),
        ((FakeInterface(kind=255), FakeInterface(protocol=1, endpoints=(OUT,))), 1),
        ((FakeInterface(kind=255),), 0),
    ],
)
def test_plain_bytes_both_ways_are_preferred(
    start_printer: StartPrinter, put_on_bus: PutOnBus, settings: tuple[FakeInterface, ...], chosen: int
) -> None:
    printer = FakePrinter(start_printer().port, settings=settings)
    put_on_bus(printer)
    link = open_printer_link(MODEL)
    link.write(b"\x1b@")
    link.close()
    assert (printer.setting, bytes(printer.taken)) == (chosen, b"\x1b@")


def test_a_one_way_printer_says_nothing(start_printer: StartPrinter, put_on_bus: PutOnBus) -> None:
    put_on_bus(FakePrinter(start_printer().port, settings=(FakeInterface(protocol=1, endpoints=(OUT,)),)))
    link = open_printer_link(MODEL)
    link.write(b"\x10\x04\x01")
    assert link.read(0.05) == b""
    link.close()


def test_a_printer_that_takes_nothing_is_given_up(put_on_bus: PutOnBus) -> None:
    put_on_bus(FakePrinter())
    link = open_usb(UsbAddress(0x04B8, 0x0202), write_timeout=0.1)
    with pytest.raises(LinkLost, match="not taken"):
        link.write(b"x")
    link.close()
    with pytest.raises(LinkLost, match="closed"):
        link.read(0)


def test_nothing_is_closed_under_a_transfer_that_somebody_was_stopped_in(
    put_on_bus: PutOnBus, monkeypatch: pytest.MonkeyPatch
) -> None:
    bus = put_on_bus(FakePrinter())
    order: list[str] = []
    write, close = bus.bulk_write, bus.close_device

    def told_write(*arguments: object) -> int:
        order.append("write")
        try:
            return write(*arguments)  # type: ignore[arg-type]
        finally:
            order.append("written")

    def told_close(handle: FakePrinter) -> None:
        order.append("close")
        close(handle)

    monkeypatch.setattr(bus, "bulk_write", told_write)
    monkeypatch.setattr(bus, "close_device", told_close)

    def job() -> None:
        link = open_printer_link(MODEL)
        try:
            link.write(b"ticket")
        finally:
            link.close()

    printing = gevent.spawn(job)
    while "write" not in order:
        gevent.sleep(0.005)
    printing.kill()
    assert order == ["write", "written", "close"]
