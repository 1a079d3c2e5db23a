"""An estimator on trial: days of a known hall, and what it said beside what the oracle and the old rules say."""

from __future__ import annotations

from dataclasses import dataclass, field
from datetime import date, datetime
from statistics import fmean

from server.hall import Hall
from server.hall import events as ev
from server.hall.events import Recorded
from server.hall.instant import to_microseconds
from server.hall.ticket import State
from server.hall.wait.forecast import LATE
from server.hall.wait.learner import Learner
from server.hall.wait.outlook import NEVER
from server.hall.wait.rollout import Rollouts
from server.trial.oracle import Oracle
from server.trial.played_day import PlayedDay, days
from server.trial.world import MINUTE, World

FIRST = date(2026, 8, 3)
_LONG = 600.0


@dataclass
class Said:
    """Of one ticket, in minutes: the oracle's P50, ours (`middle`) and our P90 (`late`), people ahead times an average
    over the open windows, the wait of whoever entered service last (LES), and how long it `waited`.
    """

    at: datetime
    oracle: float
    middle: float
    late: float
    ahead: float
    les: float
    waited: float | None = None


@dataclass
class Trial:
    """`history`: working days that are only learned from; `tried`: those after them; there one ticket in `every` asks.
    `repetitions`: rollouts for an estimate, `oracle_repetitions` for the oracle's. The same `seed` gives the same days.
    """

    world: World
    history: int = 14
    tried: int = 12
    every: int = 9
    repetitions: int = 48
    oracle_repetitions: int = 160
    seed: int = 1
    said: dict[str, Said] = field(default_factory=dict)

    def run(self) -> Trial:
        hall, self._learner = Hall(self.world.plan), Learner()
        self._services: dict[str, list[float]] = {}
        self._last: dict[str, float] = {}
        for number, day in enumerate(days(FIRST, self.history + self.tried)):
            self._tried, self._count = number >= self.history, 0
            self._day = PlayedDay(self.world, hall, day, self.seed * 1000 + number, self._listen, self._asked)
            self._day.play()
        return self

    def _listen(self, recorded: Recorded) -> None:
        event = recorded.event
        self._learner.observe(event, self.world.plan)
        if isinstance(event, ev.TicketCalled):
            ticket = self._day.state.tickets[event.ticket or ""]
            waited = (event.at - ticket.issued_at).total_seconds() / 60
            self._last[ticket.service] = waited
            if ticket.id in self.said:
                self.said[ticket.id].waited = waited
        elif isinstance(event, ev.TicketFinished):
            leg = self._day.state.tickets[event.ticket or ""].leg
            if leg.called_at is not None:
                took = (event.at - leg.called_at).total_seconds() / 60
                self._services.setdefault(leg.service, []).append(took)

    def _asked(self, ticket: str, at: datetime) -> None:
        self._count += 1
        if not self._tried or self._count % self.every:
            return
        state, now = self._day.state, to_microseconds(at)
        if state.tickets[ticket].state is not State.WAITING:
            return
        self._closes = _minutes_to_close(self.world, at)
        oracle = Rollouts(state, Oracle(self._day).outlook(at), now, (), self.oracle_repetitions).play()[ticket]
        ours = Rollouts(state, self._learner.outlook(state, at), now, (), self.repetitions).play()[ticket]
        service = state.tickets[ticket].service
        open_for = [w for w in state.windows.values() if service in w.services and w.state.value == "open"]
        average = fmean(self._services.get(service, [8.0]))
        self.said[ticket] = Said(
            at,
            min(_at(oracle, 0.5, now), self._closes),
            min(_at(ours, 0.5, now), self._closes),
            _at(ours, LATE, now),
            state.ahead(state.tickets[ticket]) * average / max(1, len(open_for)),
            self._last.get(service, 0.0),
        )

    @property
    def answered(self) -> list[tuple[Said, float]]:
        return [(said, said.waited) for said in self.said.values() if said.waited is not None]

    def error(self, name: str) -> float:
        return fmean(abs(getattr(said, name) - waited) for said, waited in self.answered)

    @property
    def ratio(self) -> float:
        return self.error("middle") / self.error("oracle")

    @property
    def coverage(self) -> float:
        return fmean(float(waited <= said.late) for said, waited in self.answered)

    @property
    def bias(self) -> float:
        return self.bias_of("middle")

    def bias_of(self, name: str) -> float:
        """Minutes, above 0 where waits were shorter than said."""
        return fmean(getattr(said, name) - waited for said, waited in self.answered)

    @property
    def mean_wait(self) -> float:
        return fmean(waited for _, waited in self.answered)


def _at(calls: list[int], share: float, now: int) -> float:
    place = share * len(calls) - 0.5
    low = int(place)
    first, second = calls[low], calls[min(low + 1, len(calls) - 1)]
    if second == NEVER:
        return _LONG
    return (first + (second - first) * (place - low) - now) / MINUTE


def _minutes_to_close(world: World, at: datetime) -> float:
    """What an estimate is held to be that says "not today"."""
    local = world.plan.local(at)
    end = world.plan.hours.spans_on(local.date())[-1].on(local.date(), world.plan.zone)[1]
    return max(1.0, (end - at).total_seconds() / 60)
