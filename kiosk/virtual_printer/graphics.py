"""Images dot by dot: `ESC *` in a line of text, `GS v 0` and `GS ( L` as rows of their own."""

from __future__ import annotations

from typing import Final

from kiosk.virtual_printer.commands import CommandInvalid
from kiosk.virtual_printer.line import Line
from kiosk.virtual_printer.sheet import BitImage, RasterRow, Row, Size

# `ESC * m`: dots in a column and their size. Columns of 8 are a third as dense as the head can print.
_COLUMNS: Final[dict[int, tuple[int, Size]]] = {0: (8, (2, 3)), 1: (8, (1, 3)), 32: (24, (2, 1)), 33: (24, (1, 1))}


def bit_image(args: bytes) -> BitImage:
    """`ESC * m nL nH columns`. Raises CommandInvalid."""
    if args[0] not in _COLUMNS or len(args) == 3:
        raise CommandInvalid(f"ESC * {args[0]} with {len(args) - 3} bytes")
    bits, scale = _COLUMNS[args[0]]
    return BitImage(args[3:], bits, scale)


def raster(args: bytes, line: Line) -> Row:
    """`GS v 0 m xL xH yL yH rows`. Raises CommandInvalid."""
    m, width, height = args[0] % 48, int.from_bytes(args[1:3], "little"), int.from_bytes(args[3:5], "little")
    if args[0] not in (0, 1, 2, 3, 48, 49, 50, 51) or not args[5:] or width * 8 * (1 + (m & 1)) > line.width:
        raise CommandInvalid(f"GS v 0: mode {args[0]}, {width * 8}×{height} dots")
    return RasterRow(args[5:], width, height, (1 + (m & 1), 1 + (m >> 1)), line.align, line.area)


class Graphics:
    """`GS ( L` and `GS 8 L`: an image that is stored first and then printed."""

    def __init__(self) -> None:
        self._stored: tuple[bytes, int, int, Size] | None = None

    def obey(self, args: bytes, line: Line) -> list[Row]:
        """The image when it was to be printed. Raises CommandInvalid."""
        match args[:2]:
            case b"0p":
                self._store(args[2:])
            case b"0\x02" | b"02" if len(args) == 2:
                return self._print(line)
            case _:
                raise CommandInvalid(f"GS ( L {args[:2].hex(' ')}")
        return []

    def _store(self, args: bytes) -> None:
        """`a bx by c xL xH yL yH rows`: only one colour and no grey."""
        width, height = int.from_bytes(args[4:6], "little"), int.from_bytes(args[6:8], "little")
        across = (width + 7) // 8
        fits = len(args) > 8 and len(args) == 8 + across * height
        if not fits or args[:1] != b"0" or args[3:4] != b"1" or not {*args[1:3]} <= {1, 2}:
            raise CommandInvalid(f"GS ( L: {width}×{height} dots, {args[:4].hex(' ')}")
        self._stored = args[8:], across, height, (args[1], args[2])

    def _print(self, line: Line) -> list[Row]:
        if self._stored is None:
            return []
        data, across, height, scale = self._stored
        self._stored = None
        if across * 8 * scale[0] > line.width:
            raise CommandInvalid(f"GS ( L: {across * 8 * scale[0]} dots wide")
        return [RasterRow(data, across, height, scale, line.align, line.area)]
