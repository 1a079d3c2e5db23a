"""A strip of six digits: command 02 of the 21-key caller family (row 1 of the protocol survey). It confirms nothing.

It has no words: a call and its service are the ticket's digits, and all else is dark.
"""

from __future__ import annotations

from typing import Final

from display.strip.codec import DeafReader
from display.strip.picture import Picture
from server.device.frames.hallqueue import Frame
from server.device.frames.hallqueue_digits import BLANK_CELLS, CELLS, SHOW, digit_cells

GOLDEN: Final = (
    (3, "012", "FF 68 08 08 68 03 02 0A 0A 0A 00 01 02 26 16"),
    (3, "A012", "FF 68 08 08 68 03 02 0A 0A 0A 00 01 02 26 16"),
    (3, "", "FF 68 08 08 68 03 02 0A 0A 0A 0A 0A 0A 41 16"),
)
"""(address, number, frame): the first is the survey's."""


class DigitsCodec:
    """See StripCodec."""

    answers = False

    def show(self, address: int, picture: Picture) -> bytes:
        """A number whose digits are too many shows the last six."""
        digits = "".join(sign for sign in picture.number if sign in "0123456789")[-CELLS:]
        return bytes(Frame(address, SHOW, digit_cells(digits) if digits else BLANK_CELLS))

    def reader(self) -> DeafReader:
        """See StripCodec.reader."""
        return DeafReader()
