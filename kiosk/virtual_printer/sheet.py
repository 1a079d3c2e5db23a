"""What stands on one piece of paper: rows of text, codes, images and blank feed, in dots of 1/8 mm."""

from __future__ import annotations

from dataclasses import dataclass, field
from functools import lru_cache
from typing import Final, Literal

import segno

from kiosk.virtual_printer.barcode import Bars

Align = Literal["left", "center", "right"]
Size = tuple[int, int]
Matrix = tuple[tuple[bool, ...], ...]
DOTS_PER_MM: Final = 8
FONT_A: Final = (12, 24)
FONT_B: Final = (9, 17)
HANZI: Final = (24, 24)
LINE_SPACING: Final = 30


@dataclass(frozen=True)
class Area:
    """Where a row may print: `left` dots in from the head's first dot, `width` dots wide. None is up to its last."""

    left: int = 0
    width: int | None = None


WHOLE: Final = Area()


@dataclass(frozen=True)
class Glyph:
    """One character with its size factors (1 to 8) and the `cell` that its font draws it in.

    `underline` is a thickness in dots, `space` what follows on its right at single width, `reverse` white on black.
    """

    char: str
    width: int = 1
    height: int = 1
    bold: bool = False
    cell: Size = FONT_A
    underline: int = 0
    reverse: bool = False
    space: int = 0

    @property
    def dots(self) -> int:
        """Its width on paper."""
        return self.width * (self.cell[0] + self.space)

    @property
    def rise(self) -> int:
        """Its height on paper."""
        return self.height * self.cell[1]

    @property
    def text(self) -> str:
        """Itself."""
        return self.char


@dataclass(frozen=True)
class BitImage:
    """A strip of an image in a line of text: columns of `bits` dots, enlarged by `scale` (across, down)."""

    data: bytes
    bits: int
    scale: Size

    @property
    def columns(self) -> int:
        """How many there are."""
        return len(self.data) * 8 // self.bits

    @property
    def dots(self) -> int:
        """Its width on paper."""
        return self.columns * self.scale[0]

    @property
    def rise(self) -> int:
        """Its height on paper."""
        return self.bits * self.scale[1]

    @property
    def text(self) -> str:
        """Its place in the text of the paper."""
        return f"[image] {self.dots}×{self.rise}"


@dataclass(frozen=True)
class Placed:
    """Something in a line, `left` dots from where the line begins."""

    left: int
    item: Glyph | BitImage


@dataclass(frozen=True)
class TextRow:
    """One printed line."""

    items: tuple[Placed, ...]
    align: Align
    area: Area = WHOLE
    spacing: int = LINE_SPACING

    @property
    def glyphs(self) -> tuple[Glyph, ...]:
        """Its characters, in the order in which they came."""
        return tuple(placed.item for placed in self.items if isinstance(placed.item, Glyph))

    @property
    def extent(self) -> int:
        """How wide it is."""
        return max((placed.left + placed.item.dots for placed in self.items), default=0)

    @property
    def rise(self) -> int:
        """Its tallest item."""
        return max((placed.item.rise for placed in self.items), default=0)

    @property
    def dots(self) -> int:
        """How far the paper moves: the line spacing, or the tallest item."""
        return max(self.spacing, self.rise)

    @property
    def text(self) -> str:
        """The line as one reads it; what was skipped shows as spaces."""
        line, at = "", 0
        for placed in self.items:
            line += " " * round((placed.left - at) / FONT_A[0]) + placed.item.text
            at = placed.left + placed.item.dots
        return line.rstrip()


@dataclass(frozen=True)
class QrRow:
    """A QR code drawn by the printer; `level` is L, M, Q or H, `module` the dots per module."""

    content: str
    module: int
    level: str
    align: Align
    area: Area = WHOLE

    def matrix(self) -> Matrix:
        """Its modules without quiet zone, dark is True. Raises segno.DataOverflowError."""
        return _matrix(self.content, self.level)

    @property
    def dots(self) -> int:
        """Its height, which is its width."""
        return len(self.matrix()) * self.module

    @property
    def text(self) -> str:
        """Its line in the text of the paper."""
        return f"[QR] {self.content}"


@dataclass(frozen=True)
class BarcodeRow:
    """A one-dimensional code, `height` dots high, with its content in `font` above or below it where wanted."""

    bars: Bars
    height: int
    above: bool
    below: bool
    font: Size
    align: Align
    area: Area = WHOLE

    @property
    def width(self) -> int:
        """Its width on paper, without the content, which may be wider."""
        return sum(self.bars.widths)

    @property
    def dots(self) -> int:
        """Its height with the content."""
        return self.height + (self.above + self.below) * self.font[1]

    @property
    def text(self) -> str:
        """Its line in the text of the paper."""
        return f"[{self.bars.kind}] {self.bars.content}"


@dataclass(frozen=True)
class RasterRow:
    """An image of `width_bytes` × `height` (8 dots per byte, 1 is black), enlarged by `scale` (across, down)."""

    data: bytes
    width_bytes: int
    height: int
    scale: Size
    align: Align
    area: Area = WHOLE

    @property
    def dots(self) -> int:
        """Its height."""
        return self.height * self.scale[1]

    @property
    def text(self) -> str:
        """Its line in the text of the paper."""
        return f"[image] {self.width_bytes * 8}×{self.height}"


@dataclass(frozen=True)
class GapRow:
    """Blank feed."""

    dots: int
    text: str = ""


@lru_cache(maxsize=16)
def _matrix(content: str, level: str) -> Matrix:
    code = segno.make_qr(content.encode("utf-8"), error=level, boost_error=False)
    return tuple(tuple(bool(module) for module in line) for line in code.matrix)


Row = TextRow | QrRow | BarcodeRow | RasterRow | GapRow


@dataclass
class Sheet:
    """One paper: its rows and the bytes that made it."""

    rows: list[Row] = field(default_factory=list)
    raw: bytearray = field(default_factory=bytearray)

    def text(self) -> str:
        """The paper as one reads it, one line per row."""
        return "".join(row.text + "\n" for row in self.rows)
