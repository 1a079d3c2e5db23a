"""A small hall to try the domain on: two services, three windows, a clock that is told what time it is."""

from __future__ import annotations

from dataclasses import dataclass, field
from datetime import UTC, datetime, time, timedelta
from itertools import count
from typing import Any
from zoneinfo import ZoneInfo

from server.hall import Hall
from server.hall.booking import BookingPlan, Slot
from server.hall.commands import Command, OpenWindow
from server.hall.events import Event, Recorded
from server.hall.plan import HallPlan, Overflow, Quota, Service, WindowPlan
from server.hall.priority import APPOINTMENT, ORDINARY, Policy, Priorities, PriorityClass
from server.hall.rules import PaperRange, Rules
from server.hall.window import Clerk

SHANGHAI = ZoneInfo("Asia/Shanghai")
MONDAY_9 = datetime(2026, 11, 23, 1, 0, tzinfo=UTC)
"""Monday, 09:00 in Shanghai."""

CHEN = Clerk("chen", "陈晓兰", "0307", "社保医保经办岗")


def small_plan(**changes: Any) -> HallPlan:
    """Window 1 handles everything, 2 only A's service, 3 only B's."""
    parts: dict[str, Any] = {
        "id": "small",
        "zone": SHANGHAI,
        "services": {"insurance": Service("insurance", "A"), "residence": Service("residence", "B")},
        "windows": {
            1: WindowPlan(1, ("insurance", "residence")),
            2: WindowPlan(2, ("insurance",)),
            3: WindowPlan(3, ("residence",)),
        },
        "reasons": frozenset({"108", "207", "214", "517"}),
    }
    return HallPlan(**(parts | changes))


def full_plan(**changes: Any) -> HallPlan:
    """The same hall with all its rules: classes, bookings every hour, a quota, numbers on paper, a reserved window and
    one that helps.
    """
    slots = tuple(Slot(time(hour), time(hour, 30), 2) for hour in range(1, 23))
    booking = BookingPlan(slots, days_ahead=2)
    parts: dict[str, Any] = {
        "services": {
            "insurance": Service("insurance", "A", Quota(day=40, span=30), booking),
            "residence": Service("residence", "B"),
        },
        "windows": {
            1: WindowPlan(1, ("insurance", "residence"), weights={"residence": 2}),
            2: WindowPlan(2, ("insurance",), classes=frozenset({"elderly"}), others_when_free=True),
            3: WindowPlan(3, ("residence",), overflow=(Overflow("insurance", waiting=2),)),
        },
        "priorities": Priorities(
            (PriorityClass(ORDINARY), PriorityClass(APPOINTMENT, 1), PriorityClass("elderly", 1)),
            Policy(most_passed=2, ageing=timedelta(hours=2)),
        ),
        "rules": Rules(paper=PaperRange(6, 9)),
    }
    return small_plan(**(parts | changes))


@dataclass
class SmallHall:
    """A hall with its log. `do` gives a command at the present time and raises what the hall refuses with."""

    plan: HallPlan = field(default_factory=small_plan)
    now: datetime = MONDAY_9
    log: list[Recorded] = field(default_factory=list)

    def __post_init__(self) -> None:
        self.hall = Hall(self.plan)
        self._nonces = (f"nonce{n}" for n in count())

    def asked(self, window: int) -> str:
        """The token of the latest evaluation that a window's pad was told to ask for; "" when it was told of none."""
        evaluation = self.state.windows[window].evaluation
        return evaluation.token if evaluation else ""

    @property
    def state(self) -> Any:
        return self.hall.state

    def do(self, command: Command[Any]) -> Any:
        reply = self.hall.handle(command, self.now, next(self._nonces))
        self.log += reply.events
        if reply.error is not None:
            raise reply.error
        return reply.answer

    def open(self, *windows: int, clerk: Clerk = CHEN) -> None:
        """One person at all of them, as a leader may."""
        for window in windows:
            self.do(OpenWindow(window, clerk, several=True))

    def wait(self, seconds: float) -> None:
        self.now += timedelta(seconds=seconds)

    def events(self, kind: type[Event]) -> list[Any]:
        return [recorded.event for recorded in self.log if isinstance(recorded.event, kind)]

    def replayed(self) -> Hall:
        """A fresh hall that was told nothing but the log."""
        fresh = Hall(self.plan)
        for recorded in self.log:
            fresh.apply(recorded)
        return fresh
