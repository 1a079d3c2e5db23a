"""叫号, 重呼, 开始, 过号, 办结: one citizen at a time through a window."""

from __future__ import annotations

from server.hall import commands as cmd
from server.hall import events as ev
from server.hall.decisions.decision import Decision, Now, check_seen, open_ticket, staffed_window
from server.hall.dispatch import next_ticket
from server.hall.errors import WindowPaused
from server.hall.evaluation import Lapse
from server.hall.facts import ticket_facts
from server.hall.state import HallState
from server.hall.ticket import Finish, State, Ticket, Verb
from server.hall.window import Window, WindowState


def call_next(state: HallState, command: cmd.CallNext, now: Now) -> Decision:
    """Finish whoever is at the window, then call whoever is next; nobody waiting is an answer, not an error."""
    window = staffed_window(state, command)
    if window.state is WindowState.PAUSED:
        raise WindowPaused(window=window.number)
    check_seen(window, command.seen)
    events: list[ev.Event] = []
    if window.ticket is not None:
        events += _finishing(state, window, window.ticket, now, Finish.NEXT_CALL)
    chosen = next_ticket(state.lines, window.services, state.plan.classes)
    if chosen is None:
        return Decision(events)
    ticket = state.tickets[chosen]
    events.append(
        ev.TicketCalled(at=now.at, ticket=ticket.id, leg=ticket.leg.index, window=window.number, staff=command.staff)
    )
    return Decision(events, lambda: ticket_facts(ticket))


def recall(state: HallState, command: cmd.Recall, now: Now) -> Decision:
    window, ticket = open_ticket(state, command)
    ticket.after(Verb.RECALL)
    event = ev.TicketRecalled(
        at=now.at, ticket=ticket.id, leg=ticket.leg.index, window=window.number, staff=command.staff
    )
    return Decision([event], lambda: ticket_facts(ticket))


def start(state: HallState, command: cmd.Start, now: Now) -> Decision:
    window, ticket = open_ticket(state, command)
    ticket.after(Verb.START)
    return Decision(_starting(window, ticket, now, implied=False), lambda: ticket_facts(ticket))


def mark_no_show(state: HallState, command: cmd.MarkNoShow, now: Now) -> Decision:
    window, ticket = open_ticket(state, command)
    ticket.after(Verb.NO_SHOW)
    event = ev.TicketNoShow(
        at=now.at, ticket=ticket.id, leg=ticket.leg.index, window=window.number, staff=command.staff
    )
    return Decision([event], lambda: ticket_facts(ticket))


def finish_ticket(state: HallState, command: cmd.FinishTicket, now: Now) -> Decision:
    window, ticket = open_ticket(state, command)
    return Decision(_finishing(state, window, ticket, now, Finish.CLERK), lambda: ticket_facts(ticket))


def _starting(window: Window, ticket: Ticket, now: Now, *, implied: bool) -> list[ev.Event]:
    """A new citizen is at the window, so a press from now on would be theirs: the one before is asked no longer."""
    events: list[ev.Event] = []
    earlier = window.evaluation
    if earlier is not None and earlier.is_open:
        events.append(
            ev.EvaluationLapsed(
                at=now.at,
                ticket=earlier.ticket,
                leg=earlier.leg,
                window=window.number,
                staff=earlier.staff,
                lapse=Lapse.NEXT_STARTED,
            )
        )
    events.append(
        ev.TicketStarted(
            at=now.at,
            ticket=ticket.id,
            leg=ticket.leg.index,
            window=window.number,
            staff=window.clerk.username if window.clerk else None,
            implied=implied,
        )
    )
    return events


def _finishing(state: HallState, window: Window, ticket: Ticket, now: Now, finish: Finish) -> list[ev.Event]:
    """Finish, counting an unannounced start as one at the call, and ask for the evaluation."""
    events: list[ev.Event] = []
    if ticket.state is State.CALLED:
        events += _starting(window, ticket, now, implied=True)
    else:
        ticket.after(Verb.FINISH)
    staff = window.clerk.username if window.clerk else None
    events.append(
        ev.TicketFinished(
            at=now.at, ticket=ticket.id, leg=ticket.leg.index, window=window.number, staff=staff, finish=finish
        )
    )
    events.append(
        ev.EvaluationOpened(
            at=now.at,
            ticket=ticket.id,
            leg=ticket.leg.index,
            window=window.number,
            staff=staff,
            token=now.nonce,
            closes_at=now.at + state.plan.evaluation_timeout,
        )
    )
    return events
