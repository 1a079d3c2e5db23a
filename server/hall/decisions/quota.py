"""How many numbers a service still gives, today and in this stretch of the day."""

from __future__ import annotations

from datetime import datetime, timedelta

from server.hall.decisions.decision import Now
from server.hall.errors import QuotaUsed
from server.hall.opening import gives_numbers, next_day_opens_at, opens_at
from server.hall.plan import Service
from server.hall.state import HallState

ALL_DAY = "day"
"""The stretch of a day that a hall without hours has."""


def check_quota(state: HallState, service: Service, now: Now) -> str:
    """The stretch of the day that a number given now counts for. Raises QuotaUsed."""
    local = state.plan.local(now.at)
    span = _span(state, service, local)
    if _is_used(service.quota.day, _taken_today(state, service.code)):
        raise QuotaUsed(service=service.code, opens_at=next_day_opens_at(state.plan, service.code, local))
    if _is_used(service.quota.span, state.taken.get((service.code, span), 0)):
        closes = state.plan.service_hours(service.code).closes_at(local)
        raise QuotaUsed(service=service.code, opens_at=_opens_after(state, service, closes or _tomorrow(local)))
    return span


def places_left(state: HallState, service: Service, at: datetime) -> int | None:
    """How many numbers can still be given now; None without a quota."""
    span = _span(state, service, state.plan.local(at))
    limits = (
        (service.quota.day, _taken_today(state, service.code)),
        (service.quota.span, state.taken.get((service.code, span), 0)),
    )
    return min((max(0, limit - taken) for limit, taken in limits if limit is not None), default=None)


def quota_span(state: HallState, service: Service, at: datetime) -> str:
    """The stretch of the day that a number taken at `at` counts for, whether it has a place left or not."""
    return _span(state, service, state.plan.local(at))


def _is_used(limit: int | None, taken: int) -> bool:
    return limit is not None and taken >= limit


def _taken_today(state: HallState, service: str) -> int:
    return sum(taken for (known, _), taken in state.taken.items() if known == service)


def _span(state: HallState, service: Service, local: datetime) -> str:
    span = state.plan.service_hours(service.code).issuing_span_at(local)
    return ALL_DAY if span is None else span.start.isoformat("minutes")


def _tomorrow(local: datetime) -> datetime:
    return (local + timedelta(days=1)).replace(hour=0, minute=0, second=0, microsecond=0)


def _opens_after(state: HallState, service: Service, local: datetime) -> datetime | None:
    return local if gives_numbers(state.plan, service.code, local) else opens_at(state.plan, service.code, local)
