"""The contract every pad dialect keeps.

Sans-IO: a decoder is given bytes and answers events, a dialect is given an intention and answers bytes. Neither opens
a port, waits, or reads a clock, so the same code serves a serial line, a socket, a log replay and a test.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Protocol, runtime_checkable

from server.device.frames.garbage import Garbage
from server.device.hearing import Decoder, NothingPressed, OtherFrame


@dataclass(frozen=True, slots=True)
class KeyPressed:
    """A citizen pressed a key.

    `address` is the pad's address as it stood on the wire, `key` the raw key byte. What the key means (5 to 1) is the
    hall's commissioning record, not the dialect's: the order of the keys is reversed between makes of pads.
    """

    address: int
    key: int


PadEvent = KeyPressed | NothingPressed | OtherFrame | Garbage


class Dialect(Protocol):
    """The frames a kind of pad understands. Each answers bytes to send, or None when the pad has no such frame.

    `address` is 0 to 255 as configured for the pad. All raise ValueError for an address the frame cannot carry.
    """

    @property
    def name(self) -> str:
        """The name used in config.yaml."""

    @property
    def keys(self) -> Mapping[int, str]:
        """Raw key byte to the word printed on that key, best first. Shown when a pad is commissioned."""

    def decoder(self) -> Decoder[int]:
        """A fresh decoder for one line."""

    def ask(self, address: int) -> bytes | None:
        """Invite an evaluation: the pad shows or says 请评价."""

    def acknowledge(self, address: int, key: int) -> bytes | None:
        """Confirm a received press, so that the pad thanks the citizen and stops sending it again."""

    def thank_you(self, address: int) -> bytes | None:
        """Thank the citizen, for pads that do not do so on the acknowledgement."""

    def idle(self, address: int) -> bytes | None:
        """Return the pad to its resting state; also withdraws an invitation that ran out."""

    def pause(self, address: int) -> bytes | None:
        """Show that the window is paused (暂停服务)."""

    def resume(self, address: int) -> bytes | None:
        """Take the paused sign away."""

    def show_number(self, address: int, number: str) -> bytes | None:
        """Show a ticket number, as far as the pad's display can."""

    def beep(self, address: int) -> bytes | None:
        """One short sound."""


@runtime_checkable
class MayBePolled(Protocol):
    """What a dialect has besides, if its pads, or some of them, speak only when they are asked.

    Its decoder tells NothingPressed for an answer without a press. A pad tells of a press in every answer until it is
    acknowledged.
    """

    def poll(self, address: int) -> bytes | None:
        """Ask whether a key was pressed; None: these pads speak by themselves."""


def question_of(dialect: Dialect, address: int) -> bytes | None:
    """What a pad of this dialect is asked; None: it speaks by itself."""
    return dialect.poll(address) if isinstance(dialect, MayBePolled) else None
