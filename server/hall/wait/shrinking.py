"""Means of few observations, drawn towards what is known of all: empirical Bayes."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass


@dataclass(slots=True)
class Tally:
    """How many, their sum and the sum of their squares, older ones counting less."""

    count: float = 0.0
    total: float = 0.0
    squares: float = 0.0

    def add(self, value: float) -> None:
        self.count += 1
        self.total += value
        self.squares += value * value

    def fade(self, share: float) -> None:
        self.count *= share
        self.total *= share
        self.squares *= share

    @property
    def mean(self) -> float:
        return self.total / self.count if self.count else 0.0

    @property
    def scatter(self) -> float:
        """The sum of the squared distances from the mean."""
        return max(0.0, self.squares - self.total * self.mean)


def between(groups: Iterable[tuple[float, float]], within: float, least: float) -> float:
    """The variance of the groups' true means, from (count, mean about 0) of each and the variance `within` one.

    By the method of moments; never below `least`.
    """
    weight = excess = 0.0
    for count, mean in groups:
        weight += count
        excess += count * mean * mean - within
    return max(least, excess / weight) if weight else least


def shrunk(count: float, mean: float, within: float, spread: float) -> float:
    """The mean of a group about 0, given the variance within it and that between groups."""
    return mean * count / (count + within / spread)
