"""Every way a receipt printer can be connected, by its address."""

from __future__ import annotations

from urllib.parse import urlsplit

from server.device.link import Link
from server.device.tcp import open_tcp

_PORT = 9100


def open_printer_link(address: str, baudrate: int = 9600) -> Link:
    """Raises LinkUnavailable."""
    parts = urlsplit(address)
    return open_tcp(parts.hostname or "", parts.port or _PORT)
