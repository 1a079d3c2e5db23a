"""`jiaohao simulate --forecast`: how far off told waits are, tried on halls whose parameters are known."""

from __future__ import annotations

import json
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from statistics import geometric_mean

import click

from server.trial.halls import unseen, worlds
from server.trial.result import HEAD, LEGEND, Result, result_of
from server.trial.trial import Trial

HALLS = {world.name.replace(" ", "-"): world for world in (*worlds(), *unseen())}
USUAL = tuple(world.name.replace(" ", "-") for world in unseen())
"""Those that no choice of the method was made by."""


@dataclass(frozen=True, slots=True)
class ForecastWish:
    """`halls`: names in `HALLS`. Working days: `learn` that are learned from, then `days` on which is asked."""

    halls: Sequence[str]
    learn: int
    days: int
    seed: int


def try_forecasts(wish: ForecastWish, *, as_json: bool) -> None:
    if as_json:
        results = [*_results(wish)]
        ratios = [result.ratio for result in results]
        found = {"halls": [result.as_json() for result in results], "mean_ratio": round(geometric_mean(ratios), 3)}
        click.echo(json.dumps(found))
        return
    click.echo(HEAD)
    ratios = []
    for result in _results(wish):  # each takes its time
        click.echo(result.as_text())
        ratios.append(result.ratio)
    click.echo(f"\nratio over all: geometric mean {geometric_mean(ratios):.2f}, worst {max(ratios):.2f}\n\n{LEGEND}")


def _results(wish: ForecastWish) -> Iterator[Result]:
    for name in wish.halls:
        yield result_of(name, Trial(HALLS[name], history=wish.learn, tried=wish.days, seed=wish.seed).run())
