"""Who the printer says it is when `GS I` asks (Epson ESC/POS reference)."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Final


@dataclass(frozen=True)
class Identity:
    """`model_id` is what `GS I 1` answers; the texts are ASCII. An empty text is a question that gets no answer."""

    model_id: int
    maker: str
    model: str
    firmware: str
    serial: str
    font: str

    def answer(self, n: int, *, chinese: bool) -> bytes:
        """The answer to `GS I n`; empty when it has none."""
        if n in (1, 49):
            return bytes((self.model_id,))
        if n in (2, 50):
            return bytes((0x02 | chinese,))  # has a knife; has characters of two bytes
        if n in (3, 51):
            return b"\x01"  # the ROM's version, which no two makers number alike
        texts = {65: self.firmware, 66: self.maker, 67: self.model, 68: self.serial, 69: self.font if chinese else ""}
        text = texts.get(n, "")
        return b"_" + text.encode("ascii") + b"\x00" if text else b""


EPSON: Final = Identity(0x63, "EPSON", "TM-T20III", "40.14 ESC/POS", "X7XX000001", "CHINA GB18030")
CLONE: Final = Identity(0x20, "", "POS-80", "V1.0", "", "")
"""One of those that copy the commands and not the answers."""
IDENTITIES: Final = {"epson": EPSON, "clone": CLONE}
