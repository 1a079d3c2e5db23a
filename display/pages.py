"""A hall screen's page: its board, or the page of the window that it belongs to, and what it shows between calls."""

from __future__ import annotations

from pathlib import Path
from typing import Any, Final

from flask import Blueprint, Response, jsonify, render_template, request, send_from_directory, url_for

from display.media import is_medium, media_in
from display.screens import find_screen
from display.sentences import needed_clips
from server.config import Settings
from server.config.screens import MediaSettings
from server.voice.clip_set import CHIME
from server.voice.pages import clip_manifest, hall_pack
from server.web.access import device_page, require_device
from server.web.context import context
from server.web.devices import Kind
from server.web.errors import Refused

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
    voice = _voice(settings.speaks(found.id), settings)
    page = {"display": found.id, "zone": settings.hall.time_zone, "voice": voice}
    if found.window is not None:
        window = settings.window(found.window)
        return render_template("display/window.html", hall=settings.hall, display=found, window=window, page=page)
    if found.media is not None:
        page["media"] = url_for("display.media", screen=found.id)
    zone = next((zone for zone in settings.zones if zone.id == found.zone), None)
    return render_template("display/board.html", hall=settings.hall, display=found, zone=zone, page=page)


@pages.get("/display/<screen>/media")
def media(screen: str) -> Response:
    """What the screen shows while nobody is called: {seconds, sound, media [{sort, url}]}, read anew each time."""
    about = _media(screen)
    found = [
        {"sort": one.sort, "url": url_for("display.medium", screen=screen, name=one.name, v=one.version)}
        for one in media_in(Path(about.folder).absolute())
    ]
    response: Response = jsonify({"seconds": about.seconds, "sound": about.sound, "media": found})
    response.cache_control.no_store = True
    return response


@pages.get("/display/<screen>/media/<name>")
def medium(screen: str, name: str) -> Response:
    """One of the files, in whatever ranges the browser asks for; kept by it where the address carries the version."""
    about = _media(screen)
    if not is_medium(name):
        raise Refused(404, "not_found")
    keep = _YEAR if "v" in request.args else 0
    response: Response = send_from_directory(Path(about.folder).absolute(), name, conditional=True, max_age=keep)
    return response


def _media(screen: str) -> MediaSettings:
    require_device(Kind.DISPLAY, screen)
    about = find_screen(context().settings, screen).media
    if about is None:
        raise Refused(404, "not_found")
    return about


def _voice(speaks: bool, settings: Settings) -> dict[str, Any]:
    """What the page's voice needs: `missing` counts the recordings without which some calls stay silent."""
    if not speaks:
        return {"speaks": False, "missing": 0, "manifest": {}}
    names = {CHIME, *needed_clips(settings, hall_pack(settings))}
    manifest = clip_manifest(settings, names)
    missing = len(names) - len(manifest)
    return {"speaks": True, "missing": missing, "manifest": manifest}
