"""The hall's time: the machine's clock, except that it never runs back and never stands still."""

from __future__ import annotations

import time
from collections.abc import Callable
from datetime import UTC, datetime, timedelta


def machine_time() -> datetime:
    return datetime.now(UTC)


class HallClock:
    """Follows the machine's clock while that is ahead, and a steady one while it lags behind what was already told.

    A clock that was set back, or was wrong until the network corrected it, would otherwise hold the hall at one moment:
    no evaluation would run out, and every press would seem older than its invitation.
    """

    def __init__(
        self, wall: Callable[[], datetime] = machine_time, steady: Callable[[], float] = time.monotonic
    ) -> None:
        self._wall = wall
        self._steady = steady
        self._told = wall()
        self._told_at = steady()

    def __call__(self) -> datetime:
        """Aware UTC time."""
        now = self._steady()
        least = self._told + timedelta(seconds=now - self._told_at)
        self._told, self._told_at = max(self._wall(), least), now
        return self._told

    def not_before(self, at: datetime) -> None:
        """The log already holds events up to `at`: go on from there."""
        self._told = max(self(), at)

    @property
    def ahead(self) -> float:
        """Seconds by which the hall's time is ahead of the machine's; 0 when all is well."""
        return max(0.0, (self() - self._wall()).total_seconds())
