"""The calls that a screen shows: the last of each ticket, and how that ticket stands since. Pure."""

from __future__ import annotations

from collections.abc import Collection
from itertools import islice
from typing import Final

from display.messages import CallOut
from server.config import Settings
from server.hall.state import Call, HallState
from server.hall.ticket import State

LOOK_BACK: Final = 300
"""Calls looked at: a view is built for every event, so it must not grow with the day."""


def latest_calls(state: HallState, windows: Collection[int]) -> list[Call]:
    """The last call of each ticket at these windows, newest first: a recall takes the place of the call before it."""
    latest: dict[str, Call] = {}
    for call in islice(reversed(state.calls), LOOK_BACK):
        if call.window in windows:
            latest.setdefault(call.ticket.id, call)
    return list(latest.values())


def stands(call: Call) -> State | None:
    """How its ticket stands at the window of this call; None once it has left for another, or for the line."""
    return call.ticket.state if call.ticket.at_window == call.window else None


def call_out(call: Call, settings: Settings) -> CallOut:
    service = settings.service(call.ticket.service)
    return CallOut(
        id=call.seq,
        number=call.ticket.number,
        window=call.window,
        service=service.name,
        service_en=service.name_en,
        at=call.at.isoformat(),
        count=call.count,
        state="called" if call.ticket.state is State.CALLED else "serving",
    )
