"""A day of a hall whose parameters are known, drawn by a seed and played through the real `Hall`."""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from datetime import UTC, date, datetime, time, timedelta
from heapq import heappop, heappush
from itertools import count
from random import Random
from typing import Any

from server.hall import Hall
from server.hall import commands as cmd
from server.hall.errors import HallClosed
from server.hall.events import Recorded
from server.hall.priority import ORDINARY
from server.hall.state import HallState
from server.hall.window import Clerk, WindowState
from server.trial.world import World


@dataclass
class Spell:
    """A slow spell of a window, from `start` to `end`."""

    start: datetime
    end: datetime


class PlayedDay:
    """One day. `listen` hears every event; `asked` every ticket's issue, before anything else happens."""

    def __init__(
        self,
        world: World,
        hall: Hall,
        day: date,
        seed: int,
        listen: Callable[[Recorded], None],
        asked: Callable[[str, datetime], None] = lambda ticket, at: None,
    ) -> None:
        self.world, self.hall, self.day = world, hall, day
        self._random = Random(f"{world.name} {seed}")  # noqa: S311 — nothing secret, and always the same
        self._shape = world.shape
        self._listen, self._asked = listen, asked
        self._nonces = (f"{day}-{number}" for number in count())
        self._order = count()
        self._heap: list[tuple[datetime, int, Callable[[datetime], None]]] = []
        self._idle: set[int] = set()
        self._leaves: dict[int, datetime] = {}
        self._backs: dict[int, datetime | None] = {}
        self.spells: dict[int, list[Spell]] = {}

    @property
    def state(self) -> HallState:
        return self.hall.state

    def play(self) -> None:
        plan = self.world.plan
        start = datetime.combine(self.day, time(0), plan.zone).astimezone(UTC)
        self._do(cmd.PassTime(), start + timedelta(hours=6))
        for number in plan.windows:
            self._plan_window(number)
        for service, hours in self.world.rates.items():
            self._plan_arrivals(service, hours, start)
        for service, slots in self.world.booked.items():
            self._book(service, slots, start + timedelta(hours=6))
        while self._heap:
            at, _, act = heappop(self._heap)
            act(at)

    def _do(self, command: cmd.Command[Any], at: datetime) -> Any:
        reply = self.hall.handle(command, at, next(self._nonces))
        for recorded in reply.events:
            self._listen(recorded)
        if reply.error is not None:
            raise reply.error
        return reply.answer

    def _later(self, at: datetime, act: Callable[[datetime], None]) -> None:
        heappush(self._heap, (at, next(self._order), act))

    # Citizens.

    def _plan_arrivals(self, service: str, hours: Mapping[int, float], midnight: datetime) -> None:
        for hour, rate in hours.items():
            start = midnight + timedelta(hours=hour)
            passed = self._random.expovariate(rate) if rate else 1.0
            while passed < 1:
                self._later(start + timedelta(hours=passed), lambda at: self._arrive(service, at))
                passed += self._random.expovariate(rate)

    def _arrive(self, service: str, at: datetime) -> None:
        dice, priority = self._random.random(), ORDINARY
        for known, share in self.world.classes.items():
            dice -= share
            if dice < 0:
                priority = known
                break
        try:
            issued = self._do(cmd.IssueTicket(service, priority=priority), at)
        except HallClosed:
            return  # goes home
        self._asked(issued["id"], at)
        self._somebody_came(at)

    def _book(self, service: str, slots: Sequence[time], at: datetime) -> None:
        for slot in slots:
            start = datetime.combine(self.day, slot, self.world.plan.zone)
            booked = self._do(cmd.BookAppointment(service, start.astimezone(UTC), "5550100", "", staff="x"), at)
            if self._random.random() < self.world.shows:
                came = start + timedelta(minutes=self._random.choice(self.world.early))
                self._later(came.astimezone(UTC), lambda at, code=booked["code"]: self._check_in(code, at))  # type: ignore[misc]

    def _check_in(self, code: str, at: datetime) -> None:
        issued = self._do(cmd.CheckIn(code, staff="x"), at)
        self._asked(issued["id"], at)
        self._somebody_came(at)

    def _somebody_came(self, at: datetime) -> None:
        for number in sorted(self._idle):
            self._free(number, at)

    # Clerks.

    def _plan_window(self, number: int) -> None:
        world, random = self.world, self._random
        came_today = random.choice(world.times_came(number))
        spans = world.plan.window_hours(number).spans_on(self.day)
        if not spans:
            opens = datetime.combine(self.day, time(7), world.plan.zone)
            self._later(opens.astimezone(UTC), self._coming(number, opens + timedelta(hours=24)))
        if came_today is None or not spans:
            return
        for index, span in enumerate(spans):
            start, end = span.on(self.day, world.plan.zone)
            came = came_today if index == 0 else random.choice([t for t in world.times_came(number) if t is not None])
            last = index + 1 == len(spans)
            back = None if last else spans[index + 1].on(self.day, world.plan.zone)[0]
            leaves = end + timedelta(minutes=random.choice(world.left))
            self._later(start + timedelta(minutes=came), self._coming(number, leaves))
            self._later(leaves, self._leaving(number, back))
        self._plan_spells(number, spans[0].on(self.day, world.plan.zone)[0])

    def _plan_spells(self, number: int, at: datetime) -> None:
        often, _, lasting = self.world.slow
        self.spells[number] = []
        end = at + timedelta(hours=11)
        while often and at < end:
            at += timedelta(hours=self._random.expovariate(often))
            until = at + timedelta(minutes=self._random.expovariate(1 / lasting))
            self.spells[number].append(Spell(at, until))
            at = until

    def pace(self, number: int, at: datetime) -> float:
        """How many times as long as usual the window takes at `at`."""
        slow = any(spell.start <= at < spell.end for spell in self.spells.get(number, ()))
        return self.world.slow[1] if slow else 1.0

    def _coming(self, number: int, leaves: datetime) -> Callable[[datetime], None]:
        def come(at: datetime) -> None:
            self._leaves[number] = leaves
            if self._backs.pop(number, None) is not None:
                return  # has not got away yet, and goes on
            window = self.state.windows[number]
            if window.state is WindowState.PAUSED:
                self._do(cmd.ReopenWindow(number, f"clerk{number}"), at)
            else:
                self._do(cmd.OpenWindow(number, Clerk(f"clerk{number}", f"{number}")), at)
            self._free(number, at)

        return come

    def _leaving(self, number: int, back: datetime | None) -> Callable[[datetime], None]:
        def leave(at: datetime) -> None:
            if number in self._idle:
                self._leave(number, back, at)
            else:
                self._backs[number] = back

        return leave

    def _leave(self, number: int, back: datetime | None, at: datetime) -> None:
        self._idle.discard(number)
        clerk = f"clerk{number}"
        if back is None:
            self._do(cmd.CloseWindow(number, clerk), at)
        elif back > at:
            self._do(cmd.PauseWindow(number, clerk, "lunch", back), at)

    def _free(self, number: int, at: datetime) -> None:
        world, clerk = self.world, f"clerk{number}"
        self._idle.discard(number)
        if number in self._backs and at >= self._leaves[number]:
            self._leave(number, self._backs.pop(number), at)
            return
        called = self._do(cmd.CallNext(number, clerk), at)
        if called is None:
            self._idle.add(number)
            return
        gap = self._random.choice(world.gap)
        rest = self._random.choice(world.breaks) if self._random.random() < world.break_share else 0.0
        if self._random.random() < world.missing:
            end = at + timedelta(minutes=self._random.choice(world.lost))
            self._later(end, lambda at: self._done(cmd.MarkNoShow(number, clerk), at, gap, 0.0))
            return
        usual = world.usual[called["service"], number] * self.pace(number, at)
        end = at + timedelta(minutes=usual * self._random.choice(self._shape))
        self._later(end, lambda at: self._done(cmd.FinishTicket(number, clerk), at, gap, rest))

    def _done(self, command: cmd.FinishTicket | cmd.MarkNoShow, at: datetime, gap: float, rest: float) -> None:
        self._do(command, at)
        number = command.window
        if rest:
            until = at + timedelta(minutes=rest)
            self._do(cmd.PauseWindow(number, command.staff, "break", until if self.world.announced else None), at)
            self._later(until, lambda at: self._back(number, at))
            return
        self._later(at + timedelta(minutes=gap), lambda at: self._free(number, at))

    def _back(self, number: int, at: datetime) -> None:
        self._do(cmd.ReopenWindow(number, f"clerk{number}"), at)
        self._free(number, at)


def days(first: date, number: int) -> list[date]:
    """So many working days."""
    found, day = list[date](), first
    while len(found) < number:
        if day.weekday() < 5:
            found.append(day)
        day += timedelta(days=1)
    return found
