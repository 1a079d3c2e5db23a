"""One citizen after the other, drawn from the shares."""

from __future__ import annotations

import random
from collections.abc import Mapping

from server.simulate import shares
from server.simulate.scene import Scene
from server.simulate.visit import Absence, Booking, Detour, Goal, Hold, Missing, Punctual, Visit, Vote, Way

_LEGS = 6
_SPREAD = 0.5
_LONGEST = 4.0
_HOLDS = ("with_papers", "without_papers", "waiting")
_ORDERS = ("first", "kept", "last")
_LEVELS = {5: 70, 4: 17, 3: 8, 2: 3, 1: 2}
_PUNCTUAL = {Punctual.ON_TIME: 60, Punctual.EARLY: 20, Punctual.LATE: 10, Punctual.NEVER: 10}
_MISSING = {Missing.GONE: 45, Missing.LATER: 35, Missing.AT_ONCE: 10, Missing.NOT_NOW: 10}
_FROM_SLOT = {
    Punctual.ON_TIME: (-8.0, 2.0),
    Punctual.EARLY: (-60.0, -15.0),
    Punctual.LATE: (16.0, 45.0),
    Punctual.NEVER: (0.0, 0.0),
}


class CitizenDice:
    """`mix`: how often each service is asked for; `medians`: the minutes that half of its visits take at most."""

    def __init__(
        self, dice: random.Random, scene: Scene, mix: Mapping[str, float], medians: Mapping[str, float]
    ) -> None:
        self._dice = dice
        self._scene = scene
        self._mix = mix
        self._medians = medians

    def draw(self, index: int, minute: float) -> Visit:
        way, service = self._way(), self._service()
        booking = self._booking(minute) if way is Way.BOOKED else None
        comes = minute if booking is None else max(self._scene.opening, self._comes(booking))
        walks_in, at_kiosk = way is not Way.DIRECT, way is Way.KIOSK
        return Visit(
            index=index,
            minute=comes,
            service=service,
            way=way,
            minutes=tuple(self._takes(service) for _ in range(_LEGS)),
            votes=tuple(self._vote() for _ in range(_LEGS)),
            then=self._then(service) if self._happens(shares.COMBINED) and at_kiosk else (),
            priority=self._priority() if at_kiosk else None,
            booking=booking,
            absence=self._absence() if self._happens(shares.ABSENT) and walks_in else None,
            hold=self._hold() if self._happens(shares.HELD) else None,
            detour=self._detour() if self._happens(shares.TRANSFERRED) else None,
            cancels_after=self._dice.uniform(1, 20) if self._happens(shares.CANCELLED) and at_kiosk else None,
            recalls=self._dice.randint(1, 2) if self._happens(shares.RECALLED) else 0,
            hurries=self._happens(shares.HURRIED),
            by_call=self._happens(shares.FINISHED_BY_CALL),
            regret=self._happens(shares.REGRETTED),
        )

    def _happens(self, share: float) -> bool:
        return self._dice.random() < share

    def _way(self) -> Way:
        walk_in = 1 - shares.DIRECT - shares.BOOKED
        return self._dice.choices((Way.KIOSK, Way.BOOKED, Way.DIRECT), (walk_in, shares.BOOKED, shares.DIRECT))[0]

    def _service(self) -> str:
        return self._dice.choices([*self._mix], [*self._mix.values()])[0]

    def _then(self, service: str) -> tuple[str, ...]:
        others = [code for code in self._mix if code != service]
        return tuple(self._dice.sample(others, min(len(others), self._dice.choice((1, 1, 2)))))

    def _priority(self) -> str | None:
        with_classes = self._scene.classes and self._happens(shares.PRIORITY)
        return self._dice.choice(self._scene.classes) if with_classes else None

    def _takes(self, service: str) -> float:
        """Log-normal, as services are: most are short and a few are very long."""
        return self._medians[service] * min(_LONGEST, self._dice.lognormvariate(0, _SPREAD))

    def _vote(self) -> Vote | None:
        if self._happens(shares.SILENT):
            return None
        level = None if self._happens(shares.DECLINED) else self._dice.choices([*_LEVELS], [*_LEVELS.values()])[0]
        return Vote(level, self._dice.uniform(0.05, 0.15))

    def _booking(self, slot: float) -> Booking:
        punctual = self._dice.choices([*_PUNCTUAL], [*_PUNCTUAL.values()])[0]
        return Booking(slot, punctual, self._dice.random())

    def _comes(self, booking: Booking) -> float:
        return booking.slot + self._dice.uniform(*_FROM_SLOT[booking.punctual])

    def _absence(self) -> Absence:
        why = self._dice.choices([*_MISSING], [*_MISSING.values()])[0]
        return Absence(why, self._dice.uniform(3, 25))

    def _hold(self) -> Hold:
        kind = self._dice.choice(_HOLDS)
        return Hold(kind, self._dice.uniform(5, 25), kind == "waiting" and self._happens(0.4), self._dice.random())

    def _detour(self) -> Detour:
        goal = self._dice.choices((Goal.SERVICE, Goal.WINDOW, Goal.CLERK), (60, 25, 15))[0]
        return Detour(goal, self._dice.random(), self._dice.choice(_ORDERS), self._happens(0.3))
