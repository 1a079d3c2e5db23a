"""A clerk at a window: sign in, sign out, 暂停服务, 恢复服务; and which services are open where."""

from __future__ import annotations

from server.hall import commands as cmd
from server.hall import events as ev
from server.hall.decisions.decision import Decision, Now, staffed_window
from server.hall.decisions.passing_on import sent_back
from server.hall.errors import WindowBusy, WindowNotPaused
from server.hall.facts import window_facts
from server.hall.state import HallState
from server.hall.window import Clerk, Window, WindowState


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
        photo=clerk.photo,
    )
    back = sent_back(state, window, now, closes=False) if _leaves(window, clerk) else ()
    return Decision([*back, event], lambda: window_facts(window))


def _leaves(window: Window, clerk: Clerk) -> bool:
    return window.clerk is not None and window.clerk.username != clerk.username


def close_window(state: HallState, command: cmd.CloseWindow, now: Now) -> Decision:
    window = staffed_window(state, command)
    if window.ticket is not None:
        raise WindowBusy(window=window.number, number=window.ticket.number)
    event = ev.WindowClosed(at=now.at, window=window.number, staff=command.staff)
    return Decision([*sent_back(state, window, now, closes=True), event], lambda: window_facts(window))


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


def set_services(state: HallState, command: cmd.SetWindowServices, now: Now) -> Decision:
    """The window opens or closes services for today; whoever waits for them is called elsewhere, or here, at once."""
    window = state.window(command.window)
    services = tuple(state.service(code).code for code in dict.fromkeys(command.services or ()))
    event = ev.WindowServicesSet(
        at=now.at, window=window.number, staff=command.staff, services=services, reset=command.services is None
    )
    return Decision([event], lambda: window_facts(window))


def suspend_service(state: HallState, command: cmd.SuspendService, now: Now) -> Decision:
    service = state.service(command.service)
    event = ev.ServiceSuspended(at=now.at, staff=command.staff, service=service.code, reason=command.reason)
    return Decision([event])


def resume_service(state: HallState, command: cmd.ResumeService, now: Now) -> Decision:
    service = state.service(command.service)
    if service.code not in state.suspended:
        return Decision()
    return Decision([ev.ServiceResumed(at=now.at, staff=command.staff, service=service.code)])
