"""Text as a Chinese receipt printer takes it: GBK bytes, counted in columns of one ASCII character.

GBK and not GB18030: a GBK-only printer prints a wrong hanzi for the four-byte codes (KevinGong2013/Printer 5.1.1).
"""

from __future__ import annotations

GETA = "〓"  # the typesetter's mark for "a character is missing here", in GB 2312 and so in every printer's font
_LOOKALIKE = str.maketrans({"¥": "￥", "\u2013": "-", "\u2011": "-", "•": "·", "\u00a0": " "})


def unprintable(text: str) -> set[str]:
    """The characters of `text` that a GBK printer has no glyph for; each is printed as 〓."""
    return {char for char in _on_one_line(text) if not _in_gbk(char)}


def printable(text: str) -> str:
    """`text` on one line, every character of it in GBK.

    Control characters become spaces: a name typed by somebody must not be able to command the printer.
    """
    return "".join(char if _in_gbk(char) else GETA for char in _on_one_line(text))


def cells(text: str) -> int:
    """Columns that printable `text` takes at single width: one per ASCII character, two per Chinese one."""
    return len(text.encode("gbk"))


def clip(text: str, columns: int) -> str:
    """The longest beginning of printable `text` that fits `columns`."""
    taken = 0
    for index, char in enumerate(text):
        taken += cells(char)
        if taken > columns:
            return text[:index]
    return text


def _on_one_line(text: str) -> str:
    """Look-alikes put into GBK, control characters out."""
    return "".join(" " if ord(char) < 0x20 or ord(char) == 0x7F else char for char in text.translate(_LOOKALIKE))


def _in_gbk(char: str) -> bool:
    try:
        char.encode("gbk")
    except UnicodeEncodeError:
        return False
    return True
