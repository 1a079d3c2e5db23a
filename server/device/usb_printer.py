"""A USB printer as a link, over pyusb: libusb's calls block, so each is made in a thread, and is short.

Not over python-escpos's `Usb`, whose base we share: it resets the printer at each opening, which loses a paper that is
being printed, takes the first of two printers that are alike, trusts fixed endpoint numbers, and reads without a limit.
"""

from __future__ import annotations

import errno
import time
from contextlib import suppress
from typing import Any, Final

import gevent
import usb.core
import usb.util

from server.config.printer_address import UsbAddress
from server.device.link import Link, LinkLost, LinkUnavailable
from server.device.off_hub import OPENING, DeviceThread, thread_of
from server.device.usb_bus import UsbPrinter, endpoint, how_to_allow, printer_interface, the_one
from server.told import Told, at, told, told_of

_CHUNK: Final = 4096
_TURN: Final = 0.25
"""The longest that one call may block, in seconds; 0 would be for ever."""
_EMPTY_TURN: Final = 0.01


def open_usb(address: UsbAddress, write_timeout: float = 5.0) -> Link:
    """Take the printer from the kernel's driver and for us alone. `write_timeout`: seconds without progress.

    Raises LinkUnavailable with the reason in plain words: absent, not the only one, not allowed, taken.
    """
    thread = thread_of(str(address))
    try:
        printer = thread.run(lambda: the_one(address), patience=OPENING)
    except TimeoutError as error:
        raise LinkUnavailable(
            told("%(address)s: the USB bus %(what)s", address=address, what=told_of(error))
        ) from error
    try:
        interface = thread.run(lambda: _claim(printer.device), undo=_give_back, patience=OPENING)
    except OSError as error:  # USBError is one
        raise LinkUnavailable(at(address, _plain(printer, error))) from error
    return UsbLink(str(address), interface, thread, write_timeout)


def _give_back(interface: Any) -> None:
    usb.util.dispose_resources(interface.device)


def _claim(device: Any) -> Any:
    """The interface to talk over, ours from now on. The kernel's driver does not get it back: more papers will come."""
    try:
        return _claimed(device)
    except BaseException:
        usb.util.dispose_resources(device)
        raise


def _claimed(device: Any) -> Any:
    interface = printer_interface(_configuration(device))
    if interface is None:
        ids = f"{device.idVendor:04x}:{device.idProduct:04x}"
        raise LinkUnavailable(told("%(ids)s is no printer", ids=ids))
    number = interface.bInterfaceNumber
    with suppress(NotImplementedError):  # not Linux
        if device.is_kernel_driver_active(number):
            device.detach_kernel_driver(number)
    usb.util.claim_interface(device, number)
    if interface.bAlternateSetting:
        device.set_interface_altsetting(number, interface.bAlternateSetting)
    return interface


def _configuration(device: Any) -> Any:
    try:
        return device.get_active_configuration()
    except usb.core.USBError as error:
        if error.errno is not None:
            raise
    device.set_configuration()  # nobody has set one yet
    return device.get_active_configuration()


def _plain(printer: UsbPrinter, error: usb.core.USBError) -> Told:
    if error.errno == errno.EACCES:
        return how_to_allow(printer.address)
    if error.errno == errno.EBUSY:
        return told("another program has it open")
    return told_of(error)


class UsbLink:
    """A claimed interface. One greenlet uses it at a time."""

    def __init__(self, name: str, interface: Any, thread: DeviceThread, write_timeout: float) -> None:
        self._name = name
        self._device = interface.device
        self._out: Any = endpoint(interface, usb.util.ENDPOINT_OUT)
        self._in = endpoint(interface, usb.util.ENDPOINT_IN)
        self._thread = thread
        self._write_timeout = write_timeout
        self._closed = False

    def read(self, timeout: float) -> bytes:
        """See Link.read. A one-way printer never says anything."""
        deadline = time.monotonic() + timeout
        while True:
            left = max(0.0, deadline - time.monotonic())
            data = self._read_once(min(left, _TURN))
            if data or time.monotonic() >= deadline:
                return data

    def write(self, data: bytes) -> None:
        """See Link.write."""
        deadline = time.monotonic() + self._write_timeout
        while data:
            taken = self._write_once(data[:_CHUNK])
            data = data[taken:]
            if taken:
                deadline = time.monotonic() + self._write_timeout
            elif time.monotonic() >= deadline:
                raise LinkLost(at(self._name, told("not taken within %(seconds)s s", seconds=self._write_timeout)))

    def close(self) -> None:
        """See Link.close. Waits for a call that somebody was killed in, 0.25 s at most."""
        if self._closed:
            return
        self._closed = True
        with suppress(usb.core.USBError):  # unplugged: there is nothing left to give back
            self._thread.close(lambda: usb.util.dispose_resources(self._device))

    def _read_once(self, timeout: float) -> bytes:
        self._check_open()
        if self._in is None:
            gevent.sleep(timeout)
            return b""
        size = max(self._in.wMaxPacketSize, 64)  # a packet that does not fit is an error, not a part of it
        source = self._in
        try:
            data = self._thread.run(lambda: source.read(size, _milliseconds(timeout)))
        except usb.core.USBTimeoutError:
            return b""
        except usb.core.USBError as error:
            raise LinkLost(at(self._name, told_of(error))) from error
        if not data:  # some printers send empty packets all the time
            gevent.sleep(min(_EMPTY_TURN, timeout))
        return bytes(data)

    def _write_once(self, data: bytes) -> int:
        """How much was taken in this turn."""
        self._check_open()
        try:
            return int(self._thread.run(lambda: self._out.write(data, _milliseconds(_TURN))))
        except usb.core.USBTimeoutError:
            return 0
        except usb.core.USBError as error:
            raise LinkLost(at(self._name, told_of(error))) from error

    def _check_open(self) -> None:
        if self._closed:
            raise LinkLost(at(self._name, told("closed")))


def _milliseconds(seconds: float) -> int:
    return max(1, round(seconds * 1000))
