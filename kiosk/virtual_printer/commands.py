"""ESC/POS bytes to commands. Sans-IO; bytes may come in any pieces."""

from __future__ import annotations

import re
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from typing import Final

TEXT: Final = "text"
UNKNOWN: Final = "unknown"

MAX_GRAPHICS: Final = 1 << 20
"""Bytes of one image: what claims to be longer is taken for a mistake, or it would swallow all papers after it."""
_MAX_BARCODE: Final = 255  # bytes of a `GS k` that ends with NUL
_MAX_TABS: Final = 32

Length = Callable[[bytes, int], int | None]
"""Of the argument bytes that begin at an index of the data; None until enough of them are there to know it."""


class CommandInvalid(Exception):
    """A known command with arguments that it does not have."""


@dataclass(frozen=True)
class Command:
    """One command or one run of text. `args` are its bytes without name and length fields; `raw` is as received."""

    name: str
    args: bytes
    raw: bytes


class CommandParser:
    """Cuts a stream into commands; what is not known becomes UNKNOWN, one or two bytes long."""

    def __init__(self) -> None:
        self._data = bytearray()
        self._needed = 0

    @property
    def pending(self) -> bytes:
        """The beginning of a command that is not complete yet."""
        return bytes(self._data)

    def feed(self, data: bytes) -> Iterator[Command]:
        """The commands that `data` completes."""
        self._data += data
        if len(self._data) < self._needed:
            return
        stream, start = bytes(self._data), 0
        while start < len(stream):
            found = _first(stream, start)
            if isinstance(found, int):
                self._needed = found
                break
            start += len(found.raw)
            # Taken out before it is handed over: whoever stops listening here has had it.
            del self._data[: len(found.raw)]
            self._needed = 0
            yield found


@dataclass(frozen=True)
class _Form:
    """How a command looks after its prefix: `skip` bytes that say how long it is, then its arguments."""

    name: str
    skip: int
    length: Length


def _fixed(count: int) -> Length:
    return lambda _data, _start: count


def _first(data: bytes, start: int) -> Command | int:
    """The command at `start`; how many bytes from there are needed at least when it is not complete yet."""
    text = _TEXT_RUN.match(data, start)
    if text:
        return Command(TEXT, text[0], text[0])
    head = data[start : start + _LONGEST]
    if len(head) < _LONGEST and any(len(prefix) > len(head) and prefix.startswith(head) for prefix in _FORMS):
        return len(head) + 1
    for size in range(len(head), 0, -1):
        form = _FORMS.get(head[:size])
        if form is not None:
            return _whole(form, data, start, size)
    return Command(UNKNOWN, b"", head[: 2 if head[0] in _PREFIXES else 1])


def _whole(form: _Form, data: bytes, start: int, size: int) -> Command | int:
    begin = start + size + form.skip
    if len(data) < begin:
        return begin - start
    length = form.length(data, begin)
    if length is None:
        return len(data) - start + 1
    if length > MAX_GRAPHICS:
        return Command(UNKNOWN, b"", data[start : start + size])
    end = begin + length
    return Command(form.name, data[begin:end], data[start:end]) if len(data) >= end else end - start


def _counted(size: int) -> Length:
    """The `size` bytes before the arguments count them."""
    return lambda data, start: int.from_bytes(data[start - size : start], "little")


def _cut(data: bytes, start: int) -> int | None:
    return None if len(data) <= start else 2 if data[start] in (65, 66) else 1


def _raster(data: bytes, start: int) -> int | None:
    """`m xL xH yL yH` and the dots."""
    if len(data) < start + 5:
        return None
    return 5 + int.from_bytes(data[start + 1 : start + 3], "little") * int.from_bytes(
        data[start + 3 : start + 5], "little"
    )


def _columns(data: bytes, start: int) -> int | None:
    """`m nL nH` and the columns of a bit image, three bytes each in the modes of 24 dots."""
    if len(data) < start + 3:
        return None
    return 3 + int.from_bytes(data[start + 1 : start + 3], "little") * (3 if data[start] in (32, 33) else 1)


def _barcode(data: bytes, start: int) -> int | None:
    """`m`, then either a content that ends with NUL (m from 0 to 6) or its length and the content."""
    if len(data) < start + 2:
        return None
    if data[start] > 6:
        return 2 + data[start + 1]
    end = data.find(0, start + 1, start + _MAX_BARCODE + 2)
    if end >= 0:
        return end + 1 - start
    return None if len(data) < start + _MAX_BARCODE + 2 else 1


