"""How likely a long run of equal votes is when nothing but chance orders them. Pure."""

from __future__ import annotations

from collections.abc import Sequence


def chance_of_run(length: int, votes: int, shares: Sequence[float]) -> float:
    """The probability that among `votes`, each drawn by itself with these `shares`, some run has `length` or more.

    Exact, not an estimate: runs of every level count, wherever they stand. `shares` add up to 1. It takes time in
    proportion to votes × levels.
    """
    if length > votes:
        return 0.0
    if length <= 1:
        return 1.0
    # Of each level: the chance that a run of it begins at each place, and that one stands at the last place looked at,
    # both without any long run before.
    begins = [[share] for share in shares]
    stands = list(shares)
    long = [share ** (length - 1) for share in shares]
    reached = 0.0
    for place in range(1, votes):
        oldest = place - length + 1
        grown = [begun[oldest] * power if oldest >= 0 else 0.0 for begun, power in zip(begins, long, strict=True)]
        reached += sum(grown)
        whole = sum(stands)
        for level, share in enumerate(shares):
            begun = share * (whole - stands[level])
            begins[level].append(begun)
            stands[level] = begun + share * stands[level] - grown[level]
    return min(1.0, reached)
