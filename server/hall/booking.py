"""预约: the slots in which a service can be booked, and how early and late a citizen may come for one."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import time, timedelta


@dataclass(frozen=True, slots=True)
class Slot:
    """One stretch of every open day, local time, and how many can book it."""

    start: time
    end: time
    places: int


@dataclass(frozen=True, slots=True)
class BookingPlan:
    """`days_ahead`: the last day that can be booked, counted from today; today itself is 0.

    From `early` before its slot to `late` after the slot's start a booking has its priority. Whoever comes earlier
    waits for that; whoever comes later queues as everybody does.
    """

    slots: tuple[Slot, ...]
    days_ahead: int = 7
    early: timedelta = timedelta(minutes=10)
    late: timedelta = timedelta(minutes=15)

    def slot(self, start: time) -> Slot | None:
        """The slot that starts then."""
        return next((slot for slot in self.slots if slot.start == start), None)
