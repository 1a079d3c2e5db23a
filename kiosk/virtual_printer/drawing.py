"""A sheet as a picture: black on white paper with torn edges, one pixel per dot of 1/8 mm."""

from __future__ import annotations

from functools import lru_cache
from typing import Final

from PIL import Image, ImageDraw

from kiosk.slip.fonts import chinese_font
from kiosk.virtual_printer.sheet import CELL_HEIGHT, Align, GapRow, Glyph, QrRow, RasterRow, Sheet, TextRow

_SIDE: Final = 32  # paper is 4 mm wider than the print head on either side
_TOP: Final = 64  # paper between knife and head when printing begins
_DESK: Final = 40  # what lies around the paper in the picture
_TOOTH: Final = 8
_COLOUR: Final = {"desk": (221, 231, 243), "shade": (205, 217, 233), "paper": (255, 255, 255)}
_BASELINE: Final = 0.87  # of a cell's height; Noto and WenQuanYi sit there
_THRESHOLD: Final = 160  # a thermal dot is black or not


def draw(sheet: Sheet, width_dots: int) -> Image.Image:
    """The paper in RGB, `width_dots` of print inside its margins."""
    ink = Image.new("L", (width_dots, max(1, sum(row.dots for row in sheet.rows))), 255)
    y = 0
    for row in sheet.rows:
        match row:
            case TextRow():
                _draw_text(ink, y, row)
            case QrRow():
                _draw_qr(ink, y, row)
            case RasterRow():
                _draw_raster(ink, y, row)
            case GapRow():
                pass
        y += row.dots
    return _on_paper(ink)


def _on_paper(ink: Image.Image) -> Image.Image:
    width, height = ink.width + 2 * _SIDE, ink.height + _TOP + 2 * _TOOTH
    picture = Image.new("RGB", (width + 2 * _DESK, height + 2 * _DESK), _COLOUR["desk"])
    canvas = ImageDraw.Draw(picture)
    for colour, drop in (("shade", 10), ("paper", 0)):
        canvas.polygon(_outline(_DESK, _DESK + drop, width, height), fill=_COLOUR[colour])
    picture.paste((0, 0, 0), (_DESK + _SIDE, _DESK + _TOP), ink.point(lambda value: 255 if value < _THRESHOLD else 0))
    return picture


def _outline(left: int, top: int, width: int, height: int) -> list[tuple[int, int]]:
    """The paper's outline, torn above and below."""
    steps = range(0, width + 1, _TOOTH)
    upper = [(left + x, top + (_TOOTH if (x // _TOOTH) % 2 else 0)) for x in steps]
    lower = [(left + x, top + height - (_TOOTH if (x // _TOOTH) % 2 else 0)) for x in reversed(steps)]
    return upper + lower


def _left(width: int, align: Align, ink: Image.Image) -> int:
    space = ink.width - width
    return {"left": 0, "center": space // 2, "right": space}[align]


def _draw_text(ink: Image.Image, y: int, row: TextRow) -> None:
    x = _left(sum(glyph.dots for glyph in row.glyphs), row.align, ink)
    foot = max([CELL_HEIGHT, *(glyph.height * CELL_HEIGHT for glyph in row.glyphs)])
    for glyph in row.glyphs:
        if not glyph.char.isspace():
            ink.paste(_glyph(glyph), (x, y + foot - glyph.height * CELL_HEIGHT))
        x += glyph.dots


@lru_cache(maxsize=2048)
def _glyph(glyph: Glyph) -> Image.Image:
    """One character in its cell: drawn at its height, then stretched to its width."""
    height = glyph.height * CELL_HEIGHT
    natural = glyph.dots // glyph.width * glyph.height
    cell = Image.new("L", (natural, height), 255)
    font = chinese_font(height, bold=glyph.bold)
    ImageDraw.Draw(cell).text((natural / 2, height * _BASELINE), glyph.char, fill=0, font=font, anchor="ms")
    return cell if natural == glyph.dots else cell.resize((glyph.dots, height))


def _draw_qr(ink: Image.Image, y: int, row: QrRow) -> None:
    matrix = row.matrix()
    left = _left(row.dots, row.align, ink)
    for line, modules in enumerate(matrix):
        for column, dark in enumerate(modules):
            if dark:
                x0, y0 = left + column * row.module, y + line * row.module
                ink.paste(0, (x0, y0, x0 + row.module, y0 + row.module))


def _draw_raster(ink: Image.Image, y: int, row: RasterRow) -> None:
    image = Image.frombytes("1", (row.width_bytes * 8, row.height), row.data, "raw", "1;I")
    image = image.resize((image.width * row.scale[0], image.height * row.scale[1]), Image.Resampling.NEAREST)
    ink.paste(image, (_left(image.width, row.align, ink), y))
