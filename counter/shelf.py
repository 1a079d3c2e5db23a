"""What a desk has put aside: held and passed numbers, and the last step that can still be taken back. Pure.

Times, not verdicts: whether a hold is overdue, a number void or an undo too late changes without any event, so the page
compares them with its clock.
"""

from __future__ import annotations

from datetime import datetime
from typing import Any

from counter.actions import Action, Why
from server.hall.decisions.holding import may_resume
from server.hall.facts import hold_facts, moment
from server.hall.state import HallState
from server.hall.ticket import State, Ticket
from server.hall.window import Window

_PASSED_SHOWN = 8


def held_view(state: HallState, window: Window) -> list[dict[str, Any]]:
    """挂起: those that this window may go on with, the longest held first."""
    held = [(t, t.hold) for t in state.held.values() if t.hold is not None and may_resume(window, t)]
    return [
        {"id": ticket.id, "number": ticket.number, "service": ticket.service, "priority": ticket.priority}
        | hold_facts(hold)
        for ticket, hold in sorted(held, key=lambda pair: pair[1].since)
    ]


def passed_view(state: HallState, here: list[Ticket], number: int) -> dict[str, Any]:
    """过号 at this window, the latest first. `until`: so long the number may still come back; None: all day."""
    passed = [t for t in reversed(here) if t.state is State.NO_SHOW and t.leg.window == number]
    return {"total": len(passed), "line": [_passed(state, ticket) for ticket in passed[:_PASSED_SHOWN]]}


def undo_view(state: HallState, window: Window, refused: dict[Action, Why]) -> dict[str, Any] | None:
    """撤销: the ticket whose finish or no-show can be taken back, and until when."""
    if window.undoable is None or Action.UNDO in refused:
        return None
    ticket = state.tickets[window.undoable[0]]
    until: datetime = window.undoable[1] + state.plan.rules.undo_within
    return {"ticket": ticket.id, "number": ticket.number, "state": ticket.state.value, "until": until.isoformat()}


def _passed(state: HallState, ticket: Ticket) -> dict[str, Any]:
    within, passed_at = state.plan.rules.no_show.rejoin_within, ticket.leg.ended_at
    return {
        "id": ticket.id,
        "number": ticket.number,
        "priority": ticket.priority,
        "called_at": moment(ticket.leg.last_called_at),
        "calls": ticket.leg.calls,
        "until": None if within is None or passed_at is None else (passed_at + within).isoformat(),
    }
