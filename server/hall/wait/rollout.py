"""A hall played on from its present state, many times over, by its own rules: who is called when.

`server.hall.dispatch` decides in the copies as it does in the hall. One run answers for everybody who waits, and for
whoever would take a number now: a probe stands last in its line and takes nobody's time.
"""

from __future__ import annotations

from bisect import bisect_right
from collections.abc import Callable, Sequence
from dataclasses import dataclass
from heapq import heapify, heappop, heappush
from itertools import count
from random import Random
from typing import cast

from server.hall.dispatch import choose_at
from server.hall.instant import to_microseconds
from server.hall.line import Line
from server.hall.priority import ORDINARY
from server.hall.state import HallState
from server.hall.ticket import State, Ticket
from server.hall.wait.chances import Chances, chances
from server.hall.wait.outlook import NEVER, Coming, Outlook, Stream
from server.hall.window import Window

Probe = tuple[str, str]
"""(service, class) of a number that somebody might take now."""

_ROWS = 5
_AGAIN = 60 * 1_000_000
"""How often an idle window that helps out looks whether it should by now."""


@dataclass(slots=True)
class _Waiting:
    """One ticket as all repetitions know it: where it goes on to afterwards, and its random numbers."""

    service: str
    then: tuple[str, ...]
    turn: int
    rows: list[Sequence[float]]
    probe: bool = False
    appointment: str | None = None


Calls = dict["str | Probe", list[int]]
"""For each ticket that waits, and each probe, when it is called, in rising order; NEVER: not before windows close."""


class Rollouts:
    """What all repetitions begin with: a copy of the lines, so that it makes no difference who comes afterwards."""

    def __init__(self, state: HallState, outlook: Outlook, now: int, probes: Sequence[Probe], repetitions: int) -> None:
        self.calls: Calls = {}
        self._state, self.outlook, self.now = state, outlook, now
        self.chances: Chances = chances(repetitions)
        self.windows = [state.windows[number] for number in sorted(outlook.stretches)]
        self.helping = {window.number for window in self.windows if state.plan.windows[window.number].overflow}
        self.known: dict[str, _Waiting] = {}
        self.queues: dict[str, dict[str, Line]] = {
            queue: {priority: line.copy() for priority, line in classes.items()}
            for queue, classes in state.queues.items()
        }
        for classes in self.queues.values():
            for line in classes.values():
                for ticket in line:
                    self._know(state.tickets[ticket])
        for coming in outlook.coming:
            self.known[coming.ticket] = self._comer(coming)
        names = {ticket: ticket for ticket in self.known}
        self.targets: dict[str, str | Probe] = {t: t for t in names if t in state.tickets and self._waits(t)}
        for probe in probes:
            self.targets[self._stand_last(probe)] = probe
        for target in self.targets.values():
            self.calls[target] = []
        self.busy = {window.number: self._under_way(window) for window in self.windows if window.ticket}
        self.copy = HallState(
            plan=state.plan,
            windows=state.windows,
            tickets=cast("dict[str, Ticket]", self.known),  # dispatch asks for a booking's service and appointment
            appointments=state.appointments,
        )

    def play(self, rest: Callable[[], None] = lambda: None) -> Calls:
        """Play on so many times; `rest` is called in between."""
        for repetition in range(self.chances.repetitions):
            _Run(self, repetition)
            rest()
        for times in self.calls.values():
            times.sort()
        return self.calls

    def _waits(self, ticket: str) -> bool:
        return self._state.tickets[ticket].state is State.WAITING

    def _know(self, ticket: Ticket) -> None:
        rows = self.chances.rows(f"{ticket.id} {len(ticket.legs)}", _ROWS)
        turn = ticket.position[0]
        self.known[ticket.id] = _Waiting(ticket.service, ticket.then, turn, rows, appointment=ticket.appointment)

    def _comer(self, coming: Coming) -> _Waiting:
        known = self._state.tickets.get(coming.ticket)
        rows = self.chances.rows(coming.ticket, _ROWS)
        booking = None if known else coming.ticket
        return _Waiting(coming.service, known.then if known else (), coming.turn, rows, appointment=booking)

    def _stand_last(self, probe: Probe) -> str:
        service, priority = probe
        name = f"probe {service} {priority}"
        self.known[name] = _Waiting(service, (), self.now, [], probe=True)
        line = self.queues.setdefault(service, {}).setdefault(priority, Line())
        line.add((self.now, 1 << 40), name)
        return name

    def _under_way(self, window: Window) -> tuple[str, int, bool, _Waiting]:
        """(service, since when the window is taken by it, whether they may still not come, the ticket)."""
        ticket = window.ticket
        if ticket is None:
            raise ValueError(window)
        leg = ticket.leg
        self._know(ticket)
        begun = leg.attempt_at or leg.started_at
        since = self.now if begun is None else to_microseconds(begun)
        return ticket.service, since, ticket.state is State.CALLED, self.known[ticket.id]


