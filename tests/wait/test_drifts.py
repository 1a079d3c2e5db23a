"""What a service that is still under way tells of how fast its window is today."""

from __future__ import annotations

from math import log, sqrt
from random import Random
from statistics import fmean

import pytest

from server.hall.wait.drifts import Drifts

MINUTE = 60_000_000
SCATTER = 0.36


def spells() -> Drifts:
    """A hall whose windows are slow or fast for hours: what follows each other is alike."""
    drifts, random = Drifts(), Random(1)
    for _ in range(12):
        drifts.new_day()
        for window in range(6):
            slow = random.choice((-0.4, 0.4))
            for turn in range(20):
                drifts.add(window, turn * 10 * MINUTE, slow + random.gauss(0, 0.4), SCATTER)
    drifts.new_day()
    return drifts


def expected(drifts: Drifts, longer: float | None) -> float:
    """The mean logarithm of how many times as long as usual everything takes at a window that nothing else tells of."""
    return fmean(log(drifts.path(1, 0, longer, SCATTER, Random(seed))[0][1]) for seed in range(3000))


@pytest.mark.parametrize("longer", [-0.5, 0.2, 1.0])
def test_it_has_at_least_that_surprise_and_perhaps_a_greater_one(longer: float) -> None:
    drifts, random = spells(), Random(2)
    spread = drifts.spread
    noise = max(SCATTER - spread, SCATTER / 4)
    drawn = [random.gauss(0, sqrt(spread)) for _ in range(60_000)]
    those = [drift for drift in drawn if drift + random.gauss(0, sqrt(noise)) >= longer]
    assert expected(drifts, longer) == pytest.approx(fmean(those), abs=0.04)


def test_nothing_under_way_tells_nothing() -> None:
    assert expected(spells(), None) == pytest.approx(0.0, abs=0.03)
