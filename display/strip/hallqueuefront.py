"""The window strip of HallQueueFront (row 8 of the protocol survey), 9600 8N1, on the same bus as callers and pads.

    A0 90 ADDR A5 LH LL (char, colour)… XOR        the text to show
    A0 90 ADDR A5 AA                               the strip's confirmation

Documented: XOR over ADDR to the last data byte; LH = n / 255 and LL = n % 255 (not 256); colour 0 red, 1 green,
2 yellow; the confirmation's first two and last two bytes. All by reading, no strip was at hand.

Where the survey is silent, this is ASSUMED, to be tried on the first real strip:

- characters are GBK, and each BYTE of a character has its colour behind it, so 号 in red is `BA 00 C5 00`;
- n counts the data bytes between LL and XOR, so twice the GBK bytes;
- the strip wraps by itself at its width, and what is not sent stays as it was: every picture fills all its columns;
- the confirmation has the strip's address in its elided middle, and no checksum behind it;
- nothing flashes by an attribute; no text is 170 × 255 bytes long, so that its LH could be the confirmation's AA.
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from functools import reduce
from operator import xor
from typing import Final

from display.strip.codec import NOTHING, Heard
from display.strip.fitting import CHARSET
from display.strip.picture import Picture
from server.config.strips import StripColour

HEAD: Final = b"\xa0\x90"
TEXT: Final = 0xA5
CONFIRMED: Final = 0xAA
BASE: Final = 255
COLOURS: Final[tuple[StripColour, ...]] = ("red", "green", "yellow")

OVERHEAD: Final = 7  # A0 90 ADDR A5 LH LL … XOR
LONGEST_DATA: Final = 2 * BASE  # 127 Chinese characters; noise claiming more is noise
LONGEST: Final = OVERHEAD + LONGEST_DATA
_CONFIRMATION: Final = 5

GOLDEN: Final = (
    (3, "A012", "red", "A0 90 03 A5 00 08 41 00 30 00 31 00 32 00 DC"),
    (7, "请", "green", "A0 90 07 A5 00 04 C7 01 EB 01 8A"),
    (1, " " * 128, "yellow", "A0 90 01 A5 01 01 " + "20 02 " * 128 + "A4"),
)
"""(address, text, colour, frame), computed by hand from the rules above; the last has n = 256 = 1 × 255 + 1."""


@dataclass(frozen=True, slots=True)
class TextFrame:
    """A text as it stands on the wire: (byte, colour) for each byte of its characters."""

    address: int
    cells: tuple[tuple[int, int], ...]

    def __bytes__(self) -> bytes:
        """The frame as sent. Raises ValueError when a field does not fit."""
        data = bytes(part for cell in self.cells for part in cell)
        if len(data) > LONGEST_DATA:
            raise ValueError(f"a strip is sent at most {LONGEST_DATA} data bytes, not {len(data)}")
        body = bytes([self.address, TEXT, *divmod(len(data), BASE)]) + data
        return HEAD + body + bytes([_xor(body)])


@dataclass(frozen=True, slots=True)
class Confirmation:
    """The strip at `address` has understood."""

    address: int

    def __bytes__(self) -> bytes:
        return HEAD + bytes([self.address, TEXT, CONFIRMED])


class FrameReader:
    """Finds frames in a byte stream that also carries those of pads.

    Every sound frame is reported with its last byte, whatever came before it: it is searched for backwards from each
    byte, so that a false head which claims a long body hides nothing. The buffer never exceeds LONGEST bytes.
    """

    def __init__(self) -> None:
        self._buffer = bytearray()

    def receive(self, byte: bytes) -> tuple[TextFrame | Confirmation | None, int]:
        """The frame that `byte` completes, and how many of the latest bytes belong to it."""
        self._buffer += byte
        del self._buffer[:-LONGEST]
        for start in self._heads():
            if not self._ends_here(start):
                continue
            candidate = bytes(self._buffer[start:])
            frame = _frame(candidate)
            if frame is not None:
                self._buffer.clear()
                return frame, len(candidate)
        return None, 0

    def _ends_here(self, start: int) -> bool:
        """Whether a frame that begins at `start` has this length: most heads of a babbling device go no further."""
        buffer = self._buffer
        length = len(buffer) - start
        if length == _CONFIRMATION:
            return True
        return length >= OVERHEAD and length == OVERHEAD + buffer[start + 4] * BASE + buffer[start + 5]

    def _heads(self) -> Iterator[int]:
        start = self._buffer.find(HEAD)
        while start >= 0:
            yield start
            start = self._buffer.find(HEAD, start + 1)


class HallQueueFrontReader:
    """What strips on one line confirm."""

    def __init__(self) -> None:
        self._frames = FrameReader()

    def hear(self, byte: bytes) -> Heard:
        """See StripReader.hear."""
        frame, claimed = self._frames.receive(byte)
        if not claimed:
            return NOTHING
        return Heard(claimed, frame.address if isinstance(frame, Confirmation) else None)


class HallQueueFrontCodec:
    """Text in one colour, wrapped by the strip."""

    answers = True

    def show(self, address: int, picture: Picture) -> bytes:
        """See StripCodec.show."""
        colour = COLOURS.index(picture.colour)
        text = "".join(picture.lines).encode(CHARSET, "replace")
        return bytes(TextFrame(address, tuple((byte, colour) for byte in text)))

    def reader(self) -> HallQueueFrontReader:
        """See StripCodec.reader."""
        return HallQueueFrontReader()


def _frame(candidate: bytes) -> TextFrame | Confirmation | None:
    """The frame that these bytes are, from head to end; None when they are none, or not all of one."""
    if len(candidate) < _CONFIRMATION or candidate[3] != TEXT:
        return None
    if len(candidate) == _CONFIRMATION:
        return Confirmation(candidate[2]) if candidate[4] == CONFIRMED else None
    if len(candidate) < OVERHEAD or candidate[4] == CONFIRMED or candidate[5] >= BASE:
        return None
    size = candidate[4] * BASE + candidate[5]
    if size % 2 or len(candidate) != OVERHEAD + size or _xor(candidate[len(HEAD) : -1]) != candidate[-1]:
        return None
    data = candidate[OVERHEAD - 1 : -1]
    return TextFrame(candidate[2], tuple(zip(data[::2], data[1::2], strict=True)))


def _xor(data: bytes) -> int:
    return reduce(xor, data, 0)