def _tabs(data: bytes, start: int) -> int | None:
    """Rising columns up to a NUL; one that does not rise is no part of it any more."""
    last = 0
    for index, column in enumerate(data[start : start + _MAX_TABS + 1]):
        if column == 0:
            return index + 1
        if column <= last or index == _MAX_TABS:
            return index
        last = column
    return None


def _pulse(data: bytes, start: int) -> int | None:
    """`DLE DC4 fn`: a pulse, power off, a beep, a status, clear the buffers."""
    return None if len(data) <= start else 1 + {1: 2, 2: 2, 3: 5, 7: 1, 8: 7}.get(data[start], 0)


def _real_time(data: bytes, start: int) -> int | None:
    """`DLE EOT n`: the questions about ink and peripherals have a second byte."""
    return None if len(data) <= start else 2 if data[start] in (7, 8, 18) else 1


# Names in the notation of the Epson reference; the number of argument bytes.
_PLAIN: Final = {
    b"\x09": ("HT", 0),
    b"\x0a": ("LF", 0),
    b"\x0d": ("CR", 0),
    b"\x10\x05": ("DLE ENQ", 1),
    b"\x1b ": ("ESC SP", 1),
    b"\x1b!": ("ESC !", 1),
    b"\x1b$": ("ESC $", 2),
    b"\x1b-": ("ESC -", 1),
    b"\x1b2": ("ESC 2", 0),
    b"\x1b3": ("ESC 3", 1),
    b"\x1b@": ("ESC @", 0),
    b"\x1bE": ("ESC E", 1),
    b"\x1bG": ("ESC G", 1),
    b"\x1bJ": ("ESC J", 1),
    b"\x1bM": ("ESC M", 1),
    b"\x1bR": ("ESC R", 1),
    b"\x1b\\": ("ESC \\", 2),
    b"\x1ba": ("ESC a", 1),
    b"\x1bd": ("ESC d", 1),
    b"\x1bp": ("ESC p", 3),
    b"\x1bt": ("ESC t", 1),
    b"\x1c!": ("FS !", 1),
    b"\x1c&": ("FS &", 0),
    b"\x1c-": ("FS -", 1),
    b"\x1c.": ("FS .", 0),
    b"\x1cW": ("FS W", 1),
    b"\x1d!": ("GS !", 1),
    b"\x1dB": ("GS B", 1),
    b"\x1dH": ("GS H", 1),
    b"\x1dI": ("GS I", 1),
    b"\x1dL": ("GS L", 2),
    b"\x1dW": ("GS W", 2),
    b"\x1da": ("GS a", 1),
    b"\x1df": ("GS f", 1),
    b"\x1dh": ("GS h", 1),
    b"\x1dr": ("GS r", 1),
    b"\x1dw": ("GS w", 1),
}
_FORMS: Final = {prefix: _Form(name, 0, _fixed(count)) for prefix, (name, count) in _PLAIN.items()} | {
    b"\x10\x04": _Form("DLE EOT", 0, _real_time),
    b"\x10\x14": _Form("DLE DC4", 0, _pulse),
    b"\x1b*": _Form("ESC *", 0, _columns),
    b"\x1bD": _Form("ESC D", 0, _tabs),
    b"\x1d(": _Form(UNKNOWN, 3, _counted(2)),
    b"\x1d(H": _Form("GS ( H", 2, _counted(2)),
    b"\x1d(L": _Form("GS ( L", 2, _counted(2)),
    b"\x1d(k": _Form("GS ( k", 2, _counted(2)),
    b"\x1d8L": _Form("GS 8 L", 4, _counted(4)),
    b"\x1dV": _Form("GS V", 0, _cut),
    b"\x1dk": _Form("GS k", 0, _barcode),
    b"\x1dv0": _Form("GS v 0", 0, _raster),
}
COMMANDS: Final = tuple(dict.fromkeys(form.name for form in _FORMS.values() if form.name != UNKNOWN))
"""The names of all that is understood."""
_LONGEST: Final = max(map(len, _FORMS))
_PREFIXES: Final = b"\x10\x1b\x1c\x1d"
_TEXT_RUN: Final = re.compile(rb"[\x20-\xff]+")
