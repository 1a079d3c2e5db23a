"""What a window's own screen shows, built from the hall's state alone."""

from __future__ import annotations

import heapq
from collections.abc import Iterator
from datetime import datetime
from itertools import islice
from typing import Final

from display.board import SPOKEN, hall_out, rest
from display.bulletin import announced, photo_url, screen_zones
from display.calls import call_out, latest_calls, stands
from display.messages import (
    ClerkOut,
    ElsewhereOut,
    OpeningOut,
    ScreenOut,
    SpanOut,
    SpeakOut,
    WindowBoard,
    WindowPlaceOut,
)
from display.rest import next_opening
from display.window_state import window_state
from server.config import Settings
from server.config.hall import WindowSettings
from server.config.screens import DisplaySettings
from server.hall.dispatch import served_lines, waiting_for
from server.hall.facts import pause_facts
from server.hall.state import HallState
from server.hall.ticket import State
from server.hall.window import Window, WindowState
from server.messages import PauseOut

LINE: Final = 3
ELSEWHERE: Final = 4
_AWAY: Final = (WindowState.PAUSED, WindowState.CLOSED)


def window_board(
    state: HallState,
    settings: Settings,
    screen: DisplaySettings,
    number: int,
    now: datetime,
    speak: SpeakOut | None = None,
) -> WindowBoard:
    """The screen of window `number` at `now` (aware)."""
    window, about = state.windows[number], settings.window(number)
    calls = [call for call in latest_calls(state, {number}) if call.ticket is window.ticket]
    fresh = [call for call in calls if stands(call) is State.CALLED and now - call.at <= SPOKEN]
    announcement = announced(state, screen_zones(settings, screen), now)
    rests = window.state is WindowState.CLOSED and announcement is None
    return WindowBoard(
        display=ScreenOut(id=screen.id, name=screen.name),
        hall=hall_out(settings),
        rest=rest(state, settings, [about], now) if rests else None,
        window=_place(about),
        state=window_state(window),
        call=call_out(calls[0], settings) if calls else None,
        ticket=window.ticket.number if window.ticket else None,
        pause=PauseOut(**pause_facts(window.pause)) if window.pause else None,
        clerk=_clerk(window),
        elsewhere=_elsewhere(state, settings, window)
        if window.state in _AWAY
        else ElsewhereOut(whole=True, windows=[]),
        opening=_opening(state, number, now) if window.state is WindowState.CLOSED else None,
        waiting=waiting_for(state, window, now),
        line=[*islice(_line(state, window, now), LINE)],
        announcement=announcement,
        fresh=[call_out(call, settings) for call in fresh],
        speak=speak,
    )


def _place(window: WindowSettings) -> WindowPlaceOut:
    return WindowPlaceOut(number=window.number, name=window.name, name_en=window.name_en)


def _clerk(window: Window) -> ClerkOut | None:
    clerk = window.clerk
    return (
        ClerkOut(name=clerk.name, number=clerk.number, post=clerk.post, photo=photo_url(clerk.photo)) if clerk else None
    )


def _elsewhere(state: HallState, settings: Settings, window: Window) -> ElsewhereOut:
    """The open windows that handle all that this one does; if there are none, those that handle a part of it."""
    wanted = set(window.services)
    others = [
        (about, wanted & set(state.windows[about.number].services))
        for about in settings.windows
        if about.number != window.number and state.windows[about.number].state is WindowState.OPEN
    ]
    whole = [_place(about) for about, shared in others if shared == wanted]
    part = [_place(about) for about, shared in others if shared]
    return ElsewhereOut(whole=bool(whole), windows=(whole or part)[:ELSEWHERE])


def _opening(state: HallState, number: int, now: datetime) -> OpeningOut:
    """Today's hours while a part of them is to come, also when that has begun; else those of the next day with any."""
    hours, local = state.plan.window_hours(number), state.plan.local(now)
    span = hours.span_at(local)
    at = local if span else next_opening([hours], local)
    if at is None:
        return OpeningOut(at=None, spans=[])
    spans = [SpanOut(start=f"{one.start:%H:%M}", end=f"{one.end:%H:%M}") for one in hours.spans_on(at.date())]
    return OpeningOut(at=None if span else at.isoformat(), spans=spans)


def _line(state: HallState, window: Window, now: datetime) -> Iterator[str]:
    """By turn, without sorting everybody: each line is in order already."""
    lines = [(state.tickets[ticket] for ticket in line) for _, _, line in served_lines(state, window, now)]
    return (ticket.number for ticket in heapq.merge(*lines, key=lambda ticket: ticket.position))
