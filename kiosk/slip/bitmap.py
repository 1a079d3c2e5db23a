"""Pictures as a printer takes them: one bit for each dot, in bands that a small buffer holds."""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass
from typing import Final

from PIL import Image

_BAND_BYTES: Final = 4096  # the receive buffer of small printers
_OBEYED: Final = re.compile(rb"\x10(?=[\x04\x05\x14])")
_EXTRA_DOT: Final = b"\x18"
_LIGHT: Final = 160  # of 255: what is darker is black


@dataclass(frozen=True)
class Bitmap:
    """`width_bytes` × `height`, eight dots a byte, 1 is black."""

    width_bytes: int
    height: int
    data: bytes

    @classmethod
    def of(cls, picture: Image.Image) -> Bitmap:
        """From a grey picture, cut where it is black or white and never dithered: an even grey is full of prefixes."""
        ink = picture.point([255 if value < _LIGHT else 0 for value in range(256)]).convert("1")
        width = (ink.width + 7) // 8
        return cls(width, ink.height, ink.tobytes("raw", "1"))


def scrubbed(data: bytes) -> bytes:
    """Image data without `10 04`, `10 05` and `10 14`, at the price of one extra dot beside another for each.

    Printers execute `DLE EOT`, `DLE ENQ` and `DLE DC4` even in the middle of an image (Epson and Citizen manuals).
    """
    return _OBEYED.sub(_EXTRA_DOT, data)


def raster_commands(bitmap: Bitmap) -> Iterator[bytes]:
    """`GS v 0`, band after band."""
    rows = max(8, _BAND_BYTES // bitmap.width_bytes)
    for top in range(0, bitmap.height, rows):
        height = min(rows, bitmap.height - top)
        start = top * bitmap.width_bytes
        data = scrubbed(bitmap.data[start : start + height * bitmap.width_bytes])
        yield b"\x1dv0\x00" + bitmap.width_bytes.to_bytes(2, "little") + height.to_bytes(2, "little") + data
