"""Text as a Chinese receipt printer takes it: GBK, counted in columns of one ASCII character.

GBK and not GB18030: a GBK-only printer prints a wrong hanzi for the four-byte codes (KevinGong2013/Printer 5.1.1).
"""

from __future__ import annotations

import unicodedata
from typing import Final
from urllib.parse import quote

GETA: Final = "〓"  # the typesetter's mark for "a character is missing here", in GB 2312 and so in every printer's font
_LOOKALIKE: Final = str.maketrans({"¥": "￥", "\u2013": "-", "\u2011": "-", "•": "·", "\u00a0": " "})
_NO_TEXT: Final = frozenset({"Cc", "Cf", "Cs", "Zl", "Zp"})
"""Unicode categories: controls, what is not seen (such as marks of direction), halves of characters."""


def clean(text: str) -> str:
    """`text` on one line, without anything that is not seen.

    What somebody typed must not be able to command the printer, to turn the direction of what follows, or to end the
    XML that it is put into.
    """
    return "".join(char if _is_text(char) else " " for char in text.translate(_LOOKALIKE))


def in_gbk(text: str) -> bool:
    """Whether a printer's Chinese font has every character of `text`."""
    try:
        text.encode("gbk")
    except UnicodeEncodeError:
        return False
    return True


def printable(text: str) -> str:
    """Clean `text` for a printer that has to do with its own font: 〓 for what is not in it."""
    return "".join(char if in_gbk(char) else GETA for char in text)


def cells(text: str) -> int:
    """Columns that clean `text` takes at single width: one per ASCII character, two for any other."""
    return sum(1 if ord(char) < 0x80 else 2 for char in text)


def plain_url(url: str) -> str:
    """`url` in ASCII only: what a QR reader opens, and no byte in it that a printer would obey."""
    return quote(url.strip(), safe="%/:?#[]@!$&'()*+,;=-._~")


def _is_text(char: str) -> bool:
    # The last two of each plane are no characters, and two of them are not allowed in XML.
    return unicodedata.category(char) not in _NO_TEXT and ord(char) & 0xFFFE != 0xFFFE
