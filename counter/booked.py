"""How many bookings of today are still to come, for the desks."""

from __future__ import annotations

from collections import Counter
from datetime import UTC, datetime

from server.hall.appointment import BookingState
from server.hall.calendar import business_day, end_of_day, start_of_day
from server.hall.state import HallState


class BookedToday:
    """Counted once for all desks after each change of the hall, not once for each of them."""

    def __init__(self) -> None:
        self._counted: tuple[int, datetime] | None = None
        self._by_service: Counter[str] = Counter()

    def expected(self, state: HallState, services: tuple[str, ...], now: datetime) -> int:
        """How many have booked one of these services for today and have not come yet."""
        day = business_day(now, state.plan.zone)
        # In UTC, as the bookings are: comparing across zones costs ten times as much.
        start, end = (edge(day, state.plan.zone).astimezone(UTC) for edge in (start_of_day, end_of_day))
        if self._counted != (state.seq, start):
            self._counted = (state.seq, start)
            self._by_service = Counter(
                known.service
                for known in state.appointments.values()
                if known.state is BookingState.BOOKED and start <= known.start < end
            )
        return sum(self._by_service[service] for service in services)
