"""Lines in a file that outlives a power cut, each with its checksum."""

from __future__ import annotations

import os
from collections.abc import Iterable
from pathlib import Path
from zlib import crc32


def checked(line: str) -> bytes:
    """The line as it stands in the file: CRC-32 in hexadecimal digits, a space, the line."""
    data = line.encode()
    return b"%08x %s\n" % (crc32(data), data)


def content(line: bytes) -> bytes:
    """What `checked` has made a line of, without its end. Raises ValueError when it is not whole."""
    if checked(line[9:].decode()) != line + b"\n":
        raise ValueError("not whole")
    return line[9:]


def write_anew(path: Path, lines: Iterable[str]) -> None:
    """The file with these lines and nothing else, whole or not at all. Raises OSError."""
    fresh = path.with_suffix(".new")
    with fresh.open("wb") as file:
        file.writelines(map(checked, lines))
        file.flush()
        os.fsync(file.fileno())
    fresh.replace(path)
    folder = os.open(path.parent, os.O_RDONLY)
    try:
        os.fsync(folder)
    finally:
        os.close(folder)
