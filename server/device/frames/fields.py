"""Parts of a frame that follow from its other bytes, as a description of one says them: its length, its checksum."""

from __future__ import annotations

from functools import reduce
from operator import xor
from typing import Annotated, Literal

from pydantic import Field

from server.config.section import Section
from server.told import told


class LengthField(Section):
    """How many bytes of text there are, plus `bias` for whatever else the maker counts."""

    width: Literal[1, 2] = 1
    endian: Literal["big", "little"] = "big"
    bias: Annotated[int, Field(ge=-255, le=255)] = 0

    def bytes_of(self, count: int) -> bytes:
        """The field for `count` bytes of text. Raises ValueError when it does not fit."""
        biased = count + self.bias
        if not 0 <= biased < 256**self.width:
            raise ValueError(
                told("%(biased)s does not fit into a length of %(width)s bytes", biased=biased, width=self.width)
            )
        return biased.to_bytes(self.width, self.endian)


class ChecksumField(Section):
    """Over the bytes from `start` (from 0) to where it stands itself. `endian` is for two bytes.

    `neg-sum8` makes the sum 0; `crc16-ccitt` is the one that begins with FFFF.
    """

    kind: Literal["none", "sum8", "neg-sum8", "xor8", "crc16-modbus", "crc16-ccitt"] = "none"
    start: Annotated[int, Field(ge=0, le=64)] = 0
    endian: Literal["big", "little"] = "little"

    @property
    def width(self) -> int:
        """In bytes."""
        if self.kind == "none":
            return 0
        return 2 if self.kind.startswith("crc16") else 1

    def bytes_of(self, frame: bytes) -> bytes:
        """The field that follows `frame`."""
        covered = frame[self.start :]
        match self.kind:
            case "none":
                return b""
            case "sum8":
                return bytes([sum(covered) % 256])
            case "neg-sum8":
                return bytes([-sum(covered) % 256])
            case "xor8":
                return bytes([reduce(xor, covered, 0)])
            case "crc16-modbus":
                return _crc16_modbus(covered).to_bytes(2, self.endian)
            case "crc16-ccitt":
                return _crc16_ccitt(covered).to_bytes(2, self.endian)


def _crc16_modbus(data: bytes) -> int:
    value = 0xFFFF
    for byte in data:
        value ^= byte
        for _ in range(8):
            value = value >> 1 ^ 0xA001 if value & 1 else value >> 1
    return value


def _crc16_ccitt(data: bytes) -> int:
    value = 0xFFFF
    for byte in data:
        value ^= byte << 8
        for _ in range(8):
            value = (value << 1 ^ 0x1021 if value & 0x8000 else value << 1) & 0xFFFF
    return value
