"""The map of the hall's pages, the hall's snapshot, and the health of the server."""

from __future__ import annotations

from datetime import datetime
from typing import Any

from flask import Blueprint, Response, jsonify, render_template
from flask_openapi3 import APIBlueprint
from prometheus_client import CONTENT_TYPE_LATEST, CollectorRegistry, generate_latest
from sqlalchemy import text
from sqlalchemy.exc import SQLAlchemyError

from server.config.hall import ServiceSettings
from server.engine import HallEngine
from server.engine.clock import HallClock
from server.engine.role import Role
from server.hall.facts import pause_facts
from server.hall.offering import offering
from server.hall.state import HallState
from server.hall.wait.forecast import Forecast
from server.hall.window import Window
from server.messages import HallOut, HallWindowOut, PauseOut, ServiceOut
from server.web.access import staff
from server.web.answer import answer
from server.web.context import context
from server.web.metrics import measure_devices, measure_hall
from server.web.waits import new_doubt, new_wait

pages = Blueprint("web", __name__, template_folder="templates", static_folder="static", static_url_path="/static/web")
api = APIBlueprint("hall", __name__, url_prefix="/api/v1")


@pages.get("/")
def index() -> str:
    """A plain map of the hall's pages."""
    return render_template("web/index.html", settings=context().settings)


@pages.get("/healthz")
def healthz() -> tuple[Any, int]:
    """Liveness: what this process is to the hall, and whether the database answers."""
    hall = context().hall
    try:
        hall.query(lambda connection: connection.execute(text("SELECT 1")).scalar())
        database = "ok"
    except SQLAlchemyError:
        database = "failed"
    well = database == "ok" and hall.role is Role.OWNER
    devices = [{"kind": s["kind"], "id": s["id"], "state": s["state"]} for s in context().device_states()]
    report = {"hall": hall.plan.id, "role": hall.role.value, "database": database, "devices": devices}
    return jsonify(report | {"clock_ahead": _clock_ahead(hall)}), 200 if well else 503


@pages.get("/metrics")
def metrics() -> Response:
    """For Prometheus: the hall and its devices as they stand."""
    registry = CollectorRegistry()
    running = context()
    running.hall.read(lambda state: measure_hall(state, registry))
    measure_devices(running.device_states(), registry)
    return Response(generate_latest(registry), content_type=CONTENT_TYPE_LATEST)


@api.get("/hall", responses={"200": HallOut})
def hall_snapshot() -> Any:
    """The hall at one moment; who sits where is shown to staff only."""
    named = staff() is not None
    hall = context().hall
    return answer(hall.read(lambda state: _hall_out(state, named)))


def _clock_ahead(hall: HallEngine) -> float:
    """Seconds by which the hall's time is ahead of the machine's: more than a few mean that its clock was wrong."""
    return round(hall.clock.ahead, 1) if isinstance(hall.clock, HallClock) else 0.0


def _hall_out(state: HallState, named: bool) -> HallOut:
    settings = context().settings
    now, forecast = context().hall.clock(), context().hall.waits.forecast
    services = [_service_out(state, service, forecast, now) for service in settings.services]
    windows = [_window_out(window, settings.window(window.number).name, named) for window in state.windows.values()]
    return HallOut(
        seq=state.seq,
        business_day=state.day.isoformat() if state.day else None,
        services=services,
        windows=windows,
        devices=[state if named else {**state, "reason": None} for state in context().device_states()],
    )


def _service_out(state: HallState, service: ServiceSettings, forecast: Forecast | None, now: datetime) -> ServiceOut:
    is_open = offering(state, service.code, now).open
    return ServiceOut(
        code=service.code,
        name=service.name,
        department=service.department,
        prefix=service.prefix,
        waiting=state.waiting(service.code),
        open=is_open,
        wait=new_wait(state, forecast, service.code, now) if is_open else None,
        doubt=new_doubt(state, forecast, [service.code], now) if is_open else None,
    )


def _window_out(window: Window, name: str, named: bool) -> HallWindowOut:
    return HallWindowOut(
        number=window.number,
        name=name,
        state=window.state.value,
        services=list(window.services),
        clerk=window.clerk.name if window.clerk and named else None,
        ticket=window.ticket.number if window.ticket else None,
        pause=PauseOut(**pause_facts(window.pause)) if window.pause else None,
    )
