"""What a desk knows of the hall around it: names, rules, and who else is at work. Pure."""

from __future__ import annotations

from typing import Any

from server.config import Settings
from server.hall.plan import ORDINARY
from server.hall.priority import APPOINTMENT
from server.hall.state import HallState
from server.hall.window import Window, WindowState


def hall_view(settings: Settings) -> dict[str, Any]:
    """What only a new configuration changes, so it goes to a page once."""
    return {
        "name": settings.hall.name,
        "name_en": settings.hall.name_en,
        "time_zone": settings.hall.time_zone,
        "services": [
            {
                "code": s.code,
                "name": s.name,
                "name_en": s.name_en,
                "place": s.place,
                "place_en": s.place_en,
                "bookable": s.booking is not None,
            }
            for s in settings.services
        ],
        "classes": _classes(settings),
        "rules": {
            "calls": settings.rules.no_show.calls,
            "rejoin_after": settings.rules.no_show.rejoin_after,
            "rejoin_within": settings.rules.no_show.rejoin_within,
            "undo": settings.rules.undo,
            "paper": settings.rules.paper.model_dump() if settings.rules.paper else None,
        },
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
            "paused": other.state is WindowState.PAUSED,
        }
        for other in others
        if other.clerk is not None
    ]


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
