"""A picture of a strip's LEDs: each character in GNU Unifont, whose dots are the strip's dots."""

from __future__ import annotations

import io
from collections.abc import Mapping
from functools import lru_cache
from pathlib import Path
from types import MappingProxyType
from typing import Final

from PIL import Image, ImageDraw, ImageFont

from display.strip.picture import Extent
from display.virtual_strip.panel import Glyph, Rows
from server.config.strips import StripColour

FONT: Final = Path("/usr/share/fonts/opentype/unifont/unifont.otf")
PACKAGE: Final = "fonts-unifont"
CELL: Final = 16
"""Dots in height; a column is half as wide."""
PITCH: Final = 6
"""Pixels from one LED to the next."""
_LED: Final = 4
_FRAME: Final = 12

_BOARD: Final = (16, 16, 18)
_DARK: Final = (38, 34, 34)
_LIT: Final[Mapping[StripColour, tuple[int, int, int]]] = MappingProxyType(
    {"red": (255, 64, 48), "green": (64, 255, 96), "yellow": (255, 200, 48)}
)

Dots = list[list[StripColour | None]]


class FontMissing(Exception):
    """GNU Unifont is not installed; the text says which package has it."""


def dots_of(rows: Rows, extent: Extent) -> Dots:
    """Which LEDs are lit, row by row from the top. Raises FontMissing."""
    dots: Dots = [[None] * (extent.columns * CELL // 2) for _ in range(extent.rows * CELL)]
    for place, row in enumerate(rows):
        left = 0
        for glyph in row:
            _light(dots, glyph, left, place * CELL)
            left += glyph.columns * CELL // 2
    return dots


def png_of(rows: Rows, extent: Extent) -> bytes:
    """The strip as one sees it, PITCH pixels for each LED. Raises FontMissing."""
    dots = dots_of(rows, extent)
    size = (len(dots[0]) * PITCH + 2 * _FRAME, len(dots) * PITCH + 2 * _FRAME)
    image = Image.new("RGB", size, _BOARD)
    draw = ImageDraw.Draw(image)
    for y, line in enumerate(dots):
        for x, colour in enumerate(line):
            left, top = _FRAME + x * PITCH + (PITCH - _LED) // 2, _FRAME + y * PITCH + (PITCH - _LED) // 2
            draw.rectangle((left, top, left + _LED - 1, top + _LED - 1), _LIT[colour] if colour else _DARK)
    stream = io.BytesIO()
    image.save(stream, "PNG")
    return stream.getvalue()


def _light(dots: Dots, glyph: Glyph, left: int, top: int) -> None:
    bitmap = _bitmap(glyph.sign, glyph.columns)
    for y in range(CELL):
        for x in range(glyph.columns * CELL // 2):
            if bitmap.getpixel((x, y)):
                dots[top + y][left + x] = glyph.colour


@lru_cache(maxsize=512)
def _bitmap(sign: str, columns: int) -> Image.Image:
    """Without smoothing: at its own size Unifont's dots are whole."""
    image = Image.new("1", (columns * CELL // 2, CELL))
    draw = ImageDraw.Draw(image)
    draw.fontmode = "1"
    draw.text((0, 0), sign, fill=1, font=_font())
    return image


@lru_cache(maxsize=1)
def _font() -> ImageFont.FreeTypeFont:
    try:
        return ImageFont.truetype(FONT, CELL)
    except OSError as error:
        raise FontMissing(f"{FONT} is missing: install {PACKAGE}") from error
