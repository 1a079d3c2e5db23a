"""ESC/POS bytes to commands. Sans-IO; bytes may come in any pieces."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from typing import Final

TEXT: Final = "text"
UNKNOWN: Final = "unknown"

# Names in the notation of the Epson reference; the number of argument bytes.
_FIXED: Final = {
    b"\x1b@": ("ESC @", 0),
    b"\x1b!": ("ESC !", 1),
    b"\x1bE": ("ESC E", 1),
    b"\x1ba": ("ESC a", 1),
    b"\x1bd": ("ESC d", 1),
    b"\x1bt": ("ESC t", 1),
    b"\x1c&": ("FS &", 0),
    b"\x1c.": ("FS .", 0),
    b"\x1c!": ("FS !", 1),
    b"\x1cW": ("FS W", 1),
    b"\x1d!": ("GS !", 1),
    b"\x1da": ("GS a", 1),
    b"\x1dr": ("GS r", 1),
    b"\x10\x04": ("DLE EOT", 1),
}
_PREFIXES: Final = b"\x10\x1b\x1c\x1d"


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

    def feed(self, data: bytes) -> Iterator[Command]:
        """The commands that `data` completes."""
        self._data += data
        while self._data:
            command = _first(bytes(self._data))
            if command is None:
                return
            del self._data[: len(command.raw)]
            yield command


def _first(data: bytes) -> Command | None:
    """The command that `data` begins with; None when it is not complete yet."""
    if data[0] >= 0x20:
        end = next((index for index, byte in enumerate(data) if byte < 0x20), len(data))
        return Command(TEXT, data[:end], data[:end])
    if data[0] == 0x0A:
        return Command("LF", b"", data[:1])
    if data[0] not in _PREFIXES:
        return Command(UNKNOWN, b"", data[:1])
    if len(data) < 2:
        return None
    if data[:2] in _FIXED:
        name, count = _FIXED[data[:2]]
        return _whole(name, data, 2, 2 + count)
    return _of_own_length(data)


def _of_own_length(data: bytes) -> Command | None:
    """The commands that carry their length: `GS V`, `GS ( k`, `GS ( H`, `GS v 0`."""
    if data[:2] == b"\x1dV":
        if len(data) < 3:
            return None
        return _whole("GS V", data, 2, 4 if data[2] in (65, 66) else 3)
    if data[:2] == b"\x1d(":
        if len(data) < 5:
            return None
        name = {b"k": "GS ( k", b"H": "GS ( H"}.get(data[2:3], UNKNOWN)
        return _whole(name, data, 5, 5 + int.from_bytes(data[3:5], "little"))
    if data[:2] == b"\x1dv":
        if len(data) < 8:
            return None
        size = int.from_bytes(data[4:6], "little") * int.from_bytes(data[6:8], "little")
        return _whole("GS v 0" if data[2:3] == b"0" else UNKNOWN, data, 3, 8 + size)
    return Command(UNKNOWN, b"", data[:2])


def _whole(name: str, data: bytes, start: int, end: int) -> Command | None:
    return Command(name, data[start:end], data[:end]) if len(data) >= end else None
