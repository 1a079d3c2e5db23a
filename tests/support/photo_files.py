"""Picture files as cameras and telephones make them."""

from __future__ import annotations

import io
import random

from PIL import Image

RED, GREEN = (200, 30, 30), (30, 160, 60)


def picture_file(
    size: tuple[int, int], form: str = "JPEG", *, turned: int | None = None, note: str = "", noise: bool = False
) -> bytes:
    """Red on the left, green on the right. `turned`: the orientation that the file claims, as EXIF counts them; `note`
    stands in its metadata. `noise`: a picture that does not pack well.
    """
    picture = Image.new("RGB", size, GREEN)
    picture.paste(RED, (0, 0, size[0] // 2, size[1]))
    if noise:
        picture = Image.frombytes("RGB", size, random.Random(1).randbytes(size[0] * size[1] * 3))
    exif = Image.Exif()
    if turned is not None:
        exif[0x0112] = turned
    if note:
        exif[0x010E] = note
    written = io.BytesIO()
    picture.save(written, form, **({"exif": exif} if len(exif) else {}))
    return written.getvalue()
