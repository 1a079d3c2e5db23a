"""预约, made before the day begins."""

from __future__ import annotations

from collections.abc import Callable
from datetime import UTC, datetime, timedelta
from functools import partial
from typing import Any

from server.simulate.crew import Crew
from server.simulate.floor import Floor
from server.simulate.visit import Booking, Visit, Way

_UNTIL_OPENING = 5.0
"""Seconds from the first booking to the day's beginning, at most about: a slot must still be to come when booked."""
_HANDS = 8


class Bookings:
    """Who has booked: the code to check in with and the appointment's id, by visit."""

    def __init__(self, floor: Floor) -> None:
        self._floor = floor
        self._slots: dict[str, list[str]] = {}
        self.codes: dict[int, str] = {}
        self.ids: dict[int, str] = {}

    def make(self) -> None:
        """A service's own slots where it has some left today, else a time by arrangement (延时) on the day's clock."""
        crew = Crew(_HANDS)
        opening = datetime.now(UTC) + timedelta(seconds=_UNTIL_OPENING)
        for visit in self._floor.plan.visits:
            if visit.way is Way.BOOKED and visit.booking is not None:
                crew.spawn(partial(self._book, visit, visit.booking, opening))
        crew.join()

    def _book(self, visit: Visit, booking: Booking, opening: datetime) -> None:
        after = self._floor.pace.real(booking.slot - self._floor.scene.opening)
        by_arrangement = (opening + timedelta(seconds=after)).isoformat()
        slots = self._slots_of(visit.service)
        start = slots[int(booking.pick * len(slots))] if slots else by_arrangement
        if not self._try(visit, start, None if slots else "extended") and slots:
            self._try(visit, by_arrangement, "extended")

    def _try(self, visit: Visit, start: str, mark: str | None) -> bool:
        body: dict[str, Any] = {"service": visit.service, "start": start, "mark": mark}
        body |= {"phone": f"139{visit.index:08d}", "name": "市民"}
        answer = self._floor.api.staff("appointments", body)
        if answer.ok:
            self.codes[visit.index], self.ids[visit.index] = answer.body["code"], answer.body["id"]
        return answer.ok

    def _slots_of(self, service: str) -> list[str]:
        if service not in self._slots:
            found = self._floor.api.look(f"services/{service}/slots")["slots"]
            self._slots[service] = [slot["start"] for slot in found if slot["left"] > 0]
        return self._slots[service]


def kept(bookings: Bookings, checked_in: dict[int, str], look: Callable[[str], Any]) -> list[str]:
    """What does not add up between the bookings made and the hall's list of them."""
    known = {facts["id"]: facts for facts in look("appointments")["appointments"]}
    problems = []
    for index, appointment in bookings.ids.items():
        facts, ticket = known.get(appointment), checked_in.get(index)
        state = "arrived" if ticket else "booked"
        # A time by arrangement may fall on the next business day, whose list this is not.
        if facts is not None and (facts["state"], facts["ticket"]) != (state, ticket):
            problems.append(
                f"booking {appointment} is {facts['state']} with {facts['ticket']}, not {state} with {ticket}"
            )
        elif facts is None and ticket is not None:
            problems.append(f"booking {appointment} became {ticket} and is not in the hall's list")
    return problems
