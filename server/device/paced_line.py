"""A serial line to a slow taker: what is written has left when `write` returns, and a taker that is full is waited for.

The kernel takes 4096 bytes at once and closing throws away what it still has: at 9600 baud that is four seconds of a
ticket. So a paper goes in pieces, each waited for until it is on the wire.
"""

from __future__ import annotations

import time
from typing import Final, Protocol

import gevent

from server.config.printer_address import Flow
from server.device.link import Link, LinkLost
from server.device.serial_port import PolledSerial, open_serial
from server.told import at, told

_PIECE: Final = 2048
_PIECE_BY_DSR: Final = 64
"""A printer says that it is full while it has room for 128 bytes or more, but we see it only between pieces."""
_GRACE: Final = 5.0
"""Seconds without progress, beyond what the wire takes, until the printer is given up."""
_BITS: Final = 10  # 8N1 with its start and stop bit
_ROUND: Final = 0.005


class Line(Link, Protocol):
    """What a line tells of itself beside the bytes; see SerialLink."""

    def unsent(self) -> int: ...

    def may_send(self) -> bool: ...


def open_paced(url: str, baudrate: int, flow: Flow) -> Link:
    """Open a printer's serial port, or its port on a serial server. Raises LinkUnavailable.

    A serial server has buffers of its own and minds its line itself, as far as RFC 2217 tells it how.
    """
    line = open_serial(
        url,
        baudrate,
        write_timeout=_GRACE,
        rtscts=flow is Flow.RTSCTS,
        xonxoff=flow is Flow.XONXOFF,
    )
    if isinstance(line, PolledSerial) or not url.startswith("/"):
        return line
    return PacedLine(url, line, baudrate, by_dsr=flow is Flow.DSRDTR)


class PacedLine:
    """A line at `baudrate`. `by_dsr`: the other end stops us with its DTR, which is our DSR.

    Linux knows no such flow control in its terminals, so we look at DSR ourselves before each piece.
    """

    def __init__(self, name: str, line: Line, baudrate: int, *, by_dsr: bool = False, grace: float = _GRACE) -> None:
        self._name = name
        self._line = line
        self._bytes_per_second = baudrate / _BITS
        self._by_dsr = by_dsr
        self._grace = grace

    def read(self, timeout: float) -> bytes:
        """See Link.read."""
        return self._line.read(timeout)

    def write(self, data: bytes) -> None:
        """See Link.write. A long paper takes as long as the wire needs; only standing still is given up."""
        size = _PIECE_BY_DSR if self._by_dsr else _PIECE
        for start in range(0, len(data), size):
            if self._by_dsr:
                self._await_dsr()
            self._line.write(data[start : start + size])
            self._await_sent()

    def close(self) -> None:
        """See Link.close."""
        self._line.close()

    def _await_dsr(self) -> None:
        deadline = time.monotonic() + self._grace
        while not self._line.may_send():
            if time.monotonic() >= deadline:
                raise LinkLost(
                    at(self._name, told("the printer holds DSR down: it is off, full, or its cable has no DSR"))
                )
            gevent.sleep(_ROUND)

    def _await_sent(self) -> None:
        """Until the wire has taken all; stopped by the printer for longer than the grace, it is given up."""
        left = self._line.unsent()
        deadline = time.monotonic() + self._grace
        while left:
            gevent.sleep(max(_ROUND, left / self._bytes_per_second))
            before, left = left, self._line.unsent()
            if left < before:
                deadline = time.monotonic() + self._grace
            elif time.monotonic() >= deadline:
                raise LinkLost(at(self._name, told("the printer takes nothing for %(seconds)s s", seconds=self._grace)))
