"""One frame as whoever has the maker's document writes it down: hex bytes, and names where bytes differ.

    55 AA 00 05 06 {address} 00 10 {key} {check} 55 AA

{address}, {key}, {serial} and {stars} are one byte each; {text} is as many as there are; {length} says how many those
are; {check} is the checksum of what stands before it.
"""

from __future__ import annotations

import re
from collections.abc import Mapping
from dataclasses import dataclass
from functools import cached_property
from typing import Final

from server.device.frames.fields import ChecksumField, LengthField
from server.told import told

_HOLES: Final = ("address", "key", "serial", "stars", "text", "length", "check")
_BYTES: Final = ("address", "key", "serial", "stars")
UNKNOWN: Final = "??"
STILL_THERE: Final = told("?? still stands where the maker's document has a byte")
_PART: Final = re.compile(r"[0-9A-Fa-f]{2}|\{[a-z]+\}|\?\?")
LONGEST_TEXT: Final = 32
"""Bytes."""


@dataclass(frozen=True)
class Pattern:
    """`parts`: bytes as hex, and holes by their names. Build with `parse`."""

    parts: tuple[str, ...]
    checksum: ChecksumField
    length: LengthField

    @classmethod
    def parse(cls, text: str, checksum: ChecksumField, length: LengthField) -> Pattern:
        """Raises ValueError."""
        parts = tuple(part.strip("{}") for part in _PART.findall(text))
        if "".join(_PART.findall(text)) != "".join(text.split()) or not parts:
            raise ValueError(told("%(text)r is not made of hex bytes and holes such as {key}", text=text))
        if UNKNOWN in parts:
            raise ValueError(STILL_THERE)
        for hole in (part for part in parts if len(part) > 2):
            if hole not in _HOLES:
                raise ValueError(told("there is no {%(hole)s}, only %(known)s", hole=hole, known=", ".join(_HOLES)))
            if parts.count(hole) > 1:
                raise ValueError(told("{%(hole)s} stands there twice", hole=hole))
        if "length" in parts and "text" not in parts:
            raise ValueError(told("{length} counts {text}, which is not there: write the byte itself"))
        if "check" in parts and checksum.kind == "none":
            raise ValueError(told("{check} needs a checksum of some kind"))
        return cls(parts, checksum, length)

    @property
    def holes(self) -> frozenset[str]:
        """Their names."""
        return frozenset(part for part in self.parts if len(part) > 2)

    @property
    def fixed(self) -> int:
        """How many bytes are the same each time, or follow from the others."""
        return sum(1 for part in self.parts if len(part) == 2) + ("check" in self.parts) * self.checksum.width

    @property
    def longest(self) -> int:
        """Bytes of the longest such frame."""
        widths = {"text": LONGEST_TEXT, "length": self.length.width, "check": self.checksum.width}
        return sum(widths.get(part, 1) for part in self.parts)

    def place(self, hole: str) -> int:
        """How many bytes stand before a hole, none of which is text."""
        widths = {"length": self.length.width}
        return sum(widths.get(part, 1) for part in self.parts[: self.parts.index(hole)])

    def build(self, values: Mapping[str, int], text: bytes = b"") -> bytes:
        """The frame, with at most LONGEST_TEXT bytes of text. Raises ValueError for a value that is no byte."""
        frame = b""
        for part in self.parts:
            if len(part) == 2:
                frame += bytes.fromhex(part)
            elif part == "text":
                frame += text
            elif part == "length":
                frame += self.length.bytes_of(len(text))
            elif part == "check":
                frame += self.checksum.bytes_of(frame)
            else:
                frame += bytes([values[part]])
        return frame

    def read(self, frame: bytes) -> tuple[dict[str, int], bytes] | None:
        """What stands in the holes of a sound frame of this kind; None: it is none."""
        found = self._shape.fullmatch(frame)
        if found is None:
            return None
        holes = found.groupdict()
        values = {name: holes[name][0] for name in _BYTES if holes.get(name)}
        text = holes.get("text") or b""
        return (values, text) if self.build(values, text) == frame else None

    @cached_property
    def _shape(self) -> re.Pattern[bytes]:
        widths = {
            "text": b"{0,%d}" % LONGEST_TEXT,
            "length": b"{%d}" % self.length.width,
            "check": b"{%d}" % self.checksum.width,
        }
        shape = b"".join(
            re.escape(bytes.fromhex(part))
            if len(part) == 2
            else b"(?P<%b>.%b)" % (part.encode("ascii"), widths.get(part, b""))
            for part in self.parts
        )
        return re.compile(shape, re.DOTALL)
