"""The hall's picture at the head of a slip."""

from __future__ import annotations

from functools import lru_cache
from pathlib import Path
from typing import Final

from PIL import Image, UnidentifiedImageError

from kiosk.slip.bitmap import Bitmap
from server.told import at, told, told_of

_HIGHEST: Final = 120  # dots
_WIDEST: Final = 0.75  # of the paper
_MOST_PIXELS: Final = 20_000_000


class LogoUnusable(Exception):
    """The file is no picture; the message says why."""


def logo_bitmap(file: Path, dots: int) -> Bitmap:
    """The picture, black and white, as large as it may be on paper of so many dots. Raises LogoUnusable."""
    try:
        return _drawn(file, file.stat().st_mtime_ns, dots)
    except (OSError, UnidentifiedImageError, ValueError, Image.DecompressionBombError) as error:
        raise LogoUnusable(at(file, told_of(error))) from error


@lru_cache(maxsize=8)
def _drawn(file: Path, changed: int, dots: int) -> Bitmap:
    """`changed`: when the file was, so that a new one is seen."""
    with Image.open(file, formats=("PNG", "JPEG")) as picture:
        if picture.width * picture.height > _MOST_PIXELS:
            raise ValueError(told("larger than %(most)s pixels", most=_MOST_PIXELS))
        shown = picture.convert("RGBA")
    # What is see-through is the paper.
    paper = Image.new("RGBA", shown.size, "white")
    grey = Image.alpha_composite(paper, shown).convert("L")
    grey.thumbnail((int(dots * _WIDEST), _HIGHEST))
    return Bitmap.of(grey)
