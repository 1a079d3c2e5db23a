"""续号: back in line after a no-show, or straight from a call."""

from __future__ import annotations

from datetime import datetime

from server.hall import commands as cmd
from server.hall.decisions.decision import Decision, Now
from server.hall.decisions.passing_on import is_served
from server.hall.errors import NotYourWindow, NumberVoid, RejoinAtDesk
from server.hall.events import TicketRejoined
from server.hall.facts import ticket_facts
from server.hall.instant import from_microseconds
from server.hall.state import HallState
from server.hall.ticket import State, Ticket, Verb


def rejoin_ticket(state: HallState, command: cmd.RejoinTicket, now: Now) -> Decision:
    """Behind the next few of its line, as the hall's rule says; void once too much time has passed."""
    ticket = state.ticket(command.ticket)
    ticket.after(Verb.REJOIN)
    if ticket.state is State.CALLED:
        _check_own_call(state, ticket, command.staff)
    else:
        _check_in_time(state, ticket, command, now)
    queue = ticket.leg.queue if is_served(state, ticket.leg.queue) else ticket.service
    turn = None if command.last else _turn(state, ticket, queue)
    event = TicketRejoined(
        at=now.at,
        ticket=ticket.id,
        leg=ticket.leg.index,
        window=ticket.at_window,
        staff=command.staff,
        kiosk=command.kiosk,
        turn=turn,
        queue="" if queue == ticket.leg.queue else queue,
    )
    return Decision([event], lambda: ticket_facts(ticket))


def _check_own_call(state: HallState, ticket: Ticket, staff: str | None) -> None:
    """Only the clerk who called puts the citizen back, who cannot come just now."""
    window = state.window(ticket.at_window or 0)
    if window.clerk is None or window.clerk.username != staff:
        raise NotYourWindow(window=window.number)


def _check_in_time(state: HallState, ticket: Ticket, command: cmd.RejoinTicket, now: Now) -> None:
    rule = state.plan.rules.no_show
    if command.staff is None and not rule.at_kiosk:
        raise RejoinAtDesk(number=ticket.number)
    passed_at = ticket.leg.ended_at
    if rule.rejoin_within is not None and passed_at is not None and now.at - passed_at > rule.rejoin_within:
        raise NumberVoid(number=ticket.number, minutes=int(rule.rejoin_within.total_seconds()) // 60)


def _turn(state: HallState, ticket: Ticket, queue: str) -> datetime | None:
    """The turn of the last of those it stands behind; None when the line ends before."""
    after = state.plan.rules.no_show.rejoin_after
    line = state.queues.get(queue, {}).get(ticket.priority)
    if after is None or line is None:
        return None
    turn = line.turn_at(after - 1)
    return None if turn is None else from_microseconds(turn)
