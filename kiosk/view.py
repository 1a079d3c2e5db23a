"""What a kiosk's page shows, built from the hall's state alone."""

from __future__ import annotations

from datetime import datetime
from typing import Any

from server.config import Settings
from server.config.devices import KioskSettings
from server.config.hall import ServiceSettings
from server.hall.calendar import Hours
from server.hall.state import HallState
from server.web.errors import Refused

_RECENT = 20


def kiosk_view(
    state: HallState, settings: Settings, kiosk_id: str, printer: dict[str, str | None], now: datetime
) -> dict[str, Any]:
    """The view of one kiosk. `printer`: {state, reason} as its agent knows it; `prints`: its latest tickets' papers."""
    hall = settings.hall
    kiosk = find_kiosk(settings, kiosk_id)
    local = state.plan.local(now)
    closes_at = state.plan.hours.closes_at(local)
    return {
        "hall": {
            "name": hall.name,
            "name_en": hall.name_en,
            "phone": hall.hotline,
            "time_zone": hall.time_zone,
        },
        "kiosk": _kiosk(kiosk),
        "hours": _business_hours(state, settings, local),
        "issuing": {
            **_issuing(state.plan.hours, local),
            "closes_at": closes_at.isoformat() if closes_at else None,
        },
        "waiting": sum(state.waiting(service.code) for service in settings.services),
        "last_call": _last_call(state),
        "departments": [department.model_dump() for department in settings.departments],
        "services": [_service(state, settings, service, local) for service in settings.services],
        "printer": printer,
        "prints": _prints(state, kiosk_id),
    }


def find_kiosk(settings: Settings, kiosk_id: str) -> KioskSettings:
    """The kiosk with this id. Raises Refused (404)."""
    for kiosk in settings.kiosks:
        if kiosk.id == kiosk_id:
            return kiosk
    raise Refused(404, "not_found")


def service_places(settings: Settings, service: ServiceSettings) -> dict[str, Any]:
    """Where a service is waited for and served."""
    return {
        "place": service.place,
        "place_en": service.place_en,
        "windows": [w.number for w in settings.windows if service.code in settings.services_of(w)],
    }


def _kiosk(kiosk: KioskSettings) -> dict[str, Any]:
    return {"id": kiosk.id, "name": kiosk.name, "name_en": kiosk.name_en, "slot": kiosk.slot}


def _business_hours(state: HallState, settings: Settings, local: datetime) -> list[str]:
    """Today's, or those of the next day that has any; where the hours are ignored, the ordinary ones."""
    spans = state.plan.hours.next_spans(local.date())
    return [f"{span.start:%H:%M}-{span.end:%H:%M}" for span in spans] or list(settings.hall.hours.spans)


def _issuing(hours: Hours, local: datetime) -> dict[str, Any]:
    opens_at = hours.opens_at(local)
    return {"open": hours.is_open(local), "opens_at": opens_at.isoformat() if opens_at else None}


def _service(state: HallState, settings: Settings, service: ServiceSettings, local: datetime) -> dict[str, Any]:
    return {
        "code": service.code,
        "name": service.name,
        "name_en": service.name_en,
        "hint": service.hint,
        "hint_en": service.hint_en,
        "icon": service.icon,
        "department": service.department,
        "waiting": state.waiting(service.code),
        **_issuing(state.plan.service_hours(service.code), local),
        "wait": None,
        **service_places(settings, service),
    }


def _last_call(state: HallState) -> dict[str, Any] | None:
    if not state.calls:
        return None
    call = state.calls[-1]
    return {"number": call.ticket.number, "window": call.window}


def _prints(state: HallState, kiosk: str) -> dict[str, Any]:
    """The papers of the last tickets, newest job of each ticket."""
    papers: dict[str, Any] = {}
    for job in reversed(state.prints.values()):
        if job.kiosk == kiosk and job.ticket not in papers:
            papers[job.ticket] = {"state": job.state.value, "reason": job.reason}
            if len(papers) == _RECENT:
                break
    return papers
