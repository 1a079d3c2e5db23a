"""A hall screen's page."""

from __future__ import annotations

from typing import Any

from flask import Blueprint, render_template

from display.screens import find_screen
from display.sentences import needed_clips
from server.config import Settings
from server.voice.clip_set import CHIME
from server.voice.pages import clip_manifest, hall_pack
from server.web.access import device_page
from server.web.context import context
from server.web.devices import Kind

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
    return render_template("display/board.html", hall=settings.hall, display=found, page=page)


def _voice(speaks: bool, settings: Settings) -> dict[str, Any]:
    """What the page's voice needs: `missing` counts the recordings without which some calls stay silent."""
    if not speaks:
        return {"speaks": False, "missing": 0, "manifest": {}}
    names = {CHIME, *needed_clips(settings, hall_pack(settings))}
    manifest = clip_manifest(settings, names)
    missing = len(names) - len(manifest)
    return {"speaks": True, "missing": missing, "manifest": manifest}
