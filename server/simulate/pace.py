"""Simulated minutes, which pass faster than real ones."""

from __future__ import annotations

import time

import gevent

_SECONDS = 60.0


class Pace:
    """`speed` 600: an hour of the hall's day in six seconds. The day stands at `opening` until `begin`."""

    def __init__(self, opening: float, speed: float) -> None:
        self._opening = opening
        self._speed = speed
        self._begun: float | None = None

    def begin(self) -> None:
        self._begun = time.monotonic()

    @property
    def minute(self) -> float:
        """Since midnight."""
        if self._begun is None:
            return self._opening
        return self._opening + self.simulated(time.monotonic() - self._begun)

    def real(self, minutes: float) -> float:
        """Seconds that so many simulated minutes take."""
        return minutes * _SECONDS / self._speed

    def simulated(self, seconds: float) -> float:
        return seconds * self._speed / _SECONDS

    def wait(self, minutes: float) -> None:
        gevent.sleep(max(0.0, self.real(minutes)))

    def wait_until(self, minute: float) -> None:
        self.wait(minute - self.minute)
