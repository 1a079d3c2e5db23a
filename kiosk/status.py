"""A ticket as its holder sees it on the phone."""

from __future__ import annotations

from datetime import datetime
from typing import Any

from kiosk.places import service_places
from kiosk.view import class_name
from kiosk.voting import answers_of, past_status, past_ticket, votes_of
from server.config import Settings
from server.hall.errors import UnknownTicket
from server.hall.facts import moment
from server.hall.queues import clerk_queue, is_personal, window_queue
from server.hall.state import HallState
from server.hall.ticket import AT_WINDOW, State, Ticket
from server.hall.wait.forecast import Forecast
from server.hall.window import Window
from server.web.waits import wait_out

_NEAREST = 3
_OFTEN, _SELDOM = 10, 30
"""Seconds between two questions of a phone."""
_FAR = 10
"""People ahead beyond which nothing happens soon: most of a full hall's phones ask seldom."""


def ticket_status(
    state: HallState, settings: Settings, token: str, now: datetime, forecast: Forecast | None = None
) -> dict[str, Any]:
    """By the secret token only: an id, which others may know, opens nothing. Raises UnknownTicket."""
    voting = {"votes": votes_of(state, settings, token, now), "answers": answers_of(state, settings, token, now)}
    if token not in state.tokens:
        past = past_ticket(state, token)
        if past is None:
            raise UnknownTicket(ticket=token)
        return {**past_status(*past, settings, now), **voting}
    ticket = state.ticket(token)
    service = settings.service(ticket.service)
    return {
        "number": ticket.number,
        "state": ticket.state.value,
        "service": service.name,
        "service_en": service.name_en,
        "guide": service.code if service.guide else None,
        "near": settings.rules.near,
        "every": _SELDOM if state.ahead(ticket) > _FAR else _OFTEN,
        "priority": class_name(settings, ticket.priority),
        "ahead": state.ahead(ticket),
        "wait": _wait(state, ticket, now, forecast),
        "before": _before(state, ticket),
        "window": ticket.leg.window if ticket.state in AT_WINDOW else None,
        "hold": _hold(ticket),
        "missed": missed(state, ticket, now),
        "steps": _steps(settings, ticket),
        **voting,
        "updated_at": now.isoformat(),
        **service_places(settings, service),
        **_own(state, ticket),
    }


def _wait(state: HallState, ticket: Ticket, now: datetime, forecast: Forecast | None) -> dict[str, Any] | None:
    """From now on, as it looks now."""
    expected = forecast.of(ticket.id) if forecast and ticket.state is State.WAITING else None
    wait = wait_out((expected.minutes(now) or ()) if expected else (), now, state.plan, ticket.service)
    return wait.model_dump() if wait else None


def _own(state: HallState, ticket: Ticket) -> dict[str, Any]:
    own = own_windows(state, ticket)
    return {} if own is None else {"windows": own}


def own_windows(state: HallState, ticket: Ticket) -> list[int] | None:
    """The one window that it waits for, when a clerk sent it there or has its papers; else None."""
    if ticket.state is not State.WAITING or not is_personal(ticket.leg.queue):
        return None
    windows = (w.number for w in state.windows.values() if ticket.leg.queue in (window_queue(w.number), _clerk(w)))
    return sorted(windows)


def _clerk(window: Window) -> str:
    return clerk_queue(window.clerk.username) if window.clerk else ""


def _hold(ticket: Ticket) -> dict[str, Any] | None:
    """挂起: the window to come back to, and when, if the clerk said so."""
    hold = ticket.hold
    return {"window": hold.window, "until": moment(hold.until)} if hold else None


def missed(state: HallState, ticket: Ticket, now: datetime) -> dict[str, Any] | None:
    """过号: until when it can go back in line, and whether the kiosk does it."""
    passed_at, rule = ticket.leg.ended_at, state.plan.rules.no_show
    if ticket.state is not State.NO_SHOW or passed_at is None:
        return None
    until = None if rule.rejoin_within is None else passed_at + rule.rejoin_within
    return {"here": rule.at_kiosk, "until": moment(until), "void": until is not None and now > until}


def _steps(settings: Settings, ticket: Ticket) -> list[dict[str, Any]]:
    """What is done, what it is for now and what comes; empty for a ticket of one step."""
    steps = [(leg.service, "now" if leg is ticket.leg else "done") for leg in ticket.legs]
    if ticket.state is State.FINISHED:
        steps[-1] = (ticket.leg.service, "done")
    steps += [(code, "next") for code in ticket.then]
    if len(steps) == 1:
        return []
    named = ((settings.service(code), state) for code, state in steps)
    return [{"name": service.name, "name_en": service.name_en, "state": state} for service, state in named]


def _before(state: HallState, ticket: Ticket) -> list[str]:
    """The numbers right before it, the one to be called first at the front."""
    if ticket.state is not State.WAITING:
        return []
    line = state.queues[ticket.leg.queue][ticket.priority]
    ahead = line.ahead_of(ticket.position)
    return [state.tickets[other].number for other in line.between(max(0, ahead - _NEAREST), ahead)]
