"""Opens whatever a window's devices hang on: a serial line or an input device."""

from __future__ import annotations

from server.device.input_device import SCHEME, open_input
from server.device.link import LineLink
from server.device.serial_port import open_serial


def open_line(link: str, baudrate: int) -> LineLink:
    """`baudrate` is a serial line's. Raises LinkUnavailable."""
    return open_input(link) if link.startswith(SCHEME) else open_serial(link, baudrate)
