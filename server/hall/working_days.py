"""Deadlines in working days of the hall's calendar. The day on which something happens is not counted."""

from __future__ import annotations

from datetime import UTC, date, datetime
from zoneinfo import ZoneInfo

from server.hall.calendar import Hours, end_of_day

_FARTHEST = 14
"""Days after which somebody works again, whatever a calendar says: longer than the longest public holiday."""


def after(hours: Hours, day: date, count: int) -> date:
    """The `count`th working day after `day`; `day` itself for 0."""
    for _ in range(count):
        day = hours.next_working_day(day, _FARTHEST)
    return day


def end_after(hours: Hours, zone: ZoneInfo, day: date, count: int) -> datetime:
    """The end of that day, in UTC."""
    return end_of_day(after(hours, day, count), zone).astimezone(UTC)


def left(hours: Hours, today: date, last: date) -> int:
    """Working days still to come up to `last`: 0 on the last one, −1 on the first working day that is too late.

    A day off behind `last` is late too, so that nothing becomes later by a holiday: it counts as −1 from its first day.
    """
    if today > last:
        return min(-_between(hours, last, today), -1)
    return _between(hours, today, last)


def _between(hours: Hours, first: date, last: date) -> int:
    """Working days after `first`, up to and including `last`."""
    count = 0
    while (first := hours.next_working_day(first, _FARTHEST)) <= last:
        count += 1
    return count
