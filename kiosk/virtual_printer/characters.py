"""Bytes of text to characters: code pages, national variants, and Chinese as printers of different ability read it."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from typing import Final

BOX: Final = "□"
"""What comes out where the printer's font has nothing."""

_CODE_PAGES: Final = {
    **{0: "cp437", 2: "cp850", 3: "cp860", 4: "cp863", 5: "cp865", 13: "cp857", 14: "cp737", 15: "iso8859_7"},
    **{16: "cp1252", 17: "cp866", 18: "cp852", 19: "cp858", 33: "cp775", 34: "cp855", 36: "cp862", 37: "cp864"},
    **{39: "iso8859_2", 40: "iso8859_15", 45: "cp1250", 46: "cp1251", 47: "cp1253", 48: "cp1254", 49: "cp1255"},
    **{50: "cp1256", 51: "cp1257", 52: "cp1258"},
}
# `ESC R n`: what stands in place of these twelve ASCII characters, by country (Epson reference).
_REPLACED: Final = "#$@[\\]^`{|}~"
_VARIANTS: Final = (
    "#$@[\\]^`{|}~",  # United States
    "#$à°ç§^`éùè¨",  # France
    "#$§ÄÖÜ^`äöüß",  # Germany
    "£$@[\\]^`{|}~",  # United Kingdom
    "#$@ÆØÅ^`æøå~",  # Denmark
    "#¤ÉÄÖÅÜéäöåü",  # Sweden
    "#$@°\\é^ùàòèì",  # Italy
    "₧$@¡Ñ¿^`¨ñ}~",  # Spain
    "#$@[¥]^`{|}~",  # Japan
    "#¤ÉÆØÅÜéæøåü",  # Norway
    "#$ÉÆØÅÜéæøåü",  # Denmark II
    "#$á¡Ñ¿é`íñóú",  # Spain II
    "#$á¡Ñ¿éüíñóú",  # Latin America
    "#$@[₩]^`{|}~",  # Korea
    "#$ŽŠĐĆČžšđćč",  # Slovenia, Croatia
    "#¥@[\\]^`{|}~",  # China
)
_IN_A_ROW: Final = 190  # trail bytes of one lead byte: 40 to FE without 7F


@dataclass(frozen=True)
class Abilities:
    """What a printer's fonts can do.

    Without `chinese` it has no Chinese font: GBK comes out as characters of the code page. `gb18030` reads four-byte
    codes; a printer without takes them for two hanzi. Without `gs_scales_hanzi` only `FS !` and `FS W` enlarge hanzi.
    """

    chinese: bool = True
    gb18030: bool = False
    gs_scales_hanzi: bool = True


@dataclass(frozen=True)
class Character:
    """One character; a hanzi is twice as wide as others."""

    char: str
    hanzi: bool


class CharacterReader:
    """Reads bytes of text, in any pieces, in the modes that commands have set."""

    def __init__(self, abilities: Abilities) -> None:
        self._abilities = abilities
        self.chinese = False
        self._page = _CODE_PAGES[0]
        self._variant = str.maketrans("", "")
        self._begun = b""

    def select_page(self, n: int) -> bool:
        """`ESC t`; False when the printer has no such code page."""
        self._page = _CODE_PAGES.get(n, self._page)
        return n in _CODE_PAGES

    def select_variant(self, n: int) -> bool:
        """`ESC R`; False when there is no such country."""
        if n >= len(_VARIANTS):
            return False
        self._variant = str.maketrans(_REPLACED, _VARIANTS[n])
        return True

    def read(self, data: bytes) -> Iterator[Character]:
        """The characters that `data` completes."""
        data, self._begun = self._begun + data, b""
        index = 0
        while index < len(data):
            size = self._size(data, index)
            if index + size > len(data):
                self._begun = data[index:]
                return
            yield self._character(data[index : index + size])
            index += size

    def end(self) -> Iterator[Character]:
        """A command came: half a hanzi has no other half any more."""
        if self._begun:
            self._begun = b""
            yield Character(BOX, hanzi=True)

    def _size(self, data: bytes, index: int) -> int:
        if not self.chinese or not 0x81 <= data[index] <= 0xFE:
            return 1
        four = self._abilities.gb18030 and data[index + 1 : index + 2].isdigit()
        return 4 if four else 2

    def _character(self, code: bytes) -> Character:
        if len(code) == 1:
            char = code.decode(self._page, errors="replace").translate(self._variant)
            return Character(char if char.isprintable() and char != "\ufffd" else BOX, hanzi=False)
        return Character(_gbk(code) if len(code) == 2 else _decoded(code, "gb18030"), hanzi=True)


def _gbk(code: bytes) -> str:
    """The hanzi at the place in the font that the two bytes work out to.

    A GBK font is one long table, and a printer that knows no four-byte codes does not ask whether a second byte can be
    one: `81 30 84 36` prints something from the row before (KevinGong2013/Printer 5.1.1 saw a wrong hanzi).
    """
    lead, trail = code
    place = (lead - 0x81) * _IN_A_ROW + trail - 0x40 - (trail > 0x7F)
    if place < 0:
        return BOX
    row, rest = divmod(place, _IN_A_ROW)
    return _decoded(bytes((0x81 + row, 0x40 + rest + (rest >= 0x3F))), "gbk")


def _decoded(code: bytes, encoding: str) -> str:
    try:
        char = code.decode(encoding)
    except UnicodeDecodeError:
        return BOX
    return char if char.isprintable() or char == "\u3000" else BOX
