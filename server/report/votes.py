"""The votes of a day, counted as 好差评 asks: silence is counted apart, as neither praise nor blame."""

from __future__ import annotations

from collections import Counter
from dataclasses import dataclass, field

from server.hall.evaluation import Level, Outcome

SATISFIED = (Level.EXCELLENT, Level.GOOD, Level.FAIR)
"""The first three levels count as satisfied (满意率＝前三级 ÷ 已评价)."""


@dataclass(slots=True)
class Votes:
    """How the evaluations that were opened stand: voted by level, 未评价, or still open."""

    levels: Counter[int] = field(default_factory=Counter)
    unrated: int = 0
    open: int = 0

    def count(self, outcome: str | None, level: int | None) -> None:
        """Take one leg's evaluation in; None when none was opened."""
        if outcome == Outcome.VOTED and level is not None:
            self.levels[level] += 1
        elif outcome == Outcome.UNRATED:
            self.unrated += 1
        elif outcome == Outcome.OPEN:
            self.open += 1

    def add(self, other: Votes) -> None:
        self.levels.update(other.levels)
        self.unrated += other.unrated
        self.open += other.open

    @property
    def voted(self) -> int:
        return self.levels.total()

    @property
    def satisfied(self) -> int:
        return sum(self.levels[level] for level in SATISFIED)