class _Run:
    """One repetition."""

    def __init__(self, rollouts: Rollouts, repetition: int) -> None:
        self._all, self._number = rollouts, repetition
        outlook, now = rollouts.outlook, rollouts.now
        self._outlook, self._calls = outlook, rollouts.calls
        self._random = random = Random(repetition)  # noqa: S311 — the same question has the same answer
        self._state = state = rollouts.copy
        self._known = rollouts.known
        state.queues = self._queues = {
            queue: {priority: line.copy() for priority, line in classes.items()}
            for queue, classes in rollouts.queues.items()
        }
        self._stretches = {number: [*draw(random)] for number, draw in outlook.stretches.items()}
        self._paces = {number: draw(random) for number, draw in outlook.paces.items()}
        self._targets = dict(rollouts.targets)
        self._seq = count(1 << 41)
        self._order = count()
        self._idle: list[Window] = []
        self._heap: list[tuple[int, int, object]] = []
        for window in rollouts.windows:
            taken = rollouts.busy.get(window.number)
            at = self._end_of(window, *taken) if taken else now
            self._heap.append((at, next(self._order), window))
        for coming in outlook.coming:
            self._expect(coming)
        for stream in outlook.streams:
            self._next_of(stream, now)
        heapify(self._heap)
        self._play()

    def _play(self) -> None:
        heap, targets, now = self._heap, self._targets, self._all.now
        while heap and targets:
            at, _, what = heappop(heap)
            at = max(at, now)
            if type(what) is Window:
                self._turn_to(what, at)
            elif type(what) is Stream:
                self._join(what.queue, what.priority, at, self._stranger(what, at))
                self._next_of(what, at)
                self._wake(at)
            else:
                self._join(*cast("tuple[str, str, int, str]", what))
                self._wake(at)
        for target in targets.values():
            self._calls[target].append(NEVER)

    def _wake(self, at: int) -> None:
        idle, self._idle = self._idle, []
        for window in idle:
            self._turn_to(window, at)

    def _turn_to(self, window: Window, at: int) -> None:
        """The window is free: it calls, waits, or is away until its next stretch."""
        stretches = self._stretches[window.number]
        while stretches and stretches[0][1] <= at:
            del stretches[0]
        if not stretches:
            return
        if stretches[0][0] > at:
            heappush(self._heap, (stretches[0][0], next(self._order), window))
            return
        ticket = self._call(window, at)
        while ticket is not None and ticket.probe:
            ticket = self._call(window, at)
        if ticket is not None:
            heappush(self._heap, (self._taken_until(window, at, ticket), next(self._order), window))
        elif window.number in self._all.helping and any(self._queues.values()):
            heappush(self._heap, (at + _AGAIN, next(self._order), window))
        else:
            self._idle.append(window)

    def _call(self, window: Window, at: int) -> _Waiting | None:
        choice = choose_at(self._state, window, at)
        if choice is None:
            return None
        name = choice.ticket
        classes = self._queues[choice.queue]
        line = classes[choice.priority]
        line.remove(line.head[0], name)
        if not len(line):
            del classes[choice.priority]
        target = self._targets.pop(name, None)
        if target is not None:
            self._calls[target].append(at)
        ticket = self._known[name]
        if not ticket.probe:
            for queue, priority in choice.passed:
                self._queues[queue][priority].passed += 1
        return ticket

    def _taken_until(self, window: Window, at: int, ticket: _Waiting) -> int:
        """When the window is free again, and whoever has another service to go to stands there."""
        outlook, rows, repetition = self._outlook, ticket.rows, self._number
        pace = self._pace(window.number, at)
        if rows[0][repetition] < outlook.missing.get(ticket.service, 0.0):
            end = at + int(_pick(outlook.lost, rows[1][repetition]))
            return end + int(_pick(outlook.gap, rows[2][repetition]))
        work = outlook.work[ticket.service]
        end = at + int(pace * work.usual[window.number] * _pick(work.shape, rows[1][repetition]))
        if ticket.then:
            self._go_on(ticket, end)
        return self._after(rows, end)

    def _end_of(self, window: Window, service: str, since: int, called: bool, ticket: _Waiting) -> int:
        """The same for whoever is at the window already: given that it has taken so long, which tells of those who do
        not come too.
        """
        outlook, rows, repetition = self._outlook, ticket.rows, self._number
        elapsed = max(0, self._all.now - since)
        work = outlook.work[service]
        usual = self._pace(window.number, self._all.now) * work.usual[window.number]
        missing = outlook.missing.get(service, 0.0) if called else 0.0
        lost, served = _share_beyond(outlook.lost, elapsed), _share_beyond(work.shape, elapsed / usual)
        if rows[0][repetition] * (missing * lost + (1 - missing) * served) < missing * lost:
            end = since + int(_pick_beyond(outlook.lost, elapsed, rows[1][repetition]))
            return end + int(_pick(outlook.gap, rows[2][repetition]))
        end = since + int(usual * _pick_beyond(work.shape, elapsed / usual, rows[1][repetition]))
        if ticket.then:
            self._go_on(ticket, end)
        return self._after(rows, end)

    def _after(self, rows: list[Sequence[float]], end: int) -> int:
        outlook, repetition = self._outlook, self._number
        end += int(_pick(outlook.gap, rows[2][repetition]))
        if rows[3][repetition] < outlook.break_share:
            end += int(_pick(outlook.breaks, rows[4][repetition]))
        return end

    def _go_on(self, ticket: _Waiting, end: int) -> None:
        service, *rest = ticket.then
        name = f"{id(ticket)} goes on"
        self._known[name] = _Waiting(service, tuple(rest), ticket.turn, ticket.rows[1:] + ticket.rows[:1])
        heappush(self._heap, (end, next(self._order), (service, ORDINARY, ticket.turn, name)))

    def _pace(self, window: int, at: int) -> float:
        for until, factor in self._paces[window]:
            if at < until:
                return factor
        return 1.0

    def _expect(self, coming: Coming) -> None:
        if self._random.random() >= coming.chance:
            return
        at = self._random.choice(coming.when)
        place = (coming.queue, coming.priority, coming.turn, coming.ticket)
        if at > coming.late:
            place = (coming.queue, ORDINARY, at, coming.ticket)
        self._heap.append((at, next(self._order), place))

    def _next_of(self, stream: Stream, at: int) -> None:
        """When the next of them comes: an exponential wait, in stretches of different rates."""
        wanted, start = self._random.expovariate(1.0), at
        for until, rate in stream.rates:
            if until <= start:
                continue
            if rate * (until - start) >= wanted:
                heappush(self._heap, (start + int(wanted / rate), next(self._order), stream))
                return
            wanted -= rate * (until - start)
            start = until

    def _stranger(self, stream: Stream, at: int) -> str:
        name = f"{stream.queue} {stream.priority} {at}"
        self._known[name] = _Waiting(stream.service, (), at, self._all.chances.rows(name, _ROWS))
        return name

    def _join(self, queue: str, priority: str, turn: int, ticket: str) -> None:
        line = self._queues.setdefault(queue, {}).setdefault(priority, Line())
        line.add((turn, next(self._seq)), ticket)


def _pick(values: Sequence[float], chance: float) -> float:
    return values[int(chance * len(values))]


def _share_beyond(values: Sequence[float], floor: float) -> float:
    return 1 - bisect_right(values, floor) / len(values)


def _pick_beyond(values: Sequence[float], floor: float, chance: float) -> float:
    """One of those above `floor`; beyond them all, as much again as a fair part of it."""
    first = bisect_right(values, floor)
    if first < len(values):
        return values[first + int(chance * (len(values) - first))]
    return floor * (1.1 + 0.4 * chance)
