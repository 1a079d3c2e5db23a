"""Median and P90: the nearest rank, so that what is said of nine in ten is true."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from server.report.spread import Spread, percentile


@pytest.mark.parametrize(
    ("values", "percent", "expected"),
    [
        ([], 90, None),
        ([7], 50, 7),
        ([7], 90, 7),
        ([1, 2], 50, 1),
        ([1, 2, 3], 50, 2),
        ([1, 2, 3, 4], 50, 2),
        (list(range(1, 11)), 90, 9),
        (list(range(1, 12)), 90, 10),
        (list(range(1, 101)), 90, 90),
        (list(range(1, 101)), 100, 100),
        (list(range(1, 101)), 1, 1),
        ([5, 5, 5, 5, 5, 5, 5, 5, 5, 60], 90, 5),
        ([5, 5, 5, 5, 5, 5, 5, 5, 60, 60], 90, 60),
    ],
)
def test_percentile_is_the_value_of_its_rank(values: list[int], percent: int, expected: int | None) -> None:
    assert percentile(values, percent) == expected


@given(st.lists(st.integers(0, 10**10), min_size=1), st.integers(1, 100))
def test_percentile_is_the_smallest_value_that_enough_of_them_do_not_exceed(values: list[int], percent: int) -> None:
    found = percentile(sorted(values), percent)

    def enough(limit: int) -> bool:
        return 100 * sum(value <= limit for value in values) >= percent * len(values)

    assert found in values
    assert found is not None
    assert enough(found)
    assert not any(enough(smaller) for smaller in values if smaller < found)


def test_a_spread_counts_what_it_is_of() -> None:
    assert Spread.of([3, 1, 2]) == Spread(count=3, median=2, p90=3)
    assert Spread.of([]) == Spread(count=0, median=None, p90=None)
