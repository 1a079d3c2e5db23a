"""Taking a number, waiting with it, and leaving the line without being served."""

from __future__ import annotations

from datetime import datetime

from server.hall import events as ev
from server.hall.apply.registry import applies, ticket_of
from server.hall.instant import to_microseconds
from server.hall.line import Line
from server.hall.state import HallState
from server.hall.ticket import Leg, State, Ticket, Verb


def join(state: HallState, ticket: Ticket, turn: datetime) -> None:
    """Stand in the queue of the present leg, with a turn that counts from `turn`."""
    ticket.position = (to_microseconds(turn), state.seq)
    _stand(state, ticket)


def leave(state: HallState, ticket: Ticket) -> None:
    classes = state.queues[ticket.leg.queue]
    line = classes[ticket.priority]
    line.remove(ticket.position, ticket.id)
    if not line:
        del classes[ticket.priority]
    if not classes:
        del state.queues[ticket.leg.queue]


def _stand(state: HallState, ticket: Ticket) -> None:
    classes = state.queues.setdefault(ticket.leg.queue, {})
    classes.setdefault(ticket.priority, Line()).add(ticket.position, ticket.id)


@applies(ev.TicketIssued)
def _issued(state: HallState, event: ev.TicketIssued) -> None:
    if event.ticket is None or state.day is None:
        raise ValueError(event)
    taken = event.turn if event.paper and event.turn else event.at
    ticket = Ticket(
        id=event.ticket,
        number=event.number,
        day=state.day,
        service=event.service,
        priority=event.priority,
        position=(0, 0),
        token=event.token,
        kiosk=event.kiosk,
        issued_at=taken,
        ahead=event.ahead,
        appointment=event.appointment,
        person=event.person,
        span=event.span,
        then=event.then,
        wait=event.wait,
        paper=event.paper,
        legs=[Leg(index=1, service=event.service, queued_at=taken)],
    )
    state.tickets[ticket.id] = state.touched[ticket.id] = ticket
    state.tokens[ticket.token] = ticket.id
    if not event.paper:
        state.serials[event.prefix] = event.serial
    if event.span is not None:
        state.taken[event.service, event.span] += 1
    if event.person is not None:
        state.persons[event.person].append(ticket.id)
    join(state, ticket, event.turn or event.at)


@applies(ev.PriorityGiven)
def _priority_given(state: HallState, event: ev.PriorityGiven) -> None:
    ticket = ticket_of(state, event)
    waits = ticket.state is State.WAITING
    if waits:
        leave(state, ticket)
    ticket.priority = event.priority
    ticket.verified = None
    if waits:
        _stand(state, ticket)


@applies(ev.PriorityVerified)
def _priority_verified(state: HallState, event: ev.PriorityVerified) -> None:
    ticket_of(state, event).verified = event.verified


@applies(ev.TicketRejoined)
def _rejoined(state: HallState, event: ev.TicketRejoined) -> None:
    ticket = ticket_of(state, event)
    if ticket.at_window is not None:
        state.windows[ticket.at_window].ticket = None
    ticket.state = ticket.after(Verb.REJOIN)
    ticket.leg.ended_at = None
    ticket.leg.queue = event.queue or ticket.leg.queue
    join(state, ticket, event.turn or event.at)


@applies(ev.TicketRequeued)
def _requeued(state: HallState, event: ev.TicketRequeued) -> None:
    ticket = ticket_of(state, event)
    leave(state, ticket)
    ticket.leg.queue = event.queue
    _stand(state, ticket)


@applies(ev.TicketCancelled)
def _cancelled(state: HallState, event: ev.TicketCancelled) -> None:
    """Whoever gives a number back before any service makes room in the quota for somebody else."""
    ticket = ticket_of(state, event)
    leave(state, ticket)
    ticket.state = ticket.after(Verb.CANCEL)
    ticket.leg.ended_at = event.at
    if ticket.span is not None and len(ticket.legs) == 1:
        state.taken[ticket.legs[0].service, ticket.span] -= 1


@applies(ev.ServiceSuspended)
def _suspended(state: HallState, event: ev.ServiceSuspended) -> None:
    state.suspended[event.service] = event.reason


@applies(ev.ServiceResumed)
def _resumed(state: HallState, event: ev.ServiceResumed) -> None:
    del state.suspended[event.service]
