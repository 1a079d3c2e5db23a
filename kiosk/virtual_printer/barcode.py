"""One-dimensional codes as `GS k` asks for them: the widths of their bars and spaces.

The patterns are python-barcode's; what is here is the printer's reading of the content (Epson reference, `GS k`).
"""

from __future__ import annotations

from collections.abc import Callable, Iterable
from dataclasses import dataclass
from itertools import groupby
from typing import Final

from barcode import CODABAR, EAN8, EAN13, ITF, Code39
from barcode.charsets import code128
from barcode.errors import BarcodeError

from kiosk.virtual_printer.commands import CommandInvalid

MODULES: Final = {2: 5, 3: 8, 4: 10, 5: 13, 6: 15}
"""`GS w n`: dots of a module or a thin element, and of a thick one in the codes that know only these two."""


@dataclass(frozen=True)
class Bars:
    """A code: `widths` in dots, bar and space in turn, a bar first and last; `content` as people read it."""

    kind: str
    content: str
    widths: tuple[int, ...]


def bars_of(m: int, content: bytes, module: int) -> Bars:
    """The code number `m` of `GS k`. Raises CommandInvalid."""
    kind = _KINDS.get(m if m < 65 else m - 65)
    if kind is None or 6 < m < 65:
        raise CommandInvalid(f"GS k {m}")
    try:
        return kind(content, module)
    except (BarcodeError, UnicodeDecodeError, KeyError, IndexError, ValueError) as error:
        raise CommandInvalid(f"GS k {m}: {content[:16]!r} is no content for it") from error


def _digits(content: bytes, *counts: int) -> str:
    """Raises ValueError for anything else."""
    text = content.decode("ascii")
    if not text.isdigit() or (counts and len(text) not in counts):
        raise ValueError(text)
    return text


def _ean13(content: bytes, module: int) -> Bars:
    code = EAN13(_digits(content, 12, 13)[:12])
    return Bars("EAN13", code.get_fullcode(), _scaled(code.build()[0], module))


def _ean8(content: bytes, module: int) -> Bars:
    code = EAN8(_digits(content, 7, 8)[:7])
    return Bars("EAN8", code.get_fullcode(), _scaled(code.build()[0], module))


def _upc_a(content: bytes, module: int) -> Bars:
    code = EAN13("0" + _digits(content, 11, 12)[:11])
    return Bars("UPC-A", code.get_fullcode()[1:], _scaled(code.build()[0], module))


def _code39(content: bytes, module: int) -> Bars:
    text = content.decode("ascii").strip("*")  # which the printer adds itself
    if not text:
        raise ValueError(text)
    return Bars("CODE39", text, _two_widths(Code39(text, add_checksum=False).build()[0], module))


def _itf(content: bytes, module: int) -> Bars:
    text = _digits(content)
    if len(text) % 2:
        raise ValueError(text)
    return Bars("ITF", text, _two_widths(ITF(text, narrow=1, wide=2).build()[0], module))


def _codabar(content: bytes, module: int) -> Bars:
    text = content.decode("ascii").upper()
    return Bars("CODABAR", text, _two_widths(CODABAR(text, narrow=1, wide=2).build()[0], module))


_START: Final = {ord("A"): 103, ord("B"): 104, ord("C"): 105}
_SWITCH: Final = {ord("A"): 101, ord("B"): 100, ord("C"): 99}
_FUNCTIONS: Final = {ord("1"): 102, ord("2"): 97, ord("3"): 96}
_SHIFT: Final = 98


def _code128(content: bytes, module: int) -> Bars:
    """The content names its code sets: `{A`, `{B` or `{C` first, and again where they change."""
    if len(content) < 3 or content[:1] != b"{":
        raise ValueError(content)
    values, text = _symbols(content)
    check = (values[0] + sum(place * value for place, value in enumerate(values[1:], 1))) % 103
    pattern = "".join(code128.CODES[value] for value in (*values, check)) + code128.STOP + "11"
    return Bars("CODE128", text, _scaled(pattern, module))


def _symbols(content: bytes) -> tuple[list[int], str]:
    """The code's symbols from the start symbol on, and what they say. Raises KeyError or ValueError."""
    now = content[1]
    values, text, shifted = [_START[now]], "", False
    rest = iter(content[2:])
    for byte in rest:
        special = next(rest, 0) if byte == ord("{") else None
        if special in _SWITCH:
            now = special
            values.append(_SWITCH[special])
        elif special == ord("S"):
            shifted = True
            values.append(_SHIFT)
        elif special == ord("4"):
            values.append(101 if now == ord("A") else 100)
        elif special is not None and special != ord("{"):
            values.append(_FUNCTIONS[special])
        else:
            code_set = {ord("A"): ord("B"), ord("B"): ord("A")}[now] if shifted else now
            shifted = False
            values.append(_symbol(byte, code_set))
            text += f"{byte:02d}" if code_set == ord("C") else chr(byte) if 0x20 <= byte < 0x7F else " "
    return values, text


def _symbol(byte: int, code_set: int) -> int:
    """The symbol of one byte of content. Raises ValueError."""
    if code_set == ord("C") and byte < 100:
        return byte
    if code_set == ord("A") and byte < 0x60:
        return byte - 0x20 if byte >= 0x20 else byte + 0x40
    if code_set == ord("B") and 0x20 <= byte < 0x80:
        return byte - 0x20
    raise ValueError(byte)


def _runs(pattern: str) -> Iterable[int]:
    return (len(list(run)) for _, run in groupby(pattern.strip("0")))


def _scaled(pattern: str, module: int) -> tuple[int, ...]:
    return tuple(run * module for run in _runs(pattern))


def _two_widths(pattern: str, module: int) -> tuple[int, ...]:
    return tuple(module if run == 1 else MODULES[module] for run in _runs(pattern))


_KINDS: Final[dict[int, Callable[[bytes, int], Bars]]] = {
    0: _upc_a,
    2: _ean13,
    3: _ean8,
    4: _code39,
    5: _itf,
    6: _codabar,
    8: _code128,
}
