"""A day decided by a seed: who comes, for what, what goes wrong, and how fast each clerk is. Pure."""

from __future__ import annotations

import random
from collections.abc import Mapping
from dataclasses import dataclass

from server.simulate.arrivals import arrival_minutes
from server.simulate.citizen_dice import CitizenDice
from server.simulate.scene import Scene
from server.simulate.visit import Visit

_BUSY = 0.7
_ORDINARY_MINUTES = (3.0, 9.0)
_CLERKS_DIFFER = 0.18
_SERVICES_DIFFER = 0.25
_PAUSES_A_DAY = 1.5
_PAUSE_MINUTES = (4.0, 15.0)
_REASONS = ("取件", "系统维护", "短暂离开")


@dataclass(frozen=True, slots=True)
class Pause:
    """暂停服务 at a window, from `minute` on."""

    window: int
    minute: float
    minutes: float
    reason: str


@dataclass(frozen=True, slots=True)
class DayPlan:
    """`paces`: how long each window's clerk takes, relative to an ordinary one. `scale`: what all work at the windows
    was multiplied by, so that this hall can serve so many; 1 where it can anyway.
    """

    visits: tuple[Visit, ...]
    pauses: tuple[Pause, ...]
    paces: Mapping[int, float]
    scale: float


def plan_day(scene: Scene, visits: int, seed: int) -> DayPlan:
    """The same scene, count and seed give the same day."""
    dice = random.Random(seed)  # noqa: S311 — a day that can be played again, nothing secret
    mix = {code: weight * dice.lognormvariate(0, _SERVICES_DIFFER) for code, weight in _capacity(scene).items()}
    medians = {code: dice.uniform(*_ORDINARY_MINUTES) for code in mix}
    paces = {number: dice.lognormvariate(0, _CLERKS_DIFFER) for number in scene.windows}
    needed = visits * sum(mix[code] * medians[code] for code in mix) / sum(mix.values())
    scale = min(1.0, _BUSY * len(scene.windows) * scene.open_minutes / needed) if visits else 1.0
    citizens = CitizenDice(dice, scene, mix, {code: median * scale for code, median in medians.items()})
    minutes = arrival_minutes(dice, visits, scene.spans)
    return DayPlan(
        visits=tuple(citizens.draw(index, minute) for index, minute in enumerate(minutes)),
        pauses=tuple(_pauses(dice, scene)),
        paces=paces,
        scale=scale,
    )


def _capacity(scene: Scene) -> dict[str, float]:
    """A hall has grown with its citizens: each service is asked for as much as there are windows for it."""
    weights = dict.fromkeys(scene.services, 0.0)
    for handled in scene.windows.values():
        for code in handled:
            weights[code] += 1 / len(handled)
    return weights


def _pauses(dice: random.Random, scene: Scene) -> list[Pause]:
    found = []
    for number in scene.windows:
        for _ in range(int(_PAUSES_A_DAY + dice.random())):
            start, end = dice.choice(scene.spans)
            minute, minutes = dice.uniform(start, end), dice.uniform(*_PAUSE_MINUTES)
            found.append(Pause(number, minute, minutes, dice.choice(_REASONS)))
    return sorted(found, key=lambda pause: pause.minute)
