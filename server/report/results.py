"""What came of a day's services: outcomes with their quantities, by window, clerk and service. Pure."""

from __future__ import annotations

from collections import Counter, defaultdict
from collections.abc import Iterable
from dataclasses import dataclass, field

from server.store.reports import DayLeg


@dataclass(slots=True)
class Results:
    """By `ResultKind`: in how many services it came to that, and the quantity (件数) of them together."""

    services: Counter[str] = field(default_factory=Counter)
    quantity: Counter[str] = field(default_factory=Counter)

    def count(self, leg: DayLeg) -> None:
        if leg.result is not None:
            self.services[leg.result] += 1
            self.quantity[leg.result] += leg.quantity or 0

    def add(self, other: Results) -> None:
        self.services.update(other.services)
        self.quantity.update(other.quantity)


@dataclass(frozen=True, slots=True)
class ResultFigures:
    """Only those that have any; the window and the clerk are the leg's."""

    total: Results
    windows: dict[int, Results]
    clerks: dict[str, Results]
    services: dict[str, Results]


def result_figures(legs: Iterable[DayLeg]) -> ResultFigures:
    total = Results()
    windows: defaultdict[int, Results] = defaultdict(Results)
    clerks: defaultdict[str, Results] = defaultdict(Results)
    services: defaultdict[str, Results] = defaultdict(Results)
    for leg in legs:
        if leg.result is None:
            continue
        total.count(leg)
        services[leg.service].count(leg)
        if leg.window is not None:
            windows[leg.window].count(leg)
        if leg.staff is not None:
            clerks[leg.staff].count(leg)
    return ResultFigures(total, dict(windows), dict(clerks), dict(services))
