"""Who is called next. Pure: the hall's state in, one ticket out; nothing here changes anything.

A window has lines to choose from: one for each queue it serves and each priority class. Only their heads compete, so
the cost depends on how many lines there are, never on how many wait in them.

The bound: a head that `Policy.most_passed` younger tickets were called instead of goes before all others, the oldest
such head first. So nobody younger passes it once more, and a ticket with n tickets before it in its own line is passed
over by at most (n + 1) * most_passed younger ones at windows that could have called it.
"""

from __future__ import annotations

from collections.abc import Iterator
from datetime import datetime
from typing import NamedTuple

from server.hall.instant import to_microseconds, to_span
from server.hall.line import Line, Position
from server.hall.plan import Overflow, WindowPlan
from server.hall.priority import APPOINTMENT
from server.hall.queues import clerk_queue, window_queue
from server.hall.state import HallState
from server.hall.window import Window

WaitingLine = tuple[str, str, Line]
"""(queue, class, line)."""


Rank = tuple[int, int, Position]
"""The smallest goes first: the highest level, with what has been gained by waiting, then the longest wait as the window
weighs it.
"""

Head = tuple[Rank, str, str, Line]
"""The first of one line, as it stands now, with its queue, class and line."""


class Choice(NamedTuple):
    """Whom to call from which line, and the (queue, class) lines whose older heads are passed over by that."""

    ticket: str
    queue: str
    priority: str
    passed: tuple[tuple[str, str], ...]


def choose(state: HallState, window: Window, at: datetime) -> Choice | None:
    """Whom this window calls next at `at`; None when nobody waits for it."""
    return choose_at(state, window, to_microseconds(at))


def choose_at(state: HallState, window: Window, now: int) -> Choice | None:
    """The same with the instant in microseconds. Of `state` it asks the plan, queues, tickets and appointments alone,
    so that an estimate can play on from a copy of those (`server.hall.wait`).
    """
    heads = _heads(state, window, now)
    if not heads:
        return None
    # Positions are unique, and so are ranks, which end in them: nothing after them is ever compared.
    (_, _, position), queue, priority, line = min(heads) if len(heads) > 1 else heads[0]
    most = state.plan.priorities.policy.most_passed
    for (_, _, other), its_queue, its_priority, its_line in heads:
        if its_line.passed >= most and (line.passed < most or other < position):
            position, queue, priority, line = other, its_queue, its_priority, its_line
    older = [(its_queue, its_priority) for (_, _, other), its_queue, its_priority, _ in heads if other < position]
    return Choice(line.head[1], queue, priority, tuple(older))


def lines_for(state: HallState, window: Window, at: datetime) -> Iterator[WaitingLine]:
    """(queue, class, line) of everybody who waits for this window now, whoever they are."""
    return iter(_lines(state, window, to_microseconds(at)))


def waiting_for(state: HallState, window: Window, at: datetime) -> int:
    """How many wait for this window now."""
    return sum(len(line) for _, _, line in served_lines(state, window, at))


def _heads(state: HallState, window: Window, now: int) -> list[Head]:
    weights = _plan(state, window).weights
    heads = []
    for queue, priority, line in _served(state, window, now):
        position, ticket = line.head
        waited = now - position[0]
        if weights:
            waited *= weights.get(queue, 1)
        heads.append(((-_level(state, priority, position, ticket, now), -waited, position), queue, priority, line))
    return heads


def _level(state: HallState, priority: str, position: Position, ticket: str, now: int) -> int:
    """What the class gives and waiting adds. A booking counts from shortly before its slot on."""
    priorities = state.plan.priorities
    if priority == APPOINTMENT and not _is_due(state, ticket, now):
        return 0
    level, ageing = priorities.level(priority), priorities.policy.ageing
    if ageing is None:
        return level
    return min(priorities.highest, level + max(0, now - position[0]) // to_span(ageing))


def _is_due(state: HallState, ticket: str, now: int) -> bool:
    known = state.tickets[ticket]
    booked = state.appointments.get(known.appointment or "")
    plan = state.plan.services.get(known.service)
    if booked is None or plan is None or plan.booking is None:
        return True
    return now >= to_microseconds(booked.start) - to_span(plan.booking.early)


def served_lines(state: HallState, window: Window, at: datetime) -> list[WaitingLine]:
    """The lines that this window may call from: all of them, unless it is kept for some classes."""
    return _served(state, window, to_microseconds(at))


def _served(state: HallState, window: Window, now: int) -> list[WaitingLine]:
    lines = _lines(state, window, now)
    plan = _plan(state, window)
    if not plan.classes:
        return lines
    own = (window_queue(window.number), clerk_queue(window.clerk.username) if window.clerk else "")
    kept = [line for line in lines if line[1] in plan.classes or line[0] in own]
    return kept or (lines if plan.others_when_free else [])


def _lines(state: HallState, window: Window, now: int) -> list[WaitingLine]:
    queues, lines = state.queues, []
    for queue in _queues(state, window, now):
        if queue in queues:
            for priority, line in queues[queue].items():
                lines.append((queue, priority, line))
    return lines


def _queues(state: HallState, window: Window, now: int) -> list[str]:
    queues = [window_queue(window.number)]
    if window.clerk is not None:
        queues.append(clerk_queue(window.clerk.username))
    queues += window.services
    queues += [
        overflow.service
        for overflow in _plan(state, window).overflow
        if overflow.service not in window.services and _overflows(state, overflow, now)
    ]
    return queues


def _overflows(state: HallState, overflow: Overflow, now: int) -> bool:
    lines = state.queues.get(overflow.service, {}).values()
    if overflow.waiting is not None and sum(len(line) for line in lines) > overflow.waiting:
        return True
    if overflow.longest is None or not lines:
        return False
    oldest = min(line.head[0][0] for line in lines)
    return now - oldest > to_span(overflow.longest)


def _plan(state: HallState, window: Window) -> WindowPlan:
    return state.plan.windows[window.number]
