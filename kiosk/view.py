"""What a kiosk's page shows, built from the hall's state alone."""

from __future__ import annotations

from collections.abc import Container
from datetime import datetime
from typing import Any

from kiosk.guides import guides
from kiosk.places import service_places
from server.config import Settings
from server.config.devices import KioskSettings
from server.config.hall import ServiceSettings
from server.hall.offering import offering
from server.hall.printing import Slip
from server.hall.priority import ORDINARY
from server.hall.state import HallState
from server.hall.wait.doubt import doubtful
from server.hall.wait.forecast import Forecast
from server.web.errors import Refused
from server.web.waits import new_doubt, new_wait

_RECENT = 20


def kiosk_view(
    state: HallState,
    settings: Settings,
    kiosk_id: str,
    printer: dict[str, str | None],
    now: datetime,
    paused: Container[str] = (),
    forecast: Forecast | None = None,
) -> dict[str, Any]:
    """The view of one kiosk. `printer`: {state, reason} as its agent knows it; `prints`: its latest tickets' papers.

    `paused`: the kiosks that give no numbers now. `forecast`: what is expected of whoever takes a number now.
    """
    hall = settings.hall
    kiosk = find_kiosk(settings, kiosk_id)
    local = state.plan.local(now)
    opens_at, closes_at = state.plan.hours.opens_at(local), state.plan.hours.closes_at(local)
    return {
        "hall": {
            "name": hall.name,
            "name_en": hall.name_en,
            "phone": hall.hotline,
            "time_zone": hall.time_zone,
        },
        "kiosk": _kiosk(kiosk),
        "paused": kiosk_id in paused,
        "others": [_name(other) for other in settings.kiosks if other is not kiosk and other.id not in paused],
        "hours": _business_hours(state, settings, local),
        "issuing": {
            "open": state.plan.hours.is_open(local),
            "opens_at": opens_at.isoformat() if opens_at else None,
            "closes_at": closes_at.isoformat() if closes_at else None,
        },
        "waiting": sum(state.waiting(service.code) for service in settings.services),
        "last_call": _last_call(state),
        "departments": [department.model_dump() for department in settings.departments],
        "services": [_service(state, settings, service, now, forecast) for service in settings.services],
        "classes": _classes(settings),
        "booking": any(service.booking is not None for service in settings.services),
        "rejoin": _rejoin(settings),
        "guides": guides(settings),
        "elsewhere": {"name": settings.rules.wait.elsewhere, "name_en": settings.rules.wait.elsewhere_en},
        "printer": printer,
        "prints": _prints(state, kiosk_id),
    }


def find_kiosk(settings: Settings, kiosk_id: str) -> KioskSettings:
    """The kiosk with this id. Raises Refused (404)."""
    for kiosk in settings.kiosks:
        if kiosk.id == kiosk_id:
            return kiosk
    raise Refused(404, "not_found")


def _kiosk(kiosk: KioskSettings) -> dict[str, Any]:
    return {
        "id": kiosk.id,
        **_name(kiosk),
        "slot": kiosk.slot,
        "panel": kiosk.staff_pin is not None,
        "reload_at": kiosk.reload_at,
    }


def _name(kiosk: KioskSettings) -> dict[str, str]:
    return {"name": kiosk.name, "name_en": kiosk.name_en}


def _business_hours(state: HallState, settings: Settings, local: datetime) -> list[str]:
    """Today's, or those of the next day that has any; where the hours are ignored, the ordinary ones."""
    spans = state.plan.hours.next_spans(local.date())
    return [f"{span.start:%H:%M}-{span.end:%H:%M}" for span in spans] or list(settings.hall.hours.spans)


def class_name(settings: Settings, code: str) -> dict[str, str] | None:
    """The name of a priority class that an administrator named; None of the two that every hall has."""
    found = next((known for known in settings.priority.classes if known.code == code), None)
    return {"name": found.name, "name_en": found.name_en} if found else None


def _classes(settings: Settings) -> list[dict[str, str]]:
    """The priority classes that citizens choose themselves, in the hall's order."""
    wanted = {"code", "name", "name_en", "proof", "proof_en"}
    return [known.model_dump(include=wanted) for known in settings.priority.classes if known.kiosk]


def _rejoin(settings: Settings) -> dict[str, Any]:
    """Whether and how whoever missed a call comes back at a kiosk, and the letters that numbers begin with."""
    rule = settings.rules.no_show
    return {
        "here": rule.at_kiosk,
        "minutes": rule.rejoin_within,
        "prefixes": sorted({service.prefix for service in settings.services}),
    }


def _service(
    state: HallState, settings: Settings, service: ServiceSettings, now: datetime, forecast: Forecast | None
) -> dict[str, Any]:
    """`doubt`: of an ordinary number taken now, that it would probably not be called today; `doubtful`: the classes of
    which that is so.
    """
    offered = offering(state, service.code, now)
    wait = new_wait(state, forecast, service.code, now)
    doubt = new_doubt(state, forecast, [service.code], now)
    classes = dict.fromkeys((ORDINARY, *(known.code for known in state.plan.priorities.classes)))
    return {
        "code": service.code,
        "name": service.name,
        "name_en": service.name_en,
        "hint": service.hint,
        "hint_en": service.hint_en,
        "icon": service.icon,
        "department": service.department,
        "waiting": state.waiting(service.code),
        "open": offered.open,
        "opens_at": offered.opens_at.isoformat() if offered.opens_at else None,
        "left": offered.left,
        "suspended": offered.suspended,
        "wait": wait.model_dump() if wait else None,
        "doubt": doubt.model_dump() if doubt else None,
        "doubtful": [code for code in classes if doubtful(forecast, service.code, code)],
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
        if job.printer == kiosk and job.ticket is not None and job.slip is Slip.TICKET and job.ticket not in papers:
            papers[job.ticket] = {"papers": job.copy, "state": job.state.value, "reason": job.reason}
            if len(papers) == _RECENT:
                break
    return papers
