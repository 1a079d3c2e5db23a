"""What stands on one piece of paper: rows of text, QR codes, images and blank feed, in dots of 1/8 mm."""

from __future__ import annotations

from dataclasses import dataclass, field
from typing import Final, Literal

import segno

Align = Literal["left", "center", "right"]
DOTS_PER_MM: Final = 8
CELL_WIDTH: Final = 12  # Font A; a Chinese character takes two
CELL_HEIGHT: Final = 24
LINE_SPACING: Final = 30


@dataclass(frozen=True)
class Glyph:
    """One character with its size factors (1 to 8)."""

    char: str
    width: int = 1
    height: int = 1
    bold: bool = False

    @property
    def dots(self) -> int:
        """Its width on paper."""
        return self.width * CELL_WIDTH * (1 if ord(self.char) < 0x80 else 2)


@dataclass(frozen=True)
class TextRow:
    """One printed line."""

    glyphs: tuple[Glyph, ...]
    align: Align

    @property
    def dots(self) -> int:
        """How far the paper moves: the line spacing, or the tallest character."""
        return max([LINE_SPACING, *(glyph.height * CELL_HEIGHT for glyph in self.glyphs)])

    @property
    def text(self) -> str:
        """The line as one reads it."""
        return "".join(glyph.char for glyph in self.glyphs).rstrip()


@dataclass(frozen=True)
class QrRow:
    """A QR code drawn by the printer; `level` is L, M, Q or H, `module` the dots per module."""

    content: str
    module: int
    level: str
    align: Align

    def matrix(self) -> list[list[bool]]:
        """Its modules without quiet zone, dark is True."""
        code = segno.make_qr(self.content, error=self.level, boost_error=False)
        return [[bool(module) for module in line] for line in code.matrix]

    @property
    def dots(self) -> int:
        """Its height, which is its width."""
        return len(self.matrix()) * self.module

    @property
    def text(self) -> str:
        """Its line in the text of the paper."""
        return f"[QR] {self.content}"


@dataclass(frozen=True)
class RasterRow:
    """An image of `width_bytes` × `height` (8 dots per byte, 1 is black), enlarged by `scale` (across, down)."""

    data: bytes
    width_bytes: int
    height: int
    scale: tuple[int, int]
    align: Align

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


Row = TextRow | QrRow | RasterRow | GapRow


@dataclass
class Sheet:
    """One paper: its rows and the bytes that made it."""

    rows: list[Row] = field(default_factory=list)
    raw: bytearray = field(default_factory=bytearray)

    def text(self) -> str:
        """The paper as one reads it, one line per row."""
        return "".join(row.text + "\n" for row in self.rows)
