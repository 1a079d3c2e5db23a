"""`/counter`: sign in, choose a window, serve."""

from __future__ import annotations

from typing import Any

from flask import Blueprint, render_template, request
from flask_babel import gettext

from counter.desk_actions import ACTIONS, Place, at, marked
from counter.document_slip import document_slip
from counter.view import is_at
from server.config import Settings
from server.hall.state import HallState
from server.hall.window import Window, WindowState
from server.web.access import signed_in, staff
from server.web.accounts import Staff
from server.web.context import context
from server.web.earlier_returns import find_notice
from server.web.login import login_page

pages = Blueprint(
    "counter", __name__, template_folder="templates", static_folder="static", static_url_path="/counter/static"
)


@pages.get("/counter")
def counter() -> str:
    """The login for a stranger, the desk for whoever sits at `?window=`, and the choice of a window for the rest."""
    running = context()
    person = staff()
    if person is None:
        ended = "ended" in request.args
        note = gettext("Use your own account: numbers and evaluations are kept under your name")
        if ended:
            note = gettext("You are signed out here, perhaps from another page. Sign in again: no number is lost")
        return login_page(gettext("Counter"), note, refused=ended)
    windows = running.hall.read(lambda state: _windows(state, running.settings, person))
    wanted = request.args.get("window", type=int)
    desk = next((window for window in windows if window["mine"] and window["number"] == wanted), None)
    if desk is not None:
        settings = running.settings
        return render_template(
            "counter/desk.html",
            hall=settings.hall,
            priority=settings.priority,
            window=desk,
            person=person,
            actions={"button": at(Place.BUTTON), "more": marked(Place.MORE), "all": ACTIONS},
        )
    return render_template("counter/windows.html", hall=running.settings.hall, windows=windows, person=person)


@pages.get("/counter/documents/<number>")
def notice(number: str) -> str:
    """一次性告知书 as a page, for a window whose printer is none or does not print. For staff."""
    signed_in()
    running = context()
    slip = document_slip(find_notice(running.hall, number.upper()), running.hall.plan, running.settings)
    return render_template("counter/notice.html", slip=slip, hall=running.settings.hall)


def _windows(state: HallState, settings: Settings, person: Staff) -> list[dict[str, Any]]:
    return [_window(window, settings, person) for window in state.windows.values()]


def _window(window: Window, settings: Settings, person: Staff) -> dict[str, Any]:
    """A card of the choice: what is done at the window and who sits there."""
    plan = settings.window(window.number)
    services = [settings.service(code) for code in window.services]
    mine = is_at(window, person.username)
    return {
        "number": window.number,
        "name": plan.name,
        "name_en": plan.name_en,
        "services": [{"name": s.name, "name_en": s.name_en} for s in services],
        "paused": window.state is WindowState.PAUSED,
        "mine": mine,
        "colleague": window.clerk.name if window.clerk and not mine else None,
    }
