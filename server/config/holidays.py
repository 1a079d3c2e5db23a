"""China's public holidays with their make-up working days (调休), as the State Council sets them for each year.

They come with the library chinesecalendar; a newer one, installed from a file, knows the next year.
"""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date

import chinese_calendar

_FIXED = ((1, 1), (5, 1), (5, 2), (10, 1), (10, 2), (10, 3))
"""What the law itself closes every year on the same dates. The others follow the moon, or the notice of the year."""

_PUBLISHED_IN = 11
"""The month in which the notice for the next year comes out: earlier nobody can know it."""


@dataclass(frozen=True, slots=True)
class Holidays:
    """`closed` has the weekends within a holiday too; `working` are Saturdays and Sundays that are worked."""

    closed: frozenset[date] = frozenset()
    working: frozenset[date] = frozenset()


def chinese_holidays(today: date) -> Holidays:
    """All that the library knows; for a year around `today` that it does not know, the holidays that never move."""
    unknown = (year for year in _years_around(today) if not is_known(year))
    fixed = (date(year, month, day) for year in unknown for month, day in _FIXED)
    return Holidays(
        closed=frozenset(chinese_calendar.holidays).union(fixed), working=frozenset(chinese_calendar.workdays)
    )


def years_missed(today: date) -> list[int]:
    """The years whose holidays must have been published by `today`, and which the library does not know."""
    published = (year for year in _years_around(today) if year <= today.year or today.month >= _PUBLISHED_IN)
    return [year for year in published if not is_known(year)]


def _years_around(today: date) -> range:
    """Reports look back, and openings ahead."""
    return range(today.year - 1, today.year + 2)


def is_known(year: int) -> bool:
    try:
        chinese_calendar.is_holiday(date(year, 1, 1))
    except NotImplementedError:
        return False
    return True
