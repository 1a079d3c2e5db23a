"""A clerk at a window: sign in, sign out, 暂停服务, 恢复服务."""

from __future__ import annotations

from server.hall import commands as cmd
from server.hall import events as ev
from server.hall.decisions.decision import Decision, Now, staffed_window
from server.hall.errors import WindowBusy, WindowNotPaused
from server.hall.facts import window_facts
from server.hall.state import HallState
from server.hall.window import WindowState


def open_window(state: HallState, command: cmd.OpenWindow, now: Now) -> Decision:
    """Sign in. Credit follows the person: whoever takes a window over serves under their own name from here."""
    window = state.window(command.window)
    if window.clerk == command.clerk:
        return Decision(answer=lambda: window_facts(window))
    clerk = command.clerk
    event = ev.WindowOpened(
        at=now.at,
        window=window.number,
        staff=clerk.username,
        name=clerk.name,
        work_number=clerk.number,
        post=clerk.post,
    )
    return Decision([event], lambda: window_facts(window))


def close_window(state: HallState, command: cmd.CloseWindow, now: Now) -> Decision:
    window = staffed_window(state, command)
    if window.ticket is not None:
        raise WindowBusy(window=window.number, number=window.ticket.number)
    event = ev.WindowClosed(at=now.at, window=window.number, staff=command.staff)
    return Decision([event], lambda: window_facts(window))


def pause_window(state: HallState, command: cmd.PauseWindow, now: Now) -> Decision:
    """A pause may come in the middle of a service (a power cut does not wait); a second one corrects the first."""
    window = staffed_window(state, command)
    event = ev.WindowPaused(
        at=now.at, window=window.number, staff=command.staff, reason=command.reason, until=command.until
    )
    return Decision([event], lambda: window_facts(window))


def reopen_window(state: HallState, command: cmd.ReopenWindow, now: Now) -> Decision:
    window = staffed_window(state, command)
    if window.state is not WindowState.PAUSED:
        raise WindowNotPaused(window=window.number)
    event = ev.WindowReopened(at=now.at, window=window.number, staff=command.staff)
    return Decision([event], lambda: window_facts(window))
