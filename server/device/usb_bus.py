"""The USB printers that are plugged in, and which of them an address means."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass, field, replace
from operator import itemgetter
from pathlib import Path
from typing import Any, Final

import usb.backend.libusb1
import usb.core
import usb.util

from server.config.printer_address import UsbAddress
from server.device.link import LinkUnavailable
from server.told import Told, told, told_of

PRINTER_CLASS: Final = 7
VENDOR_CLASS: Final = 0xFF  # cheap printers without a class of their own
_IEEE_1284_4: Final = 3  # packets instead of plain bytes; 4 is IPP
_LIBUSB: Final = "libusb-1.0.so.0"
_SYSFS = Path("/sys/bus/usb/devices")


@dataclass(frozen=True, slots=True)
class UsbPrinter:
    """A device that could be an address's printer. `port` as in /sys/bus/usb/devices, e.g. 1-1.3."""

    vendor: int
    product: int
    port: str
    serial: str | None
    name: str
    device: Any = field(repr=False, compare=False)

    @property
    def address(self) -> UsbAddress:
        """Its shortest address."""
        return UsbAddress(self.vendor, self.product)


def plugged_in(vendor: int | None = None, product: int | None = None) -> list[UsbPrinter]:
    """The printers on the bus; with ids, whatever has them. Blocks.

    Raises LinkUnavailable: there is no libusb, or the bus cannot be looked at.
    """
    try:
        return [_described(device) for device in _devices() if _fits(device, vendor, product)]
    except (OSError, usb.core.NoBackendError) as error:  # USBError is an OSError
        raise LinkUnavailable(told("the USB bus cannot be looked at: %(error)s", error=told_of(error))) from error


def the_one(address: UsbAddress) -> UsbPrinter:
    """The printer that is meant. Blocks. Raises LinkUnavailable: there is none, or more than one."""
    candidates = plugged_in(address.vendor, address.product)
    meant = [
        printer
        for printer in candidates
        if address.serial in (None, printer.serial) and address.port in (None, printer.port)
    ]
    if len(meant) == 1:
        return meant[0]
    told_apart = " or ".join(str(found) for found in addresses(meant or candidates))
    if meant:
        raise LinkUnavailable(
            told(
                "%(count)s printers are %(address)s: write %(told_apart)s",
                count=len(meant),
                address=address,
                told_apart=told_apart,
            )
        )
    if candidates:
        raise LinkUnavailable(
            told("no printer %(address)s is plugged in (there is %(others)s)", address=address, others=told_apart)
        )
    raise LinkUnavailable(
        told("no printer %(address)s is plugged in: is the printer plugged in and switched on?", address=address)
    )


def addresses(printers: Sequence[UsbPrinter]) -> list[UsbAddress]:
    """An address for each that means no other of them: by its number where it has one of its own, else by its port.

    The number goes along when a printer is plugged in elsewhere; many cheap printers all have the same one.
    """
    models = Counter(printer.address for printer in printers)
    numbers = Counter((printer.address, printer.serial) for printer in printers)

    def told_apart(printer: UsbPrinter) -> UsbAddress:
        if models[printer.address] == 1:
            return printer.address
        if printer.serial and numbers[printer.address, printer.serial] == 1:
            return replace(printer.address, serial=printer.serial)
        return replace(printer.address, port=printer.port)

    return [told_apart(printer) for printer in printers]


def how_to_allow(model: UsbAddress) -> Told:
    """What to do when the server's user may not open a printer."""
    rule = (
        f'SUBSYSTEM=="usb", ATTR{{idVendor}}=="{model.vendor:04x}", '
        f'ATTR{{idProduct}}=="{model.product:04x}", GROUP="lp", MODE="0660"'
    )
    return told(
        "not allowed: put the line %(rule)s into /etc/udev/rules.d/60-jiaohao.rules and the server's user into "
        "the group lp, plug the printer in again and start the server again",
        rule=rule,
    )


def printer_interface(interfaces: Iterable[Any]) -> Any | None:
    """The interface to print over: a printer's before a vendor's own, plain bytes, with answers where it has them."""
    ranked = [(rank, interface) for interface in interfaces if (rank := _rank(interface)) is not None]
    return min(ranked, key=itemgetter(0), default=(None, None))[1]


def endpoint(interface: Any, direction: int) -> Any | None:
    """Its bulk endpoint of one direction (usb.util.ENDPOINT_IN or _OUT)."""
    return usb.util.find_descriptor(
        interface,
        custom_match=lambda found: (
            usb.util.endpoint_direction(found.bEndpointAddress) == direction
            and usb.util.endpoint_type(found.bmAttributes) == usb.util.ENDPOINT_TYPE_BULK
        ),
    )


def _rank(interface: Any) -> tuple[bool, bool, bool] | None:
    """Lower is better; None is of no use."""
    kind = interface.bInterfaceClass
    if kind not in (PRINTER_CLASS, VENDOR_CLASS) or endpoint(interface, usb.util.ENDPOINT_OUT) is None:
        return None
    packets = kind == PRINTER_CLASS and interface.bInterfaceProtocol >= _IEEE_1284_4
    return kind != PRINTER_CLASS, packets, endpoint(interface, usb.util.ENDPOINT_IN) is None


def _devices() -> Iterator[Any]:
    # By its name, not searched for: the search starts ldconfig, which gevent allows in the main thread only.
    backend = usb.backend.libusb1.get_backend(find_library=lambda _: _LIBUSB)
    if backend is None:
        raise LinkUnavailable(told("libusb is not installed: apt-get install libusb-1.0-0"))
    yield from usb.core.find(find_all=True, backend=backend)


def _fits(device: Any, vendor: int | None, product: int | None) -> bool:
    if vendor is not None:
        return (device.idVendor, device.idProduct) == (vendor, product)
    try:
        return any(interface.bInterfaceClass == PRINTER_CLASS for config in device for interface in config)
    except usb.core.USBError:  # unplugged while we look, or of no use to anybody
        return False


def _described(device: Any) -> UsbPrinter:
    port = f"{device.bus}-" + ".".join(str(number) for number in device.port_numbers or ())
    maker, model = (_text(device, port, *name) for name in (("manufacturer", "iManufacturer"), ("product", "iProduct")))
    return UsbPrinter(
        device.idVendor,
        device.idProduct,
        port,
        _text(device, port, "serial", "iSerialNumber"),
        " ".join(part for part in (maker, model) if part),
        device,
    )


def _text(device: Any, port: str, name: str, index: str) -> str | None:
    """What it says of itself: as the kernel read it, which needs no permission, else asked for."""
    number = getattr(device, index)
    if not number:
        return None
    try:
        return (_SYSFS / port / name).read_text(encoding="utf-8", errors="replace").strip()
    except OSError:
        pass
    try:
        return str(usb.util.get_string(device, number)).strip()
    except (usb.core.USBError, ValueError):  # ValueError: it names no language, which is how a refusal looks as well
        return None
