"""What a printer cannot set itself, drawn dot by dot."""

from __future__ import annotations

from functools import lru_cache
from typing import Final

import segno
from barcode import Code128
from PIL import Image, ImageDraw

from kiosk.printer.profile import CELL_DOTS
from kiosk.slip.bitmap import Bitmap
from kiosk.slip.fonts import chinese_font
from kiosk.slip.rows import BarcodeRow, NumberRow, QrRow, TextRow
from kiosk.slip.text import cells

CELL_HEIGHT: Final = 24
_LINE: Final = 30  # how far a printer moves the paper for a line of single height
_BASELINE: Final = 0.87  # of a cell's height; Noto and WenQuanYi sit there
_BARCODE_HEIGHT: Final = 80
_NUMBER_MARGIN: Final = 12
_DOTS_PER_MM: Final = 8
_RULER_HEIGHT: Final = 32
_BLOCK: Final = (192, 64)


def text_bitmap(row: TextRow, dots: int, leading: int = 0) -> Bitmap:
    """A line in the same cells that the printer would set it in, no wider than its text, byte by byte.

    `leading`: dots below a large line.
    """
    height = row.size.height * CELL_HEIGHT
    width = min(dots, cells(row.text) * row.size.width * CELL_DOTS)
    below = leading if row.size.height > 1 else _LINE - height
    picture = Image.new("L", (max(8, width), height + below), 255)
    x = 0
    for char in row.text:
        glyph = _glyph(char, row.size.width, height, bool(row.bold))
        if not char.isspace():
            picture.paste(glyph, (x, 0))
        x += glyph.width
    return Bitmap.of(picture)


def number_bitmap(row: NumberRow, dots: int) -> Bitmap:
    """As high as the printer's own would be, in smooth curves."""
    size = row.scale * CELL_HEIGHT
    font = chinese_font(size, bold=True)
    left, top, right, bottom = font.getbbox(row.text)
    if right - left > dots:
        font = chinese_font(int(size * dots / (right - left)), bold=True)
        left, top, right, bottom = font.getbbox(row.text)
    size_of_ink = (int(right - left), int(bottom - top) + 2 * _NUMBER_MARGIN)
    picture = Image.new("L", size_of_ink, 255)
    ImageDraw.Draw(picture).text((-left, _NUMBER_MARGIN - top), row.text, fill=0, font=font)
    return Bitmap.of(picture)


def qr_bitmap(row: QrRow) -> Bitmap:
    code = segno.make_qr(row.content, error="m", boost_error=False)
    matrix = bytes(0 if module else 255 for line in code.matrix for module in line)
    side = len(code.matrix)
    picture = Image.frombytes("L", (side, side), matrix)
    return Bitmap.of(picture.resize((side * row.module, side * row.module), Image.Resampling.NEAREST))


def barcode_bitmap(row: BarcodeRow) -> Bitmap:
    [bars] = Code128(row.content).build()
    picture = Image.frombytes("L", (len(bars), 1), bytes(0 if bar == "1" else 255 for bar in bars))
    return Bitmap.of(picture.resize((len(bars) * row.module, _BARCODE_HEIGHT), Image.Resampling.NEAREST))


@lru_cache(maxsize=4)
def ruler_bitmap(dots: int) -> Bitmap:
    """A line from edge to edge with a stroke at every millimetre."""
    picture = Image.new("L", (dots, _RULER_HEIGHT), 255)
    pen = ImageDraw.Draw(picture)
    pen.line((0, 0, dots - 1, 0), fill=0)
    for millimetre in range(dots // _DOTS_PER_MM + 1):
        length = 30 if millimetre % 10 == 0 else 20 if millimetre % 5 == 0 else 10
        x = min(dots - 1, millimetre * _DOTS_PER_MM)
        pen.line((x, 0, x, length), fill=0)
    pen.line((dots - 1, 0, dots - 1, _RULER_HEIGHT), fill=0)
    return Bitmap.of(picture)


@lru_cache(maxsize=1)
def block_bitmap() -> Bitmap:
    """Black, a grid of two dots, white with a frame."""
    width, height = _BLOCK
    picture = Image.new("L", _BLOCK, 255)
    pen = ImageDraw.Draw(picture)
    third = width // 3
    pen.rectangle((0, 0, third - 1, height - 1), fill=0)
    for y in range(0, height, 2):
        for x in range(third + (y % 4), 2 * third, 4):
            pen.rectangle((x, y, x + 1, y + 1), fill=0)
    pen.rectangle((2 * third, 0, width - 1, height - 1), outline=0, width=2)
    return Bitmap.of(picture)


@lru_cache(maxsize=2048)
def _glyph(char: str, width: int, height: int, bold: bool) -> Image.Image:
    """One character in its cell: drawn at its height, then stretched to its width."""
    columns = cells(char)
    natural = columns * height // 2
    cell = Image.new("L", (natural, height), 255)
    font = chinese_font(height, bold=bold)
    ImageDraw.Draw(cell).text((natural / 2, height * _BASELINE), char, fill=0, font=font, anchor="ms")
    wanted = columns * width * CELL_DOTS
    return cell if natural == wanted else cell.resize((wanted, height))
