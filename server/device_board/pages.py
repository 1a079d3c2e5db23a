"""`/devices`: the board, and the way in to it."""

from __future__ import annotations

from typing import Any

from flask import Blueprint, render_template
from flask_babel import gettext

from server.web.access import staff
from server.web.context import context
from server.web.login import login_page

pages = Blueprint(
    "devices", __name__, template_folder="templates", static_folder="static", static_url_path="/devices/static"
)


@pages.get("/devices")
def board_page() -> Any:
    """For everybody of the staff; devices.js fills it from the live view."""
    person = staff()
    if person is None:
        return login_page(gettext("Devices"), gettext("Sign in with your own account"))
    return render_template("devices/board.html", hall=context().settings.hall, person=person)
