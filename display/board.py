"""What one hall screen shows, built from the hall's state alone.

A call is current while its citizen is awaited, or stands at the window since, and only for CURRENT: a screen that kept
an old call large would send somebody to a window that serves another. It is fresh, and spoken, for SPOKEN only, so that
a screen which was away does not call people who have long come.
"""

from __future__ import annotations

from collections.abc import Iterable
from datetime import datetime, timedelta
from typing import Final

from display.bulletin import announced, duties, posted_notices, screen_zones, windows_on_duty
from display.calls import call_out, latest_calls, stands
from display.messages import (
    Board,
    BoardHallOut,
    BoardWindowOut,
    RecentOut,
    RejoinOut,
    RestOut,
    ScreenOut,
    SpeakOut,
    WaitingOut,
)
from display.rest import is_after_hours, next_opening, service_hours
from display.window_state import window_state
from server.config import Settings
from server.config.hall import ServiceSettings, WindowSettings
from server.config.screens import DisplaySettings
from server.hall.dispatch import waiting_for
from server.hall.facts import pause_facts
from server.hall.offering import offering
from server.hall.state import Call, HallState
from server.hall.ticket import State
from server.messages import PauseOut

CURRENT: Final = timedelta(minutes=3)
SPOKEN: Final = timedelta(seconds=60)
RECENT: Final = 6
PASSED: Final = 5
_NOT_TO_FOLLOW: Final = frozenset({State.WAITING, State.NO_SHOW})


def board(
    state: HallState, settings: Settings, screen: DisplaySettings, now: datetime, speak: SpeakOut | None = None
) -> Board:
    """The board of `screen` at `now` (aware). `speak`: what one of its pages is to say."""
    windows = screen_windows(settings, screen)
    numbers = {window.number for window in windows}
    calls = latest_calls(state, numbers)
    current = _current(calls, now)
    awaited = [call for call in reversed(calls) if stands(call) is State.CALLED]
    fresh = [call for call in awaited if now - call.at <= SPOKEN]
    zones = screen_zones(settings, screen)
    duty = duties(state, numbers, now)
    on_duty = {*windows_on_duty(duty)}
    announcement = announced(state, zones, now)
    return Board(
        display=ScreenOut(id=screen.id, name=screen.name),
        hall=hall_out(settings),
        rest=None if announcement else rest(state, settings, windows, now),
        call=call_out(current, settings) if current else None,
        fresh=[call_out(call, settings) for call in fresh],
        recent=[RecentOut(number=c.ticket.number, window=c.window) for c in calls if _is_past(c, current)][:RECENT],
        passed=_passed(state, calls, now),
        rejoin=_rejoin(state),
        windows=[_window(state, window, now, window.number in on_duty) for window in windows],
        waiting=_waiting(state, settings, windows, now),
        notices=[*screen.notices, *posted_notices(state, zones, now)],
        duty=duty,
        announcement=announcement,
        speak=speak,
    )


def hall_out(settings: Settings) -> BoardHallOut:
    hall = settings.hall
    return BoardHallOut(name=hall.name, name_en=hall.name_en, hotline=hall.hotline, time_zone=hall.time_zone)


def screen_windows(settings: Settings, screen: DisplaySettings) -> list[WindowSettings]:
    """The windows a screen shows: its own alone, those of its zone, or all."""
    return settings.zone_windows(screen.zone) if screen.window is None else [settings.window(screen.window)]


def rest(state: HallState, settings: Settings, windows: Iterable[WindowSettings], now: datetime) -> RestOut | None:
    """Whether a screen of these windows rests: not while anybody is awaited, served, or waits."""
    here = [(state.windows[window.number], settings.services_of(window)) for window in windows]
    if any(window.ticket is not None or waiting_for(state, window, now) for window, _ in here):
        return None
    hours = service_hours(state.plan, {code for _, codes in here for code in codes})
    local = state.plan.local(now)
    if not is_after_hours(hours, local):
        return None
    until = next_opening(hours, local)
    return RestOut(until=until.isoformat() if until else None)


def _rejoin(state: HallState) -> RejoinOut:
    rule = state.plan.rules.no_show
    return RejoinOut(after=rule.rejoin_after, at_kiosk=rule.at_kiosk)


def _current(calls: Iterable[Call], now: datetime) -> Call | None:
    """The newest call whose citizen is awaited; if none is, the newest whose citizen has come to the window."""
    recent = [call for call in calls if now - call.at <= CURRENT]
    for wanted in (State.CALLED, State.SERVING):
        for call in recent:
            if stands(call) is wanted:
                return call
    return None


def _is_past(call: Call, current: Call | None) -> bool:
    """Whether the call is one to look up. Who was passed, waits again, or was sent on elsewhere, must not follow it."""
    ticket = call.ticket
    return call is not current and ticket.state not in _NOT_TO_FOLLOW and ticket.leg.window == call.window


def _passed(state: HallState, calls: Iterable[Call], now: datetime) -> list[str]:
    """Who was passed and can still come back: a number that is void calls nobody to the desk."""
    within = state.plan.rules.no_show.rejoin_within
    passed = [(call.ticket.leg.ended_at or call.at, call) for call in calls if call.ticket.state is State.NO_SHOW]
    passed.sort(key=lambda one: one[0], reverse=True)
    return [call.ticket.number for at, call in passed if within is None or now - at <= within][:PASSED]


def _window(state: HallState, about: WindowSettings, now: datetime, duty: bool) -> BoardWindowOut:
    window = state.windows[about.number]
    return BoardWindowOut(
        number=window.number,
        name=about.name,
        name_en=about.name_en,
        state=window_state(window),
        ticket=window.ticket.number if window.ticket else None,
        pause=PauseOut(**pause_facts(window.pause)) if window.pause else None,
        waiting=waiting_for(state, window, now),
        duty=duty,
    )


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
