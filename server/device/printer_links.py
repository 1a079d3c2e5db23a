"""Every way to a receipt printer, by its address."""

from __future__ import annotations

from typing import assert_never

from server.config.printer_address import (
    AgentAddress,
    CupsAddress,
    FileAddress,
    SerialAddress,
    TcpAddress,
    UsbAddress,
    parse_printer,
)
from server.device.cups import open_cups
from server.device.device_file import open_device_file
from server.device.link import Link, LinkUnavailable
from server.device.paced_line import open_paced
from server.device.tcp import open_tcp
from server.device.usb_printer import open_usb
from server.told import told


def open_printer_link(url: str, baudrate: int = 9600) -> Link:
    """Open the link to the printer at `url`, an address that config.yaml takes; `baudrate` is for serial ones.

    To be called on the main thread's hub. Raises LinkUnavailable; ValueError for what is no address.
    """
    address = parse_printer(url)
    match address:
        case TcpAddress():
            return open_tcp(address.host, address.port)
        case SerialAddress():
            return open_paced(address.url, baudrate, address.flow)
        case FileAddress():
            return open_device_file(address.path)
        case UsbAddress():
            return open_usb(address)
        case CupsAddress():
            return open_cups(address.queue)
        case AgentAddress():
            raise LinkUnavailable(told("the agent %(name)s prints there, not this server", name=address.name))
    assert_never(address)
