"""A USB bus made of software, below pyusb: its printers are virtual printers, reached over TCP."""

from __future__ import annotations

import errno
import socket
from array import array
from contextlib import suppress
from dataclasses import dataclass, field
from types import SimpleNamespace
from typing import Any

import usb.backend
from gevent import monkey
from usb.core import USBError, USBTimeoutError

# As libusb does: these block the thread they are called in, patched process or not.
_connect = monkey.get_original("socket", "create_connection") or socket.create_connection
_sleep = monkey.get_original("time", "sleep")
_ACTIVE = 1
_STRING = 3
_IN, _OUT = 0x82, 0x01
_CHINESE = 0x0804


@dataclass
class FakeInterface:
    """One alternate setting: 7 is a printer; protocol 1 is one-way, 2 two-way, 3 packets."""

    kind: int = 7
    protocol: int = 2
    endpoints: tuple[int, ...] = (_OUT, _IN)


@dataclass(eq=False)
class FakePrinter:
    """`tcp`: the port of the virtual printer within; without one it takes nothing. `ports`: where it is plugged in."""

    tcp: int | None = None
    vendor: int = 0x04B8
    product: int = 0x0202
    serial: str = ""
    bus: int = 1
    ports: tuple[int, ...] = (1,)
    settings: tuple[FakeInterface, ...] = (FakeInterface(),)
    configured: bool = True
    allowed: bool = True
    busy: bool = False
    plugged: bool = True
    driver: bool = True
    setting: int = 0
    resets: int = 0
    wire: socket.socket | None = None
    taken: bytearray = field(default_factory=bytearray)


