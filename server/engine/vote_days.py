"""The votes of each day that is over are summed, and again when a later vote has changed it."""

from __future__ import annotations

from collections.abc import Callable
from functools import partial
from typing import Any, Protocol, TypeVar

import gevent
from sqlalchemy import Connection

from server.engine.rounds import Rounds
from server.hall.plan import HallPlan
from server.hall.state import HallState
from server.store.vote_sums import days_to_sum, sum_day

T = TypeVar("T")
_ROUND, _PAUSE = 60.0, 0.02


class SummedHall(Protocol):
    """The part of the engine that is asked."""

    @property
    def plan(self) -> HallPlan: ...

    def read(self, view: Callable[[HallState], T]) -> T: ...

    def query(self, query: Callable[[Connection], T]) -> T: ...

    def keep(self, change: Callable[[Connection], T]) -> T: ...


class VoteDays:
    """An agent: it works while this process owns the hall."""

    def __init__(self, hall: SummedHall) -> None:
        self._hall = hall
        self._rounds = Rounds("sums of votes", _ROUND, self.sum_days)

    def start(self) -> None:
        self._rounds.start()

    def stop(self) -> None:
        self._rounds.stop()

    def states(self) -> list[dict[str, Any]]:
        return []

    def sum_days(self) -> None:
        """Each day in a transaction of its own, with a pause, so that the writer gets in between. The open day is never
        summed: its evaluations change without `revised` saying so (`server.store.journal.Batch`).
        """
        hall = self._hall.plan.id
        today = self._hall.read(lambda state: state.day)
        if today is None:
            return
        for day in self._hall.query(lambda connection: days_to_sum(connection, hall, today)):
            self._hall.keep(partial(sum_day, hall=hall, day=day))
            gevent.sleep(_PAUSE)
