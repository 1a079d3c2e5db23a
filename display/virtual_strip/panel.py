"""The strip's side of the protocol: which characters it shows when told, and how it confirms.

Sans-IO: bytes come in, bytes go out. A strip without power hears nothing, and is dark when it has power again.
"""

from __future__ import annotations

from dataclasses import dataclass, field
from typing import Literal, NamedTuple, Protocol

from display.strip.fitting import CHARSET
from display.strip.hallqueuefront import COLOURS, Confirmation, FrameReader, TextFrame
from display.strip.picture import Extent
from server.config.strips import StripColour
from server.device.frames.hallqueue import Frame
from server.device.frames.hallqueue import FrameReader as DigitReader
from server.device.frames.hallqueue_digits import BLANK, CELLS, SHOW

Dialect = Literal["hallqueuefront", "digits"]


class Glyph(NamedTuple):
    """One character and its colour; it is two columns wide unless it is of ASCII."""

    sign: str
    colour: StripColour

    @property
    def columns(self) -> int:
        return 1 if self.sign.isascii() else 2


Rows = tuple[tuple[Glyph, ...], ...]


@dataclass(slots=True)
class Faults:
    """What goes wrong: `mute` shows and does not confirm, `corrupt` spoils the confirmation, `off` is without power."""

    mute: bool = False
    corrupt: bool = False
    off: bool = False


class Firmware(Protocol):
    """What a kind of strip makes of bytes."""

    def hear(self, byte: bytes, address: int) -> list[Glyph] | None:
        """The new text, when `byte` completes a frame for `address`."""

    def confirmation(self, address: int) -> bytes:
        """What it says then."""


class TextFirmware:
    """See `display.strip.hallqueuefront`."""

    def __init__(self) -> None:
        self._frames = FrameReader()

    def hear(self, byte: bytes, address: int) -> list[Glyph] | None:
        """See Firmware.hear."""
        frame, _ = self._frames.receive(byte)
        return _glyphs(frame) if isinstance(frame, TextFrame) and frame.address == address else None

    def confirmation(self, address: int) -> bytes:
        """See Firmware.confirmation."""
        return bytes(Confirmation(address))


class DigitFirmware:
    """See `display.strip.digits`; red digits."""

    def __init__(self) -> None:
        self._frames = DigitReader()

    def hear(self, byte: bytes, address: int) -> list[Glyph] | None:
        """See Firmware.hear."""
        for found in self._frames.receive(byte):
            if (
                isinstance(found, Frame)
                and (found.address, found.command) == (address, SHOW)
                and len(found.data) == CELLS
            ):
                return [Glyph(" " if cell == BLANK else f"{cell:X}", "red") for cell in found.data]
        return None

    def confirmation(self, address: int) -> bytes:
        """None: it has no such frame."""
        return b""


@dataclass(slots=True)
class Panel:
    """The strip at `address` with room for `extent`."""

    address: int
    extent: Extent
    firmware: Firmware
    faults: Faults = field(default_factory=Faults)
    rows: Rows = ()
    frames: int = 0
    """How many texts it was told."""

    @property
    def text(self) -> str:
        """The words it shows."""
        rows = ("".join(glyph.sign for glyph in row).strip() for row in self.rows)
        return " ".join(row for row in rows if row)

    def hear(self, byte: bytes) -> bytes:
        """The next byte on the line; answers what to send."""
        if self.faults.off:
            return b""
        glyphs = self.firmware.hear(byte, self.address)
        if glyphs is None:
            return b""
        self.frames += 1
        self.rows = _wrapped(glyphs, self.extent)
        answer = b"" if self.faults.mute else self.firmware.confirmation(self.address)
        return answer[:-1] + bytes([answer[-1] ^ 1]) if answer and self.faults.corrupt else answer

    def set_faults(self, faults: Faults) -> None:
        """Power that goes takes the text along."""
        self.faults = faults
        if faults.off:
            self.rows = ()


def _glyphs(frame: TextFrame) -> list[Glyph]:
    """A character's colour is that of its first byte; a byte that is no character is a question mark."""
    glyphs = []
    cells = list(frame.cells)
    while cells:
        taken = 2 if cells[0][0] >= 0x80 and len(cells) > 1 else 1  # the first byte of two in GBK
        raw = bytes(byte for byte, _ in cells[:taken])
        glyphs.append(Glyph(raw.decode(CHARSET, "replace")[0], COLOURS[cells[0][1] % len(COLOURS)]))
        del cells[:taken]
    return glyphs


def _wrapped(glyphs: list[Glyph], extent: Extent) -> Rows:
    """Row after row; what there is no room for is lost."""
    rows: list[tuple[Glyph, ...]] = []
    row: list[Glyph] = []
    for glyph in glyphs:
        if sum(one.columns for one in row) + glyph.columns > extent.columns:
            rows.append(tuple(row))
            row = []
        row.append(glyph)
    return tuple([*rows, tuple(row)][: extent.rows])
