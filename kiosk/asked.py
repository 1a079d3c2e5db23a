"""From what was typed or scanned at a kiosk to the ticket that is meant."""

from __future__ import annotations

from kiosk.messages import TicketHereIn
from server.hall.errors import UnknownTicket
from server.hall.state import HallState
from server.hall.ticket import Ticket


def asked_ticket(state: HallState, asked: TicketHereIn) -> Ticket:
    """Raises UnknownTicket."""
    if asked.token is None:
        return state.ticket(_id_of(state, asked.number or ""))
    # An id opens what a token opens for staff alone.
    if asked.token not in state.tokens:
        raise UnknownTicket(ticket=asked.token)
    return state.ticket(asked.token)


def _id_of(state: HallState, typed: str) -> str:
    """Today's, with or without the zeros: A12 is A012."""
    number = f"{typed[0].upper()}{int(typed[1:]):0{state.plan.number_width}d}"
    return f"{state.day:%y%m%d}{number}" if state.day else number
