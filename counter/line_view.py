"""Who waits for a window, as its desk shows them. Pure."""

from __future__ import annotations

import heapq
from collections.abc import Iterator
from datetime import datetime
from itertools import islice
from typing import Any

from server.hall.dispatch import choose, served_lines
from server.hall.facts import moment
from server.hall.queues import is_personal
from server.hall.state import HallState
from server.hall.ticket import Ticket
from server.hall.wait.forecast import Forecast
from server.hall.window import Window
from server.web.waits import wait_out

_SHOWN = 8


def line_view(
    state: HallState, window: Window, total: int, now: datetime, forecast: Forecast | None = None
) -> dict[str, Any]:
    """The head of the line, and whom the hall itself would call next, who is always among those shown."""
    chosen = choose(state, window, now)
    following = state.tickets[chosen.ticket] if chosen else None
    shown = [*islice(_in_order(state, window, now), _SHOWN)]
    if following is not None and following not in shown:
        shown = [following, *shown[: _SHOWN - 1]]
    return {
        "total": total,
        "oldest": moment(min((t.leg.queued_at for t in shown), default=None)),
        "next": following.number if following else None,
        "line": [_row(state, ticket, now, forecast) for ticket in shown],
    }


def _row(state: HallState, ticket: Ticket, now: datetime, forecast: Forecast | None) -> dict[str, Any]:
    """`wait`: from now on. `back`: it was here before (`held`: its hold is over; `sent`: a colleague sent it to this
    window or clerk).
    """
    booked = state.appointments.get(ticket.appointment or "")
    expected = forecast.of(ticket.id) if forecast else None
    wait = wait_out((expected.minutes(now) or ()) if expected else (), now, state.plan, ticket.service)
    sent = "sent" if is_personal(ticket.leg.queue) else None
    return {
        "id": ticket.id,
        "number": ticket.number,
        "service": ticket.service,
        "queued_at": ticket.leg.queued_at.isoformat(),
        "priority": ticket.priority,
        "booked_for": moment(booked.start) if booked else None,
        "wait": wait.model_dump() if wait else None,
        "back": "held" if ticket.leg.held_at is not None else sent,
    }


def _in_order(state: HallState, window: Window, now: datetime) -> Iterator[Ticket]:
    """By turn, without sorting everybody: each line is in order already, and only its head is needed."""
    lines = [(state.tickets[ticket] for ticket in line) for _, _, line in served_lines(state, window, now)]
    return heapq.merge(*lines, key=lambda ticket: ticket.position)
