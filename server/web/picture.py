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
_MOST_UNPACKED: Final = 16_000_000
"""Pixels that are read at once: a JPEG is read at a quarter of its size, all others whole, four bytes a pixel."""
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
            if opened.width * opened.height > _MOST_UNPACKED:
                raise PictureTooLargeError
            ImageOps.exif_transpose(opened, in_place=True)
            size = _size_in(opened.width, opened.height)
            made = _on_white(ImageOps.fit(_in_colours(opened), size, centering=_FACE))
    except Image.DecompressionBombError as error:
        raise PictureTooLargeError from error
    except (OSError, SyntaxError, ValueError, TypeError, KeyError, IndexError, OverflowError) as error:
        # Pillow's readers trust what stands in a file: whatever they stumble over, it is no picture.
        raise NoPictureError from error
    written = io.BytesIO()
    made.save(written, "JPEG", quality=_QUALITY, optimize=True)
    return written.getvalue()


def _in_colours(picture: Image.Image) -> Image.Image:
    """In plain colours. A large picture is not copied when it has them already."""
    wanted = "RGBA" if picture.has_transparency_data else "RGB"
    if picture.mode == "I;16":
        # Pillow would cut these off at 255 instead of scaling them.
        picture = picture.point(lambda grey: grey * (1 / 256)).convert("L")
    return picture if picture.mode == wanted else picture.convert(wanted)


def _on_white(picture: Image.Image) -> Image.Image:
    """What can be seen through shows white, as paper would."""
    if picture.mode == "RGB":
        return picture
    return Image.alpha_composite(Image.new("RGBA", picture.size, "white"), picture).convert("RGB")


def _size_in(width: int, height: int) -> tuple[int, int]:
    """The largest size of the right shape that the picture fills without being blown up."""
    scale = min(1.0, width / _WIDTH, height / _HEIGHT)
    return max(1, round(_WIDTH * scale)), max(1, round(_HEIGHT * scale))
