"""The list of what is plugged in: each address is what opens it."""

from __future__ import annotations

import os
from collections.abc import Iterator
from pathlib import Path
from types import SimpleNamespace

import pytest
import usb.backend.libusb1
from cups_server import CupsServer
from fake_usb import FakeBus, FakeInterface, FakePrinter

from server.config.addresses import parse_printer
from server.device import plugged as listing
from server.device import usb_bus
from server.device.plugged import Plugged, cups_queues, device_files, keypads, plugged, serial_ports, usb_printers


@pytest.fixture
def machine(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """A machine's /dev and /sys with nothing plugged in."""
    monkeypatch.setattr(listing, "_DEV", tmp_path / "dev")
    monkeypatch.setattr(listing, "_BY_PATH", tmp_path / "dev/serial/by-path")
    monkeypatch.setattr(listing, "_INPUT_BY_PATH", tmp_path / "dev/input/by-path")
    monkeypatch.setattr(listing, "_INPUTS", tmp_path / "sys/input")
    monkeypatch.setattr(listing, "_USBMISC", tmp_path / "sys/usbmisc")
    monkeypatch.setattr(usb_bus, "_SYSFS", tmp_path / "sys/usb")
    monkeypatch.setattr(listing, "comports", list)
    monkeypatch.setattr(usb.backend.libusb1, "get_backend", lambda **_: FakeBus())
    return tmp_path


def touch(file: Path, content: str = "") -> Path:
    file.parent.mkdir(parents=True, exist_ok=True)
    file.write_text(content, encoding="utf-8")
    return file


def test_a_serial_port_is_named_by_where_it_is_plugged_in(machine: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    ports = [touch(machine / f"dev/ttyUSB{number}") for number in (0, 1)]
    by_path = machine / "dev/serial/by-path/pci-0000:00:14.0-usb-0:2:1.0-port0"
    by_path.parent.mkdir(parents=True)
    by_path.symlink_to(ports[1])
    found = [
        SimpleNamespace(device=str(ports[1]), description="USB Serial"),
        SimpleNamespace(device=str(ports[0]), description="n/a"),
    ]
    monkeypatch.setattr(listing, "comports", lambda: found)
    assert serial_ports() == [Plugged("serial", str(ports[0]), ""), Plugged("serial", str(by_path), "USB Serial")]


def test_a_keypad_is_named_by_where_it_is_plugged_in_and_a_mouse_is_none(machine: Path) -> None:
    folder = machine / "dev/input/by-path"
    folder.mkdir(parents=True)
    keypad = folder / "pci-0000:00:14.0-usb-0:2:1.0-event-kbd"
    keypad.symlink_to(touch(machine / "dev/input/event4"))
    (folder / "pci-0000:00:14.0-usb-0:3:1.0-event-mouse").symlink_to(touch(machine / "dev/input/event5"))
    touch(machine / "sys/input/event4/device/name", "ACME USB Keypad\n")
    assert keypads() == [Plugged("input", f"input://{keypad}", "ACME USB Keypad")]


def test_usb_printers_are_told_apart_only_where_they_are_alike(machine: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    touch(machine / "sys/usb/1-1.3/manufacturer", "EPSON\n")
    touch(machine / "sys/usb/1-1.3/product", "TM-T88V\n")
    bus = FakeBus(
        FakePrinter(serial="A1", ports=(1, 3), allowed=False),  # the kernel tells what it may not be asked
        FakePrinter(vendor=0x0416, product=0x5011, serial="0", ports=(2,)),
        FakePrinter(vendor=0x0416, product=0x5011, serial="0", bus=2, ports=(1,)),
        FakePrinter(vendor=0x046D, product=0xC31C, settings=(FakeInterface(kind=3),)),  # a keyboard
    )
    monkeypatch.setattr(usb.backend.libusb1, "get_backend", lambda **_: bus)
    assert usb_printers() == [
        Plugged("usb", "usb://04b8:0202", "EPSON TM-T88V"),
        Plugged("usb", "usb://0416:5011?port=1-2", "ACME TM-80"),
        Plugged("usb", "usb://0416:5011?port=2-1", "ACME TM-80"),
    ]


def test_a_usb_printer_that_may_not_be_opened_is_listed_with_what_helps(
    machine: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(usb.backend.libusb1, "get_backend", lambda **_: FakeBus(FakePrinter()))
    monkeypatch.setattr(listing, "queues", list)
    touch(machine / "dev/bus/usb/001/002").chmod(0o444)
    monkeypatch.setattr(os, "access", lambda path, mode: False)  # as for everybody but root
    whole = plugged()
    assert [entry.address for entry in whole.found] == ["usb://04b8:0202"]
    (problem,) = whole.problems
    assert problem.startswith('usb://04b8:0202: not allowed: put the line SUBSYSTEM=="usb"')


def test_the_kernels_devices_are_named_as_they_say_themselves(machine: Path) -> None:
    for name in ("usb/lp0", "usb/lp10", "usb/hiddev0", "lp1", "lpx", "loop1"):
        touch(machine / "dev" / name)
    touch(machine / "sys/usbmisc/lp0/device/ieee1284_id", "MFG:EPSON;CMD:ESC/POS; MDL:TM-T88V;CLS:PRINTER;")
    assert device_files() == [
        Plugged("file", f"file://{machine}/dev/usb/lp0", "EPSON TM-T88V"),
        Plugged("file", f"file://{machine}/dev/usb/lp10", ""),
        Plugged("file", f"file://{machine}/dev/lp1", ""),
    ]


@pytest.fixture
def cups(monkeypatch: pytest.MonkeyPatch) -> Iterator[CupsServer]:
    server = CupsServer()
    for name, value in server.environment.items():
        monkeypatch.setenv(name, value)
    yield server
    server.remove()


def test_the_queues_of_cups_are_listed(cups: CupsServer) -> None:
    assert cups_queues() == []
    for name in ("tickets", "office"):
        cups.add_queue(name, 9100)
    assert cups_queues() == [Plugged("cups", "cups://office", ""), Plugged("cups", "cups://tickets", "")]


def test_what_cannot_be_looked_at_is_said_and_the_rest_is_listed(
    machine: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    touch(machine / "dev/usb/lp0")
    monkeypatch.setattr(usb.backend.libusb1, "get_backend", lambda **_: None)
    monkeypatch.setenv("CUPS_SERVER", str(machine / "cups.sock"))
    whole = plugged()
    assert [entry.kind for entry in whole.found] == ["file"]
    assert [problem.partition(" (")[0] for problem in whole.problems] == [
        "libusb is not installed: apt-get install libusb-1.0-0",
        f"no scheduler of CUPS is running at {machine}/cups.sock",
    ]


def test_every_address_is_one_that_config_yaml_takes(machine: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    touch(machine / "dev/usb/lp0")
    monkeypatch.setattr(listing, "comports", lambda: [SimpleNamespace(device="/dev/ttyS0", description="ttyS0")])
    monkeypatch.setattr(usb.backend.libusb1, "get_backend", lambda **_: FakeBus(FakePrinter()))
    monkeypatch.setattr(listing, "queues", lambda: ["tickets"])
    found = plugged().found
    assert [entry.kind for entry in found] == ["serial", "file", "usb", "cups"]
    assert all(parse_printer(entry.address) for entry in found)
