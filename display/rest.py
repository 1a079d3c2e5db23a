"""When a screen rests: after the day's last hour, until shortly before the next day's first. Pure."""

from __future__ import annotations

from collections.abc import Collection
from datetime import date, datetime, timedelta
from typing import Final

from server.hall.calendar import Hours, Stretch
from server.hall.plan import HallPlan

MARGIN: Final = timedelta(minutes=15)
"""After the close, for those who are still leaving; before the opening, at least, for those who come early."""
_DAYS_TO_LOOK_AHEAD: Final = 60


def service_hours(plan: HallPlan, codes: Collection[str]) -> list[Hours]:
    """The hours of these services, each once: those of the hall are most services' own."""
    found: dict[int, Hours] = {}
    for code in codes:
        hours = plan.service_hours(code)
        found[id(hours)] = hours
    return [*found.values()]


def is_after_hours(hours: Collection[Hours], local: datetime) -> bool:
    """Whether it is after, or well before, all hours of today; never at midday, between two of its spans."""
    if any(one.always for one in hours):
        return False
    stretches = _stretches(hours, local.date(), local)
    if not stretches:
        return True
    early = max([MARGIN, *(one.early for one in hours)])
    return local < stretches[0][0] - early or local >= max(end for _, end in stretches) + MARGIN


def next_opening(hours: Collection[Hours], local: datetime) -> datetime | None:
    """When the first of these hours begins after `local`, in its zone; None when not within two months."""
    for ahead in range(_DAYS_TO_LOOK_AHEAD):
        for start, _ in _stretches(hours, local.date() + timedelta(days=ahead), local):
            if start > local:
                return start.astimezone(local.tzinfo)
    return None


def _stretches(hours: Collection[Hours], day: date, local: datetime) -> list[Stretch]:
    return sorted(span.on(day, local.tzinfo) for one in hours for span in one.spans_on(day))
