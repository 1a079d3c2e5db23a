"""The contract between a byte codec and whatever carries its bytes."""

from __future__ import annotations

from typing import Protocol


class LinkError(Exception):
    """A link could not carry bytes. The caller may close it and open it again."""


class LinkUnavailable(LinkError):
    """The other end could not be reached or opened: nothing was sent."""


class LinkLost(LinkError):
    """An open link broke: what was being sent may or may not have arrived."""


class Link(Protocol):
    """An open two-way byte stream: a serial port, a socket, a USB endpoint."""

    def read(self, timeout: float) -> bytes:
        """Whatever has arrived, waiting up to `timeout` seconds for the first byte; `b""` when nothing came.

        Raises LinkLost when the other end is gone.
        """

    def write(self, data: bytes) -> None:
        """Send all of `data`. Raises LinkLost when the other end is gone or does not take it in time."""

    def close(self) -> None:
        """Close at once, without waiting for unsent bytes. Closing twice is harmless."""


class LineLink(Link, Protocol):
    """A link on which what has arrived can be had at once, by any greenlet."""

    def waiting(self) -> bytes:
        """What has arrived and was not read yet. Does not wait. Raises LinkLost when the other end is gone."""
