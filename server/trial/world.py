"""A hall whose every parameter is known: who comes, how long things take, how clerks come, rest, go and slow down."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from datetime import time
from math import exp, log
from statistics import NormalDist

from server.hall.plan import HallPlan

MINUTE = 60 * 1_000_000
"""In microseconds, as in `server.hall.instant`."""
_POINTS = 256


@dataclass(frozen=True)
class World:
    """Times in minutes. `came` and `left` are equally likely minutes after a stretch's start (None: nobody comes that
    day) and after its end. `slow`: (how many slow spells an hour begin at a window, how many times as long everything
    takes in one, how long one lasts on average). `rates`: a service's tickets an hour, by the hour of the day.
    """

    name: str
    plan: HallPlan
    usual: Mapping[tuple[str, int], float]
    rates: Mapping[str, Mapping[int, float]]
    scatter: float = 0.6
    classes: Mapping[str, float] = field(default_factory=dict)
    missing: float = 0.05
    lost: Sequence[float] = (0.7, 1.0, 1.5, 2.0)
    gap: Sequence[float] = (0.05, 0.1, 0.2, 0.4)
    came: Mapping[int, Sequence[float | None]] = field(default_factory=dict)
    left: Sequence[float] = (0.0,)
    slow: tuple[float, float, float] = (0.0, 1.0, 60.0)
    break_share: float = 0.0
    breaks: Sequence[float] = (5.0, 10.0, 15.0)
    announced: bool = True
    booked: Mapping[str, Sequence[time]] = field(default_factory=dict)
    shows: float = 0.85
    early: Sequence[float] = (-15.0, -10.0, -6.0, -3.0, 0.0, 4.0, 8.0)
    exponential: bool = False

    @property
    def shape(self) -> list[float]:
        """What the usual time is multiplied by; its middle for a log-normal, its mean for an exponential."""
        chances = [(number + 0.5) / _POINTS for number in range(_POINTS)]
        if self.exponential:
            return [-log(1 - chance) for chance in chances]
        normal = NormalDist(0, self.scatter)
        return [exp(normal.inv_cdf(chance)) for chance in chances]

    def times_came(self, window: int) -> Sequence[float | None]:
        return self.came.get(window, (0.0,))
