"""预约: one citizen's booked time, and the one ticket it turns into."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import datetime
from enum import StrEnum
from types import MappingProxyType

from server.hall.errors import IllegalBooking


class BookingState(StrEnum):
    BOOKED = "booked"
    ARRIVED = "arrived"
    DONE = "done"
    MISSED = "missed"
    CANCELLED = "cancelled"

    __hash__ = str.__hash__


class BookingVerb(StrEnum):
    MOVE = "move"
    ARRIVE = "arrive"
    CLOSE = "close"
    MISS = "miss"
    CANCEL = "cancel"

    __hash__ = str.__hash__


BOOKINGS: Mapping[tuple[BookingState, BookingVerb], BookingState] = MappingProxyType(
    {
        (BookingState.BOOKED, BookingVerb.MOVE): BookingState.BOOKED,
        (BookingState.BOOKED, BookingVerb.ARRIVE): BookingState.ARRIVED,
        (BookingState.BOOKED, BookingVerb.CLOSE): BookingState.DONE,
        (BookingState.BOOKED, BookingVerb.MISS): BookingState.MISSED,
        (BookingState.BOOKED, BookingVerb.CANCEL): BookingState.CANCELLED,
    }
)


class Mark(StrEnum):
    """HOME (上门): staff go there, so nobody checks in. EXTENDED (延时): outside the ordinary hours, by arrangement."""

    HOME = "home"
    EXTENDED = "extended"


@dataclass(slots=True)
class Appointment:
    """`code` is eight digits that the citizen keeps; `phone` the last four digits of their number, `person` a salted
    hash of who they are. `start` and `end` are the slot's instants.
    """

    id: str
    code: str
    service: str
    start: datetime
    end: datetime
    phone: str
    name: str
    person: str | None
    mark: Mark | None
    booked_at: datetime
    staff: str | None
    state: BookingState = BookingState.BOOKED
    ticket: str | None = None
    moved: int = 0

    def after(self, verb: BookingVerb) -> BookingState:
        """The state that `verb` leads to; raises IllegalBooking where the table has none."""
        try:
            return BOOKINGS[self.state, verb]
        except KeyError:
            raise IllegalBooking(state=self.state.value, verb=verb.value) from None
