"""A wait as it goes over HTTP, and a number that would probably not be called today."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import datetime

from server.hall.facts import moment
from server.hall.plan import HallPlan
from server.hall.priority import ORDINARY
from server.hall.state import HallState
from server.hall.wait.doubt import Doubt, doubt
from server.hall.wait.forecast import Forecast
from server.hall.wait.said import said
from server.messages import DoubtOut, WaitOut


def wait_out(minutes: tuple[int, ...], at: datetime, plan: HallPlan, service: str) -> WaitOut | None:
    """(p50, p90) reckoned from `at` on; None of an empty estimate."""
    words = said(minutes, plan.local(at), plan.service_hours(service))
    if words is None:
        return None
    p50, p90 = minutes
    return WaitOut(p50=p50, p90=p90, low=words.low, high=words.high, start=words.start, end=words.end)


def new_wait(state: HallState, forecast: Forecast | None, service: str, now: datetime) -> WaitOut | None:
    """Of whoever takes an ordinary number of the service now."""
    expected = forecast.new(service, ORDINARY) if forecast else None
    return wait_out((expected.minutes(now) or ()) if expected else (), now, state.plan, service)


def new_doubt(
    state: HallState, forecast: Forecast | None, services: Sequence[str], now: datetime, priority: str = ORDINARY
) -> DoubtOut | None:
    """What to warn of who takes one number for these services now."""
    found = doubt(state, forecast, services, priority, now)
    return doubt_out(found, state.plan) if found else None


def doubt_out(doubt: Doubt, plan: HallPlan) -> DoubtOut:
    return DoubtOut(
        service=doubt.service,
        why=doubt.why.value,
        waiting=doubt.waiting,
        closes_at=moment(doubt.closes_at.astimezone(plan.zone) if doubt.closes_at else None),
        opens_at=moment(doubt.opens_at),
        bookable=doubt.bookable,
    )
