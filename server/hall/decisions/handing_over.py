"""交接班: a window is left to a colleague with all that is open there, who says when they have read it."""

from __future__ import annotations

from dataclasses import dataclass

from server.hall import commands as cmd
from server.hall import events as ev
from server.hall.decisions.decision import Decision, Now, check_seen, staffed_window
from server.hall.decisions.passing_on import requeued, sits_elsewhere, window_of_clerk
from server.hall.errors import NothingHandedOver, OwnHandOver, UnknownTarget, UnreadHandOver
from server.hall.facts import window_facts
from server.hall.queues import clerk_queue, window_queue
from server.hall.state import HallState
from server.hall.ticket import Ticket
from server.hall.window import Window


@dataclass(frozen=True, slots=True)
class LeftOpen:
    """What a clerk who leaves a window leaves open. `held`: at this window, or by this clerk at another one."""

    ticket: Ticket | None
    held: tuple[Ticket, ...]
    waiting: tuple[Ticket, ...]


def left_open(state: HallState, window: Window) -> LeftOpen:
    """Held numbers and those sent to the window or its clerk in person, each in the order of their turn."""
    username = window.clerk.username if window.clerk else ""
    held = (t for t in state.held.values() if t.hold and (t.hold.window == window.number or t.hold.staff == username))
    queues = (window_queue(window.number), clerk_queue(username))
    lines = (line for queue in queues for line in state.queues.get(queue, {}).values())
    waiting = [state.tickets[ticket] for line in lines for ticket in line]
    waiting.sort(key=lambda ticket: ticket.position)
    return LeftOpen(window.ticket, tuple(held), tuple(waiting))


def hand_over_window(state: HallState, command: cmd.HandOverWindow, now: Now) -> Decision:
    """The window is closed, unless a citizen is there: then it stays open until the colleague signs in, or the citizen
    has been served. Whoever waits for the leaver waits for the colleague, or else for the window.
    """
    window = staffed_window(state, command)
    check_seen(window, command.seen)
    before = window.hand_over
    if before is not None and before.is_unread and before.staff != command.staff:
        raise UnreadHandOver(window=window.number, name=before.name)
    if command.to == command.staff:
        raise UnknownTarget(staff=command.to)
    left = left_open(state, window)
    events: list[ev.Event] = [
        ev.WindowHandedOver(
            at=now.at,
            ticket=left.ticket.id if left.ticket else None,
            window=window.number,
            staff=command.staff,
            name=window.clerk.name if window.clerk else "",
            note=command.note,
            to=command.to,
            to_name=command.to_name,
            held=tuple(ticket.id for ticket in left.held),
            waiting=tuple(ticket.id for ticket in left.waiting),
        )
    ]
    if not sits_elsewhere(state, window, command.staff):
        to = command.to if command.to is not None and window_of_clerk(state, command.to) is not None else None
        queue = window_queue(window.number) if to is None else clerk_queue(to)
        events += requeued(state, clerk_queue(command.staff), now.at, queue)
    if window.ticket is None:
        events.append(ev.WindowClosed(at=now.at, window=window.number, staff=command.staff))
    return Decision(events, lambda: window_facts(window))


def receive_hand_over(state: HallState, command: cmd.ReceiveHandOver, now: Now) -> Decision:
    """Once more, nothing changes."""
    window = staffed_window(state, command)
    left = window.hand_over
    if left is None:
        raise NothingHandedOver(window=window.number)
    if left.staff == command.staff:
        raise OwnHandOver(window=window.number)
    if not left.is_unread:
        return Decision(answer=lambda: window_facts(window))
    event = ev.HandOverReceived(at=now.at, window=window.number, staff=command.staff)
    return Decision([event], lambda: window_facts(window))
