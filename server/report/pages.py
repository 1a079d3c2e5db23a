"""The leader's page, and the way in to it."""

from __future__ import annotations

from datetime import datetime
from typing import Any

from flask import Blueprint, render_template
from flask_babel import gettext

from server.config import Settings
from server.hall.calendar import business_day
from server.hall.low_rating import LONGEST_TOLD
from server.report.api import asked_day
from server.report.attendance import attendance_of
from server.report.redress_view import redress_view
from server.report.view import report_view
from server.web.access import leader, staff
from server.web.accounts import Role
from server.web.alerts import alerts
from server.web.context import context
from server.web.login import login_page

pages = Blueprint(
    "report", __name__, template_folder="templates", static_folder="static", static_url_path="/report/static"
)


@pages.get("/report")
def leader_page() -> Any:
    """For leaders; others find out what is needed and may sign in as somebody else."""
    running = context()
    hall = running.settings.hall
    if away := turned_away(gettext("Live report")):
        return away
    reader = leader()
    live = running.hall.read(lambda state: {**report_view(state), "redress": redress_view(state, reader.username)})
    found = [alert.model_dump() for alert in alerts(running.device_states(), running.settings)]
    view = {**live, "alerts": found, "now": running.hall.clock().isoformat()}
    names = {**_names(running.settings), "bell": running.settings.rules.redress.sound}
    return render_template("report/leader.html", hall=hall, person=reader, names=names, view=view)


@pages.get("/report/results")
def results_page() -> Any:
    """Outcomes, second returns and first contacts, also of days that are over."""
    running = context()
    hall = running.settings.hall
    if away := turned_away(gettext("Outcomes and returns")):
        return away
    day = business_day(running.hall.clock(), running.hall.plan.zone)
    names = {**_names(running.settings), "day": day.isoformat()}
    return render_template("report/results.html", hall=hall, person=leader(), names=names)


@pages.get("/report/attendance")
def attendance_page() -> Any:
    """值守情况: a day at the windows, on paper too."""
    running = context()
    hall = running.settings.hall
    if away := turned_away(gettext("At the windows")):
        return away
    today = business_day(running.hall.clock(), hall.zone)
    told = attendance_of(running.hall, running.settings, asked_day())

    def clock(at: str) -> str:
        return f"{datetime.fromisoformat(at).astimezone(hall.zone):%H:%M}"

    return render_template(
        "report/attendance.html", hall=hall, person=leader(), told=told, today=today.isoformat(), clock=clock
    )


@pages.get("/report/redress")
def redress_page() -> Any:
    """差评: what is to be done about low ratings, and what was done."""
    running = context()
    hall, settings = running.settings.hall, running.settings
    if away := turned_away(gettext("Low ratings")):
        return away
    reasons = {reason.code: _named(reason.code, reason.name, reason.name_en) for reason in settings.evaluation.reasons}
    reader = leader()
    names = {**_names(settings), "reasons": reasons, "reader": reader.username, "most": LONGEST_TOLD}
    return render_template("report/redress.html", hall=hall, person=reader, names=names)


@pages.get("/report/paper")
def paper_page() -> Any:
    """书面: where a leader enters votes that came on forms."""
    running = context()
    hall = running.settings.hall
    if away := turned_away(gettext("Paper votes")):
        return away
    today = business_day(running.hall.clock(), hall.zone)
    reasons = running.settings.evaluation.by_level()
    services = {s.code: {"name": s.name, "name_en": s.name_en} for s in running.settings.services}
    return render_template(
        "report/paper.html", hall=hall, person=leader(), today=today, reasons=reasons, services=services
    )


def turned_away(title: str) -> tuple[str, int] | None:
    """For whoever is no leader: what is needed, and the way to sign in as somebody else. None for a leader."""
    person = staff()
    if person is not None and person.role is Role.LEADER:
        return None
    note = gettext("This page is for leaders. Sign in with a leader's account.")
    return login_page(title, note, refused=person is not None), 200 if person is None else 403


def _names(settings: Settings) -> dict[str, Any]:
    """What the page calls things: the page reloads itself when they change, so they are no part of the live view."""
    return {
        "zone": settings.hall.time_zone,
        "services": [_named(s.code, s.name, s.name_en) for s in settings.services],
        "kiosks": [_named(k.id, k.name, k.name_en) for k in settings.kiosks],
        "displays": [_named(d.id, d.name, "") for d in settings.displays],
        "speakers": [_named(s.id, s.name, "") for s in settings.speakers],
    }


def _named(key: str, name: str, name_en: str) -> dict[str, str]:
    return {"id": key, "name": name, "name_en": name_en}
