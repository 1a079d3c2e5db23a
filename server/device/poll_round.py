"""Who is asked next among the devices of a line that speak only when they are asked. Pure: times come in.

All times are seconds of the steady clock.
"""

from __future__ import annotations

import math
from collections.abc import Sequence
from dataclasses import dataclass
from typing import Final, Generic, TypeVar

M = TypeVar("M")

EVERY: Final = 0.2
"""From one question to a device to the next, while the line has room: no finger notices."""
MISSES: Final = 3
"""Questions in a row without an answer after which a device is taken for absent."""
ABSENT_EVERY: Final = 3.0
"""From one question to an absent device to the next."""
ABSENT_SHARE: Final = 4
"""Of the line's time one part in so many goes to absent devices: their silence is waited for."""
SHORTEST_AIR: Final = 0.01
"""After an answer nobody is asked for as long as it took, and at least so long: others speak by themselves. Without an
answer the wait for it has been such a time."""


@dataclass(slots=True)
class _Standing:
    asked: float = -math.inf
    misses: int = MISSES - 1
    """One that has never answered is absent at its first silence."""

    @property
    def is_absent(self) -> bool:
        return self.misses >= MISSES

    @property
    def due(self) -> float:
        return self.asked + (ABSENT_EVERY if self.is_absent else EVERY)


class PollRound(Generic[M]):
    """The turns of `members`. Whoever has waited longest of those that are due is next, so nobody is passed over.

    A device that answers is asked as often as the others from that moment on.
    """

    def __init__(self, members: Sequence[M]) -> None:
        self._standings = {member: _Standing() for member in members}
        self._free = -math.inf
        self._free_for_absent = -math.inf

    def next(self, now: float) -> tuple[M, float]:
        """Who is to be asked, and when: now, or the moment at which it is due."""
        member = min(self._standings, key=lambda each: (max(now, self._due(each)), self._standings[each].asked))
        return member, max(now, self._due(member))

    def asked(self, member: M, began: float, ended: float, *, answered: bool) -> None:
        """It was asked at `began`; at `ended` it had answered, or no answer was to be expected any more."""
        standing = self._standings[member]
        if standing.is_absent:
            self._free_for_absent = ended + (ABSENT_SHARE - 1) * (ended - began)
        standing.asked = began
        standing.misses = 0 if answered else standing.misses + 1
        self._free = ended + (max(ended - began, SHORTEST_AIR) if answered else SHORTEST_AIR)

    def skipped(self, member: M, now: float) -> None:
        """It is not to be asked at this turn."""
        self._standings[member].asked = now

    def is_absent(self, member: M) -> bool:
        return self._standings[member].is_absent

    def _due(self, member: M) -> float:
        standing = self._standings[member]
        due = max(standing.due, self._free)
        return max(due, self._free_for_absent) if standing.is_absent else due
