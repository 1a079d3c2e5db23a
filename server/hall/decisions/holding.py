"""挂起 and 解挂: a service that is interrupted and goes on later."""

from __future__ import annotations

from server.hall import commands as cmd
from server.hall import events as ev
from server.hall.decisions.decision import Decision, Now, check_seen, open_ticket, staffed_window
from server.hall.decisions.finishing import asked_no_longer
from server.hall.errors import HeldElsewhere, WakeTimeNeeded, WindowBusy
from server.hall.facts import ticket_facts
from server.hall.hold import HoldKind
from server.hall.state import HallState
from server.hall.ticket import Ticket, Verb
from server.hall.window import Window


def hold_ticket(state: HallState, command: cmd.HoldTicket, now: Now) -> Decision:
    """As many as come to it at one window; each with its own reason and time."""
    window, ticket = open_ticket(state, command)
    ticket.after(Verb.HOLD)
    if command.kind is HoldKind.WAITING and (command.until is None or command.until <= now.at):
        raise WakeTimeNeeded(number=ticket.number)
    event = ev.TicketHeld(
        at=now.at,
        ticket=ticket.id,
        leg=ticket.leg.index,
        window=window.number,
        staff=command.staff,
        hold=command.kind,
        reason=command.reason,
        until=command.until,
    )
    return Decision([event], lambda: ticket_facts(ticket))


def resume_ticket(state: HallState, command: cmd.ResumeTicket, now: Now) -> Decision:
    """Without papers at any window of the service, else where they lie."""
    window = staffed_window(state, command)
    check_seen(window, command.seen)
    if window.ticket is not None:
        raise WindowBusy(window=window.number, number=window.ticket.number)
    ticket = state.ticket(command.ticket)
    ticket.after(Verb.RESUME)
    if not may_resume(window, ticket):
        raise HeldElsewhere(number=ticket.number, window=ticket.hold.window if ticket.hold else 0)
    resumed = ev.TicketResumed(
        at=now.at, ticket=ticket.id, leg=ticket.leg.index, window=window.number, staff=command.staff
    )
    return Decision([*asked_no_longer(window, now), resumed], lambda: ticket_facts(ticket))


def may_resume(window: Window, ticket: Ticket) -> bool:
    """Whether this window may go on with a ticket on hold."""
    hold = ticket.hold
    if hold is None:
        return False
    if hold.kind is HoldKind.WITHOUT_PAPERS:
        return ticket.service in window.services or hold.window == window.number
    return hold.window == window.number
