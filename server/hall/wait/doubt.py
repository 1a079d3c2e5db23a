"""Before a number is taken: that it would probably not be called today, so that nobody waits in vain.

The hall gives it all the same; the citizen decides. docs/decisions/0054.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime
from enum import StrEnum

from server.hall.opening import next_day_opens_at
from server.hall.priority import ORDINARY
from server.hall.state import HallState
from server.hall.wait.forecast import Forecast
from server.hall.window import WindowState

_EVEN = 0.5
"""As likely called today as not."""


class Why(StrEnum):
    """So many wait; its windows close so soon; nobody sits at any of them."""

    LINE = "line"
    CLOSING = "closing"
    NO_WINDOW = "no_window"


@dataclass(frozen=True, slots=True)
class Doubt:
    """Of a number of `service`. `waiting`: how many wait for the open windows that it would be called to, whatever for.
    `closes_at`: the end of its hours today, None where it has none; `opens_at`: when numbers are given on the next day
    that any are; `bookable`: whether one may book a time instead.
    """

    service: str
    why: Why
    waiting: int
    closes_at: datetime | None
    opens_at: datetime | None
    bookable: bool


def doubtful(forecast: Forecast | None, service: str, priority: str) -> bool:
    """Whether a number of this class, taken now, would probably not be called today; False while nothing is known."""
    expected = forecast.new(service, priority) if forecast else None
    return expected is not None and expected.today < _EVEN


def doubt(
    state: HallState, forecast: Forecast | None, services: Sequence[str], priority: str, at: datetime
) -> Doubt | None:
    """What to warn of who takes one number for all of these services, the first of which knows its class; else None.

    A later one begins behind those who stand in its line now.
    """
    classes = (priority, *(ORDINARY for _ in services[1:]))
    for code, known in zip(services, classes, strict=True):
        if code in state.plan.services and doubtful(forecast, code, known):
            return _doubt(state, code, at)
    return None


def _doubt(state: HallState, code: str, at: datetime) -> Doubt:
    plan, local = state.plan, state.plan.local(at)
    windows = [window for window in state.windows.values() if code in window.services]
    there = [window for window in windows if window.state is not WindowState.CLOSED]
    waiting = sum(map(state.waiting, {service for window in there for service in window.services}))
    spans = plan.service_hours(code).spans_on(local.date())
    return Doubt(
        service=code,
        why=(Why.LINE if waiting else Why.CLOSING) if there else Why.NO_WINDOW,
        waiting=waiting,
        closes_at=spans[-1].on(local.date(), plan.zone)[1] if spans else None,
        opens_at=next_day_opens_at(plan, code, local),
        bookable=plan.services[code].booking is not None,
    )
