"""Rows to ESC/POS bytes, set by the printer where it can and drawn where it cannot.

python-escpos composes the commands (`Dummy`); Chinese text is put in as raw GBK because its `text()` prints `?` for
full-width punctuation and never switches Chinese on (`FS &`).
"""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from typing import Final

from escpos.constants import QR_ECLEVEL_M

from kiosk.printer.profile import Cut, PrinterProfile
from kiosk.slip.bitmap import Bitmap, raster_commands
from kiosk.slip.code128 import printer_content
from kiosk.slip.composer import Dummy
from kiosk.slip.drawing import (
    CELL_HEIGHT,
    barcode_bitmap,
    block_bitmap,
    number_bitmap,
    qr_bitmap,
    ruler_bitmap,
    text_bitmap,
)
from kiosk.slip.elements import SINGLE, Align, Enlarge, Size
from kiosk.slip.fonts import FontMissing
from kiosk.slip.rows import (
    BarcodeRow,
    BlockRow,
    CutRow,
    GapRow,
    LogoRow,
    NumberRow,
    QrRow,
    Row,
    RuleRow,
    RulerRow,
    TextRow,
)
from kiosk.slip.text import in_gbk, printable

_BARCODE_HEIGHT: Final = 80
_LINES_TO_TEAR_BAR: Final = 6  # 22 mm
_CUTS: Final = {Cut.FULL: b"\x1dVA\x00", Cut.PARTIAL: b"\x1dVB\x00"}
"""`GS V 65` and `66`: the printer itself knows how far its knife is."""


@dataclass(frozen=True)
class Style:
    """`dash`: how wide the hyphens of a rule are, since wider ones are fewer bytes; 0 leaves the line blank.

    `leading`: dots between large lines, which the printer else sets right on top of each other.
    """

    dash: int = 2
    leading: int = 12


AIRY: Final = Style()


def bytes_of(rows: Iterable[Row], profile: PrinterProfile, style: Style = AIRY, logo: Bitmap | None = None) -> bytes:
    """The slip from initialise to cut.

    Raises FontMissing when something must be drawn and there is nothing to draw it with.
    """
    pen = _Pen(profile, style, logo)
    for row in rows:
        pen.put(row)
    pen.cut()
    return pen.output


