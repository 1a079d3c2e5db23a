"""When citizens come: a Poisson process whose rate rises to a peak in the morning and a lower one after the break.

Given how many come, the instants of such a process are independent draws from its rate; that is how they are made.
"""

from __future__ import annotations

import random
from bisect import bisect_left
from collections.abc import Sequence
from itertools import accumulate
from math import exp

from server.simulate.scene import Span

_STEP = 1.0
_QUIET = 0.25
_AFTERNOON = 0.6
_PEAK_AFTER = 65.0
_PEAK_WIDTH = 45.0
_LAST_MINUTES = 10.0
"""Whoever knows the hall does not come in its last ten minutes."""


def rate(minute: float, spans: Sequence[Span]) -> float:
    """How many come at `minute`, relative to the morning's peak."""
    for place, (start, end) in enumerate(spans):
        if start <= minute < end:
            peak = start + min(_PEAK_AFTER, (end - start) / 3)
            height = 1.0 if place == 0 else _AFTERNOON
            tail = min(1.0, (end - minute) / _LAST_MINUTES)
            return tail * (_QUIET + height * exp(-(((minute - peak) / _PEAK_WIDTH) ** 2) / 2))
    return 0.0


def arrival_minutes(dice: random.Random, count: int, spans: Sequence[Span]) -> list[float]:
    """`count` instants, in order."""
    steps = [start + place * _STEP for start, end in spans for place in range(int((end - start) / _STEP))]
    sums = [*accumulate(rate(minute + _STEP / 2, spans) for minute in steps)]
    drawn = (dice.random() * sums[-1] for _ in range(count))
    return sorted(steps[bisect_left(sums, at)] + dice.random() * _STEP for at in drawn)
