"""A clerk at a window: sign in, sign out, 暂停服务, 恢复服务; and which services are open where."""

from __future__ import annotations

from collections.abc import Iterator

from server.hall import commands as cmd
from server.hall import events as ev
from server.hall.decisions.decision import Decision, Now, staffed_window
from server.hall.decisions.passing_on import is_awaited, requeued, sent_back
from server.hall.errors import SitsElsewhere, WindowBusy, WindowNotPaused
from server.hall.facts import window_facts
from server.hall.queues import window_queue
from server.hall.state import HallState
from server.hall.window import Clerk, Window, WindowState


def open_window(state: HallState, command: cmd.OpenWindow, now: Now) -> Decision:
    """Sign in. Credit follows the person: whoever takes a window over serves under their own name from here.

    Nobody sits at two windows, where a colleague could serve in their name (不得使用他人帐号): the one they come from
    is closed behind them, if no citizen is left there.
    """
    window = state.window(command.window)
    if window.clerk == command.clerk:
        return Decision(answer=lambda: window_facts(window))
    clerk = command.clerk
    left = [] if command.several else [*_left_behind(state, window, clerk, now)]
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
    return Decision([*left, *back, event], lambda: window_facts(window))


def _left_behind(state: HallState, window: Window, clerk: Clerk, now: Now) -> Iterator[ev.Event]:
    """The clerk's other windows are closed; whoever waits for the clerk in person goes on doing so."""
    for other in state.windows.values():
        if other is window or other.clerk is None or other.clerk.username != clerk.username:
            continue
        if other.ticket is not None:
            raise SitsElsewhere(window=other.number, number=other.ticket.number)
        if not is_awaited(other):
            yield from requeued(state, window_queue(other.number), now.at)
        yield ev.WindowClosed(at=now.at, window=other.number, staff=clerk.username)


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
