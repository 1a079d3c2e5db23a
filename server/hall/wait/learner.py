"""What a hall's own log teaches of it: told every event in order, it says what is to be expected from now on."""

from __future__ import annotations

from collections import deque
from datetime import date, datetime, timedelta
from functools import partial
from math import log

from server.hall import events as ev
from server.hall.events import Event
from server.hall.instant import to_microseconds, to_span
from server.hall.plan import HallPlan
from server.hall.state import HallState
from server.hall.wait.arrivals import Arrivals
from server.hall.wait.attendance import Attendance
from server.hall.wait.drifts import Drifts
from server.hall.wait.outlook import Outlook, Work
from server.hall.wait.paces import Paces
from server.hall.wait.shrinking import Tally
from server.hall.wait.stints import Gap, Stint, Stints
from server.hall.window import Window

_SECOND = to_span(timedelta(seconds=1))
_MISSING = (1.0, 20.0)
"""Of twenty called, one does not come, until the hall's own figures say otherwise."""
_FADE = 0.97
_LOST = 60 * _SECOND
_GAP = 10 * _SECOND
_CALM = 200.0
"""So many stints without a break are taken for granted at first."""


class Learner:
    """Keeps figures, no tickets: `state` is the hall's own."""

    def __init__(self) -> None:
        self._stints = Stints()
        self._paces = Paces()
        self._drifts = Drifts()
        self._attendance = Attendance()
        self._arrivals = Arrivals()
        self._missing: dict[str, Tally] = {}
        self._lost: deque[float] = deque(maxlen=200)
        self._gaps: deque[float] = deque(maxlen=300)
        self._served, self._breaks = _CALM, 1.0
        self._first: date | None = None
        self._clerks: dict[int, str] = {}

    def observe(self, event: Event, plan: HallPlan) -> None:
        if isinstance(event, ev.DayOpened):
            self._new_day(plan, event.day)
        elif isinstance(event, ev.WindowOpened) and event.window is not None:
            self._clerks[event.window] = event.staff or ""
        for seen in self._stints.observe(event):
            if isinstance(seen, Gap):
                self._gaps.append(to_span(seen.took))
            else:
                self._learn(seen)
        self._attendance.observe(event)
        self._arrivals.observe(event, plan)

    def days(self, today: date) -> int:
        """For how many days the hall has been watched."""
        return (today - self._first).days if self._first else 0

    def outlook(self, state: HallState, at: datetime) -> Outlook:
        plan, now = state.plan, to_microseconds(at)
        scatter = self._paces.scatter
        steady = max(0.25, 1 - self._drifts.spread / scatter) ** 0.5
        work = {}
        for service in plan.services:
            usual = {
                number: self._paces.usual(service, self._clerks.get(number, "")) * _SECOND for number in state.windows
            }
            work[service] = Work(usual, self._paces.shape(service, steady))
        windows = state.windows.values()
        return Outlook(
            work=work,
            missing={service: self._missing_share(service) for service in plan.services},
            lost=sorted(self._lost) or (_LOST,),
            gap=sorted(self._gaps) or (_GAP,),
            stretches={w.number: partial(self._attendance.stretches, plan, w, now) for w in windows},
            paces={
                w.number: partial(self._drifts.path, w.number, now, self._longer(w, work, now), scatter)
                for w in windows
            },
            streams=self._arrivals.streams(plan, at),
            coming=[*self._arrivals.coming(state, at)],
            break_share=self._breaks / self._served,
            breaks=self._attendance.breaks,
        )

    def _new_day(self, plan: HallPlan, day: date) -> None:
        self._first = self._first or day
        self._served, self._breaks = self._served * _FADE, self._breaks * _FADE
        self._breaks += self._attendance.new_day(plan, day)
        self._paces.fade()
        self._drifts.new_day()
        self._arrivals.new_day()
        for tally in self._missing.values():
            tally.fade(_FADE)

    def _learn(self, stint: Stint) -> None:
        self._served += 1
        self._missing.setdefault(stint.service, Tally()).add(float(stint.missing))
        took = to_span(stint.took)
        if stint.missing:
            self._lost.append(took)
            return
        surprise = self._paces.add(stint.service, stint.staff, took / _SECOND)
        self._drifts.add(stint.window, to_microseconds(stint.ended), surprise, self._paces.scatter)

    def _missing_share(self, service: str) -> float:
        share, weight = _MISSING
        missing = share + sum(tally.total for tally in self._missing.values())
        hall = missing / (weight + sum(tally.count for tally in self._missing.values()))
        own = self._missing.get(service) or Tally()
        return (own.total + hall * weight) / (own.count + weight)

    def _longer(self, window: Window, work: dict[str, Work], now: int) -> float | None:
        """The surprise that whatever is under way at the window brings at least."""
        ticket = window.ticket
        if ticket is None or ticket.service not in work:
            return None
        leg = ticket.leg
        began = leg.attempt_at or leg.started_at
        if began is None:
            return None
        return log(max(1.0, (now - to_microseconds(began))) / work[ticket.service].usual[window.number])
