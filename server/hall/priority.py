"""优先类别 and the policy by which their lines take turns."""

from __future__ import annotations

from dataclasses import dataclass, field
from datetime import timedelta

ORDINARY = "ordinary"
"""The priority class of everybody who has no other."""
APPOINTMENT = "appointment"
"""The priority class of those who booked, at their time."""


@dataclass(frozen=True, slots=True)
class PriorityClass:
    """Higher levels go first. The proof of a class that has one is looked at at the window."""

    code: str
    level: int = 0


@dataclass(frozen=True, slots=True)
class Policy:
    """How the heads of a window's lines take turns.

    The higher level first, among equals whose turn counts from earlier. `ageing`: a ticket rises by one level each time
    it has waited that long, up to the highest there is. `most_passed`: nobody at the head of a line is passed over by
    more than so many younger tickets, whatever their levels; two is 二比一, two with priority to one without.
    """

    most_passed: int = 10
    ageing: timedelta | None = None


@dataclass(frozen=True, slots=True)
class Priorities:
    """The hall's classes and its policy. A class that the configuration lost counts as an ordinary one."""

    classes: tuple[PriorityClass, ...] = (PriorityClass(ORDINARY),)
    policy: Policy = Policy()
    _levels: dict[str, int] = field(init=False, repr=False, compare=False)

    def __post_init__(self) -> None:
        object.__setattr__(self, "_levels", {known.code: known.level for known in self.classes})

    def __contains__(self, code: str) -> bool:
        return code in self._levels

    @property
    def highest(self) -> int:
        return max(self._levels.values())

    def level(self, code: str) -> int:
        return self._levels.get(code, 0)
