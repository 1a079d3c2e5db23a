"""Figures of votes: who stands where, by how many. Pure."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Mapping
from dataclasses import dataclass
from fractions import Fraction

from server.hall.evaluation import Level
from server.hall.votes import Votes


@dataclass(frozen=True, slots=True)
class Standing:
    """`rank` 1 is the best; equals share it; None: too few votes for a rank to mean anything."""

    key: str
    votes: Votes
    rank: int | None


def standings(groups: Mapping[str, Votes], rank_from: int, order: Callable[[str], object]) -> list[Standing]:
    """By satisfaction, the best first, and then those with fewer than `rank_from` votes; equals in their `order`."""
    satisfaction = {
        key: Fraction(votes.satisfied, votes.voted) for key, votes in groups.items() if votes.voted >= rank_from
    }

    def ranked() -> Iterator[Standing]:
        for key in sorted(satisfaction, key=lambda key: (-satisfaction[key], order(key))):
            better = sum(other > satisfaction[key] for other in satisfaction.values())
            yield Standing(key, groups[key], better + 1)

    few = sorted((key for key in groups if key not in satisfaction), key=order)  # type: ignore[arg-type]
    return [*ranked(), *(Standing(key, groups[key], None) for key in few)]


def unranked(groups: Mapping[str, Votes], order: Callable[[str], object]) -> list[Standing]:
    """What is compared with nobody: channels, days."""
    return [Standing(key, groups[key], None) for key in sorted(groups, key=order)]  # type: ignore[arg-type]


def together(groups: Mapping[str, Votes]) -> Votes:
    total = Votes()
    for votes in groups.values():
        total.add(votes)
    return total


def weighted_score(votes: Votes, points: Mapping[int, float]) -> float | None:
    """The mean of the points of all votes; None of no votes. Silence has no points and does not lower it."""
    if not votes.voted:
        return None
    return sum(points[level] * votes.levels[level] for level in Level) / votes.voted
