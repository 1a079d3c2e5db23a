"""Samples at another rate: a windowed sinc, so that a voice keeps its sound, and nothing folds back into it."""

from __future__ import annotations

import math
from array import array
from functools import lru_cache
from operator import mul
from typing import Final

_REACH: Final = 8
"""Zero crossings of the sinc on each side."""
_FULL: Final = 32767


def resampled(samples: array[int], rate: int, wanted: int) -> array[int]:
    """`samples` of `rate` Hz at `wanted` Hz, as long as before."""
    if rate == wanted:
        return samples
    common = math.gcd(rate, wanted)
    up, down = wanted // common, rate // common
    reach, phases = _phases(up, down)
    padded = array("h", bytes(2 * reach)) + samples + array("h", bytes(2 * reach + 2))
    made = array("h")
    for index in range(len(samples) * up // down):
        start, phase = divmod(index * down, up)
        # From the sample `reach - 1` before the place to `reach` after it.
        sound = sum(map(mul, phases[phase], padded[start + 1 : start + 1 + 2 * reach]))
        made.append(max(-_FULL, min(_FULL, round(sound))))
    return made


@lru_cache(maxsize=8)
def _phases(up: int, down: int) -> tuple[int, list[list[float]]]:
    """(samples on each side, the weights for each of the `up` places between two samples)."""
    cutoff = min(1.0, up / down)
    reach = math.ceil(_REACH / cutoff)
    phases = []
    for phase in range(up):
        distances = [place - reach + 1 - phase / up for place in range(2 * reach)]
        weights = [_sinc(cutoff * distance) * _window(distance / reach) for distance in distances]
        total = sum(weights)
        phases.append([weight / total for weight in weights])
    return reach, phases


def _sinc(x: float) -> float:
    return math.sin(math.pi * x) / (math.pi * x) if x else 1.0


def _window(x: float) -> float:
    """Hann's, from -1 to 1."""
    return 0.5 + 0.5 * math.cos(math.pi * x) if abs(x) < 1 else 0.0
