"""撤销: a finish or a no-show by mistake is taken back, by an event of its own."""

from __future__ import annotations

from server.hall import commands as cmd
from server.hall import events as ev
from server.hall.decisions.decision import Decision, Now, staffed_window
from server.hall.errors import AlreadyVoted, TooLateToUndo, WindowBusy
from server.hall.evaluation import Lapse, Outcome
from server.hall.facts import ticket_facts
from server.hall.state import HallState
from server.hall.ticket import Ticket, Verb
from server.hall.window import Window


def undo_last(state: HallState, command: cmd.UndoLast, now: Now) -> Decision:
    """While the window is still free, and a vote that the citizen gave would not be lost by it."""
    window = staffed_window(state, command)
    if window.ticket is not None:
        raise WindowBusy(window=window.number, number=window.ticket.number)
    ticket = state.ticket(command.ticket)
    ticket.after(Verb.UNDO)
    if not can_undo(state, window, ticket, now):
        raise TooLateToUndo(number=ticket.number)
    evaluation = ticket.leg.evaluation
    events: list[ev.Event] = []
    if evaluation is not None:
        if evaluation.outcome is Outcome.VOTED:
            raise AlreadyVoted
        events.append(
            ev.EvaluationLapsed(
                at=now.at,
                ticket=ticket.id,
                leg=ticket.leg.index,
                window=window.number,
                staff=evaluation.staff,
                lapse=Lapse.UNDONE,
            )
        )
    events.append(
        ev.TicketReopened(at=now.at, ticket=ticket.id, leg=ticket.leg.index, window=window.number, staff=command.staff)
    )
    return Decision(events, lambda: ticket_facts(ticket))


def can_undo(state: HallState, window: Window, ticket: Ticket, now: Now) -> bool:
    """Whether it is still what this window did last: a number may have come back and been passed elsewhere since."""
    if window.undoable != (ticket.id, ticket.leg.ended_at) or ticket.leg.window != window.number:
        return False
    return now.at - window.undoable[1] <= state.plan.rules.undo_within