class _Pen:
    """Remembers how the printer stands, so that no command is sent twice.

    A line that fills the whole width looks the same under every alignment, and a rule under every weight: those pass
    None and leave the printer as it stands. That keeps the rules on nearly every ticket within its bytes.
    """

    def __init__(self, profile: PrinterProfile, style: Style, logo: Bitmap | None) -> None:
        self._profile = profile
        self._style = style
        self._logo = logo
        self._align: Align = "left"
        self._size = SINGLE
        self._bold = False
        self._chinese = {b"\x1c!": 0, b"\x1cW": 0}
        self._out = Dummy()
        self._out.hw("INIT")
        if profile.has_chinese:
            self._out._raw(b"\x1c&")  # FS &: Chinese on; not every printer starts that way

    @property
    def output(self) -> bytes:
        return bytes(self._out.output)

    def put(self, row: Row) -> None:
        match row:
            case TextRow():
                self._text(row)
            case NumberRow():
                self._number(row)
            case RuleRow():
                self._rule()
            case GapRow():
                self._gap(row.lines)
            case CutRow():
                self.cut()
            case _:
                self._put_picture(row)

    def _put_picture(self, row: QrRow | BarcodeRow | LogoRow | RulerRow | BlockRow) -> None:
        match row:
            case QrRow():
                self._qr(row)
            case BarcodeRow():
                self._barcode(row)
            case LogoRow():
                self._picture(self._logo)
            case RulerRow():
                self._picture(ruler_bitmap(self._profile.width_dots))
            case BlockRow():
                self._picture(block_bitmap())

    def cut(self) -> None:
        """Feed to the knife and cut, or feed to the bar where one tears it off."""
        command = _CUTS.get(self._profile.cut)
        self._out._raw(command if command else bytes((0x1B, 0x64, _LINES_TO_TEAR_BAR)))

    def _text(self, row: TextRow) -> None:
        if self._is_set(row.text):
            self._line(row)
            return
        try:
            bitmap = text_bitmap(row, self._profile.width_dots, self._style.leading)
        except FontMissing:
            if not self._profile.has_chinese:
                raise
            self._line(row)  # with 〓 for what is missing: better than no slip
            return
        self._picture(bitmap, row.align or "left")

    def _number(self, row: NumberRow) -> None:
        as_text = TextRow(row.text, Size(row.scale, row.scale), "center", bold=True)
        if self._is_set(row.text) and not self._profile.draws_number:
            self._line(as_text)
            return
        try:
            bitmap = number_bitmap(row, self._profile.width_dots)
        except FontMissing:
            # Figures and letters every printer has: a plain number is better than none.
            self._line(as_text)
            return
        self._gap(1)
        self._picture(bitmap)

    def _rule(self) -> None:
        if self._style.dash:
            width = Size(self._style.dash, 1)
            self._line(TextRow("-" * (self._profile.columns // self._style.dash), width, align=None, bold=None))
        else:
            self._line(TextRow("", align=None, bold=None))

    def _gap(self, lines: int) -> None:
        """Blank feed of lines of single height."""
        if self._size.height > 1:
            self._turn(SINGLE, align=None, bold=None)
        self._out._raw(b"\n" * lines)

    def _qr(self, row: QrRow) -> None:
        if self._profile.draws_qr:
            self._picture(qr_bitmap(row))
            return
        self._turn(SINGLE, align="center", bold=None)
        self._out.qr(row.content, ec=QR_ECLEVEL_M, size=row.module, native=True)

    def _barcode(self, row: BarcodeRow) -> None:
        coded = printer_content(row.content)
        if self._profile.draws_barcode or coded is None:
            self._picture(barcode_bitmap(row))
            return
        self._turn(SINGLE, align="center", bold=None)
        content, _ = coded
        # Height, width of a module, no text beneath (the template says it in its own size), CODE128.
        setup = bytes((0x1D, 0x68, _BARCODE_HEIGHT, 0x1D, 0x77, row.module, 0x1D, 0x48, 0))
        self._out._raw(setup + bytes((0x1D, 0x6B, 73, len(content))) + content)

    def _picture(self, bitmap: Bitmap | None, align: Align = "center") -> None:
        if bitmap is None:
            return
        self._turn(self._size, align=align, bold=None)
        for command in raster_commands(bitmap):
            self._out._raw(command)

    def _is_set(self, text: str) -> bool:
        """Whether the printer's own font has it all."""
        return self._profile.has_chinese and in_gbk(text)

    def _line(self, row: TextRow) -> None:
        self._turn(row.size, align=row.align, bold=row.bold, enlarge=row.enlarge)
        by_fs = row.enlarge == "fs" or (row.enlarge is None and self._profile.chinese_needs_fs)
        if not row.text.isascii():
            self._turn_chinese(wide=by_fs and row.size.width > 1, high=by_fs and row.size.height > 1)
        self._out._raw(printable(row.text).encode("gbk") + b"\n")

    def _turn(self, size: Size, *, align: Align | None, bold: bool | None, enlarge: Enlarge | None = None) -> None:
        if align is not None and align != self._align:
            self._out.set(align=align)
            self._align = align
        if bold is not None and bold != self._bold:
            self._out.set(bold=bold)
            self._bold = bold
        if enlarge == "fs":
            size = SINGLE
        if size != self._size:
            self._out.set(custom_size=True, width=size.width, height=size.height)
            if size.height != self._size.height and self._style.leading:
                self._out._raw(self._spacing(size.height))
            self._size = size

    def _spacing(self, height: int) -> bytes:
        """`ESC 3 n`, and `ESC 2` for what the printer is used to."""
        return b"\x1b2" if height == 1 else bytes((0x1B, 0x33, height * CELL_HEIGHT + self._style.leading))

    def _turn_chinese(self, *, wide: bool, high: bool) -> None:
        """`FS !` for either direction and `FS W` for both: of the clones that need them some know only one."""
        for command, value in ((b"\x1c!", 0x04 * wide | 0x08 * high), (b"\x1cW", int(wide and high))):
            if value != self._chinese[command]:
                self._out._raw(command + bytes((value,)))
                self._chinese[command] = value
