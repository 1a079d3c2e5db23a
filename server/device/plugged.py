"""What is plugged into this PC, each with the address to write in config.yaml."""

from __future__ import annotations

import os
import re
from collections.abc import Iterable
from dataclasses import dataclass
from pathlib import Path
from typing import Final

from serial.tools.list_ports import comports

from server.device.cups import queues
from server.device.input_device import SCHEME
from server.device.link import LinkUnavailable
from server.device.off_hub import thread_of
from server.device.sound_cards import sound_devices
from server.device.usb_bus import UsbPrinter, addresses, how_to_allow, plugged_in
from server.told import Told, at, told_of

_BY_PATH = Path("/dev/serial/by-path")
_INPUT_BY_PATH = Path("/dev/input/by-path")
_INPUTS = Path("/sys/class/input")
_LP: Final = re.compile(r"lp\d+")
_DEV = Path("/dev")
_USBMISC = Path("/sys/class/usbmisc")


@dataclass(frozen=True, slots=True)
class Plugged:
    """`kind` is serial, input, usb, file, sound or cups; `name` is what it says of itself, empty when it says nothing.

    `problem` is why this process could not use it, and what helps.

    A serial port's `address` is for a printer as for a pad.
    """

    kind: str
    address: str
    name: str
    problem: Told | None = None


@dataclass(frozen=True, slots=True)
class Listing:
    """What was found, and why a part could not be looked at."""

    found: tuple[Plugged, ...]
    problems: tuple[Told, ...]


def plugged() -> Listing:
    """Everything. The USB printers' own numbers and ports are in their addresses only where two are alike."""
    found = [*serial_ports(), *keypads(), *device_files()]
    problems = []
    for look in (usb_printers, sound_cards, cups_queues):
        try:
            found += look()
        except LinkUnavailable as error:
            problems.append(told_of(error))
    problems += [at(entry.address, entry.problem) for entry in found if entry.problem]
    return Listing(tuple(found), tuple(problems))


def serial_ports() -> list[Plugged]:
    """By the place they are plugged in where udev names it: cheap adapters share one serial number."""
    by_path = {link.resolve(): link for link in _entries(_BY_PATH)}
    ports = sorted(comports(), key=lambda port: str(port.device))
    return [
        Plugged("serial", str(by_path.get(Path(port.device).resolve(), port.device)), _said(port.description))
        for port in ports
    ]


def keypads() -> list[Plugged]:
    """What the kernel takes for a keyboard, by the place it is plugged in. The PC's own may be among them, so that
    nothing is said of what this process may not read: it should not."""
    return [_keypad(device) for device in _entries(_INPUT_BY_PATH) if device.name.endswith("-event-kbd")]


def usb_printers() -> list[Plugged]:
    """Devices with a printer's interface. Raises LinkUnavailable without libusb."""
    printers = thread_of("usb").run(plugged_in)
    return [
        Plugged("usb", str(address), printer.name, None if _may_open(printer) else how_to_allow(printer.address))
        for printer, address in zip(printers, addresses(printers), strict=True)
    ]


def device_files() -> list[Plugged]:
    """The kernel's own printer devices. A USB printer among them has a USB address as well, which stays the same."""
    files = [file for folder in (_DEV / "usb", _DEV) for file in _entries(folder) if _LP.fullmatch(file.name)]
    return [Plugged("file", f"file://{file}", _ieee_1284_name(file.name)) for file in files]


def sound_cards() -> list[Plugged]:
    """For speakers. Raises LinkUnavailable without aplay."""
    return [Plugged("sound", f"alsa://{device.name}", device.words) for device in sound_devices()]


def cups_queues() -> list[Plugged]:
    """The queues of this PC's CUPS. Raises LinkUnavailable where it is not installed."""
    return [Plugged("cups", f"cups://{queue}", "") for queue in queues()]


def _keypad(device: Path) -> Plugged:
    try:
        name = (_INPUTS / device.resolve().name / "device/name").read_text(encoding="utf-8", errors="replace").strip()
    except OSError:
        name = ""
    return Plugged("input", f"{SCHEME}{device}", name)


def _may_open(printer: UsbPrinter) -> bool:
    node = _DEV / f"bus/usb/{printer.device.bus:03d}/{printer.device.address:03d}"
    return not node.exists() or os.access(node, os.R_OK | os.W_OK)


def _entries(folder: Path) -> list[Path]:
    try:
        return sorted(folder.iterdir())
    except OSError:
        return []


def _said(description: str | None) -> str:
    return "" if description in (None, "n/a") else str(description)


def _ieee_1284_name(name: str) -> str:
    """Maker and model out of e.g. `MFG:EPSON;CMD:ESC/POS;MDL:TM-T88V;`."""
    try:
        said = (_USBMISC / name / "device/ieee1284_id").read_text(encoding="utf-8", errors="replace")
    except OSError:
        return ""
    fields = dict(part.strip().split(":", 1) for part in said.split(";") if ":" in part)
    return " ".join(part for part in _first(fields, ("MFG", "MANUFACTURER"), ("MDL", "MODEL")) if part)


def _first(fields: dict[str, str], *names: Iterable[str]) -> list[str]:
    """For each of some groups of names the first that is there."""
    return [next((fields[name] for name in group if name in fields), "") for group in names]
