"""`jiaohao simulate`: a day of citizens, played against a running hall; or waits, tried on halls that are not there."""

from __future__ import annotations

import json
from datetime import time
from pathlib import Path
from typing import TextIO

import click
from click.core import ParameterSource

from server.cli.forecast import HALLS, USUAL, ForecastWish, try_forecasts
from server.config import Settings, load_settings
from server.config.spans import to_spans
from server.simulate.access import Access, check_loopback, read_access
from server.simulate.run import Wish
from server.simulate.run import simulate as play

_DOES_NOT_ADD_UP = 1
_OF_FORECASTS = {"halls", "learn", "days"}
_OF_BOTH = {"forecast", "seed", "as_json"}


@click.command()
@click.option(
    "--config", "config_file", type=click.Path(path_type=Path), default=Path("config.yaml"), show_default=True
)
@click.option("--base", "bases", multiple=True, help="The hall's address; again for each further server of the hall.")
@click.option("--visits", type=click.IntRange(1, 20_000), default=3000, show_default=True)
@click.option("--seed", default=1, show_default=True, help="The same seed plans the same days.")
@click.option(
    "--speed", type=click.FloatRange(1, 20_000), default=600, show_default=True, help="600: an hour in six seconds."
)
@click.option("--username", help="An account that may see the report.")
@click.option("--password", envvar="JIAOHAO_PASSWORD", help="Or in JIAOHAO_PASSWORD.")
@click.option("--clerk", "clerks", multiple=True, help="An account, with the same password, that sits at a window.")
@click.option("--kiosk-token", envvar="JIAOHAO_KIOSK_TOKEN", help="Or in JIAOHAO_KIOSK_TOKEN.")
@click.option("--evaluator-token", envvar="JIAOHAO_EVALUATOR_TOKEN", help="Or in JIAOHAO_EVALUATOR_TOKEN.")
@click.option("--demo-json", type=click.File(), help="What demo --json printed; - reads it from standard input.")
@click.option("--allow-remote", is_flag=True, help="Play in a hall that is not on this machine.")
@click.option(
    "--forecast", is_flag=True, help="Without any hall: how far off told waits are, on halls of known parameters."
)
@click.option(
    "--hall",
    "halls",
    multiple=True,
    type=click.Choice([*HALLS]),
    default=USUAL,
    show_default="the five of the town",
    help="With --forecast: such a hall; again for another.",
)
@click.option(
    "--learn",
    type=click.IntRange(1, 60),
    default=14,
    show_default=True,
    help="With --forecast: working days that are only learned from.",
)
@click.option(
    "--days",
    type=click.IntRange(1, 60),
    default=8,
    show_default=True,
    help="With --forecast: working days after those, on which waits are told.",
)
@click.option("--json", "as_json", is_flag=True, help="Print one JSON object.")
@click.pass_context
def simulate(
    context: click.Context,
    config_file: Path,
    bases: tuple[str, ...],
    visits: int,
    seed: int,
    speed: float,
    username: str | None,
    password: str | None,
    clerks: tuple[str, ...],
    kiosk_token: str | None,
    evaluator_token: str | None,
    demo_json: TextIO | None,
    allow_remote: bool,
    forecast: bool,
    halls: tuple[str, ...],
    learn: int,
    days: int,
    as_json: bool,
) -> None:
    """Play a day of citizens and clerks against a running hall, and account for every number.

    Ends with 1, naming what does not add up, when the hall and the simulation's own book differ.

    With --forecast no hall is needed: days of halls with mixed skills, lunch and late opening, priority and
    appointments, unlike clerks who slow down, and all of it are played in memory, and what tickets are told is compared
    with their waits, beside an oracle and two common rules.
    """
    _check_options(context, forecast=forecast)
    if forecast:
        try_forecasts(ForecastWish(halls, learn, days, seed), as_json=as_json)
        return
    access = read_access(
        demo_json.readline() if demo_json is not None else None,
        bases=bases,
        clerks=clerks,
        username=username,
        password=password,
        kiosk=kiosk_token,
        evaluator=evaluator_token,
    )
    check_loopback(access.bases, allow_remote=allow_remote)
    _play(access, _wish(load_settings(config_file), visits, seed, speed), as_json=as_json)


def _check_options(context: click.Context, *, forecast: bool) -> None:
    """What belongs to the other way of simulating would have no effect."""
    for option in context.command.params:
        name = str(option.name)
        given = context.get_parameter_source(name) is ParameterSource.COMMANDLINE
        if given and name not in _OF_BOTH and (name in _OF_FORECASTS) is not forecast:
            raise click.UsageError(f"{option.opts[0]} {'does not go with' if forecast else 'is for'} --forecast")


def _play(access: Access, wish: Wish, *, as_json: bool) -> None:
    outcome = play(access, wish)
    click.echo(json.dumps(outcome.as_json(), ensure_ascii=False) if as_json else outcome.as_text())
    if not outcome.adds_up:
        raise SystemExit(_DOES_NOT_ADD_UP)


def _wish(settings: Settings, visits: int, seed: int, speed: float) -> Wish:
    """The hours and the priority classes are the configuration's: the hall's API does not tell them."""
    spans = to_spans(settings.hall.hours.spans)
    return Wish(
        visits=visits,
        seed=seed,
        speed=speed,
        classes=tuple(known.code for known in settings.priority.classes if known.kiosk),
        spans=tuple((_minute(span.start), _minute(span.end)) for span in spans),
    )


def _minute(moment: time) -> float:
    return moment.hour * 60.0 + moment.minute
