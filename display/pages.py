"""A hall screen's page, and the recordings it speaks with."""

from __future__ import annotations

from pathlib import Path
from typing import Any, Final

from flask import Blueprint, Response, render_template, request, send_file, url_for

from display.clip_pack import ClipPack, ManifestEntry, MissingClipError, UnknownClipError
from display.screens import find_screen
from server.config.devices import DisplaySettings, VoiceSettings
from server.web.access import device_page
from server.web.context import context
from server.web.devices import Kind
from server.web.errors import Refused

CLIPS: Final = Path(__file__).parent / "clips"
_YEAR: Final = 365 * 24 * 3600

pages = Blueprint(
    "display", __name__, template_folder="templates", static_folder="static", static_url_path="/display/static"
)


@pages.get("/display/<screen>")
@device_page(Kind.DISPLAY, "screen")
def show(screen: str) -> str:
    """The screen's page."""
    settings = context().settings
    found = find_screen(settings, screen)
    page = {"display": found.id, "zone": settings.hall.time_zone, "voice": _voice(found, settings.voice)}
    return render_template("display/board.html", hall=settings.hall, display=found, page=page)


@pages.get("/display/clips/<path:name>.wav")
def clip(name: str) -> Response:
    """A recording. Its address in the page carries the file's age, so that such a copy may be kept for ever."""
    try:
        file = _pack(context().settings.voice).file(name)
    except (UnknownClipError, MissingClipError) as error:
        raise Refused(404, "not_found") from error
    response: Response = send_file(file, mimetype="audio/wav", max_age=_YEAR if "v" in request.args else 0)
    if "v" in request.args:
        response.cache_control.immutable = True
    return response


def _pack(voice: VoiceSettings) -> ClipPack:
    return ClipPack(CLIPS, Path(voice.recordings).absolute() if voice.recordings else None)


def _voice(screen: DisplaySettings, voice: VoiceSettings) -> dict[str, Any]:
    """What the page's speaker needs: `missing` counts the recordings without which some calls stay silent."""
    if not screen.speaks:
        return {"speaks": False, "repeats": 0, "missing": 0, "manifest": {}}
    pack = _pack(voice)
    manifest: dict[str, ManifestEntry] = {}
    for language in voice.languages:
        manifest |= pack.manifest(language, lambda name: url_for("display.clip", name=name))
    missing = {name for language in voice.languages for name in pack.missing(language)}
    return {"speaks": True, "repeats": voice.repeats, "missing": len(missing), "manifest": manifest}
