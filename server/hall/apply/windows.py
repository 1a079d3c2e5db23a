"""Who sits at a window, what is open there and why it is paused."""

from __future__ import annotations

from server.hall import events as ev
from server.hall.apply.registry import applies, window_of
from server.hall.state import HallState
from server.hall.window import Clerk, Pause, WindowState


@applies(ev.WindowOpened)
def _opened(state: HallState, event: ev.WindowOpened) -> None:
    window = window_of(state, event)
    window.state = WindowState.OPEN
    window.clerk = Clerk(event.staff or "", event.name, event.work_number, event.post, event.photo)
    window.pause = None
    window.undoable = None


@applies(ev.WindowClosed)
def _closed(state: HallState, event: ev.WindowClosed) -> None:
    window = window_of(state, event)
    window.state = WindowState.CLOSED
    window.clerk = None
    window.pause = None


@applies(ev.WindowPaused)
def _paused(state: HallState, event: ev.WindowPaused) -> None:
    window = window_of(state, event)
    window.state = WindowState.PAUSED
    window.pause = Pause(event.reason, event.at, event.until)


@applies(ev.WindowReopened)
def _reopened(state: HallState, event: ev.WindowReopened) -> None:
    window = window_of(state, event)
    window.state = WindowState.OPEN
    window.pause = None


@applies(ev.WindowServicesSet)
def _services_set(state: HallState, event: ev.WindowServicesSet) -> None:
    window = window_of(state, event)
    window.services_set = not event.reset
    window.services = state.plan.windows[window.number].services if event.reset else event.services
