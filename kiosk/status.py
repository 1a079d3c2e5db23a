"""A ticket as its holder sees it on the phone."""

from __future__ import annotations

from datetime import datetime
from typing import Any

from kiosk.view import service_places
from server.config import Settings
from server.hall.errors import UnknownTicket
from server.hall.state import HallState
from server.hall.ticket import State, Ticket

_NEAREST = 3


def ticket_status(state: HallState, settings: Settings, token: str, now: datetime) -> dict[str, Any]:
    """By the secret token only: an id, which others may know, opens nothing. Raises UnknownTicket."""
    if token not in state.tokens:
        raise UnknownTicket(ticket=token)
    ticket = state.ticket(token)
    service = settings.service(ticket.service)
    at_window = ticket.state in (State.CALLED, State.SERVING)
    return {
        "number": ticket.number,
        "state": ticket.state.value,
        "service": service.name,
        "service_en": service.name_en,
        "ahead": state.ahead(ticket),
        "before": _before(state, ticket),
        "window": ticket.leg.window if at_window else None,
        "updated_at": now.isoformat(),
        **service_places(settings, service),
    }


def _before(state: HallState, ticket: Ticket) -> list[str]:
    """The numbers right before it, the one to be called first at the front."""
    if ticket.state is not State.WAITING:
        return []
    line = state.queues[ticket.leg.queue][ticket.priority]
    ahead = line.ahead_of(ticket.position)
    return [state.tickets[other].number for other in line.between(max(0, ahead - _NEAREST), ahead)]
