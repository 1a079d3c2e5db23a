"""A sheet as a picture: black on white paper, one pixel per dot of 1/8 mm, with or without the desk it lies on."""

from __future__ import annotations

from functools import lru_cache
from typing import Final

from PIL import Image, ImageChops, ImageDraw

from kiosk.slip.fonts import chinese_font
from kiosk.virtual_printer.sheet import (
    Align,
    Area,
    BarcodeRow,
    BitImage,
    GapRow,
    Glyph,
    QrRow,
    RasterRow,
    Sheet,
    TextRow,
)

_SIDE: Final = 32  # paper is 4 mm wider than the print head on either side
_TOP: Final = 64  # paper between knife and head when printing begins
_DESK: Final = 40  # what lies around the paper in the picture
_TOOTH: Final = 8
_COLOUR: Final = {"desk": (221, 231, 243), "shade": (205, 217, 233), "paper": (255, 255, 255)}
_BASELINE: Final = 0.87  # of a cell's height; Noto and WenQuanYi sit there
_THRESHOLD: Final = 160  # a thermal dot is black or not
_LONGEST: Final = 16_000  # dots: a picture ends after two metres, whatever came out of the printer


def draw(sheet: Sheet, width_dots: int, *, desk: bool = True) -> Image.Image:
    """The paper in RGB, `width_dots` of print inside its margins.

    On the desk its edges are torn; without it the picture is the paper alone, straight from edge to edge. Raises
    FontMissing.
    """
    ink = Image.new("L", (width_dots, min(_LONGEST, max(1, sum(row.dots for row in sheet.rows)))), 255)
    y = 0
    for row in sheet.rows:
        match row:
            case TextRow():
                _draw_text(ink, y, row)
            case QrRow():
                _draw_qr(ink, y, row)
            case BarcodeRow():
                _draw_barcode(ink, y, row)
            case RasterRow():
                _draw_raster(ink, y, row)
            case GapRow():
                pass
        y += row.dots
    return _on_desk(ink) if desk else _on_paper(ink)


def _on_paper(ink: Image.Image) -> Image.Image:
    picture = Image.new("RGB", (ink.width + 2 * _SIDE, ink.height + _TOP), _COLOUR["paper"])
    _print(ink, picture, (_SIDE, _TOP))
    return picture


def _on_desk(ink: Image.Image) -> Image.Image:
    width, height = ink.width + 2 * _SIDE, ink.height + _TOP + 2 * _TOOTH
    picture = Image.new("RGB", (width + 2 * _DESK, height + 2 * _DESK), _COLOUR["desk"])
    canvas = ImageDraw.Draw(picture)
    for colour, drop in (("shade", 10), ("paper", 0)):
        canvas.polygon(_outline(_DESK, _DESK + drop, width, height), fill=_COLOUR[colour])
    _print(ink, picture, (_DESK + _SIDE, _DESK + _TOP))
    return picture


def _print(ink: Image.Image, picture: Image.Image, place: tuple[int, int]) -> None:
    picture.paste((0, 0, 0), place, ink.point(lambda value: 255 if value < _THRESHOLD else 0))


def _outline(left: int, top: int, width: int, height: int) -> list[tuple[int, int]]:
    """The paper's outline, torn above and below."""
    steps = range(0, width + 1, _TOOTH)
    upper = [(left + x, top + (_TOOTH if (x // _TOOTH) % 2 else 0)) for x in steps]
    lower = [(left + x, top + height - (_TOOTH if (x // _TOOTH) % 2 else 0)) for x in reversed(steps)]
    return upper + lower


def _left(width: int, align: Align, area: Area, ink: Image.Image) -> int:
    space = (ink.width - area.left if area.width is None else area.width) - width
    return area.left + {"left": 0, "center": space // 2, "right": space}[align]


def _draw_text(ink: Image.Image, y: int, row: TextRow) -> None:
    left = _left(row.extent, row.align, row.area, ink)
    foot = y + row.rise
    for placed in row.items:
        item = placed.item
        picture = _glyph(item) if isinstance(item, Glyph) else _columns(item)
        # Dots add up where things are printed over each other, as under a real head.
        ink.paste(0, (left + placed.left, foot - item.rise), ImageChops.invert(picture))


@lru_cache(maxsize=2048)
def _glyph(glyph: Glyph) -> Image.Image:
    """One character in its cell: drawn at its height, then stretched to its width."""
    cell = Image.new("L", (glyph.dots, glyph.rise), 255)
    cell.paste(_letter(glyph), (0, 0))
    if glyph.reverse:
        return ImageChops.invert(cell)  # with the space on its right, and never underlined (Epson reference, `GS B`)
    if glyph.underline:
        ImageDraw.Draw(cell).rectangle((0, glyph.rise - glyph.underline, glyph.dots, glyph.rise), fill=0)
    return cell


def _letter(glyph: Glyph) -> Image.Image:
    height, width = glyph.rise, glyph.cell[0] * glyph.width
    natural = glyph.cell[0] * glyph.height
    letter = Image.new("L", (natural, height), 255)
    if not glyph.char.isspace():
        # Font B is as high as a smaller size of the same face, but narrower.
        font = chinese_font(min(height, natural * 2), bold=glyph.bold)
        ImageDraw.Draw(letter).text((natural / 2, height * _BASELINE), glyph.char, fill=0, font=font, anchor="ms")
    return letter if natural == width else letter.resize((width, height))


def _columns(image: BitImage) -> Image.Image:
    rows = Image.frombytes("1", (image.bits, image.columns), image.data, "raw", "1;I").transpose(
        Image.Transpose.TRANSPOSE
    )
    return rows.resize((image.dots, image.rise), Image.Resampling.NEAREST).convert("L")


def _draw_qr(ink: Image.Image, y: int, row: QrRow) -> None:
    matrix = row.matrix()
    left = _left(row.dots, row.align, row.area, ink)
    for line, modules in enumerate(matrix):
        for column, dark in enumerate(modules):
            if dark:
                x0, y0 = left + column * row.module, y + line * row.module
                ink.paste(0, (x0, y0, x0 + row.module, y0 + row.module))


def _draw_barcode(ink: Image.Image, y: int, row: BarcodeRow) -> None:
    content = tuple(Glyph(char, cell=row.font) for char in row.bars.content)
    x = _left(row.width, row.align, row.area, ink)
    text_left = x + (row.width - len(content) * row.font[0]) // 2
    top = y + row.font[1] * row.above
    for bar, width in enumerate(row.bars.widths):
        if bar % 2 == 0:
            ink.paste(0, (x, top, x + width, top + row.height))
        x += width
    for wanted, at in ((row.above, y), (row.below, top + row.height)):
        for place, glyph in enumerate(content if wanted else ()):
            ink.paste(_glyph(glyph), (text_left + place * row.font[0], at))


def _draw_raster(ink: Image.Image, y: int, row: RasterRow) -> None:
    image = Image.frombytes("1", (row.width_bytes * 8, row.height), row.data, "raw", "1;I")
    image = image.resize((image.width * row.scale[0], image.height * row.scale[1]), Image.Resampling.NEAREST)
    ink.paste(image, (_left(image.width, row.align, row.area, ink), y))
