"""差评 in figures: how many were handled in time, and how many votes were excluded. Pure."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable
from dataclasses import dataclass, field

from server.hall.low_rating import Step
from server.store.redress import RatedLow


@dataclass(slots=True)
class RedressFigures:
    """`due` are the cases that were closed or should be by now; `in_time` those of them closed within their deadline.

    An excluded vote is in `opened` and `excluded` alone. `again` counts the second votes by level: they are the
    satisfaction of 回访 and in no other figure. `content` of `reached` citizens said on the phone that they are.
    """

    opened: int = 0
    excluded: int = 0
    due: int = 0
    in_time: int = 0
    open: int = 0
    overdue: int = 0
    founded: int = 0
    reached: int = 0
    content: int = 0
    again: Counter[int] = field(default_factory=Counter)

    def count(self, case: RatedLow, at: int) -> None:
        """`at`: now, in microseconds since 1970 UTC."""
        self.opened += 1
        if case.excluded:
            self.excluded += 1
            return
        if case.ended_at is not None or case.close_by <= at:
            self.due += 1
            self.in_time += case.ended_at is not None and case.ended_at <= case.close_by
        self.open += case.ended_at is None
        self.overdue += is_overdue(case, at)
        self.founded += any(taken["verdict"] is True for taken in case.history["steps"] if taken["step"] == Step.VERIFY)
        calls = [call for call in case.history["calls"] if call["reached"]]
        self.reached += bool(calls)
        self.content += bool(calls) and calls[-1]["content"] is True
        if case.again is not None:
            self.again[case.again] += 1


def redress_figures(cases: Iterable[RatedLow], at: int) -> RedressFigures:
    """Of all the cases given: those of a window, a clerk or a month are the caller's to choose."""
    found = RedressFigures()
    for case in cases:
        found.count(case, at)
    return found


def due_at(case: RatedLow) -> int:
    """When what comes next is late."""
    return case.verify_by if case.next == Step.VERIFY else case.close_by


def is_overdue(case: RatedLow, at: int) -> bool:
    return case.ended_at is None and due_at(case) <= at
