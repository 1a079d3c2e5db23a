"""How likely a run is: against every order there is, and against what is known of coins."""

from __future__ import annotations

from itertools import groupby, product
from math import isclose, prod

import pytest
from hypothesis import given
from hypothesis import strategies as st

from server.report.runs import chance_of_run

MIX = st.lists(st.integers(1, 9), min_size=1, max_size=4).map(lambda parts: [part / sum(parts) for part in parts])


def longest(order: tuple[int, ...]) -> int:
    return max((len(list(row)) for _, row in groupby(order)), default=0)


@given(MIX, st.integers(1, 6), st.integers(1, 7))
def test_it_is_the_share_of_all_orders_that_have_one(shares: list[float], votes: int, length: int) -> None:
    orders = product(range(len(shares)), repeat=votes)
    share = sum(prod(shares[level] for level in order) for order in orders if longest(order) >= length)
    assert isclose(chance_of_run(length, votes, shares), share, abs_tol=1e-12)


@pytest.mark.parametrize(
    ("length", "votes", "shares", "chance"),
    [
        (4, 4, [0.5, 0.5], 1 / 8),
        (7, 100, [0.5, 0.5], 0.542),  # Schilling, The Longest Run of Heads, 1990: of heads or tails
        (30, 30, [1.0], 1.0),
        (30, 1000, [0.9, 0.1], 0.99),
        (31, 30, [0.5, 0.5], 0.0),
        (60, 2000, [0.5, 0.5], 0.0),
    ],
)
def test_known_chances(length: int, votes: int, shares: list[float], chance: float) -> None:
    assert chance_of_run(length, votes, shares) == pytest.approx(chance, abs=0.006)


@given(MIX, st.integers(1, 300), st.integers(1, 40))
def test_it_is_a_probability_and_a_longer_run_is_never_likelier(shares: list[float], votes: int, length: int) -> None:
    chance, longer = (chance_of_run(n, votes, shares) for n in (length, length + 1))
    assert 0 <= longer <= chance + 1e-9 <= 1 + 1e-9
