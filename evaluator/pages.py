"""The on-screen evaluator's page."""

from __future__ import annotations

from flask import Blueprint, render_template

from evaluator.rooms import window_number
from evaluator.view import evaluator_view
from server.web.access import device_page, staff
from server.web.context import context
from server.web.devices import Kind

pages = Blueprint(
    "evaluator", __name__, template_folder="templates", static_folder="static", static_url_path="/evaluator/static"
)


@pages.get("/evaluator/<window>")
@device_page(Kind.EVALUATOR, "window")
def screen(window: str) -> tuple[str, int]:
    """The evaluator of one window, 1024 × 600; 403 and why while an account is signed in in the same browser."""
    running = context()
    number = window_number(running.settings, window)
    if staff() is not None:
        return render_template("evaluator/signed_in.html", hall=running.settings.hall, number=number), 403
    now = running.hall.clock()
    view = running.hall.read(lambda state: evaluator_view(state, running.settings, number))
    return render_template("evaluator/screen.html", view={**view, "now": now.isoformat()}), 200
