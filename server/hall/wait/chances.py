"""Random numbers that are the same for the same ticket, whatever else goes on in the hall.

Each ticket has its own row of numbers, one for each repetition, spread evenly over 0 to 1 (a Latin hypercube): the mean
over few repetitions is then nearly that over many, and an estimate does not jump when somebody else takes a number.
"""

from __future__ import annotations

from collections.abc import Sequence
from functools import lru_cache
from random import Random
from zlib import crc32

_ROWS = 1021
_STEP = 397
"""So far apart are the rows of one ticket; both are prime, so that tickets seldom share more than one."""


class Chances:
    """The rows of one number of repetitions."""

    def __init__(self, repetitions: int) -> None:
        random = Random(repetitions)  # noqa: S311 — nothing secret, and always the same
        self.repetitions = repetitions
        self._rows = [_row(random, repetitions) for _ in range(_ROWS)]

    def rows(self, name: str, count: int) -> list[Sequence[float]]:
        """The first `count` rows of whatever bears that name."""
        first = crc32(name.encode())
        return [self._rows[(first + number * _STEP * (1 + first % 7)) % _ROWS] for number in range(count)]


def _row(random: Random, repetitions: int) -> list[float]:
    strata = [*range(repetitions)]
    random.shuffle(strata)
    return [(stratum + random.random()) / repetitions for stratum in strata]


@lru_cache(maxsize=8)
def chances(repetitions: int) -> Chances:
    return Chances(repetitions)
