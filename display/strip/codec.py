"""The contract every strip codec keeps. Sans-IO: pictures to bytes, bytes to answers."""

from __future__ import annotations

from typing import NamedTuple, Protocol

from display.strip.picture import Picture


class Heard(NamedTuple):
    """What one byte completed: a sound frame of the codec's framing of so many bytes (0: none), and whose answer it is.

    `answered` is the address of the strip that confirmed; None when the frame is another.
    """

    claimed: int = 0
    answered: int | None = None


NOTHING = Heard()


class StripReader(Protocol):
    """Bytes from one line. Holds a bounded buffer; thrown away with its line."""

    def hear(self, byte: bytes) -> Heard:
        """The next byte. Never raises, whatever it is."""


class StripCodec(Protocol):
    """The frames of one kind of strip. None of them can flash by itself: `StripSession` sends light and dark."""

    @property
    def answers(self) -> bool:
        """Whether such a strip confirms what it was told."""

    def show(self, address: int, picture: Picture) -> bytes:
        """The frame that puts `picture` on the strip at `address` (0 to 255)."""

    def reader(self) -> StripReader:
        """A fresh reader for one line."""


class DeafReader:
    """For strips that never say anything."""

    def hear(self, byte: bytes) -> Heard:
        return NOTHING
