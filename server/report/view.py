"""What the leader's screen follows live: how the hall stands now, from its state alone."""

from __future__ import annotations

from typing import Any

from server.hall.facts import pause_facts
from server.hall.state import HallState
from server.hall.ticket import State, Ticket
from server.hall.window import Window, WindowState


def report_view(state: HallState) -> dict[str, Any]:
    """`stale` changes whenever the day's figures may have: the page then asks for them again, in its own time."""
    services = list(state.plan.services)
    return {
        "day": state.day.isoformat() if state.day else None,
        "waiting": {"count": sum(state.waiting(code) for code in services), "longest": _longest(state)},
        "windows": [_window(window) for window in state.windows.values()],
        "services": {code: state.waiting(code) for code in services},
        "stale": state.seq,
    }


def _longest(state: HallState) -> dict[str, str] | None:
    """Who has waited longest: some line's head, as each line is served in order."""
    heads = [line.head for line in state.lines()]
    waiting = [state.tickets[ticket] for _, ticket in heads]
    if not waiting:
        return None
    first = min(waiting, key=lambda ticket: ticket.leg.queued_at)
    return {"since": first.leg.queued_at.isoformat(), "service": first.service}


def _window(window: Window) -> dict[str, Any]:
    return {
        "number": window.number,
        "state": _standing(window),
        "clerk": window.clerk.name if window.clerk else None,
        "ticket": window.ticket.number if window.ticket else None,
        "since": _since(window.ticket),
        "pause": pause_facts(window.pause) if window.pause else None,
    }


def _standing(window: Window) -> str:
    """closed, paused (also in the middle of a service), calling, serving or idle."""
    if window.state is not WindowState.OPEN:
        return window.state.value
    if window.ticket is None:
        return "idle"
    return "serving" if window.ticket.state is State.SERVING else "calling"


def _since(ticket: Ticket | None) -> str | None:
    """When what goes on at the window began: the service, or else the call."""
    if ticket is None:
        return None
    began = ticket.leg.started_at or ticket.leg.called_at
    return began.isoformat() if began else None
