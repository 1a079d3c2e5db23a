"""Framings in which a byte that would look like a frame's end is sent as two."""

from __future__ import annotations

from typing import Annotated

from pydantic import Field, model_validator

from server.config.section import Section
from server.told import told

Byte = Annotated[int, Field(ge=0, le=255)]


class Escape(Section):
    """`byte` stands before a code that stands for another byte. A frame's first and last byte are sent as they are."""

    byte: Byte
    codes: dict[Byte, Byte]

    @model_validator(mode="after")
    def _is_reversible(self) -> Escape:
        if self.byte not in self.codes.values():
            raise ValueError(told("the escaping byte itself needs a code"))
        if len(set(self.codes.values())) < len(self.codes):
            raise ValueError(told("two codes stand for the same byte"))
        return self

    def put(self, frame: bytes) -> bytes:
        """The frame as it is sent."""
        codes = {meant: code for code, meant in self.codes.items()}
        inner = b"".join(bytes([self.byte, codes[one]]) if one in codes else bytes([one]) for one in frame[1:-1])
        return frame[:1] + inner + frame[-1:]

    def take(self, sent: bytes) -> bytes | None:
        """The frame as it was before; None for a code that stands for nothing, or a byte that should have had one."""
        meant = set(self.codes.values())
        inner = bytearray()
        rest = iter(sent[1:-1])
        for one in rest:
            if one == self.byte:
                code = next(rest, None)
                if code not in self.codes:
                    return None
                inner.append(self.codes[code])
            elif one in meant:
                return None
            else:
                inner.append(one)
        return sent[:1] + bytes(inner) + sent[-1:]
