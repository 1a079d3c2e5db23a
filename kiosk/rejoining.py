"""续号 at a kiosk: the ticket that may go back in line.

A number is no secret: it stands on every screen of the hall. So typing one can only put a ticket that was passed back
in line, or tell that it stands there; of every other ticket it tells no more than the screens do.
"""

from __future__ import annotations

from kiosk.asked import asked_ticket
from kiosk.messages import RejoinedOut, TicketHereIn
from server.hall.state import HallState
from server.hall.ticket import State, Ticket
from server.web.errors import Refused


def find_ticket(state: HallState, asked: TicketHereIn) -> Ticket:
    """Raises UnknownTicket, and Refused for one that was called just now or has nothing to come back for."""
    ticket = asked_ticket(state, asked)
    if ticket.state is State.CALLED:
        raise Refused(409, "called_now", number=ticket.number, window=ticket.leg.window)
    if ticket.state not in (State.NO_SHOW, State.WAITING):
        raise Refused(409, "nothing_to_rejoin", number=ticket.number)
    return ticket


def rejoined(state: HallState, ticket_id: str, *, waited: bool) -> RejoinedOut:
    """How the ticket stands in line now."""
    ticket = state.ticket(ticket_id)
    return RejoinedOut(number=ticket.number, service=ticket.service, ahead=state.ahead(ticket), waited=waited)
