"""Being called, served, held, passed on and finished with."""

from __future__ import annotations

from datetime import datetime, timedelta

from server.hall import events as ev
from server.hall.apply.line import join, leave
from server.hall.apply.registry import applies, ticket_of, window_of
from server.hall.calendar import start_of_day
from server.hall.hold import Hold, HoldKind
from server.hall.state import Call, HallState
from server.hall.ticket import Leg, State, Ticket, Verb


@applies(ev.TicketCalled)
def _called(state: HallState, event: ev.TicketCalled) -> None:
    ticket, window = ticket_of(state, event), window_of(state, event)
    for passed in event.passed:
        priority, _, queue = passed.partition(" ")
        state.queues[queue][priority].passed += 1
    leave(state, ticket)
    ticket.state = ticket.after(Verb.CALL)
    leg = ticket.leg
    ticket.moved |= len(ticket.legs) > 1 or leg.window not in (None, window.number)
    leg.window, leg.staff = window.number, event.staff
    leg.called_at = leg.called_at or event.at
    leg.attempt_at = leg.last_called_at = event.at
    leg.calls = 1
    _stand_at(state, ticket, window.number)
    state.calls.append(Call(state.seq, event.at, ticket, window.number, 1))


@applies(ev.TicketRecalled)
def _recalled(state: HallState, event: ev.TicketRecalled) -> None:
    ticket, window = ticket_of(state, event), window_of(state, event)
    ticket.state = ticket.after(Verb.RECALL)
    ticket.leg.last_called_at = event.at
    ticket.leg.calls += 1
    state.calls.append(Call(state.seq, event.at, ticket, window.number, ticket.leg.calls))


@applies(ev.TicketStarted)
def _started(state: HallState, event: ev.TicketStarted) -> None:
    ticket = ticket_of(state, event)
    ticket.state = ticket.after(Verb.START)
    leg = ticket.leg
    leg.staff = event.staff
    begun = leg.attempt_at if event.implied and leg.attempt_at else event.at
    if leg.held_at is not None:
        _end_hold(ticket, begun)
    else:
        leg.started_at, leg.start_implied = begun, event.implied


@applies(ev.TicketHeld)
def _held(state: HallState, event: ev.TicketHeld) -> None:
    ticket, window = ticket_of(state, event), window_of(state, event)
    ticket.state = ticket.after(Verb.HOLD)
    ticket.leg.held_at = event.at
    ticket.hold = Hold(event.hold, window.number, event.staff or "", event.at, event.reason, event.until)
    window.ticket = None
    state.held[ticket.id] = ticket
    state.next_wake = _first_wake(state)


@applies(ev.TicketResumed)
def _resumed(state: HallState, event: ev.TicketResumed) -> None:
    ticket, window = ticket_of(state, event), window_of(state, event)
    ticket.state = ticket.after(Verb.RESUME)
    _release(state, ticket)
    leg = ticket.leg
    ticket.moved |= leg.window != window.number
    leg.window, leg.staff = window.number, event.staff
    _end_hold(ticket, event.at)
    _stand_at(state, ticket, window.number)


@applies(ev.TicketWoken)
def _woken(state: HallState, event: ev.TicketWoken) -> None:
    """The leg goes on where it stopped: until it is served again, the time counts as hold."""
    ticket = ticket_of(state, event)
    ticket.state = ticket.after(Verb.WAKE)
    _release(state, ticket)
    ticket.leg.queue = event.queue
    join(state, ticket, start_of_day(ticket.day, state.plan.zone))


@applies(ev.TicketTransferred)
def _transferred(state: HallState, event: ev.TicketTransferred) -> None:
    ticket = ticket_of(state, event)
    window_of(state, event).ticket = None
    ticket.state = ticket.after(Verb.TRANSFER)
    ended = ticket.leg
    ended.ended_at, ended.finish, ended.staff, ended.result = event.at, event.finish, event.staff, event.result
    if event.planned and ticket.then:
        ticket.then = ticket.then[1:]
    ticket.service = event.service
    leg = Leg(ended.index + 1, event.service, event.at, event.queue, returns_to=event.returns_to, note=event.note)
    ticket.legs.append(leg)
    join(state, ticket, event.turn or event.at)


@applies(ev.TicketFinished)
def _finished(state: HallState, event: ev.TicketFinished) -> None:
    ticket = ticket_of(state, event)
    ticket.leg.finish, ticket.leg.result = event.finish, event.result
    _end(state, ticket, event, Verb.FINISH)


@applies(ev.TicketNoShow)
def _no_show(state: HallState, event: ev.TicketNoShow) -> None:
    _end(state, ticket_of(state, event), event, Verb.NO_SHOW)


@applies(ev.TicketExpired)
def _expired(state: HallState, event: ev.TicketExpired) -> None:
    ticket = ticket_of(state, event)
    if ticket.state is State.WAITING:
        leave(state, ticket)
    elif ticket.state is State.HELD:
        _release(state, ticket)
    _end(state, ticket, event, Verb.EXPIRE)


@applies(ev.TicketReopened)
def _reopened(state: HallState, event: ev.TicketReopened) -> None:
    ticket, window = ticket_of(state, event), window_of(state, event)
    ticket.state = ticket.after(Verb.UNDO)
    ticket.leg.ended_at = ticket.leg.finish = ticket.leg.result = None
    _stand_at(state, ticket, window.number)


def _stand_at(state: HallState, ticket: Ticket, number: int) -> None:
    window = state.windows[number]
    window.ticket = ticket
    window.undoable = None


def _end(state: HallState, ticket: Ticket, event: ev.Event, verb: Verb) -> None:
    """The ticket is done with, and leaves the window it stood at, if it stood at one."""
    number = ticket.at_window
    ticket.state = ticket.after(verb)
    ticket.leg.ended_at = event.at
    if event.staff is not None:
        # Whoever took the window over in the middle has done the rest of it.
        ticket.leg.staff = event.staff
    if number is not None:
        state.windows[number].ticket = None
        if verb in (Verb.FINISH, Verb.NO_SHOW):
            state.windows[number].undoable = (ticket.id, event.at)


def _end_hold(ticket: Ticket, at: datetime) -> None:
    leg = ticket.leg
    leg.held_for += max(at - leg.held_at, timedelta()) if leg.held_at else timedelta()
    leg.held_at = None


def _release(state: HallState, ticket: Ticket) -> None:
    ticket.hold = None
    del state.held[ticket.id]
    state.next_wake = _first_wake(state)


def _first_wake(state: HallState) -> datetime | None:
    """Kept, because every command asks for it and few change it."""
    holds = (ticket.hold for ticket in state.held.values())
    return min((h.until for h in holds if h and h.until and h.kind is HoldKind.WAITING), default=None)
