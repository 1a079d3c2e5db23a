"""How long things took, in two figures that always happened: the median and the P90."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass

MEDIAN = 50
P90 = 90


def percentile(ordered: Sequence[int], percent: int) -> int | None:
    """The nearest-rank percentile: the smallest value that at least `percent` % of the values do not exceed.

    `ordered` ascends, `percent` is 1 to 100. Nothing is interpolated: the answer is one of the values, and with P90
    "nine in ten waited no longer than this" is true word for word. The median of an even count is the lower of the
    two in the middle. None of no values.
    """
    if not ordered:
        return None
    rank = -(-percent * len(ordered) // 100)
    return ordered[rank - 1]


@dataclass(frozen=True, slots=True)
class Spread:
    """`count` durations, in microseconds; the figures are None when there were none."""

    count: int
    median: int | None
    p90: int | None

    @classmethod
    def of(cls, durations: Iterable[int]) -> Spread:
        ordered = sorted(durations)
        return cls(len(ordered), percentile(ordered, MEDIAN), percentile(ordered, P90))
