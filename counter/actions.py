"""What a clerk can do at a window now, and why not the rest. Pure; the rules are the hall's own.

The hall decides every command again when it comes: this only saves the clerk from asking in vain.
"""

from __future__ import annotations

from enum import StrEnum

from server.hall.ticket import TRANSITIONS, State, Verb
from server.hall.window import Window, WindowState


class Action(StrEnum):
    """A button of the desk."""

    CALL_NEXT = "call_next"
    START = "start"
    FINISH = "finish"
    RECALL = "recall"
    NO_SHOW = "no_show"
    PAUSE = "pause"
    REOPEN = "reopen"
    LEAVE = "leave"


class Why(StrEnum):
    """Why an action is not to be had now; the page has a sentence for each."""

    WINDOW_CLOSED = "window_closed"
    WINDOW_PAUSED = "window_paused"
    WINDOW_NOT_PAUSED = "window_not_paused"
    WINDOW_BUSY = "window_busy"
    NOBODY_WAITS = "nobody_waits"
    NOBODY_CALLED = "nobody_called"
    ALREADY_STARTED = "already_started"


_ON_TICKET = {
    Action.START: Verb.START,
    Action.FINISH: Verb.FINISH,
    Action.RECALL: Verb.RECALL,
    Action.NO_SHOW: Verb.NO_SHOW,
}


def refused(window: Window, waiting: int) -> dict[Action, Why]:
    """The actions that cannot be done now, each with its reason. `waiting`: how many wait for this window."""
    reasons = {action: _why_not(action, window, waiting) for action in Action}
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


def _why_not(action: Action, window: Window, waiting: int) -> Why | None:
    if window.state is WindowState.CLOSED:
        return Why.WINDOW_CLOSED
    if action in _ON_TICKET:
        return _why_not_on_ticket(_ON_TICKET[action], window)
    paused = window.state is WindowState.PAUSED
    if action is Action.CALL_NEXT:
        if paused:
            return Why.WINDOW_PAUSED
        return Why.NOBODY_WAITS if window.ticket is None and waiting == 0 else None
    if action is Action.REOPEN:
        return None if paused else Why.WINDOW_NOT_PAUSED
    if action is Action.LEAVE:
        return Why.WINDOW_BUSY if window.ticket is not None else None
    return None


def _why_not_on_ticket(verb: Verb, window: Window) -> Why | None:
    if window.ticket is None:
        return Why.NOBODY_CALLED
    return None if _leads_on(window.ticket.state, verb) else Why.ALREADY_STARTED


def _leads_on(state: State, verb: Verb) -> bool:
    """Whether the table has the verb; finishing somebody who was only called counts as starting first."""
    if (state, verb) in TRANSITIONS:
        return True
    started = TRANSITIONS.get((state, Verb.START))
    return verb is Verb.FINISH and started is not None and (started, verb) in TRANSITIONS
