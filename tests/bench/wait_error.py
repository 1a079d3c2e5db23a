"""Wait estimates: how much they err on halls of known parameters, beside an oracle and the old rules; what one costs.

The bare limit of each error is that of an oracle which knows all parameters, and how fast each window is, but no draw.
The halls are such as nothing of the method was chosen by.
"""

from __future__ import annotations

import time
from datetime import timedelta
from itertools import pairwise
from pathlib import Path
from statistics import geometric_mean, median

from busy_hall import busy_hall
from figure import Figure

from server.trial.halls import unseen
from server.trial.trial import Trial


def measure(folder: Path, *, quick: bool) -> list[Figure]:
    figures, ratios = [], []
    for world in unseen():
        trial = (
            Trial(world, history=5, tried=2, every=40, repetitions=16, oracle_repetitions=16) if quick else Trial(world)
        )
        trial.run()
        ratios.append(trial.ratio)
        name = f"wait, {world.name}"
        figures += [
            Figure(f"{name}: mean error", trial.error("middle"), "min", trial.error("oracle"), 1.30),
            Figure(f"{name}: people ahead by an average", trial.error("ahead"), "min", trial.error("oracle")),
            Figure(f"{name}: last to enter service", trial.error("les"), "min", trial.error("oracle")),
            Figure(f"{name}: called within p90, least", trial.coverage * 100, "%", bound=84, at_least=True),
            Figure(f"{name}: called within p90, most", trial.coverage * 100, "%", bound=96),
            Figure(f"{name}: bias beside the wait", abs(trial.bias) * 100, "%", trial.mean_wait, _bias_bound(trial)),
            Figure(f"{name}: mean wait", trial.mean_wait, "min"),
        ]
    return [
        *figures,
        Figure("wait, all halls: mean error to the oracle's", geometric_mean(ratios), "x", bound=1.10),
        *_cost(quick),
    ]


def _bias_bound(trial: Trial) -> float:
    """A minute, or 7 of 100."""
    return max(7.0, 100 / trial.mean_wait)


def _cost(quick: bool) -> list[Figure]:
    """One estimate with 300 waiting at 30 windows; and the longest in it that nothing else has its turn."""
    estimator, hall = busy_hall()
    taken, stalls = [], []
    for turn in range(3 if quick else 30):
        marks = [time.process_time()]
        rollouts = estimator.rollouts(hall.state, hall.now + timedelta(seconds=turn))
        marks.append(time.process_time())
        rollouts.play(lambda: marks.append(time.process_time()))  # noqa: B023 — called at once
        marks.append(time.process_time())
        taken.append((marks[-1] - marks[0]) * 1000)
        stalls.append(max(later - earlier for earlier, later in pairwise(marks)) * 1000)
    whole, stall = median(taken), median(stalls)
    return [
        Figure("wait, one estimate: 300 waiting, 30 windows", whole, "ms", bound=50),
        Figure("wait, one estimate: the longest that others wait for it", stall, "ms", bound=50),
        Figure("wait, one estimate: that beside the whole", stall, "ms", whole, 0.5),
    ]