class FakeBus(usb.backend.IBackend):
    """A backend for pyusb. `printers` come and go."""

    def __init__(self, *printers: FakePrinter) -> None:
        self.printers = list(printers)

    def enumerate_devices(self) -> list[FakePrinter]:
        return [printer for printer in self.printers if printer.plugged]

    def get_device_descriptor(self, dev: FakePrinter) -> SimpleNamespace:
        return SimpleNamespace(
            bLength=18,
            bDescriptorType=1,
            bcdUSB=0x0200,
            bDeviceClass=0,
            bDeviceSubClass=0,
            bDeviceProtocol=0,
            bMaxPacketSize0=64,
            idVendor=dev.vendor,
            idProduct=dev.product,
            bcdDevice=0x0100,
            iManufacturer=1,
            iProduct=2,
            iSerialNumber=3 if dev.serial else 0,
            bNumConfigurations=1,
            address=self.printers.index(dev) + 2,
            bus=dev.bus,
            port_number=dev.ports[-1],
            port_numbers=dev.ports,
            speed=3,
        )

    def get_configuration_descriptor(self, dev: FakePrinter, config: int) -> SimpleNamespace:
        if config:
            raise IndexError
        return SimpleNamespace(
            bLength=9,
            bDescriptorType=2,
            wTotalLength=32,
            bNumInterfaces=1,
            bConfigurationValue=_ACTIVE,
            iConfiguration=0,
            bmAttributes=0xC0,
            bMaxPower=1,
            extra_descriptors=[],
        )

    def get_interface_descriptor(self, dev: FakePrinter, intf: int, alt: int, config: int) -> SimpleNamespace:
        if intf or alt >= len(dev.settings):
            raise IndexError
        setting = dev.settings[alt]
        return SimpleNamespace(
            bLength=9,
            bDescriptorType=4,
            bInterfaceNumber=0,
            bAlternateSetting=alt,
            bNumEndpoints=len(setting.endpoints),
            bInterfaceClass=setting.kind,
            bInterfaceSubClass=1,
            bInterfaceProtocol=setting.protocol,
            iInterface=0,
            extra_descriptors=[],
        )

    def get_endpoint_descriptor(self, dev: FakePrinter, ep: int, intf: int, alt: int, config: int) -> SimpleNamespace:
        return SimpleNamespace(
            bLength=7,
            bDescriptorType=5,
            bEndpointAddress=dev.settings[alt].endpoints[ep],
            bmAttributes=2,
            wMaxPacketSize=64,
            bInterval=0,
            bRefresh=0,
            bSynchAddress=0,
            extra_descriptors=[],
        )

    def open_device(self, dev: FakePrinter) -> FakePrinter:
        _check(dev)
        if not dev.allowed:
            raise USBError("Access denied (insufficient permissions)", -3, errno.EACCES)
        return dev

    def close_device(self, dev_handle: FakePrinter) -> None:
        if dev_handle.wire is not None:
            dev_handle.wire.close()
            dev_handle.wire = None

    def get_configuration(self, dev_handle: FakePrinter) -> int:
        _check(dev_handle)
        return _ACTIVE if dev_handle.configured else 0

    def set_configuration(self, dev_handle: FakePrinter, config_value: int) -> None:
        _check(dev_handle)
        dev_handle.configured = config_value == _ACTIVE

    def set_interface_altsetting(self, dev_handle: FakePrinter, intf: int, altsetting: int) -> None:
        dev_handle.setting = altsetting

    def is_kernel_driver_active(self, dev_handle: FakePrinter, intf: int) -> bool:
        return dev_handle.driver

    def detach_kernel_driver(self, dev_handle: FakePrinter, intf: int) -> None:
        dev_handle.driver = False

    def claim_interface(self, dev_handle: FakePrinter, intf: int) -> None:
        if dev_handle.driver or dev_handle.busy:
            raise USBError("Resource busy", -6, errno.EBUSY)
        if dev_handle.tcp is not None:
            dev_handle.wire = _connect(("127.0.0.1", dev_handle.tcp))

    def release_interface(self, dev_handle: FakePrinter, intf: int) -> None:
        _check(dev_handle)

    def reset_device(self, dev_handle: FakePrinter) -> None:
        dev_handle.resets += 1

    def ctrl_transfer(
        self,
        dev_handle: FakePrinter,
        bmRequestType: int,
        bRequest: int,
        wValue: int,
        wIndex: int,
        data: Any,
        timeout: int,
    ) -> int:
        _check(dev_handle)
        texts = {1: "ACME", 2: "TM-80", 3: dev_handle.serial}
        index = wValue & 0xFF
        body = _CHINESE.to_bytes(2, "little") if index == 0 else texts[index].encode("utf-16-le")
        answer = bytes([len(body) + 2, _STRING]) + body
        data[: len(answer)] = array("B", answer)
        return len(answer)

    def bulk_write(self, dev_handle: FakePrinter, ep: int, intf: int, data: Any, timeout: int) -> int:
        _check(dev_handle)
        if dev_handle.wire is None:
            _sleep(timeout / 1000)
            raise USBTimeoutError("Operation timed out", -7, errno.ETIMEDOUT)
        dev_handle.wire.settimeout(timeout / 1000)
        try:
            taken = dev_handle.wire.send(bytes(data))
        except TimeoutError:
            raise USBTimeoutError("Operation timed out", -7, errno.ETIMEDOUT) from None
        dev_handle.taken += bytes(data)[:taken]
        return taken

    def bulk_read(self, dev_handle: FakePrinter, ep: int, intf: int, buff: Any, timeout: int) -> int:
        _check(dev_handle)
        if dev_handle.wire is not None:
            dev_handle.wire.settimeout(timeout / 1000)
            with suppress(TimeoutError):
                data = dev_handle.wire.recv(len(buff))
                buff[: len(data)] = array("B", data)
                return len(data)
        else:
            _sleep(timeout / 1000)
        raise USBTimeoutError("Operation timed out", -7, errno.ETIMEDOUT)


def _check(printer: FakePrinter) -> None:
    if not printer.plugged:
        raise USBError("No such device (it may have been disconnected)", -4, errno.ENODEV)
