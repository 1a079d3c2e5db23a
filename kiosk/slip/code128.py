"""CODE128 as `GS k` takes it: content that names its code sets, so that digits are printed two in one symbol."""

from __future__ import annotations

import re
from itertools import pairwise
from typing import Final

_CONTENT: Final = re.compile(r"[0-9A-Za-z ./+$%:-]+")
_DIGITS: Final = re.compile(r"(?:\d\d){2,}")
_OBEYED: Final = re.compile(rb"\x10[\x04\x05\x14]")
"""What a printer takes for a request even in here: the digits 1604, 1605 and 1620, two in one byte."""
_SYMBOL: Final = 11  # modules
_STOP: Final = 13


def printer_content(content: str) -> tuple[bytes, int] | None:
    """What to send after `GS k 73 n`, and how many modules wide the code will be; None where it has no such code."""
    if not _CONTENT.fullmatch(content):
        return None
    edges = sorted({0, len(content), *(edge for run in _DIGITS.finditer(content) for edge in run.span())})
    sent, symbols = b"", 2  # the check symbol, and the start, which the first set name is
    for start, end in pairwise(edges):
        part = content[start:end]
        symbols += 1 if sent else 0
        pairs = _pairs(part)
        if pairs and not _OBEYED.search(pairs):
            sent += b"{C" + pairs
            symbols += len(pairs)
        else:
            sent += b"{B" + part.encode("ascii")
            symbols += len(part)
    return sent, symbols * _SYMBOL + _STOP


def _pairs(part: str) -> bytes:
    """Two digits a byte; nothing for what is not digits alone."""
    if not _DIGITS.fullmatch(part):
        return b""
    return bytes(int(part[index : index + 2]) for index in range(0, len(part), 2))
