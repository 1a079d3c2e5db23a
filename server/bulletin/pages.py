"""`/bulletin`: the leader's room, and the way in to it."""

from __future__ import annotations

from typing import Any

from flask import Blueprint, render_template
from flask_babel import gettext

from server.bulletin.api.notices import fixed_notices
from server.hall.announcement import LONGEST_ANNOUNCEMENT, MOST_TIMES
from server.hall.facts import duty_facts
from server.hall.notice import LONGEST_NOTICE
from server.hall.roster import LONGEST_NAME
from server.voice.hints import readable
from server.web.access import staff
from server.web.accounts import Role
from server.web.context import Context, context
from server.web.login import login_page
from server.web.people import people_before

pages = Blueprint(
    "bulletin", __name__, template_folder="templates", static_folder="static", static_url_path="/bulletin/static"
)
LIMITS = {"notice": LONGEST_NOTICE, "announcement": LONGEST_ANNOUNCEMENT, "name": LONGEST_NAME, "times": MOST_TIMES}


@pages.get("/bulletin")
def bulletin_page() -> Any:
    """For leaders; others find out what is needed and may sign in as somebody else."""
    running = context()
    person = staff()
    if person is None or person.role is not Role.LEADER:
        note = gettext("This page is for leaders. Sign in with a leader's account.")
        page = login_page(gettext("Notices, roster and announcements"), note, refused=person is not None)
        return page, 200 if person is None else 403
    return render_template(
        "bulletin/bulletin.html",
        hall=running.settings.hall,
        person=person,
        limits=LIMITS,
        presets=[(text, readable(text)) for text in running.settings.voice.announcements],
        place=_place(running),
    )


def _place(running: Context) -> dict[str, Any]:
    """What the page calls things, and whom it offers; it loads itself anew when the configuration changes."""
    settings = running.settings
    return {
        "time_zone": settings.hall.time_zone,
        "zones": [{"id": zone.id, "name": zone.name, "name_en": zone.name_en} for zone in settings.zones],
        "windows": [window.number for window in settings.windows],
        "fixed": [notice.model_dump() for notice in fixed_notices(settings)],
        "people": [dict(duty_facts(duty)) for duty in people_before(running.hall)],
        "staff": [
            {"username": person.username, "name": person.name, "post": person.post, "photo": person.photo}
            for person in running.accounts.everybody()
        ],
    }
