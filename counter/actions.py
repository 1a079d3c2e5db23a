"""What a clerk can do at a window now, and why not the rest. Pure; the rules are the hall's own.

The hall decides every command again when it comes: this only saves the clerk from asking in vain.
"""

from __future__ import annotations

from datetime import datetime
from enum import StrEnum

from server.hall.decisions.decision import Now
from server.hall.decisions.holding import may_resume
from server.hall.decisions.undoing import can_undo
from server.hall.evaluation import Outcome
from server.hall.state import HallState
from server.hall.ticket import TRANSITIONS, State, Verb
from server.hall.window import Window, WindowState


class Action(StrEnum):
    """A button of the desk."""

    CALL_NEXT = "call_next"
    CALL = "call"
    DIRECT = "direct"
    START = "start"
    FINISH = "finish"
    RECALL = "recall"
    NO_SHOW = "no_show"
    PUT_BACK = "put_back"
    HOLD = "hold"
    RESUME = "resume"
    TRANSFER = "transfer"
    UNDO = "undo"
    VERIFY = "verify"
    PAUSE = "pause"
    REOPEN = "reopen"
    LEAVE = "leave"
    OUTCOME = "outcome"
    SLIP = "slip"
    REFER = "refer"


class Why(StrEnum):
    """Why an action is not to be had now; the page has a sentence for each."""

    WINDOW_CLOSED = "window_closed"
    WINDOW_PAUSED = "window_paused"
    WINDOW_NOT_PAUSED = "window_not_paused"
    WINDOW_BUSY = "window_busy"
    NOBODY_WAITS = "nobody_waits"
    NOBODY_CALLED = "nobody_called"
    NOT_STARTED = "not_started"
    ALREADY_STARTED = "already_started"
    NOT_CALLED_ENOUGH = "not_called_enough"
    NOBODY_HELD = "nobody_held"
    NOTHING_TO_UNDO = "nothing_to_undo"
    ALREADY_VOTED = "already_voted"


_ON_TICKET = {
    Action.START: Verb.START,
    Action.FINISH: Verb.FINISH,
    Action.RECALL: Verb.RECALL,
    Action.NO_SHOW: Verb.NO_SHOW,
    Action.PUT_BACK: Verb.REJOIN,
    Action.HOLD: Verb.HOLD,
    Action.TRANSFER: Verb.TRANSFER,
    Action.OUTCOME: Verb.FINISH,
    Action.VERIFY: None,
}
_CALLS = frozenset({Action.CALL_NEXT, Action.CALL, Action.DIRECT})
_WHEN_FREE = frozenset({Action.DIRECT, Action.RESUME, Action.UNDO, Action.LEAVE})


def refused(state: HallState, window: Window, waiting: int, at: datetime) -> dict[Action, Why]:
    """The actions that cannot be done at `at`, each with its reason. `waiting`: how many wait for this window."""
    reasons = {action: _why_not(action, state, window, waiting, at) for action in Action}
    return {action: why for action, why in reasons.items() if why is not None}


def primary(window: Window) -> Action:
    """What F8 does: whatever comes next for the citizen at the window, or else the next citizen."""
    paused = window.state is WindowState.PAUSED
    if window.ticket is None:
        return Action.REOPEN if paused else Action.CALL_NEXT
    if _leads_on(window.ticket.state, Verb.START):
        return Action.START
    # 办结，叫下一位 is one command; a paused window may still finish, but calls nobody.
    return Action.FINISH if paused else Action.CALL_NEXT


def _why_not(action: Action, state: HallState, window: Window, waiting: int, at: datetime) -> Why | None:
    if window.state is WindowState.CLOSED:
        return Why.WINDOW_CLOSED
    if action is Action.SLIP:
        return _why_not_slip(window)
    if action in _ON_TICKET:
        return _why_not_on_ticket(_ON_TICKET[action], state, window)
    paused = window.state is WindowState.PAUSED
    if action in _CALLS and paused:
        return Why.WINDOW_PAUSED
    if action in _WHEN_FREE and window.ticket is not None:
        return Why.WINDOW_BUSY
    match action:
        case Action.CALL_NEXT:
            return Why.NOBODY_WAITS if window.ticket is None and waiting == 0 else None
        case Action.RESUME:
            return None if any(may_resume(window, held) for held in state.held.values()) else Why.NOBODY_HELD
        case Action.UNDO:
            return _why_not_undo(state, window, at)
        case Action.REOPEN:
            return None if paused else Why.WINDOW_NOT_PAUSED
    return None


def _why_not_slip(window: Window) -> Why | None:
    """一次性告知 is given to whoever is being served."""
    if window.ticket is None:
        return Why.NOBODY_CALLED
    return None if window.ticket.state is State.SERVING else Why.NOT_STARTED


def _why_not_on_ticket(verb: Verb | None, state: HallState, window: Window) -> Why | None:
    ticket = window.ticket
    if ticket is None:
        return Why.NOBODY_CALLED
    if verb is not None and not _leads_on(ticket.state, verb):
        return Why.NOT_STARTED if ticket.state is State.CALLED else Why.ALREADY_STARTED
    if verb is Verb.NO_SHOW and ticket.leg.calls < state.plan.rules.no_show.calls:
        return Why.NOT_CALLED_ENOUGH
    return None


def _why_not_undo(state: HallState, window: Window, at: datetime) -> Why | None:
    ticket = state.tickets[window.undoable[0]] if window.undoable else None
    if ticket is None or not _leads_on(ticket.state, Verb.UNDO) or not can_undo(state, window, ticket, Now(at, "")):
        return Why.NOTHING_TO_UNDO
    asked = ticket.leg.evaluation
    return Why.ALREADY_VOTED if asked is not None and asked.outcome is Outcome.VOTED else None


def _leads_on(state: State, verb: Verb) -> bool:
    """Whether the table has the verb; finishing somebody who was only called counts as starting first."""
    if (state, verb) in TRANSITIONS:
        return True
    started = TRANSITIONS.get((state, Verb.START))
    return verb is Verb.FINISH and started is not None and (started, verb) in TRANSITIONS
