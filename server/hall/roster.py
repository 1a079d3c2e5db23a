"""值班: who answers for the hall on a day."""

from __future__ import annotations

from dataclasses import dataclass, field
from enum import StrEnum

LONGEST_NAME = 40
"""Characters of a name, a post or a telephone number."""
MOST_DUTIES = 200


class DutyRole(StrEnum):
    """LEADER 值班领导, SHIFT_LEADER 带班领导, WINDOW 值班窗口."""

    LEADER = "leader"
    SHIFT_LEADER = "shift_leader"
    WINDOW = "window"

    __hash__ = str.__hash__


@dataclass(frozen=True, slots=True)
class Duty:
    """One person on duty. `photo` is a photo's id; `window` is where they sit, for the role of that name alone, whose
    `name` may be left open.
    """

    role: DutyRole
    name: str
    post: str = ""
    phone: str = ""
    photo: str | None = None
    window: int | None = None


@dataclass(frozen=True, slots=True)
class Roster:
    """Everybody on duty on one day, in the order in which screens show them.

    `revision` is the event that set it; 0 stands for a day that nobody has set.
    """

    duties: tuple[Duty, ...]
    revision: int = field(default=0, compare=False)
