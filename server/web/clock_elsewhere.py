"""How old something is that another PC dates by its own steady clock."""

from __future__ import annotations

from collections import deque
from datetime import timedelta
from typing import Final

from server.messages.letters import SteadyTime

_KEPT: Final = 60.0
"""Seconds: two clocks part by some milliseconds in that time."""
_SET_BACK: Final = 2.0
"""Seconds later than expected; then it was sent long ago, or the PC was set back to an earlier state of itself."""


class ClockElsewhere:
    """Each message comes after it was sent, so the quickest of the last minute tells best how the clocks stand.

    What is said of an age is never more than the truth. Every `tick` is seconds of this PC's steady clock.
    """

    def __init__(self) -> None:
        self._boot = ""
        self._heard: deque[tuple[float, float]] = deque()

    def hear(self, said: SteadyTime, tick: float) -> None:
        """A message that was sent at `said` has come in."""
        ahead = tick - said.ticks
        while self._heard and self._heard[0][0] < tick - _KEPT:
            self._heard.popleft()
        if said.boot != self._boot or (self._heard and ahead > self._ahead + _SET_BACK):
            self._boot = said.boot
            self._heard.clear()
        self._heard.append((tick, ahead))

    def age_of(self, then: SteadyTime, tick: float) -> timedelta | None:
        """None when that PC was started anew since, or says what cannot be."""
        if then.boot != self._boot or not self._heard:
            return None
        age = tick - then.ticks - self._ahead
        return None if age < 0 else timedelta(seconds=age)

    @property
    def _ahead(self) -> float:
        return min(ahead for _, ahead in self._heard)
