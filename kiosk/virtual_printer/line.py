"""The line that is being filled: where it may print, how far it has come, and the tabs."""

from __future__ import annotations

from typing import Final

from kiosk.virtual_printer.commands import CommandInvalid
from kiosk.virtual_printer.sheet import FONT_A, LINE_SPACING, Align, Area, BitImage, Glyph, Placed, TextRow

_TABS: Final = tuple(range(8, 256, 8))  # columns of Font A, as after `ESC @`


class Line:
    """The printer's line buffer. `x` counts dots from the left edge of the print area."""

    def __init__(self, width_dots: int) -> None:
        self._width_dots = width_dots
        self._left, self._width = 0, width_dots
        self._tabs = tuple(column * FONT_A[0] for column in _TABS)
        self._items: list[Placed] = []
        self._x = 0
        self.align: Align = "left"
        self.spacing = LINE_SPACING

    @property
    def area(self) -> Area:
        """Where it may print; a margin and a width that do not go together end at the paper's edge."""
        return Area(self._left, self.width)

    @property
    def width(self) -> int:
        """Dots of the print area."""
        return max(0, min(self._width, self._width_dots - self._left))

    @property
    def begun(self) -> bool:
        """Whether something stands in it, or its position was moved."""
        return bool(self._items or self._x)

    def at_its_beginning(self, name: str) -> None:
        """What these commands set holds for whole lines. Raises CommandInvalid when this one has begun."""
        if self.begun:
            raise CommandInvalid(f"{name} in the middle of a line")

    def set_margin(self, dots: int) -> None:
        """`GS L`. Raises CommandInvalid."""
        self.at_its_beginning("GS L")
        if dots >= self._width_dots:
            raise CommandInvalid(f"GS L {dots}")
        self._left = dots

    def set_width(self, dots: int) -> None:
        """`GS W`. Raises CommandInvalid."""
        self.at_its_beginning("GS W")
        if not dots:
            raise CommandInvalid("GS W 0")
        self._width = dots

    def set_tabs(self, columns: bytes, column_dots: int) -> None:
        """`ESC D` with columns of the font in force."""
        self._tabs = tuple(column * column_dots for column in columns)

    def tab(self) -> None:
        """`HT`: to the next tab; without one nothing happens."""
        self._x = next((tab for tab in self._tabs if self._x < tab <= self.width), self._x)

    def move_to(self, x: int, name: str) -> None:
        """`ESC $`. Raises CommandInvalid outside the print area."""
        if not 0 <= x <= self.width:
            raise CommandInvalid(f"{name} to {x}")
        self._x = x

    def move_by(self, dots: int) -> None:
        """`ESC \\`. Raises CommandInvalid outside the print area."""
        self.move_to(self._x + dots, "ESC \\")

    def put(self, item: Glyph | BitImage) -> TextRow | None:
        """Put it at the position; the full line before it, when it has no room there."""
        full = None
        if self._items and self._x + item.dots > self.width:
            full = self.end()
        self._items.append(Placed(self._x, item))
        self._x += item.dots
        return full

    def end(self) -> TextRow:
        """The line as it stands; a new one begins."""
        row = TextRow(tuple(self._items), self.align, self.area, self.spacing)
        self._items, self._x = [], 0
        return row
