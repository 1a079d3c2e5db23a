"""What is wrong or doubtful in hours that are each well formed."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import date, datetime

from server.config.holidays import years_missed
from server.config.hours import HoursSettings
from server.config.settings import Settings
from server.told import Told, told

Note = tuple[str, Told]
"""A path in config.yaml, and what is to be said of it."""


def hours_without_numbers(settings: Settings) -> Iterator[Note]:
    """Mistakes: hours in which no number would ever be given, also where service and hall each state a part of it."""
    for path, hours in _all_hours(settings):
        if hours.stop >= hours.shortest():
            yield (
                f"{path}.stop",
                told(
                    "%(stop)s minutes leave nothing of a span of %(shortest)s minutes",
                    stop=hours.stop,
                    shortest=hours.shortest(),
                ),
            )


def unknown_holidays(settings: Settings, today: date | None = None) -> list[Note]:
    """Doubts: a year whose public holidays this installation has not heard of."""
    today = today or datetime.now(settings.hall.zone).date()
    for path, hours in _all_hours(settings):
        if hours.holidays == "cn" and not hours.always:
            # One warning for the hall: a newer library mends all of it.
            return [(f"{path}.holidays", _unknown(year)) for year in years_missed(today) if not hours.makes_up(year)]
    return []


def _unknown(year: int) -> Told:
    return told(
        "the public holidays of %(year)s are not known: only 1 January, 1 and 2 May and 1 to 3 October are closed, and "
        "no weekend is worked. Install a newer chinesecalendar, or write the days into hall.hours.days",
        year=year,
    )


def _all_hours(settings: Settings) -> Iterator[tuple[str, HoursSettings]]:
    yield "hall.hours", settings.hall.hours
    parts = [(f"services.{place}", settings.own_hours(service)) for place, service in enumerate(settings.services)]
    parts += [(f"windows.{place}", settings.own_hours(window)) for place, window in enumerate(settings.windows)]
    for path, hours in parts:
        if hours is not None:
            yield f"{path}.hours", hours
