"""What can still be booked. Pure."""

from __future__ import annotations

from datetime import UTC, date, datetime

from server.hall.decisions.booking import booked, find_slot
from server.hall.errors import UnknownSlot
from server.hall.state import HallState
from server.messages import SlotOut


def free_slots(state: HallState, code: str, day: date, now: datetime) -> list[SlotOut]:
    """The slots of a service on `day` that can be booked at `now`, with the places left. Raises UnknownService."""
    service = state.service(code)
    found = []
    for slot in service.booking.slots if service.booking else ():
        start = datetime.combine(day, slot.start, state.plan.zone).astimezone(UTC)
        end = datetime.combine(day, slot.end, state.plan.zone).astimezone(UTC)
        try:
            find_slot(state, service, start, now, by_arrangement=False)
        except UnknownSlot:
            continue
        left = max(0, slot.places - booked(state, code, start))
        found.append(SlotOut(start=start.isoformat(), end=end.isoformat(), places=slot.places, left=left))
    return found
