"""Commands to rows: the printer's modes (align, size, weight, Chinese) and its line buffer."""

from __future__ import annotations

from typing import Final

from segno import DataOverflowError

from kiosk.virtual_printer.commands import Command, CommandInvalid
from kiosk.virtual_printer.sheet import LINE_SPACING, Align, GapRow, Glyph, QrRow, RasterRow, Row, TextRow

_ALIGNS: Final[dict[int, Align]] = {0: "left", 1: "center", 2: "right", 48: "left", 49: "center", 50: "right"}
_LEVELS: Final = {48: "L", 49: "M", 50: "Q", 51: "H"}


class Typesetter:
    """Applies commands. Chinese is off after `ESC @`, so that a ticket without `FS &` shows as garbage.

    `gs_scales_hanzi` False is a clone on which only `FS !` and `FS W` enlarge Chinese characters.
    """

    def __init__(self, width_dots: int, *, gs_scales_hanzi: bool = True) -> None:
        self._width_dots = width_dots
        self._gs_scales_hanzi = gs_scales_hanzi
        self._qr_module, self._qr_level, self._qr_content = 3, "L", ""
        self._reset()

    def apply(self, command: Command) -> list[Row]:
        """Take one printing command; the rows that it completes. Raises CommandInvalid."""
        args = command.args
        match command.name:
            case "text":
                return self._text(args)
            case "LF":
                return [self._end_line()]
            case "ESC d":
                rows: list[Row] = [self._end_line()] if self._line else []
                return [*rows, GapRow(args[0] * LINE_SPACING)]
            case "GS ( k":
                return self._qr(args)
            case "GS v 0":
                return self._raster(args)
            case "GS V":
                return [self._end_line()] if self._line else []
            case _:
                self._mode(command)
                return []

    def _reset(self) -> None:
        self._align: Align = "left"
        self._size = (1, 1)
        self._hanzi_size = (1, 1)
        self._bold = self._chinese = self._quadruple = False
        self._line: list[Glyph] = []
        self._lead = b""

    def _mode(self, command: Command) -> None:
        n = command.args[0] if command.args else 0
        match command.name:
            case "ESC @":
                self._reset()
            case "ESC a" if n in _ALIGNS:
                self._align = _ALIGNS[n]
            case "ESC E":
                self._bold = bool(n & 1)
            case "ESC !" if not n & 0x41:  # neither Font B nor what does not exist
                self._bold = bool(n & 0x08)
                self._size = (2 if n & 0x20 else 1, 2 if n & 0x10 else 1)
            case "GS !" if not n & 0x88:
                self._size = ((n >> 4) + 1, (n & 0x0F) + 1)
            case "FS &" | "FS .":
                self._chinese = command.name == "FS &"
            case "FS !":
                self._hanzi_size = (2 if n & 0x04 else 1, 2 if n & 0x08 else 1)
            case "FS W":
                self._quadruple = bool(n & 1)
            case "ESC t":
                pass  # the code page of single bytes beyond ASCII, which are shown as CP437
            case _:
                raise CommandInvalid(f"{command.name} {n}")

    def _text(self, data: bytes) -> list[Row]:
        rows: list[Row] = []
        data = self._lead + data
        self._lead = b""
        index = 0
        while index < len(data):
            if self._chinese and data[index] >= 0x81:
                if index + 1 == len(data):
                    self._lead = data[index:]
                    break
                char, index = data[index : index + 2].decode("gbk", errors="replace")[0], index + 2
            else:
                char, index = data[index : index + 1].decode("cp437"), index + 1
            rows += self._put(char)
        return rows

    def _put(self, char: str) -> list[Row]:
        width, height = self._size
        if ord(char) >= 0x80:
            base = self._size if self._gs_scales_hanzi else (1, 1)
            least = (2, 2) if self._quadruple else self._hanzi_size
            width, height = max(base[0], least[0]), max(base[1], least[1])
        glyph = Glyph(char, width, height, self._bold)
        rows: list[Row] = []
        if sum(other.dots for other in self._line) + glyph.dots > self._width_dots:
            rows.append(self._end_line())
        self._line.append(glyph)
        return rows

    def _end_line(self) -> Row:
        row = TextRow(tuple(self._line), self._align)
        self._line = []
        return row

    def _qr(self, args: bytes) -> list[Row]:
        """`GS ( k` with cn 49: model, module size, error correction, store, print."""
        match args[:2]:
            case b"1A" if args[2:] == b"2\x00":
                pass
            case b"1C" if len(args) == 3 and 1 <= args[2] <= 16:
                self._qr_module = args[2]
            case b"1E" if len(args) == 3 and args[2] in _LEVELS:
                self._qr_level = _LEVELS[args[2]]
            case b"1P" if args[2:3] == b"0":
                self._qr_content = args[3:].decode("utf-8", errors="replace")
            case b"1Q" if args[2:] == b"0":
                return self._qr_row()
            case _:
                raise CommandInvalid(f"GS ( k {args[:3].hex(' ')}")
        return []

    def _qr_row(self) -> list[Row]:
        row = QrRow(self._qr_content, self._qr_module, self._qr_level, self._align)
        try:
            fits = bool(row.content) and row.dots <= self._width_dots
        except DataOverflowError as error:
            raise CommandInvalid(f"GS ( k: {error}") from error
        if not fits:
            raise CommandInvalid("GS ( k: the QR code is empty or wider than the paper")
        return [row]

    def _raster(self, args: bytes) -> list[Row]:
        """`GS v 0 m xL xH yL yH data`."""
        m, width, height = args[0] & 0x0F, int.from_bytes(args[1:3], "little"), int.from_bytes(args[3:5], "little")
        if m > 3 or width * 8 * (1 + (m & 1)) > self._width_dots:
            raise CommandInvalid(f"GS v 0: mode {m}, {width * 8} dots wide")
        return [RasterRow(args[5:], width, height, (1 + (m & 1), 1 + (m >> 1)), self._align)]
