"""The hall's wait estimate beside the writer: fed from the log, played anew every few seconds."""

from __future__ import annotations

import logging
from collections.abc import Callable, Sequence
from datetime import datetime, timedelta
from typing import Any, Protocol, TypeVar

import gevent
from sqlalchemy import Connection

from server.engine.errors import EngineError
from server.hall.events import Recorded
from server.hall.instant import to_microseconds
from server.hall.log import from_row
from server.hall.plan import HallPlan
from server.hall.priority import ORDINARY
from server.hall.state import HallState
from server.hall.wait.doubt import doubtful
from server.hall.wait.estimator import LEARNT, Estimator
from server.hall.wait.forecast import Forecast
from server.hall.wait.record import Told
from server.hall.wait.rollout import Rollouts
from server.hall.wait.staffing import Hint, best, could_open, worst
from server.store.history import later_events
from server.terminal import Subscription

_log = logging.getLogger(__name__)
T = TypeVar("T")

_ROUND = 2.0
_HINT_ROUND = timedelta(minutes=1)
_TRIED = 6
"""So many windows are tried for a hint."""
_OLDEST = timedelta(days=35)
_AT_ONCE = 100
"""So many events of history are taken in before others have their turn."""


class AskedHall(Protocol):
    """The part of the engine that is asked."""

    clock: Callable[[], datetime]

    @property
    def plan(self) -> HallPlan: ...

    def read(self, view: Callable[[HallState], T]) -> T: ...

    def query(self, query: Callable[[Connection], T]) -> T: ...


class Waits:
    """An agent: it works while this process owns the hall. Until history is read and long enough, nothing is said."""

    def __init__(self, hall: AskedHall) -> None:
        self._hall = hall
        self._estimator = Estimator()
        self._latest: Forecast | None = None
        self._withheld: Forecast | None = None
        self._doubted: frozenset[str] = frozenset()
        self.on_change: Callable[[], None] = lambda: None
        """Told when other services than before are in doubt: nothing may have happened but that time has passed."""
        self.hint: Hint | None = None
        """Which window the leader may open now."""
        self._hinted: datetime | None = None
        self._seen = 0
        self._early: list[Recorded] | None = []
        self._working: gevent.Greenlet[..., None] | None = None

    def subscription(self) -> Subscription:
        return Subscription("waits", self._tell, LEARNT)

    # What terminals ask.

    @property
    def forecast(self) -> Forecast | None:
        """At most a few seconds old; None while it is not to be relied on."""
        return self._latest

    def told(self, service: str, priority: str) -> tuple[int, ...]:
        """The minutes (p50, p90) to tell whoever takes such a number now; empty: nothing, or not today."""
        return self._minutes(self._latest, service, priority)

    def withheld(self, service: str, priority: str) -> tuple[int, ...]:
        """The same while nothing is told, because too little came true: kept, so that it shows when that is better."""
        return self._minutes(self._withheld, service, priority)

    @property
    def kept(self) -> Sequence[Told]:
        """What was told today, beside what came."""
        return self._estimator.record.today

    @property
    def came_true(self) -> tuple[int, int] | None:
        """While too little comes true for waits to be told: of how many numbers how many did. None: they are told."""
        record = self._estimator.record
        return None if record.reliable else record.came_true

    # The agent.

    def start(self) -> None:
        self._estimator, self._seen, self._early = Estimator(), 0, []
        self._working = gevent.spawn(self._work)

    def stop(self) -> None:
        self._latest = self._withheld = self.hint = None
        if self._working is not None:
            self._working.kill()

    def states(self) -> list[dict[str, Any]]:
        return []

    def _tell(self, events: Sequence[Recorded]) -> None:
        """What happens while history is read is kept until then."""
        if self._early is not None:
            self._early += events
        else:
            self._take(events)

    def _take(self, events: Sequence[Recorded]) -> None:
        for recorded in events:
            if recorded.seq > self._seen:
                self._seen = recorded.seq
                self._estimator.observe(recorded.event, self._hall.plan)

    def _work(self) -> None:
        self._read_history()
        while True:
            try:
                self._play()
            except EngineError as error:
                _log.info("no wait estimate: %s", error.code)
            gevent.sleep(_ROUND)

    def _read_history(self) -> None:
        since = to_microseconds(self._hall.clock() - _OLDEST)
        kinds = [kind.kind for kind in LEARNT]
        hall = self._hall.plan.id
        while rows := self._hall.query(
            lambda connection: later_events(connection, hall, after=self._seen, since=since, kinds=kinds)
        ):
            for start in range(0, len(rows), _AT_ONCE):
                self._take([from_row(row) for row in rows[start : start + _AT_ONCE]])
                gevent.sleep(0)
        early, self._early = self._early or [], None
        self._take(early)

    def _play(self) -> None:
        at = self._hall.clock()

        def prepare(state: HallState) -> Rollouts | None:
            return self._estimator.rollouts(state, at) if self._estimator.watched(state, at) else None

        prepared = self._hall.read(prepare)
        played = _played(at, prepared) if prepared else None
        told = self._estimator.record.reliable
        self._latest, self._withheld = (played, None) if told else (None, played)
        self._tell_doubts()
        if self._latest is None:
            self.hint = None
        elif self._hinted is None or not timedelta() <= at - self._hinted < _HINT_ROUND:
            self._hinted = at
            self.hint = self._look_for_hint(at, self._latest)

    def _minutes(self, forecast: Forecast | None, service: str, priority: str) -> tuple[int, ...]:
        expected = forecast.new(service, priority) if forecast else None
        return (expected.minutes(self._hall.clock()) or ()) if expected else ()

    def _tell_doubts(self) -> None:
        doubted = frozenset(code for code in self._hall.plan.services if doubtful(self._latest, code, ORDINARY))
        if doubted != self._doubted:
            self._doubted = doubted
            self.on_change()

    def _look_for_hint(self, at: datetime, forecast: Forecast) -> Hint | None:
        service = self._hall.read(lambda state: worst(state, forecast))
        if service is None:
            return None

        def with_window(window: int) -> Forecast:
            return _played(at, self._hall.read(lambda state: self._estimator.rollouts(state, at, window)))

        windows = self._hall.read(lambda state: could_open(state, service, at))
        return best(service, forecast, with_window, windows[:_TRIED])


def _played(at: datetime, prepared: Rollouts) -> Forecast:
    return Forecast(at, prepared.play(lambda: gevent.sleep(0)))
