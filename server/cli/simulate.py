"""`jiaohao simulate`: a day of citizens, played against a running hall."""

from __future__ import annotations

import json
from datetime import time
from pathlib import Path
from typing import TextIO

import click

from server.config import Settings, load_settings
from server.config.spans import to_spans
from server.simulate.access import Access, check_loopback, read_access
from server.simulate.run import Wish
from server.simulate.run import simulate as play

_DOES_NOT_ADD_UP = 1


@click.command()
@click.option(
    "--config", "config_file", type=click.Path(path_type=Path), default=Path("config.yaml"), show_default=True
)
@click.option("--base", "bases", multiple=True, help="The hall's address; again for each further server of the hall.")
@click.option("--visits", type=click.IntRange(1, 20_000), default=3000, show_default=True)
@click.option("--seed", default=1, show_default=True, help="The same seed plans the same day.")
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
@click.option("--json", "as_json", is_flag=True, help="Print one JSON object.")
def simulate(
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
    as_json: bool,
) -> None:
    """Play a day of citizens and clerks against a running hall, and account for every number.

    Ends with 1, naming what does not add up, when the hall and the simulation's own book differ.
    """
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
