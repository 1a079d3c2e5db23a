"""取号 and 取消: a number is made, or taken back by whoever holds it."""

from __future__ import annotations

from datetime import datetime

from server.hall import commands as cmd
from server.hall.decisions.decision import Decision, Now
from server.hall.decisions.paper import print_job
from server.hall.decisions.person import check_person
from server.hall.decisions.quota import check_quota
from server.hall.errors import HallClosed, ServiceSuspended, UnknownPriority
from server.hall.events import Event, PriorityGiven, TicketCancelled, TicketIssued
from server.hall.facts import ticket_facts
from server.hall.opening import gives_numbers, opens_at
from server.hall.plan import Service
from server.hall.state import HallState
from server.hall.ticket import State, Verb


def issue_ticket(state: HallState, command: cmd.IssueTicket, now: Now) -> Decision:
    """The next number of the service's prefix: gap-free, because refusals come before it is counted."""
    service = state.service(command.service)
    check_priority(state, command.priority)
    for part in map(state.service, command.then):
        check_open(state, part, now)
        check_quota(state, part, now)
    check_open(state, service, now)
    span = check_quota(state, service, now)
    check_person(state, command)
    issued = next_number(
        state,
        service,
        now,
        staff=command.staff,
        kiosk=command.kiosk,
        priority=command.priority,
        then=command.then,
        person=command.person,
        exception=command.exception,
        span=span,
        wait=command.wait,
        withheld=command.withheld,
    )
    return with_paper(state, issued, now, printed=command.printed, printer=command.printer)


def with_paper(
    state: HallState, issued: TicketIssued, now: Now, *, printed: bool, printer: str | None = None
) -> Decision:
    """The number, and a job for the printer of the kiosk that it was taken at, or else for `printer`."""
    ticket = issued.ticket or ""
    events: list[Event] = [issued]
    place = issued.kiosk or printer
    if place is not None and printed:
        events.append(print_job(state, ticket, place, now, copy=1, marked=False, staff=issued.staff))
    return Decision(events, lambda: ticket_facts(state.tickets[ticket]))


def next_number(
    state: HallState,
    service: Service,
    now: Now,
    *,
    priority: str,
    staff: str | None,
    kiosk: str | None = None,
    then: tuple[str, ...] = (),
    person: str | None = None,
    exception: str | None = None,
    span: str | None = None,
    appointment: str | None = None,
    turn: datetime | None = None,
    wait: tuple[int, ...] = (),
    withheld: tuple[int, ...] = (),
) -> TicketIssued:
    """The event that gives the next number of the service's prefix; the checks are behind it."""
    serial = next_serial(state, service.prefix)
    number = number_of(state, service.prefix, serial)
    return TicketIssued(
        at=now.at,
        ticket=id_of(state, number),
        leg=1,
        staff=staff,
        number=number,
        serial=serial,
        prefix=service.prefix,
        service=service.code,
        priority=priority,
        token=now.nonce,
        kiosk=kiosk,
        ahead=_ahead(state, service.code, priority),
        then=then,
        person=person,
        exception=exception,
        span=span,
        appointment=appointment,
        turn=turn,
        wait=wait,
        withheld=withheld,
    )


def next_serial(state: HallState, prefix: str) -> int:
    """One more than the last, passing over what is kept for paper, and what was entered under other rules."""
    serial, paper = state.serials.get(prefix, 0) + 1, state.plan.rules.paper
    while True:
        if paper is not None and serial in paper:
            serial = paper.last + 1
        elif id_of(state, number_of(state, prefix, serial)) in state.tickets:
            serial += 1
        else:
            return serial


def number_of(state: HallState, prefix: str, serial: int) -> str:
    return f"{prefix}{serial:0{state.plan.number_width}d}"


def id_of(state: HallState, number: str) -> str:
    """The id of the ticket that has this number today."""
    return f"{state.day:%y%m%d}{number}"


def check_priority(state: HallState, priority: str) -> None:
    if priority not in state.plan.priorities:
        raise UnknownPriority(priority=priority)


def check_open(state: HallState, service: Service, now: Now) -> None:
    """Raises HallClosed or ServiceSuspended."""
    reason = state.suspended.get(service.code)
    if reason is not None:
        raise ServiceSuspended(service=service.code, reason=reason)
    local = state.plan.local(now.at)
    if not gives_numbers(state.plan, service.code, local):
        raise HallClosed(opens_at=opens_at(state.plan, service.code, local))


def _ahead(state: HallState, service: str, priority: str) -> int:
    """How many would be before a new ticket of that class."""
    level = state.plan.priorities.level
    lines = state.queues.get(service, {}).items()
    return sum(len(line) for known, line in lines if level(known) >= level(priority))


def cancel_ticket(state: HallState, command: cmd.CancelTicket, now: Now) -> Decision:
    ticket = state.ticket(command.ticket)
    ticket.after(Verb.CANCEL)
    event = TicketCancelled(at=now.at, ticket=ticket.id, leg=ticket.leg.index, staff=command.staff)
    return Decision([event], lambda: ticket_facts(ticket))


def give_priority(state: HallState, command: cmd.GivePriority, now: Now) -> Decision:
    """While the number still waits for somebody: afterwards it makes no difference any more."""
    ticket = state.ticket(command.ticket)
    check_priority(state, command.priority)
    if ticket.state not in (State.WAITING, State.NO_SHOW, State.HELD):
        ticket.after(Verb.CANCEL)
    if ticket.priority == command.priority:
        return Decision(answer=lambda: ticket_facts(ticket))
    event = PriorityGiven(
        at=now.at,
        ticket=ticket.id,
        leg=ticket.leg.index,
        staff=command.staff,
        priority=command.priority,
        reason=command.reason,
    )
    return Decision([event], lambda: ticket_facts(ticket))
