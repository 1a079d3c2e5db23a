"""A person's photo as screens show it, from whatever a telephone or a camera made. Pure; takes tens of milliseconds."""

from __future__ import annotations

import io
from typing import Final

from PIL import Image, ImageOps

LARGEST_FILE: Final = 5 * 1024 * 1024
"""Bytes."""
MEDIA_TYPE: Final = "image/jpeg"
_FORMATS: Final = ("JPEG", "PNG", "WEBP")
_WIDTH, _HEIGHT = 480, 600
_MOST_PIXELS: Final = 60_000_000
"""More than cameras take; a small file may claim to be a picture of any size."""
_FACE: Final = (0.5, 0.3)
"""What stays in the middle of a picture that is cut: faces are above it."""
_QUALITY: Final = 88


class NoPictureError(Exception):
    """The bytes are no JPEG, PNG or WebP picture, or only the beginning of one."""


class PictureTooLargeError(Exception):
    """More bytes or pixels than anybody's photo has."""


def portrait(data: bytes) -> bytes:
    """The picture as a JPEG: upright, four parts wide to five high, at most 480 × 600 pixels, without any metadata.

    Raises NoPictureError or PictureTooLargeError.
    """
    if len(data) > LARGEST_FILE:
        raise PictureTooLargeError
    try:
        with Image.open(io.BytesIO(data), formats=_FORMATS) as opened:
            if opened.width * opened.height > _MOST_PIXELS:
                raise PictureTooLargeError
            # A JPEG may be read at a half or a quarter at once.
            opened.draft("RGB", (2 * _WIDTH, 2 * _HEIGHT))
            upright = ImageOps.exif_transpose(opened)
            made = ImageOps.fit(_on_white(upright), _size_in(upright.width, upright.height), centering=_FACE)
    except Image.DecompressionBombError as error:
        raise PictureTooLargeError from error
    except (OSError, SyntaxError, ValueError, TypeError, KeyError, IndexError, OverflowError) as error:
        # Pillow's readers trust what stands in a file: whatever they stumble over, it is no picture.
        raise NoPictureError from error
    written = io.BytesIO()
    made.save(written, "JPEG", quality=_QUALITY, optimize=True)
    return written.getvalue()


def _on_white(picture: Image.Image) -> Image.Image:
    """In plain colours; what can be seen through shows white, as paper would."""
    if not picture.has_transparency_data:
        return picture.convert("RGB")
    seen = picture.convert("RGBA")
    return Image.alpha_composite(Image.new("RGBA", seen.size, "white"), seen).convert("RGB")


def _size_in(width: int, height: int) -> tuple[int, int]:
    """The largest size of the right shape that the picture fills without being blown up."""
    scale = min(1.0, width / _WIDTH, height / _HEIGHT)
    return max(1, round(_WIDTH * scale)), max(1, round(_HEIGHT * scale))
