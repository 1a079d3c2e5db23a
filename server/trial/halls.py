"""The halls that estimates of waits are tried on: one trait each, and all of them together.

`worlds` are those that the method was made on and that tests hold it to; `unseen` are others in every respect, by which
no choice was ever made: `make bench` and `jiaohao simulate --forecast` report on them.
"""

from __future__ import annotations

from collections.abc import Mapping
from datetime import time, timedelta
from random import Random
from string import ascii_uppercase
from typing import Any
from zoneinfo import ZoneInfo

from server.hall.booking import BookingPlan, Slot
from server.hall.calendar import Hours, Span
from server.hall.plan import HallPlan, Service, WindowPlan
from server.hall.priority import APPOINTMENT, ORDINARY, Policy, Priorities, PriorityClass
from server.trial.world import World

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


def world(
    name: str,
    *,
    load: float = 0.95,
    hours: Hours = _THROUGH,
    speeds: float = 0.0,
    means: Mapping[str, float] = _MEANS,
    skills: Mapping[int, tuple[str, ...]] = _SKILLS,
    priorities: Priorities = _CLASSES,
    **changes: Any,
) -> World:
    """`load`: the share of the windows' time that the day's citizens take; `speeds`: how differently clerks work;
    `means`: the minutes of each service; `skills`: what each window handles.
    """
    random = Random(name)  # noqa: S311 — nothing secret, and always the same
    booked = changes.get("booked", {"property": ()})
    plan = HallPlan(
        id=name,
        zone=ZoneInfo("Asia/Shanghai"),
        services={
            code: Service(code, letter, booking=BookingPlan(_SLOTS) if code in booked else None)
            for code, letter in zip(means, ascii_uppercase, strict=False)
        },
        windows={number: WindowPlan(number, services) for number, services in skills.items()},
        hours=hours,
        priorities=priorities,
    )
    speed = {number: random.lognormvariate(0, speeds) if speeds else 1.0 for number in skills}
    usual = {(code, number): mean * 0.835 * speed[number] for code, mean in means.items() for number in skills}
    return World(name=name, plan=plan, usual=usual, rates=_rates(load, means, skills), **changes)


def _rates(
    load: float, means: Mapping[str, float], skills: Mapping[int, tuple[str, ...]]
) -> Mapping[str, Mapping[int, float]]:
    """Citizens an hour so that each service's share of the windows is used to `load` on average."""
    hours_of = {code: sum(1 / len(known) for known in skills.values() if code in known) for code in means}
    shares = {code: hours_of[code] * 60 / (means[code] + 0.3) * load for code in means}
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


_NOON = Hours((Span(time(8, 30), time(11, 30)), Span(time(13, 30), time(17))), early=timedelta(minutes=20))
_RANKS = Priorities(
    (PriorityClass(ORDINARY), PriorityClass("elderly", 1), PriorityClass(APPOINTMENT, 1), PriorityClass("military", 2)),
    Policy(most_passed=3),
)
_TOWN: dict[str, Any] = {
    "means": {"social": 5.0, "household": 7.5, "land": 12.0, "licence": 20.0, "fees": 3.0},
    "skills": {
        1: ("social", "household", "fees"),
        2: ("social", "fees"),
        3: ("household",),
        4: ("land", "licence"),
        5: ("land",),
        6: ("licence",),
        7: ("social", "household", "land", "licence", "fees"),
        8: ("fees", "licence"),
        9: ("household", "land"),
    },
    "scatter": 0.75,
    "missing": 0.09,
    "lost": (0.5, 1.0, 3.0),
}
_FIRST: dict[str, Any] = {
    "priorities": _RANKS,
    "classes": {"elderly": 0.1, "military": 0.06},
    "booked": {"land": [slot.start for slot in _SLOTS], "licence": [slot.start for slot in _SLOTS]},
    "shows": 0.7,
    "early": (-25.0, -12.0, -5.0, 0.0, 3.0, 12.0),
}
_LOOSE: dict[str, Any] = {
    "came": {2: (0, 15), 4: (0, 3, 6, 12), 5: (0, None), 7: (0, 0, 8, 25), 9: (None, 5, 5, 0)},
    "left": (-8, -2, 0, 0, 10),
}


def unseen() -> list[World]:
    return [
        world("town skills", load=0.92, **_TOWN),
        world("town lunch", load=0.85, hours=_NOON, **_TOWN, **_LOOSE),
        world("town priority", load=0.9, **_TOWN, **_FIRST),
        world("town speeds", load=0.85, speeds=0.55, slow=(0.15, 1.6, 120.0), **_TOWN),
        world(
            "town everything",
            load=0.6,
            speeds=0.3,
            slow=(0.4, 2.5, 45.0),
            hours=_NOON,
            break_share=0.05,
            breaks=(4.0, 8.0, 20.0),
            announced=False,
            **_TOWN,
            **_FIRST,
            **_LOOSE,
        ),
    ]
