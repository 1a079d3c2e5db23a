"""转移: to a service, a window or a clerk; and back to everybody when that window or clerk leaves."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import datetime

from server.hall import commands as cmd
from server.hall import events as ev
from server.hall.calendar import start_of_day
from server.hall.decisions.decision import Decision, Now, open_ticket
from server.hall.errors import UnknownTarget
from server.hall.facts import ticket_facts
from server.hall.instant import from_microseconds
from server.hall.queues import clerk_queue, is_personal, window_queue
from server.hall.result import Result, ResultKind
from server.hall.state import HallState
from server.hall.ticket import Finish, Ticket, Verb
from server.hall.window import Window, WindowState


def transfer_ticket(state: HallState, command: cmd.TransferTicket, now: Now) -> Decision:
    """The next leg begins where it is sent; who sent it, and the note, stay with the ticket."""
    window, ticket = open_ticket(state, command)
    ticket.after(Verb.TRANSFER)
    service, queue = _target(state, command, ticket)
    event = ev.TicketTransferred(
        at=now.at,
        ticket=ticket.id,
        leg=ticket.leg.index,
        window=window.number,
        staff=command.staff,
        finish=Finish.TRANSFER,
        service=service,
        queue=queue,
        turn=_turn(state, command.order, ticket),
        note=command.note,
        returns_to=_lender(command, ticket),
        result=Result(ResultKind.REFERRED) if command.referred else None,
    )
    return Decision([event], lambda: ticket_facts(ticket))


def _target(state: HallState, command: cmd.TransferTicket, ticket: Ticket) -> tuple[str, str]:
    """(service, queue). A window or a clerk that is not at work cannot be sent anybody."""
    service = state.service(command.service).code if command.service is not None else ticket.service
    if command.to_window is not None and command.to_staff is None:
        target = state.window(command.to_window)
        if target.state is WindowState.CLOSED or target.number == command.window:
            raise UnknownTarget(window=target.number)
        return service, window_queue(target.number)
    if command.to_staff is not None and command.to_window is None:
        if window_of_clerk(state, command.to_staff) is None or command.to_staff == command.staff:
            raise UnknownTarget(staff=command.to_staff)
        return service, clerk_queue(command.to_staff)
    if command.to_window is None and command.service is not None:
        return service, service
    raise UnknownTarget


def _lender(command: cmd.TransferTicket, ticket: Ticket) -> int | None:
    """Whoever lent it first gets it back, however often it is passed on meanwhile."""
    if ticket.leg.returns_to is not None:
        return ticket.leg.returns_to
    return command.window if command.returns else None


def _turn(state: HallState, order: cmd.Order, ticket: Ticket) -> datetime | None:
    match order:
        case cmd.Order.FIRST:
            return start_of_day(ticket.day, state.plan.zone)
        case cmd.Order.KEPT:
            return from_microseconds(ticket.position[0])
        case cmd.Order.LAST:
            return None


def window_of_clerk(state: HallState, username: str) -> Window | None:
    return next((w for w in state.windows.values() if w.clerk is not None and w.clerk.username == username), None)


def is_served(state: HallState, queue: str) -> bool:
    """Whether somebody calls from it: a window's or a clerk's own queue needs that window open, or that clerk there.

    A window that was handed over is about to be open again.
    """
    if not is_personal(queue):
        return True
    for window in state.windows.values():
        own = (window_queue(window.number), clerk_queue(window.clerk.username) if window.clerk else "")
        if window.state is not WindowState.CLOSED and queue in own:
            return True
        if queue == own[0] and is_awaited(window):
            return True
    return False


def is_awaited(window: Window) -> bool:
    """Whether somebody is to take the window over, with whoever waits for it."""
    return window.hand_over is not None and window.hand_over.keeps_line


def sent_back(state: HallState, window: Window, now: Now, *, closes: bool) -> Iterator[ev.Event]:
    """Whoever waits for a clerk who leaves, or for a window that closes, waits for the service again, in their turn.

    A window that was handed over keeps them for the successor.
    """
    awaited = is_awaited(window)
    leaver = window.clerk
    if leaver is not None and not sits_elsewhere(state, window, leaver.username):
        to = window_queue(window.number) if awaited else None
        yield from requeued(state, clerk_queue(leaver.username), now.at, to)
    if closes and not awaited:
        yield from requeued(state, window_queue(window.number), now.at)


def sits_elsewhere(state: HallState, window: Window, username: str) -> bool:
    others = (other.clerk for other in state.windows.values() if other is not window)
    return any(clerk is not None and clerk.username == username for clerk in others)


def requeued(state: HallState, queue: str, at: datetime, to: str | None = None) -> Iterator[ev.Event]:
    """Everybody in `queue` into `to`, or each into their service's, in their turn."""
    for line in state.queues.get(queue, {}).values():
        for waiting in line:
            ticket = state.tickets[waiting]
            yield ev.TicketRequeued(at=at, ticket=ticket.id, leg=ticket.leg.index, queue=to or ticket.service)
