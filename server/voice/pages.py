"""The recordings that the hall's pages speak with, and the script that plays them."""

from __future__ import annotations

from collections.abc import Iterable
from pathlib import Path
from typing import Final

from flask import Blueprint, Response, request, send_file, url_for

from server.config import Settings
from server.voice.clip_pack import ClipPack, ManifestEntry, MissingClipError, UnknownClipError
from server.web.context import context
from server.web.errors import Refused

CLIPS: Final = Path(__file__).parent / "clips"
_YEAR: Final = 365 * 24 * 3600

pages = Blueprint("voice", __name__, static_folder="static", static_url_path="/static/voice")


@pages.get("/voice/clips/<path:name>.wav")
def clip(name: str) -> Response:
    """A recording. Its address in a page carries the file's age, so that such a copy may be kept for ever."""
    try:
        file = hall_pack(context().settings).file(name)
    except (UnknownClipError, MissingClipError) as error:
        raise Refused(404, "not_found") from error
    response: Response = send_file(file, mimetype="audio/wav", max_age=_YEAR if "v" in request.args else 0)
    if "v" in request.args:
        response.cache_control.immutable = True
    return response


def hall_pack(settings: Settings) -> ClipPack:
    """The made clips, over them what the hall has recorded, and what was typed."""
    recordings = settings.voice.recordings
    return ClipPack(
        CLIPS,
        Path(recordings).absolute() if recordings else None,
        Path(settings.server.data).absolute(),
        settings.voice.dialect_codes(),
    )


def clip_manifest(settings: Settings, names: Iterable[str]) -> dict[str, ManifestEntry]:
    """Where a page fetches the clips `names`; those without a file are left out."""
    return hall_pack(settings).manifest(names, lambda name: url_for("voice.clip", name=name))
