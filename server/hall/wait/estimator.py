"""The wait estimate of one hall: it learns from the log, and plays the hall on from its present state.

docs/decisions/0045 tells the method, what it was tried against and its figures.
"""

from __future__ import annotations

from collections.abc import Sequence
from datetime import datetime

from server.hall import events as ev
from server.hall.calendar import business_day
from server.hall.events import Event
from server.hall.instant import to_microseconds
from server.hall.plan import HallPlan
from server.hall.priority import ORDINARY
from server.hall.state import HallState
from server.hall.wait.learner import Learner
from server.hall.wait.record import Record
from server.hall.wait.rollout import Probe, Rollouts
from server.hall.wait.staffing import opened

_WATCHED = 14
"""Days of the hall's own figures before anybody is told a wait."""
_MOST, _LEAST = 64, 16
_WORK = 5000
"""Calls that are played for one forecast; with 300 waiting that is 16 repetitions, about 50 ms."""


LEARNT: frozenset[type[Event]] = frozenset(
    {
        *(ev.DayOpened, ev.WindowOpened, ev.WindowClosed, ev.WindowPaused, ev.WindowReopened),
        *(ev.TicketIssued, ev.TicketCalled, ev.TicketFinished, ev.TicketNoShow, ev.TicketHeld, ev.TicketResumed),
        *(ev.TicketTransferred, ev.TicketRejoined),
        *(ev.AppointmentBooked, ev.AppointmentMoved, ev.AppointmentArrived, ev.AppointmentMissed),
    }
)
"""The kinds of events that say anything of waits."""


class Estimator:
    """`observe` every event of the hall in the order of the log, days of history first."""

    def __init__(self) -> None:
        self._learner = Learner()
        self.record = Record()

    def observe(self, event: Event, plan: HallPlan) -> None:
        self._learner.observe(event, plan)
        self.record.observe(event)

    def watched(self, state: HallState, at: datetime) -> bool:
        """Whether it has been for two weeks. Whether what is reckoned then is to be told, `record.reliable` says."""
        return self._learner.days(business_day(at, state.plan.zone)) >= _WATCHED

    def rollouts(self, state: HallState, at: datetime, window: int | None = None) -> Rollouts:
        """Ready to be played, which takes its time: about 3 ms for each repetition with 300 waiting at 30 windows.

        `window`: as if that were opened now.
        """
        waiting = sum(len(line) for line in state.lines())
        repetitions = _MOST
        while repetitions > _LEAST and repetitions * waiting > _WORK:
            repetitions //= 2
        outlook = self._learner.outlook(state, at)
        if window is not None:
            outlook = opened(outlook, state.plan, window, at)
        return Rollouts(state, outlook, to_microseconds(at), _probes(state.plan), repetitions)


def _probes(plan: HallPlan) -> Sequence[Probe]:
    """For each service one of each level: who would stand side by side waits as long."""
    levels = {plan.priorities.level(known.code): known.code for known in reversed(plan.priorities.classes)}
    levels[plan.priorities.level(ORDINARY)] = ORDINARY
    return [(service, priority) for service in plan.services for priority in levels.values()]
