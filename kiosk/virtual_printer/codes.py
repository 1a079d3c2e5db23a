"""The codes that the printer draws itself: `GS k` with its settings, and `GS ( k` for QR."""

from __future__ import annotations

from typing import Final

from segno import DataOverflowError

from kiosk.virtual_printer.barcode import MODULES, bars_of
from kiosk.virtual_printer.commands import Command, CommandInvalid
from kiosk.virtual_printer.line import Line
from kiosk.virtual_printer.sheet import FONT_A, FONT_B, BarcodeRow, QrRow, Row

_LEVELS: Final = {48: "L", 49: "M", 50: "Q", 51: "H"}


class Barcodes:
    """`GS h`, `GS w`, `GS H`, `GS f` and `GS k`."""

    def __init__(self) -> None:
        self._height, self._module, self._where = 162, 3, 0
        self._font = FONT_A

    def set(self, command: Command) -> None:
        """How codes look from now on. Raises CommandInvalid."""
        n = command.args[0]
        match command.name:
            case "GS h" if n:
                self._height = n
            case "GS w" if n in MODULES:
                self._module = n
            case "GS H" if n in (0, 1, 2, 3, 48, 49, 50, 51):
                self._where = n % 48
            case "GS f" if n in (0, 1, 48, 49):
                self._font = FONT_B if n % 48 else FONT_A
            case _:
                raise CommandInvalid(f"{command.name} {n}")

    def print(self, args: bytes, line: Line) -> Row:
        """`GS k m content`. Raises CommandInvalid."""
        m = args[0]
        bars = bars_of(m, args[1:-1] if m <= 6 else args[2:], self._module)
        row = BarcodeRow(
            bars, self._height, bool(self._where & 1), bool(self._where & 2), self._font, line.align, line.area
        )
        if row.width > line.width:
            raise CommandInvalid(f"GS k {m}: {row.width} dots wide")
        return row


class QrCodes:
    """`GS ( k` with cn 49: model, module size, error correction, store, print."""

    def __init__(self) -> None:
        self._module, self._level, self._content = 3, "L", ""

    def obey(self, args: bytes, line: Line) -> list[Row]:
        """The code when it was to be printed. Raises CommandInvalid."""
        match args[:2]:
            case b"1A" if args[2:] in (b"1\x00", b"2\x00"):
                pass
            case b"1C" if len(args) == 3 and 1 <= args[2] <= 16:
                self._module = args[2]
            case b"1E" if len(args) == 3 and args[2] in _LEVELS:
                self._level = _LEVELS[args[2]]
            case b"1P" if args[2:3] == b"0":
                self._content = args[3:].decode("utf-8", errors="replace")
            case b"1Q" if args[2:] == b"0":
                return [self._row(line)]
            case _:
                raise CommandInvalid(f"GS ( k {args[:3].hex(' ')}")
        return []

    def _row(self, line: Line) -> QrRow:
        row = QrRow(self._content, self._module, self._level, line.align, line.area)
        try:
            fits = bool(row.content) and row.dots <= line.width
        except DataOverflowError as error:
            raise CommandInvalid(f"GS ( k: {error}") from error
        if not fits:
            raise CommandInvalid("GS ( k: the QR code is empty or wider than the paper")
        return row
