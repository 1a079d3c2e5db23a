"""What an on-screen evaluator shows, built from the hall's state alone."""

from __future__ import annotations

from typing import Any

from server.config import Settings
from server.hall.evaluation import Evaluation, Outcome
from server.hall.facts import moment, pause_facts
from server.hall.state import HallState
from server.hall.ticket import State, Ticket
from server.hall.window import Window
from server.web.photos import photo_url


def evaluator_view(state: HallState, settings: Settings, number: int) -> dict[str, Any]:
    """The view of one window. `evaluation` is the open one with its token; `received` is when a vote came in last;
    `serving`: somebody has come to the window, and is not only called.

    How anybody voted is in no view: the screen says the same thanks after every level.
    """
    window = state.window(number)
    evaluation = window.evaluation
    is_open = evaluation is not None and evaluation.is_open
    about = settings.window(number)
    return {
        "hall": {
            "name": settings.hall.name,
            "name_en": settings.hall.name_en,
            "phone": settings.hall.hotline,
            "time_zone": settings.hall.time_zone,
        },
        "window": {"number": number, "name": about.name, "name_en": about.name_en, "state": window.state.value},
        "clerk": _clerk(window, evaluation if is_open else None),
        "ticket": _ticket(window.ticket, settings) if window.ticket else None,
        "serving": window.ticket is not None and window.ticket.state is State.SERVING,
        "pause": pause_facts(window.pause) if window.pause else None,
        "evaluation": _evaluation(state, settings, evaluation) if evaluation and is_open else None,
        "received": moment(evaluation.ended_at) if evaluation and _came_in_time(evaluation) else None,
        "reasons": settings.evaluation.by_level(),
        "notices": _notices(state, settings, number),
    }


def _notices(state: HallState, settings: Settings, number: int) -> list[dict[str, str | None]]:
    """What leaders have posted for everybody or for this window's zones; the screen looks at the times itself."""
    zones = frozenset(zone.id for zone in settings.zones if number in zone.windows)
    meant = [one for one in state.notices.values() if not one.zones or not zones.isdisjoint(one.zones)]
    return [
        {"text": one.text, "starts": moment(one.starts), "ends": moment(one.ends)}
        for one in sorted(meant, key=lambda one: one.posted_at)
    ]


def _came_in_time(evaluation: Evaluation) -> bool:
    """A vote that the phone gave later is nobody's business at the window."""
    return evaluation.outcome is Outcome.VOTED and evaluation.lapse is None


def _clerk(window: Window, asked_for: Evaluation | None) -> dict[str, str] | None:
    """The card of whoever sits there; nobody's while a colleague's service is being rated."""
    clerk = window.clerk
    if clerk is None or (asked_for is not None and asked_for.staff != clerk.username):
        return None
    photo = photo_url(clerk.photo) if clerk.photo else ""
    return {"name": clerk.name, "post": clerk.post, "number": clerk.number, "photo": photo}


def _ticket(ticket: Ticket, settings: Settings) -> dict[str, str]:
    service = settings.service(ticket.service)
    return {"number": ticket.number, "service": service.name, "service_en": service.name_en}


def _evaluation(state: HallState, settings: Settings, evaluation: Evaluation) -> dict[str, Any]:
    return {
        "token": evaluation.token,
        "closes_at": evaluation.closes_at.isoformat(),
        "ticket": _ticket(state.tickets[evaluation.ticket], settings),
    }
