"""When a service gives numbers: in its own hours, while at least one of its windows is in its own too."""

from __future__ import annotations

from datetime import datetime, timedelta

from server.hall.plan import HallPlan

_LOOKS = 60


def gives_numbers(plan: HallPlan, code: str, local: datetime) -> bool:
    return plan.service_hours(code).is_open(local) and _some_window(plan, code, local)


def opens_at(plan: HallPlan, code: str, local: datetime) -> datetime | None:
    """When numbers of it are given again; None when they are given now, or not within two months."""
    if gives_numbers(plan, code, local):
        return None
    moment: datetime | None = local
    for _ in range(_LOOKS):
        if moment is None or gives_numbers(plan, code, moment):
            return moment
        moment = plan.service_hours(code).opens_at(moment) or _next_window(plan, code, moment)
    return None


def next_day_opens_at(plan: HallPlan, code: str, local: datetime) -> datetime | None:
    """When numbers of it are first given on a day after today; None when that is not within two months."""
    tomorrow = (local + timedelta(days=1)).replace(hour=0, minute=0, second=0, microsecond=0)
    return tomorrow if gives_numbers(plan, code, tomorrow) else opens_at(plan, code, tomorrow)


def _some_window(plan: HallPlan, code: str, local: datetime) -> bool:
    """A window without hours of its own is there whenever its services are."""
    handling = [window for window in plan.windows.values() if code in window.services]
    return not handling or any(window.hours is None or window.hours.is_open(local) for window in handling)


def _next_window(plan: HallPlan, code: str, local: datetime) -> datetime | None:
    own = (window.hours for window in plan.windows.values() if code in window.services)
    return min((opens for hours in own if hours and (opens := hours.opens_at(local))), default=None)
