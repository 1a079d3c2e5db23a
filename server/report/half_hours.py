"""When numbers were taken and services finished, by half hours of the hall's day. Pure."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import UTC, date, datetime, time, timedelta

from server.hall.instant import to_microseconds
from server.hall.plan import HallPlan
from server.report.figures import SERVED
from server.store.reports import DayLeg

LENGTH = timedelta(minutes=30)
_LENGTH = LENGTH // timedelta(microseconds=1)


@dataclass(frozen=True, slots=True)
class HalfHour:
    """From `start` (aware, UTC) for thirty minutes, its end excluded."""

    start: datetime
    issued: int
    finished: int


def half_hours(legs: Sequence[DayLeg], day: date, plan: HallPlan) -> list[HalfHour]:
    """The day's half hours without gaps: those of the business hours, and further where something happened outside.

    They are counted from the hall's local midnight. Empty when the day has no business hours and nothing
    happened yet.
    """
    midnight = datetime.combine(day, time.min, plan.zone).astimezone(UTC)
    start = to_microseconds(midnight)
    issued = Counter((leg.queued_at - start) // _LENGTH for leg in legs if leg.leg == 1)
    finished = Counter(
        (leg.ended_at - start) // _LENGTH for leg in legs if leg.ended_at is not None and leg.finish in SERVED
    )
    places = [*issued, *finished, *_business(plan, day, midnight)]
    if not places:
        return []
    return [
        HalfHour(midnight + place * LENGTH, issued[place], finished[place])
        for place in range(min(places), max(places) + 1)
    ]


def _business(plan: HallPlan, day: date, midnight: datetime) -> Iterable[int]:
    """The first and the last half hour of the day's business hours, counted from midnight."""
    spans = plan.hours.spans_on(day)
    if not spans:
        return ()
    start, end = spans[0].on(day, plan.zone)[0], spans[-1].on(day, plan.zone)[1]
    return (start - midnight) // LENGTH, (end - midnight - timedelta.resolution) // LENGTH
