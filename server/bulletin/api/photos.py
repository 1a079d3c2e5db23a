"""`POST /api/v1/photos`: a leader's photo for the roster."""

from __future__ import annotations

from typing import Any

from flask import request
from flask_openapi3 import RawModel
from werkzeug.exceptions import RequestEntityTooLarge

from server.bulletin.api.blueprint import api
from server.bulletin.messages import PhotoOut
from server.web.access import leader
from server.web.answer import answer
from server.web.context import context
from server.web.errors import Refused
from server.web.named_photos import named_photos
from server.web.photos import photo_url
from server.web.picture import LARGEST_FILE, NoPictureError, PictureTooLargeError


class PictureIn(RawModel):
    """The file itself, as it was chosen."""

    mimetypes = ["image/jpeg", "image/png", "image/webp"]  # noqa: RUF012 — as the base class has it


@api.post("/photos", responses={"201": PhotoOut})
def add_photo(raw: PictureIn) -> Any:
    """The body is a JPEG, PNG or WebP file of up to 5 MB. 400 `no_picture`, 413 `picture_too_large`.

    Sent twice, it is the same photo: its id is the hash of what it is. Photos that nobody names any more go meanwhile.
    """
    leader()
    request.max_content_length = LARGEST_FILE
    running = context()
    try:
        photo = running.photos.add(request.get_data(cache=False))
    except (RequestEntityTooLarge, PictureTooLargeError):
        raise Refused(413, "picture_too_large") from None
    except NoPictureError:
        raise Refused(400, "no_picture") from None
    running.photos.forget_all_but(named_photos(running))
    return answer(PhotoOut(id=photo, url=photo_url(photo)), 201)
