"""Which function takes which kind of event in."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

from server.hall.events import Event, Recorded
from server.hall.state import HallState
from server.hall.ticket import Ticket
from server.hall.window import Window

Change = Callable[[HallState, Any], None]
_APPLY: dict[type[Event], Change] = {}


def apply(state: HallState, recorded: Recorded) -> None:
    """Take one event of the log in, in order."""
    event = recorded.event
    state.seq = recorded.seq
    state.now = event.at
    _APPLY[type(event)](state, event)


def applies(kind: type[Event]) -> Callable[[Change], Change]:
    def register(change: Change) -> Change:
        _APPLY[kind] = change
        return change

    return register


def ticket_of(state: HallState, event: Event) -> Ticket:
    """The event's ticket, which is touched by that."""
    if event.ticket is None:
        raise ValueError(event)
    ticket = state.touched[event.ticket] = state.tickets[event.ticket]
    return ticket


def window_of(state: HallState, event: Event) -> Window:
    if event.window is None:
        raise ValueError(event)
    return state.windows[event.window]
