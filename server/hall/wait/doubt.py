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

_EVEN = 0.5
"""As likely called today as not."""


class Why(StrEnum):
    LINE = "line"
    CLOSING = "closing"


@dataclass(frozen=True, slots=True)
class Doubt:
    """Of a number of `service`: `ahead` people stand before it (LINE), or nobody does, and its windows close so soon
    (CLOSING). `closes_at`: the end of the service's hours today, None where it has none; `opens_at`: when numbers are
    given on the next day that any are; `bookable`: whether one may book a time instead.
    """

    service: str
    why: Why
    ahead: int
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
    plan, local, ahead = state.plan, state.plan.local(at), state.waiting(code)
    spans = plan.service_hours(code).spans_on(local.date())
    return Doubt(
        service=code,
        why=Why.LINE if ahead else Why.CLOSING,
        ahead=ahead,
        closes_at=spans[-1].on(local.date(), plan.zone)[1] if spans else None,
        opens_at=next_day_opens_at(plan, code, local),
        bookable=plan.services[code].booking is not None,
    )
