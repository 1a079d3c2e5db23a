"""How characters look: the modes that commands set, for ordinary characters and for Chinese ones."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Final

from kiosk.virtual_printer.characters import Abilities, Character, CharacterReader
from kiosk.virtual_printer.commands import Command, CommandInvalid
from kiosk.virtual_printer.sheet import FONT_A, FONT_B, HANZI, Glyph

CHINESE: Final = frozenset(("FS &", "FS .", "FS !", "FS W", "FS -"))
"""The commands that only a printer with a Chinese font knows."""


class Pen:
    """Starts with all modes off, Chinese among them."""

    def __init__(self, abilities: Abilities) -> None:
        self._abilities = abilities
        self._reader = CharacterReader(abilities)
        self._font = FONT_A
        self._size = self._hanzi_size = (1, 1)
        self._on = {"ESC E": False, "ESC G": False, "GS B": False, "FS W": False}
        self._underline = self._hanzi_underline = self._space = 0

    @property
    def column(self) -> int:
        """Dots that one character takes now."""
        return self._size[0] * (self._font[0] + self._space)

    def write(self, data: bytes) -> Iterator[Glyph]:
        """The characters that `data` completes."""
        return map(self._glyph, self._reader.read(data))

    def end(self) -> Iterator[Glyph]:
        """A command came: what was left of the text before it."""
        return map(self._glyph, self._reader.end())

    def set(self, command: Command) -> None:
        """How characters look from now on. Raises CommandInvalid."""
        n = command.args[0] if command.args else 0
        if command.name in CHINESE:
            self._set_chinese(command.name, n)
        else:
            self._set(command.name, n)

    def _set(self, name: str, n: int) -> None:
        match name:
            case "ESC E" | "ESC G" | "GS B":
                self._on[name] = bool(n & 1)
            case "ESC SP":
                self._space = n
            case "ESC -" if n in (0, 1, 2, 48, 49, 50):
                self._underline = n % 48
            case "ESC M" if n in (0, 1, 48, 49):
                self._font = FONT_B if n % 48 else FONT_A
            case "ESC !" if not n & 0x46:  # which do not exist
                self._font = FONT_B if n & 0x01 else FONT_A
                self._on["ESC E"] = bool(n & 0x08)
                self._size = (2 if n & 0x20 else 1, 2 if n & 0x10 else 1)
                self._underline = n >> 7
            case "GS !" if not n & 0x88:
                self._size = ((n >> 4) + 1, (n & 0x0F) + 1)
            case "ESC t" if self._reader.select_page(n):
                pass
            case "ESC R" if self._reader.select_variant(n):
                pass
            case _:
                raise CommandInvalid(f"{name} {n}")

    def _set_chinese(self, name: str, n: int) -> None:
        if not self._abilities.chinese:
            raise CommandInvalid(f"{name}: this printer has no Chinese font")
        match name:
            case "FS &" | "FS .":
                self._reader.chinese = name == "FS &"
            case "FS !":
                self._hanzi_size = (2 if n & 0x04 else 1, 2 if n & 0x08 else 1)
                self._hanzi_underline = n >> 7
            case "FS -" if n in (0, 1, 2, 48, 49, 50):
                self._hanzi_underline = n % 48
            case "FS W":
                self._on[name] = bool(n & 1)
            case _:
                raise CommandInvalid(f"{name} {n}")

    def _glyph(self, character: Character) -> Glyph:
        bold = self._on["ESC E"] or self._on["ESC G"]
        if not character.hanzi:
            return Glyph(character.char, *self._size, bold, self._font, self._underline, self._on["GS B"], self._space)
        base = self._size if self._abilities.gs_scales_hanzi else (1, 1)
        least = (2, 2) if self._on["FS W"] else self._hanzi_size
        width, height = max(base[0], least[0]), max(base[1], least[1])
        return Glyph(character.char, width, height, bold, HANZI, self._hanzi_underline, self._on["GS B"])
