"""A wait as it goes over HTTP."""

from __future__ import annotations

from datetime import datetime

from server.hall.plan import HallPlan
from server.hall.wait.said import said
from server.messages import WaitOut


def wait_out(minutes: tuple[int, ...], at: datetime, plan: HallPlan, service: str) -> WaitOut | None:
    """(p50, p90) reckoned from `at` on; None of an empty estimate."""
    words = said(minutes, plan.local(at), plan.service_hours(service))
    if words is None:
        return None
    p50, p90 = minutes
    return WaitOut(p50=p50, p90=p90, low=words.low, high=words.high, start=words.start, end=words.end)
