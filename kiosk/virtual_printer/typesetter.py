"""Commands to rows: what each printing command does with the line, the pen and the codes and images."""

from __future__ import annotations

from collections.abc import Iterable
from typing import Final

from kiosk.virtual_printer.characters import Abilities
from kiosk.virtual_printer.codes import Barcodes, QrCodes
from kiosk.virtual_printer.commands import Command, CommandInvalid
from kiosk.virtual_printer.graphics import Graphics, bit_image, raster
from kiosk.virtual_printer.line import Line
from kiosk.virtual_printer.pen import Pen
from kiosk.virtual_printer.sheet import LINE_SPACING, Align, BitImage, GapRow, Glyph, Row

_CUTS: Final = (0, 1, 48, 49, 65, 66)
_ALIGNS: Final[dict[int, Align]] = {0: "left", 1: "center", 2: "right", 48: "left", 49: "center", 50: "right"}
_LINES: Final = frozenset(("GS L", "GS W", "ESC $", "ESC \\", "ESC D", "HT", "ESC 2", "ESC 3", "ESC a"))
_CODES: Final = frozenset(("GS h", "GS w", "GS H", "GS f"))


class Typesetter:
    """Applies commands. Chinese is off after `ESC @`, so that a ticket without `FS &` shows as garbage.

    `chinese`, `gb18030` and `gs_scales_hanzi` are its `Abilities`.
    """

    def __init__(
        self, width_dots: int, *, chinese: bool = True, gb18030: bool = False, gs_scales_hanzi: bool = True
    ) -> None:
        self._width_dots = width_dots
        self._abilities = Abilities(chinese, gb18030, gs_scales_hanzi)
        self._qr = QrCodes()  # which `ESC @` leaves as it is
        self._reset()

    def apply(self, command: Command) -> list[Row]:
        """Take one printing command; the rows that it completes. Raises CommandInvalid."""
        if command.name == "text":
            return self._put(self._pen.write(command.args))
        return self._put(self._pen.end()) + self._obey(command)

    def _reset(self) -> None:
        self._pen = Pen(self._abilities)
        self._line = Line(self._width_dots)
        self._barcodes = Barcodes()
        self._graphics = Graphics()

    def _obey(self, command: Command) -> list[Row]:
        args = command.args
        match command.name:
            case "LF":
                return [self._line.end()]
            case "ESC d" | "ESC J":
                unit = self._line.spacing if command.name == "ESC d" else 1
                return [*self._rest(), GapRow(args[0] * unit)]
            case "GS V" if args[0] in _CUTS:
                return [*self._rest(), *(GapRow(dots) for dots in args[1:] if dots)]
            case "ESC *":
                return self._put([bit_image(args)])
            case "GS v 0":
                return self._block([raster(args, self._line)])
            case "GS k":
                return self._block([self._barcodes.print(args, self._line)])
            case "GS ( k":
                return self._block(self._qr.obey(args, self._line))
            case "GS ( L" | "GS 8 L":
                return self._block(self._graphics.obey(args, self._line))
        self._set(command)
        return []

    def _set(self, command: Command) -> None:
        name = command.name
        if name == "ESC @":
            self._reset()
        elif name in _CODES:
            self._barcodes.set(command)
        elif name in _LINES:
            self._lay_out(name, command.args)
        elif name != "CR":  # lines end with LF alone
            self._pen.set(command)

    def _lay_out(self, name: str, args: bytes) -> None:
        """What concerns lines."""
        line, n = self._line, int.from_bytes(args[:2], "little")
        match name:
            case "GS L":
                line.set_margin(n)
            case "GS W":
                line.set_width(n)
            case "ESC $":
                line.move_to(n, name)
            case "ESC \\":
                line.move_by(int.from_bytes(args, "little", signed=True))
            case "ESC D":
                line.set_tabs(args.rstrip(b"\0"), self._pen.column)
            case "HT":
                line.tab()
            case "ESC 2" | "ESC 3":
                line.spacing = n if name == "ESC 3" else LINE_SPACING
            case "ESC a" if n in _ALIGNS:
                line.at_its_beginning(name)
                line.align = _ALIGNS[n]
            case _:
                raise CommandInvalid(f"{name} {n}")

    def _put(self, items: Iterable[Glyph | BitImage]) -> list[Row]:
        """Into the line; the lines that are full with it."""
        return [row for item in items for row in [self._line.put(item)] if row is not None]

    def _rest(self) -> list[Row]:
        """What stands in the line is printed before anything that is not text."""
        return [self._line.end()] if self._line.begun else []

    def _block(self, rows: list[Row]) -> list[Row]:
        return [*self._rest(), *rows] if rows else []
