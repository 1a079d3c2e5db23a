"""取号 and 取消: a number is made, or taken back by whoever holds it."""

from __future__ import annotations

from server.hall import commands as cmd
from server.hall.decisions.decision import Decision, Now
from server.hall.decisions.paper import print_job
from server.hall.errors import HallClosed, UnknownPriority
from server.hall.events import Event, TicketCancelled, TicketIssued
from server.hall.facts import ticket_facts
from server.hall.state import HallState
from server.hall.ticket import Verb


def issue_ticket(state: HallState, command: cmd.IssueTicket, now: Now) -> Decision:
    """The next number of the service's prefix: gap-free, because refusals come before it is counted."""
    service = state.service(command.service)
    if command.priority not in state.plan.classes:
        raise UnknownPriority(priority=command.priority)
    local = state.plan.local(now.at)
    hours = state.plan.service_hours(service.code)
    if not hours.is_open(local):
        raise HallClosed(opens_at=hours.opens_at(local))
    serial = state.serials.get(service.prefix, 0) + 1
    number = f"{service.prefix}{serial:0{state.plan.number_width}d}"
    ticket = f"{state.day:%y%m%d}{number}"
    events: list[Event] = [
        TicketIssued(
            at=now.at,
            ticket=ticket,
            leg=1,
            staff=command.staff,
            number=number,
            serial=serial,
            prefix=service.prefix,
            service=service.code,
            priority=command.priority,
            token=now.nonce,
            kiosk=command.kiosk,
            ahead=state.waiting(service.code),
        )
    ]
    if command.kiosk is not None and command.printed:
        events.append(print_job(state, ticket, command.kiosk, now, copy=1, marked=False))
    return Decision(events, lambda: ticket_facts(state.tickets[ticket]))


def cancel_ticket(state: HallState, command: cmd.CancelTicket, now: Now) -> Decision:
    ticket = state.ticket(command.ticket)
    ticket.after(Verb.CANCEL)
    event = TicketCancelled(at=now.at, ticket=ticket.id, leg=ticket.leg.index, staff=command.staff)
    return Decision([event], lambda: ticket_facts(ticket))
