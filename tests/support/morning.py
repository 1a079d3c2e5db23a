"""The time zone in which it is morning now, for halls under the machine's clock.

A test run lasts up to an hour, and may begin at any: a hall whose day ended meanwhile, or that closed for lunch, would
fail tests that have nothing to do with it. Which date it is there, and which day of the week, is anybody's guess.
"""

from __future__ import annotations

from datetime import UTC, date, datetime
from zoneinfo import ZoneInfo


def morning_zone(now: datetime) -> str:
    """Where it is between nine and ten at `now`: the sample hall is open two hours more, its day lasts fourteen."""
    return f"Etc/GMT{(now.hour - 9 + 12) % 24 - 12:+d}"


MORNING = morning_zone(datetime.now(UTC))
"""One for the whole run, so that all halls and tests agree."""


def today() -> date:
    """The date in such a hall."""
    return datetime.now(ZoneInfo(MORNING)).date()
