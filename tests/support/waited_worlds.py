"""The halls that estimates of waits are tried on: one trait each, and all of them together."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import time, timedelta
from random import Random
from typing import Any
from zoneinfo import ZoneInfo

from played_hall import World

from server.hall.booking import BookingPlan, Slot
from server.hall.calendar import Hours, Span
from server.hall.plan import HallPlan, Service, WindowPlan
from server.hall.priority import APPOINTMENT, ORDINARY, Policy, Priorities, PriorityClass

_LUNCH = Hours((Span(time(8), time(12)), Span(time(14), time(17, 30))), early=timedelta(minutes=15))
_THROUGH = Hours((Span(time(8), time(17)),))
_DAY = {8: 1.2, 9: 1.35, 10: 1.1, 11: 0.8, 12: 0.3, 13: 0.6, 14: 1.3, 15: 1.1, 16: 0.6}
_SLOTS = tuple(
    Slot(time(hour, minute), time(hour + minute // 30, (minute + 30) % 60), 2)
    for hour in (9, 10, 14, 15)
    for minute in (0, 30)
)
_CLASSES = Priorities(
    (PriorityClass(ORDINARY), PriorityClass(APPOINTMENT, 1), PriorityClass("elderly", 1)), Policy(most_passed=2)
)
_MEANS = {"insurance": 6.0, "residence": 9.0, "property": 16.0, "tax": 4.0}
_SKILLS = {
    1: ("insurance", "residence", "property", "tax"),
    2: ("insurance",),
    3: ("insurance", "tax"),
    4: ("residence",),
    5: ("property", "residence"),
    6: ("property",),
    7: ("tax", "insurance"),
}


def world(name: str, *, load: float = 0.95, hours: Hours = _THROUGH, speeds: float = 0.0, **changes: Any) -> World:
    """`load`: the share of the windows' time that the day's citizens take; `speeds`: how differently clerks work."""
    random = Random(name)
    plan = HallPlan(
        id=name,
        zone=ZoneInfo("Asia/Shanghai"),
        services={
            code: Service(code, letter, booking=BookingPlan(_SLOTS) if code == "property" else None)
            for code, letter in zip(_MEANS, "ABCD", strict=True)
        },
        windows={number: WindowPlan(number, services) for number, services in _SKILLS.items()},
        hours=hours,
        priorities=_CLASSES,
    )
    speed = {number: random.lognormvariate(0, speeds) if speeds else 1.0 for number in _SKILLS}
    usual = {(code, number): mean * 0.835 * speed[number] for code, mean in _MEANS.items() for number in _SKILLS}
    return World(name=name, plan=plan, usual=usual, rates=_rates(load), **changes)


def _rates(load: float) -> Mapping[str, Mapping[int, float]]:
    """Citizens an hour so that each service's share of the windows is used to `load` on average."""
    hours_of = {code: sum(1 / len(known) for known in _SKILLS.values() if code in known) for code in _MEANS}
    shares = {code: hours_of[code] * 60 / (_MEANS[code] + 0.3) * load for code in _MEANS}
    return {code: {hour: share * factor for hour, factor in _DAY.items()} for code, share in shares.items()}


_PRIORITY: dict[str, Any] = {"classes": {"elderly": 0.15}, "booked": {"property": [slot.start for slot in _SLOTS]}}
_LATE: dict[str, Any] = {
    "came": {1: (0, 5, 10, 20), 2: (0, 0, 5), 3: (0, 0, 3, 30), 4: (0, 2, 5), 5: (None, 0, 10, 5, 0), 6: (0, 4, 8)},
    "left": (-5, 0, 0, 5),
}
_SLOW = (0.25, 2.0, 75.0)


def worlds() -> list[World]:
    return [
        world("skills"),
        world("lunch", load=0.9, hours=_LUNCH, **_LATE),
        world("priority", **_PRIORITY),
        world("speeds", speeds=0.4, slow=_SLOW, load=0.88),
        world("all", speeds=0.35, slow=_SLOW, load=0.82, hours=_LUNCH, break_share=0.03, **_PRIORITY, **_LATE),
    ]
