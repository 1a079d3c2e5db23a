"""What one hall screen shows, built from the hall's state alone.

A call is current while its citizen is awaited, or stands at the window since, and only for CURRENT: a screen that kept
an old call large would send somebody to a window that serves another. It is fresh, and spoken, for SPOKEN only, so that
a screen which was away does not call people who have long come.
"""

from __future__ import annotations

from collections.abc import Iterable
from datetime import datetime, timedelta
from itertools import islice
from typing import Final, Literal

from display.messages import (
    Board,
    BoardHallOut,
    BoardWindowOut,
    CallOut,
    RecentOut,
    ScreenOut,
    SpeakOut,
    WaitingOut,
)
from server.config import Settings
from server.config.hall import ServiceSettings, WindowSettings
from server.config.screens import DisplaySettings
from server.hall.dispatch import waiting_for
from server.hall.facts import pause_facts
from server.hall.offering import offering
from server.hall.state import Call, HallState
from server.hall.ticket import State
from server.hall.window import Window, WindowState
from server.messages import PauseOut

CURRENT: Final = timedelta(minutes=3)
SPOKEN: Final = timedelta(seconds=60)
RECENT: Final = 6
PASSED: Final = 5
LOOK_BACK: Final = 300
"""Calls looked at: a view is built for every event, so it must not grow with the day."""


def board(
    state: HallState, settings: Settings, screen: DisplaySettings, now: datetime, speak: SpeakOut | None = None
) -> Board:
    """The board of `screen` at `now` (aware). `speak`: what one of its pages is to say."""
    windows = screen_windows(settings, screen)
    calls = _latest_calls(state, {window.number for window in windows})
    current = _current(calls, now)
    awaited = [call for call in reversed(calls) if _stands(call) is State.CALLED]
    fresh = [call for call in awaited if now - call.at <= SPOKEN]
    hall = settings.hall
    return Board(
        display=ScreenOut(id=screen.id, name=screen.name),
        hall=BoardHallOut(name=hall.name, name_en=hall.name_en, hotline=hall.hotline, time_zone=hall.time_zone),
        call=_call(current, settings) if current else None,
        fresh=[_call(call, settings) for call in fresh],
        recent=[RecentOut(number=c.ticket.number, window=c.window) for c in calls if _is_past(c, current)][:RECENT],
        passed=_passed(state, calls, now),
        windows=[_window(state, state.windows[window.number], window, now) for window in windows],
        waiting=_waiting(state, settings, windows, now),
        notices=list(screen.notices),
        speak=speak,
    )


def screen_windows(settings: Settings, screen: DisplaySettings) -> list[WindowSettings]:
    """The windows a screen shows: its own alone, those of its zone, or all."""
    return settings.zone_windows(screen.zone) if screen.window is None else [settings.window(screen.window)]


def _latest_calls(state: HallState, windows: set[int]) -> list[Call]:
    """The last call of each ticket at these windows, newest first: a recall takes the place of the call before it."""
    latest: dict[str, Call] = {}
    for call in islice(reversed(state.calls), LOOK_BACK):
        if call.window in windows:
            latest.setdefault(call.ticket.id, call)
    return list(latest.values())


def _current(calls: Iterable[Call], now: datetime) -> Call | None:
    """The newest call whose citizen is awaited; if none is, the newest whose citizen has come to the window."""
    recent = [call for call in calls if now - call.at <= CURRENT]
    for wanted in (State.CALLED, State.SERVING):
        for call in recent:
            if _stands(call) is wanted:
                return call
    return None


def _stands(call: Call) -> State | None:
    """How its ticket stands at the window of this call; None once it has left for another, or for the line."""
    return call.ticket.state if call.ticket.at_window == call.window else None


def _is_past(call: Call, current: Call | None) -> bool:
    """Whether the call is one to look up. Who waits again, or was sent on to another window, must not follow it."""
    ticket = call.ticket
    return call is not current and ticket.state is not State.WAITING and ticket.leg.window == call.window


def _call(call: Call, settings: Settings) -> CallOut:
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


def _passed(state: HallState, calls: Iterable[Call], now: datetime) -> list[str]:
    """Who was passed and can still come back: a number that is void calls nobody to the desk."""
    within = state.plan.rules.no_show.rejoin_within
    passed = [(call.ticket.leg.ended_at or call.at, call) for call in calls if call.ticket.state is State.NO_SHOW]
    passed.sort(key=lambda one: one[0], reverse=True)
    return [call.ticket.number for at, call in passed if within is None or now - at <= within][:PASSED]


def _window(state: HallState, window: Window, about: WindowSettings, now: datetime) -> BoardWindowOut:
    return BoardWindowOut(
        number=window.number,
        name=about.name,
        name_en=about.name_en,
        state=_window_state(window),
        ticket=window.ticket.number if window.ticket else None,
        pause=PauseOut(**pause_facts(window.pause)) if window.pause else None,
        waiting=waiting_for(state, window, now),
    )


def _window_state(window: Window) -> Literal["idle", "calling", "serving", "paused", "closed"]:
    if window.state is WindowState.CLOSED:
        return "closed"
    if window.state is WindowState.PAUSED:
        return "paused"
    if window.ticket is None:
        return "idle"
    return "calling" if window.ticket.state is State.CALLED else "serving"


def _waiting(
    state: HallState, settings: Settings, windows: Iterable[WindowSettings], now: datetime
) -> list[WaitingOut]:
    """The queues of the services that these windows handle, in the hall's order."""
    handled = {service for window in windows for service in settings.services_of(window)}
    return [_queue(state, service, now) for service in settings.services if service.code in handled]


def _queue(state: HallState, service: ServiceSettings, now: datetime) -> WaitingOut:
    offered = offering(state, service.code, now)
    return WaitingOut(
        code=service.code,
        name=service.name,
        name_en=service.name_en,
        waiting=state.waiting(service.code),
        open=offered.open,
        opens_at=offered.opens_at.isoformat() if offered.opens_at else None,
    )
