"""The votes of a group, counted as 好差评 asks: silence is counted apart, as neither praise nor blame."""

from __future__ import annotations

from dataclasses import dataclass, field

from server.hall.evaluation import Level, Outcome
from server.hall.low_rating import LOW

SATISFIED = (Level.EXCELLENT, Level.GOOD, Level.FAIR)
"""The first three levels count as satisfied (满意率＝前三级 ÷ 已评价)."""


@dataclass(slots=True)
class Votes:
    """How the evaluations that were opened stand: voted by level, 未评价, or still open. `levels[5]` are those of 5."""

    levels: list[int] = field(default_factory=lambda: [0] * 6)
    unrated: int = 0
    open: int = 0

    def count(self, outcome: str | None, level: int | None, times: int = 1) -> None:
        """Take so many evaluations in; None when none was opened."""
        if outcome == Outcome.VOTED and level is not None:
            self.levels[level] += times
        elif outcome == Outcome.UNRATED:
            self.unrated += times
        elif outcome == Outcome.OPEN:
            self.open += times

    def add(self, other: Votes) -> None:
        self.levels = [mine + theirs for mine, theirs in zip(self.levels, other.levels, strict=True)]
        self.unrated += other.unrated
        self.open += other.open

    @property
    def voted(self) -> int:
        return sum(self.levels)

    @property
    def asked(self) -> int:
        """One that was taken back with its finish was asked for by mistake, and is counted nowhere."""
        return self.voted + self.unrated + self.open

    @property
    def satisfied(self) -> int:
        return sum(self.levels[level] for level in SATISFIED)

    @property
    def low(self) -> int:
        return sum(self.levels[level] for level in LOW)
