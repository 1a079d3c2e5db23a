"""Who is called next. Pure: the hall's state in, one ticket out; nothing here changes anything.

A window has lines to choose from: one for each queue it serves and each priority class. Only their heads compete, so
the cost depends on how many lines there are, never on how many wait in them.

The bound: a head that `Policy.most_passed` younger tickets were called instead of goes before all others, the oldest
such head first. So nobody younger passes it once more, and a ticket with n tickets before it in its own line is passed
over by at most (n + 1) * most_passed younger ones at windows that could have called it.
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import datetime

from server.hall.instant import to_microseconds, to_span
from server.hall.line import Line, Position
from server.hall.plan import Overflow, WindowPlan
from server.hall.priority import APPOINTMENT
from server.hall.queues import clerk_queue, window_queue
from server.hall.state import HallState
from server.hall.window import Window


@dataclass(frozen=True, slots=True)
class Head:
    """The first of one line, as it stands now. `level` includes what it has gained by waiting."""

    queue: str
    priority: str
    position: Position
    ticket: str
    level: int
    weight: int
    passed: int


@dataclass(frozen=True, slots=True)
class Choice:
    """Whom to call, and the (queue, class) lines whose older heads are passed over by that."""

    ticket: str
    passed: tuple[tuple[str, str], ...]


def choose(state: HallState, window: Window, at: datetime) -> Choice | None:
    """Whom this window calls next at `at`; None when nobody waits for it."""
    heads = [*_heads(state, window, at)]
    if not heads:
        return None
    most = state.plan.priorities.policy.most_passed
    overdue = [head for head in heads if head.passed >= most]
    chosen = min(overdue, key=lambda head: head.position) if overdue else _best(heads, at)
    older = (head for head in heads if head.position < chosen.position)
    return Choice(chosen.ticket, tuple((head.queue, head.priority) for head in older))


def lines_for(state: HallState, window: Window, at: datetime) -> Iterator[tuple[str, str, Line]]:
    """(queue, class, line) of everybody who waits for this window now, whoever they are."""
    for queue in _queues(state, window, at):
        for priority, line in state.queues.get(queue, {}).items():
            yield queue, priority, line


def waiting_for(state: HallState, window: Window, at: datetime) -> int:
    """How many wait for this window now."""
    return sum(len(line) for _, _, line in served_lines(state, window, at))


def _heads(state: HallState, window: Window, at: datetime) -> Iterator[Head]:
    weights = _plan(state, window).weights
    for queue, priority, line in served_lines(state, window, at):
        position, ticket = line.head
        level = _level(state, priority, position, ticket, at)
        yield Head(queue, priority, position, ticket, level, weights.get(queue, 1), line.passed)


def _best(heads: list[Head], at: datetime) -> Head:
    """The highest level, then the longest wait as the window weighs it."""
    now = to_microseconds(at)
    if all(head.weight == 1 for head in heads):
        return min(heads, key=lambda head: (-head.level, head.position))
    return min(heads, key=lambda head: (-head.level, -head.weight * (now - head.position[0]), head.position))


def _level(state: HallState, priority: str, position: Position, ticket: str, at: datetime) -> int:
    """What the class gives and waiting adds. A booking counts from shortly before its slot on."""
    priorities = state.plan.priorities
    if priority == APPOINTMENT and not _is_due(state, ticket, at):
        return 0
    level, ageing = priorities.level(priority), priorities.policy.ageing
    if ageing is None:
        return level
    waited = to_microseconds(at) - position[0]
    return min(priorities.highest, level + max(0, waited) // to_span(ageing))


def _is_due(state: HallState, ticket: str, at: datetime) -> bool:
    known = state.tickets[ticket]
    booked = state.appointments.get(known.appointment or "")
    plan = state.plan.services.get(known.service)
    if booked is None or plan is None or plan.booking is None:
        return True
    return at >= booked.start - plan.booking.early


def served_lines(state: HallState, window: Window, at: datetime) -> list[tuple[str, str, Line]]:
    """The lines that this window may call from: all of them, unless it is kept for some classes."""
    lines = [*lines_for(state, window, at)]
    plan = _plan(state, window)
    if not plan.classes:
        return lines
    own = (window_queue(window.number), clerk_queue(window.clerk.username) if window.clerk else "")
    kept = [line for line in lines if line[1] in plan.classes or line[0] in own]
    return kept or (lines if plan.others_when_free else [])


def _queues(state: HallState, window: Window, at: datetime) -> Iterator[str]:
    yield window_queue(window.number)
    if window.clerk is not None:
        yield clerk_queue(window.clerk.username)
    yield from window.services
    for overflow in _plan(state, window).overflow:
        if overflow.service not in window.services and _overflows(state, overflow, at):
            yield overflow.service


def _overflows(state: HallState, overflow: Overflow, at: datetime) -> bool:
    lines = state.queues.get(overflow.service, {}).values()
    if overflow.waiting is not None and sum(len(line) for line in lines) > overflow.waiting:
        return True
    if overflow.longest is None or not lines:
        return False
    oldest = min(line.head[0][0] for line in lines)
    return to_microseconds(at) - oldest > to_span(overflow.longest)


def _plan(state: HallState, window: Window) -> WindowPlan:
    return state.plan.windows[window.number]
