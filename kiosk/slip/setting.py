"""Elements to rows: what fits a line of so many columns, how large, and what goes on in the next."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from itertools import pairwise
from typing import Final

from kiosk.slip import elements as el
from kiosk.slip.breaking import paragraph, title
from kiosk.slip.code128 import printer_content
from kiosk.slip.elements import Size
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
from kiosk.slip.text import cells, plain_url

_DOUBLE: Final = Size(2, 2)
_HIGH: Final = Size(1, 2)
_LEFT: Final[el.Align] = "left"
_RIGHT: Final[el.Align] = "right"
_LARGEST: Final = 8
_MOST_TITLE_LINES: Final = 2
_QR_MODULE: Final = 6
_QR_QUIET: Final = 8  # modules to keep white, both sides together
_QR_BYTES: Final = (14, 26, 42, 62, 84, 106, 122, 152, 180, 213)
"""How many bytes the versions 1 to 10 hold at error correction M (ISO/IEC 18004, table 7)."""
_BARCODE_MODULES: Final = (3, 2)
_BARCODE_QUIET: Final = 20  # modules, both sides together
_SIGN_LINE: Final = 12  # columns to sign on at least


def set_rows(elements: Iterable[el.Element], columns: int, dots: int, reprint: str) -> list[Row]:
    """The slip on paper of so many columns and dots. `reprint`: what marks it as a copy, empty for none."""
    elements = list(elements)
    if reprint and not any(isinstance(element, el.Reprint) for element in elements):
        elements.insert(0, el.Reprint())
    setter = _Setter(columns, dots, reprint)
    return [row for element in elements for row in setter.set(element)]


class _Setter:
    def __init__(self, columns: int, dots: int, reprint: str) -> None:
        self._columns = columns
        self._dots = dots
        self._reprint = reprint

    def set(self, element: el.Element) -> Iterator[Row]:
        match element:
            case el.Title():
                yield from self._title(element.text, element.narrow)
            case el.Reprint():
                yield from self._title(self._reprint, narrow=False)
                if self._reprint:
                    yield GapRow()
            case el.Text():
                broken = title if element.align == "center" else paragraph
                for line in broken(element.text, self._columns // element.size.width):
                    yield TextRow(line, element.size, element.align, element.bold, element.enlarge)
            case el.Number():
                yield from self._number(element.text)
            case el.Ends() | el.Field() | el.Item() | el.Row() | el.Sign():
                yield from self._parts(element)
            case _:
                yield from self._no_text(element)

    def _parts(self, element: el.Ends | el.Field | el.Item | el.Row | el.Sign) -> Iterator[Row]:
        match element:
            case el.Ends():
                yield from self._ends(element.left, element.right, element.size)
            case el.Field():
                yield from self._hanging(_label(element.label), element.text, element.size, element.bold)
            case el.Item():
                yield from self._item(element)
            case el.Row():
                yield from self._table_row(element.cells)
            case el.Sign():
                yield from self._sign(element.label)

    def _no_text(self, element: el.Element) -> Iterator[Row]:
        match element:
            case el.Qr():
                yield from self._qr(element.content)
            case el.Barcode():
                yield from self._barcode(element.content)
            case el.Gap():
                yield GapRow(element.lines)
            case el.Rule():
                yield RuleRow()
            case el.Logo():
                yield LogoRow()
            case el.Ruler():
                yield RulerRow()
            case el.Block():
                yield BlockRow()
            case el.Cut():
                yield CutRow()

    def _title(self, text: str, narrow: bool) -> Iterator[Row]:
        size, lines = _DOUBLE, title(text, self._columns // 2)
        if len(lines) > (1 if narrow else _MOST_TITLE_LINES):
            size, lines = _HIGH, title(text, self._columns)
        for line in lines:
            yield TextRow(line, size, "center", bold=True)

    def _number(self, text: str) -> Iterator[Row]:
        if not text:
            return
        if cells(text) > self._columns:
            yield from self._title(text, narrow=False)
            return
        yield NumberRow(text, min(_LARGEST, self._columns // cells(text)))

    def _ends(self, left: str, right: str, scale: int) -> Iterator[Row]:
        if not left and not right:
            return
        together, bold = cells(left) + cells(right) + 1, scale > 1
        size = Size(scale if together <= self._columns // scale else 1, scale)
        columns = self._columns // size.width
        if left and right and together <= columns:
            # Spaces and not ESC $: text tools read them, and no clone gets them wrong.
            yield TextRow(left + " " * (columns - together + 1) + right, size, align=None, bold=bold)
            return
        for text, align in ((left, _LEFT), (right, _RIGHT)):
            for line in paragraph(text, columns):
                yield TextRow(line, size, align, bold)

    def _hanging(self, mark: str, text: str, size: Size, bold: bool) -> Iterator[Row]:
        """`mark` stands at the edge, the text goes on under its own beginning where that leaves it half a line."""
        columns = self._columns // size.width
        indent = cells(mark)
        if indent > columns // 2:
            for line in paragraph(mark + text, columns):
                yield TextRow(line, size, "left", bold)
            return
        for index, line in enumerate(paragraph(text, columns - indent) or [""]):
            yield TextRow((mark if index == 0 else " " * indent) + line, size, "left", bold)

    def _item(self, item: el.Item) -> Iterator[Row]:
        mark = item.mark + " " if item.mark else ""
        yield from self._hanging(mark, item.text, item.size, item.bold)
        indent = " " * cells(mark)
        for line in paragraph(item.note, self._columns - len(indent)):
            yield TextRow(indent + line)

    def _table_row(self, row: tuple[el.Cell, ...]) -> Iterator[Row]:
        """One column stays free between two cells."""
        free, shares = self._columns - (len(row) - 1), sum(cell.share for cell in row)
        edges = [free * sum(cell.share for cell in row[:index]) // shares for index in range(len(row) + 1)]
        widths = [max(2, right - left) for left, right in pairwise(edges)]
        columns = [paragraph(cell.text, width) for cell, width in zip(row, widths, strict=True)]
        bold = any(cell.bold for cell in row)
        for index in range(max(len(lines) for lines in columns)):
            parts = [
                _padded(lines[index] if index < len(lines) else "", width, cell.align)
                for cell, width, lines in zip(row, widths, columns, strict=True)
            ]
            yield TextRow(" ".join(parts).rstrip(), align="left", bold=bold)

    def _sign(self, label: str) -> Iterator[Row]:
        yield GapRow(2)
        *above, last = paragraph(_label(label), self._columns) or [""]
        for line in above:
            yield TextRow(line)
        space = self._columns - cells(last)
        if space < _SIGN_LINE:
            yield TextRow(last)
            last, space = "", self._columns
        yield TextRow(last + "_" * space, align=None)

    def _qr(self, content: str) -> Iterator[Row]:
        """Nothing for what no reader would make out from paper."""
        content = plain_url(content)
        version = next((v for v, most in enumerate(_QR_BYTES, 1) if len(content) <= most), None)
        if content and version is not None:
            yield QrRow(content, min(_QR_MODULE, self._dots // (17 + 4 * version + _QR_QUIET)))

    def _barcode(self, content: str) -> Iterator[Row]:
        coded = printer_content(content)
        if coded is None:
            return
        module = next((m for m in _BARCODE_MODULES if (coded[1] + _BARCODE_QUIET) * m <= self._dots), None)
        if module is not None:
            yield BarcodeRow(content, module)


def _label(text: str) -> str:
    if not text:
        return ""
    return f"{text}: " if text.isascii() else f"{text}："


def _padded(text: str, columns: int, align: el.Align) -> str:
    space = columns - cells(text)
    left = {"left": 0, "center": space // 2, "right": space}[align]
    return " " * left + text + " " * (space - left)
