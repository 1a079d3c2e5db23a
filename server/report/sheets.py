"""Tables as files for a spreadsheet: CSV and XLSX. Pure: cells in, bytes out."""

from __future__ import annotations

import csv
import io
from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any

import xlsxwriter

Cell = str | int | float | None
_BOM = "\ufeff"
"""Without it Excel takes UTF-8 for the machine's own code page, and Chinese for something else."""
_BEGINS_A_FORMULA = tuple("=+-@\t\r\n＝＋－＠")
"""What a spreadsheet may take for the beginning of a formula; some take the full-width signs for it too."""
_NARROWEST, _WIDEST = 6, 40
_LONGEST_NAME = 31
_NOT_IN_NAMES = str.maketrans(dict.fromkeys("[]:*?/\\'", " "))


@dataclass(frozen=True, slots=True)
class Sheet:
    """`notes` stand above the table and only in XLSX: in CSV the first row is the head. `grey`: rows by their place,
    which are not to be compared with the others.
    """

    name: str
    head: Sequence[str]
    rows: Sequence[Sequence[Cell]]
    notes: Sequence[str] = ()
    grey: frozenset[int] = frozenset()


def to_csv(sheet: Sheet) -> bytes:
    """UTF-8 with a mark that says so. A text that begins like a formula gets a ' before it, so that it stays one."""
    out = io.StringIO(newline="")
    writer = csv.writer(out, lineterminator="\r\n")
    writer.writerow([_guarded(cell) for cell in sheet.head])
    writer.writerows([[_guarded(cell) for cell in row] for row in sheet.rows])
    return (_BOM + out.getvalue()).encode()


def to_xlsx(sheets: Sequence[Sheet]) -> bytes:
    """One workbook. Texts are written as texts, never as formulas or links, whatever they begin with."""
    out = io.BytesIO()
    with xlsxwriter.Workbook(out, {"in_memory": True}) as book:
        bold, grey = book.add_format({"bold": True, "bottom": 1}), book.add_format({"font_color": "#5A6B82"})
        for sheet in sheets:
            page = book.add_worksheet(sheet.name.translate(_NOT_IN_NAMES)[:_LONGEST_NAME])
            for place, note in enumerate(sheet.notes):
                page.write_string(place, 0, note)
            top = len(sheet.notes)
            _write(page, top, sheet.head, bold)
            for place, row in enumerate(sheet.rows):
                _write(page, top + 1 + place, row, grey if place in sheet.grey else None)
            page.freeze_panes(top + 1, 1)
            for column, width in enumerate(_widths(sheet)):
                page.set_column(column, column, width)
    return out.getvalue()


def _write(page: Any, row: int, cells: Sequence[Cell], look: Any) -> None:
    for column, cell in enumerate(cells):
        if isinstance(cell, str):
            page.write_string(row, column, cell, look)
        elif cell is not None:
            page.write_number(row, column, cell, look)


def _guarded(cell: Cell) -> Cell:
    return f"'{cell}" if isinstance(cell, str) and cell.startswith(_BEGINS_A_FORMULA) else cell


def _widths(sheet: Sheet) -> list[int]:
    """By the longest cell; a Chinese character is as wide as two letters."""
    columns = zip(sheet.head, *sheet.rows, strict=True)
    return [min(_WIDEST, max(_NARROWEST, *(_width(cell) for cell in column)) + 2) for column in columns]


def _width(cell: Cell) -> int:
    return 0 if cell is None else sum(1 if sign.isascii() else 2 for sign in str(cell))
