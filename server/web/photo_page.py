"""`/photos/<id>`: a photo, as it hangs in the hall for everybody to see."""

from __future__ import annotations

from typing import Final

from flask import Blueprint, Response

from server.web.context import context
from server.web.errors import Refused

_YEAR: Final = 365 * 24 * 3600

pages = Blueprint("photos", __name__)


@pages.get("/photos/<photo>")
def photo_file(photo: str) -> Response:
    """Its address is the hash of what it is, so that a copy may be kept for ever."""
    found = context().photos.find(photo)
    if found is None:
        raise Refused(404, "not_found")
    media_type, data = found
    response = Response(data, mimetype=media_type)
    response.cache_control.public = True
    response.cache_control.max_age = _YEAR
    response.cache_control.immutable = True
    return response
