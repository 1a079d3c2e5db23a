"""What a desk knows of the hall around it: names, rules, and who else is at work. Pure."""

from __future__ import annotations

from typing import Any

from counter.spelling import spellings
from server.config import Settings
from server.config.hall import ServiceSettings
from server.hall.plan import ORDINARY
from server.hall.printing import printer_window
from server.hall.priority import APPOINTMENT
from server.hall.state import HallState
from server.hall.window import Window, WindowState


def hall_view(settings: Settings) -> dict[str, Any]:
    """What only a new configuration changes, so it goes to a page once."""
    return {
        "name": settings.hall.name,
        "name_en": settings.hall.name_en,
        "time_zone": settings.hall.time_zone,
        "services": [_service(service, settings) for service in settings.services],
        "printers": [_printer(name, settings) for name in settings.printers()],
        "classes": _classes(settings),
        "rules": {
            "calls": settings.rules.no_show.calls,
            "rejoin_after": settings.rules.no_show.rejoin_after,
            "rejoin_within": settings.rules.no_show.rejoin_within,
            "undo": settings.rules.undo,
            "paper": settings.rules.paper.model_dump() if settings.rules.paper else None,
        },
        "keys": settings.counter.keys.model_dump(),
    }


def colleagues(state: HallState, window: Window, settings: Settings) -> list[dict[str, Any]]:
    """The other windows with somebody at them: whom a ticket can be transferred to."""
    others = (other for other in state.windows.values() if other.number != window.number)
    return [
        {
            "window": other.number,
            "name": settings.window(other.number).name,
            "name_en": settings.window(other.number).name_en,
            "staff": other.clerk.username,
            "clerk": other.clerk.name,
            "number": other.clerk.number,
            "spelled": spellings(other.clerk.name),
            "paused": other.state is WindowState.PAUSED,
        }
        for other in others
        if other.clerk is not None
    ]


def _service(service: ServiceSettings, settings: Settings) -> dict[str, Any]:
    """`documents`: those of its guide, which can be said to be missing; `result`: what a finish usually comes to."""
    return {
        "code": service.code,
        "name": service.name,
        "name_en": service.name_en,
        "place": service.place,
        "place_en": service.place_en,
        "bookable": service.booking is not None,
        "spelled": spellings(service.name),
        "result": (service.result or settings.rules.results.default).value,
        "documents": [
            {"code": d.code, "name": d.name, "name_en": d.name_en, "note": d.note, "note_en": d.note_en}
            for d in (service.guide.documents if service.guide else ())
        ],
    }


def _printer(name: str, settings: Settings) -> dict[str, Any]:
    """`window`: the number of the window that it stands at; None at a kiosk."""
    number = printer_window(name)
    place = next(kiosk for kiosk in settings.kiosks if kiosk.id == name) if number is None else settings.window(number)
    return {"id": name, "window": number, "name": place.name, "name_en": place.name_en}


def _classes(settings: Settings) -> list[dict[str, Any]]:
    """Every class that a number can have. The two that every hall has are named by the page's own words."""
    given = {known.code: known for known in settings.priority.classes}
    return [
        {
            "code": code,
            "name": given[code].name if code in given else None,
            "name_en": given[code].name_en if code in given else None,
            "proof": given[code].proof if code in given else "",
            "proof_en": given[code].proof_en if code in given else "",
            "shown": code not in (ORDINARY, APPOINTMENT),
        }
        for code in dict.fromkeys((ORDINARY, APPOINTMENT, *given))
    ]
