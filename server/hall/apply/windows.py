"""Who sits at a window, what is open there and why it is paused."""

from __future__ import annotations

from datetime import datetime

from server.hall import events as ev
from server.hall.apply.registry import applies, window_of
from server.hall.hand_over import take_hand_over
from server.hall.state import HallState
from server.hall.window import Clerk, Pause, WindowState


@applies(ev.WindowOpened)
def _opened(state: HallState, event: ev.WindowOpened) -> None:
    window = window_of(state, event)
    window.state = WindowState.OPEN
    window.clerk = Clerk(event.staff or "", event.name, event.work_number, event.post, event.photo)
    window.pause = None
    window.undoable = None
    _attend(state, event)


@applies(ev.WindowClosed)
def _closed(state: HallState, event: ev.WindowClosed) -> None:
    window = window_of(state, event)
    window.state = WindowState.CLOSED
    window.clerk = None
    window.pause = None
    take_hand_over(state.hand_overs, event)
    _attend(state, event)


@applies(ev.WindowPaused)
def _paused(state: HallState, event: ev.WindowPaused) -> None:
    window = window_of(state, event)
    window.state = WindowState.PAUSED
    since = window.pause.since if window.pause else event.at
    window.pause = Pause(event.reason, since, event.until)
    _attend(state, event)


@applies(ev.WindowReopened)
def _reopened(state: HallState, event: ev.WindowReopened) -> None:
    window = window_of(state, event)
    window.state = WindowState.OPEN
    window.pause = None
    _attend(state, event)


@applies(ev.WindowHandedOver)
@applies(ev.HandOverReceived)
@applies(ev.HandOverLapsed)
def _handed_over(state: HallState, event: ev.Event) -> None:
    window_of(state, event).hand_over = take_hand_over(state.hand_overs, event)
    state.next_give_up = _first_give_up(state)


@applies(ev.WindowServicesSet)
def _services_set(state: HallState, event: ev.WindowServicesSet) -> None:
    window = window_of(state, event)
    window.services_set = not event.reset
    window.services = state.plan.windows[window.number].services if event.reset else event.services


def _attend(state: HallState, event: ev.Event) -> None:
    state.attendance.take(event)
    state.next_give_up = _first_give_up(state)


def _first_give_up(state: HallState) -> datetime | None:
    """Kept, because every command asks for it and few change it."""
    left = (w.hand_over for w in state.windows.values() if w.state is WindowState.CLOSED)
    return min((one.gives_up_at for one in left if one is not None and one.keeps_line), default=None)
