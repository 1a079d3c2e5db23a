"""查号 at a kiosk: where a number stands. It tells what the hall's screens tell, and what may be done about it here."""

from __future__ import annotations

from datetime import datetime

from kiosk.asked import asked_ticket
from kiosk.messages import PositionOut, TicketHereIn
from kiosk.status import missed, own_windows
from server.config import Settings
from server.hall.errors import NumberVoid
from server.hall.reprinting import against_reprint
from server.hall.state import HallState
from server.hall.ticket import State, Ticket
from server.web.errors import Refused

_STANDING = {State.WAITING: "waiting", State.CALLED: "called", State.NO_SHOW: "missed"}


def position(state: HallState, settings: Settings, asked: TicketHereIn, now: datetime, *, prints: bool) -> PositionOut:
    """`prints`: whether the asking kiosk has a printer.

    Raises UnknownTicket, NumberVoid, and Refused for a number that is neither in line nor may come back to it.
    """
    ticket = asked_ticket(state, asked)
    if ticket.state not in _STANDING:
        raise Refused(409, "not_in_line", number=ticket.number)
    passed = missed(state, ticket, now)
    if passed is not None and passed["void"]:
        raise NumberVoid(number=ticket.number, minutes=_minutes(state))
    waits = ticket.state is State.WAITING
    return PositionOut(
        number=ticket.number,
        service=ticket.service,
        standing=_STANDING[ticket.state],
        ahead=state.ahead(ticket),
        windows=_windows(state, settings, ticket),
        window=ticket.at_window,
        may_rejoin=passed is not None and passed["here"],
        until=passed["until"] if passed is not None else None,
        may_print=prints and waits and against_reprint(ticket, typed=asked.token is None) is None,
    )


def _windows(state: HallState, settings: Settings, ticket: Ticket) -> list[int]:
    own = own_windows(state, ticket)
    return settings.windows_of(ticket.service) if own is None else own


def _minutes(state: HallState) -> int:
    within = state.plan.rules.no_show.rejoin_within
    return 0 if within is None else int(within.total_seconds()) // 60
