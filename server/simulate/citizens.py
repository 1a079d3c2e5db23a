"""Citizens on their own: at the kiosk, on the phone, in front of the evaluator."""

from __future__ import annotations

from dataclasses import dataclass
from functools import partial
from typing import Any

from server.simulate.book import Record
from server.simulate.errors import HallRefused
from server.simulate.floor import Floor
from server.simulate.visit import Visit, Vote, Way

_HOME = frozenset({"hall_closed", "quota_used", "service_suspended", "person_limit", "person_has_number"})
"""No number today: the citizen goes home."""
_TO_RETRY = 3


@dataclass(frozen=True, slots=True)
class Asked:
    """A citizen in front of the evaluator of `window`, after `leg`. `finishes`: how many legs had ended by then."""

    record: Record
    leg: int
    finishes: int
    window: int
    vote: Vote


class Citizens:
    """`codes`: the code of each booking, by the visit that it is for; `checked_in`: the number that it became."""

    def __init__(self, floor: Floor) -> None:
        self._floor = floor
        self.codes: dict[int, str] = {}
        self.turned_away = 0
        self.checked_in: dict[int, str] = {}

    def come(self, visit: Visit) -> None:
        if visit.way is Way.DIRECT:
            self._floor.doorstep.append(visit)
        elif visit.index not in self.codes or not self._check_in(visit):
            self._take_number(visit)

    def come_back(self, record: Record) -> None:
        """续号 at the kiosk; where that is for clerks alone, by one of them; too late, and the number is void."""
        floor = self._floor
        with floor.alone(record):
            if record.state != "no_show":
                return
            answer = floor.api.kiosk(f"tickets/{record.id}/rejoin", {})
            if answer.code == "rejoin_at_desk":
                answer = floor.api.staff(f"tickets/{record.id}/rejoin", {"last": False})
            if answer.ok:
                floor.book.rejoined(record)

    def cancel(self, record: Record) -> None:
        """By phone, while it still waits: whoever has been called meanwhile is refused."""
        floor = self._floor
        with floor.alone(record):
            if record.state == "waiting" and record.path and floor.api.phone(f"{record.path}/cancel").ok:
                floor.book.cancelled(record)

    def rate(self, asked: Asked) -> None:
        """At the window's evaluator, if it still asks this citizen, and about this leg."""
        floor, record, level = self._floor, asked.record, asked.vote.level
        shown = floor.api.evaluation(asked.window)
        if shown is None or shown["ticket"]["number"] != record.number:
            return
        with floor.alone(record):
            if record.finishes != asked.finishes:
                return
            if floor.api.vote(shown["token"], level).ok and level is not None:
                floor.book.voted(record, asked.leg, level)

    def _check_in(self, visit: Visit) -> bool:
        """False when the hall does not know the booking for today: then a number must do."""
        floor = self._floor
        with floor.asking():
            answer = floor.api.kiosk("check-in", {"ref": self.codes[visit.index]})
            if not answer.ok:
                return False
            record = floor.issued(answer.body, visit)
        self.checked_in[visit.index] = record.id
        return True

    def _take_number(self, visit: Visit) -> None:
        floor = self._floor
        body: dict[str, Any] = {"service": visit.service, "then": list(visit.then), "priority": visit.priority}
        with floor.asking():
            for _ in range(_TO_RETRY):
                answer = floor.api.kiosk("tickets", body)
                if answer.ok or answer.code in _HOME:
                    break
                self._do_as_told(answer.code, body, visit)
            if not answer.ok:
                self.turned_away += 1
                return
            record = floor.issued(answer.body, visit)
        if visit.cancels_after is not None:
            floor.agenda.add(floor.pace.minute + visit.cancels_after, partial(self.cancel, record))

    def _do_as_told(self, code: str, body: dict[str, Any], visit: Visit) -> None:
        if code == "identity_needed":
            body["person"] = f"simulated-{visit.index}"
        elif code == "unknown_priority":
            body["priority"] = None
        elif code == "device_unknown":
            raise HallRefused("the kiosk's token is not known to the hall")
