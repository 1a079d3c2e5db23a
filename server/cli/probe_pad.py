"""`jiaohao device probe pad`: which dialect a pad speaks, and what its keys stand for, found out by pressing them."""

from __future__ import annotations

import sys
from pathlib import Path
from typing import Final

import click
import yaml
from pydantic import TypeAdapter, ValidationError

from evaluator.dialects import HID_KEYS, Dialect, dialects
from evaluator.dialects.template import TemplateDialect, load_template
from evaluator.set_up import PadSetUp, PadSetUpFailed
from server.cli.words import in_words, tell
from server.config.addresses import INPUT, PadLine
from server.config.field_mistakes import mistake
from server.device.lines import open_line
from server.device.link import LinkError
from server.told import Told, told, told_of

SPEEDS: Final = (9600, 19200, 4800, 2400, 38400, 57600, 115200, 1200)
_LEVELS: Final = {2: (4, 2), 3: (4, 3, 2), 4: (5, 4, 3, 2), 5: (5, 4, 3, 2, 1)}
"""What the keys of a pad mostly say, by their number."""
_HIGHEST: Final = 255


def _address(text: str) -> int:
    address = int(text, 0)
    if not 0 <= address <= _HIGHEST:
        raise ValueError(text)
    return address


@click.command("pad")
@click.argument("link")
@click.option("--dialect", type=click.Choice([*dialects, HID_KEYS.name]), help="Else all are tried.")
@click.option("--template", help="The YAML file of another maker's frames.")
@click.option("--baudrate", type=click.IntRange(1200, 115_200), help="Else the usual ones are tried.")
@click.option("--address", type=_address, help="Of a pad that only answers, e.g. 0x83.")
@click.option("--keys", type=click.IntRange(2, 5), help="How many keys it has.")
@click.option("--levels", help="What they stand for, best first, if not as usual: 5,4,2.")
@click.option("--window", type=click.IntRange(1, 999), help="At which window it stands.")
@click.option("--patience", type=click.FloatRange(1), default=60.0, show_default=True, help="Seconds for each key.")
@click.option("--save", type=click.Path(path_type=Path), help="Write the entry to this file too.")
def probe_pad_command(
    link: str,
    dialect: str | None,
    template: str | None,
    baudrate: int | None,
    address: int | None,
    keys: int | None,
    levels: str | None,
    window: int | None,
    patience: float,
    save: Path | None,
) -> None:
    """Have each key of the pad at LINK pressed, best first, show what comes, and write its entry for `pads:`.

    Stop the server first: a line is open once.
    """
    _check_link(link)
    at = _answer(window, "--window", told("At which window does it stand?"), click.IntRange(1, 999))
    stands_for = _levels(levels, keys)
    set_up = PadSetUp(
        _candidates(link, dialect, template),
        _speeds(link, baudrate),
        stands_for,
        open_link=lambda speed: open_line(link, speed),
        tell=tell,
        address=address,
        patience=patience,
    )
    try:
        found = set_up.run()
    except LinkError as error:
        raise PadSetUpFailed(told_of(error)) from error
    entry = found.settings(link, at, template).model_dump(exclude_unset=True)
    section = yaml.safe_dump({"pads": [entry]}, sort_keys=False, allow_unicode=True)
    click.echo(f"\n{section}", nl=False)
    if save is not None:
        save.write_text(section, encoding="utf-8")


def _check_link(link: str) -> None:
    try:
        TypeAdapter(PadLine).validate_python(link)
    except ValidationError as error:
        raise PadSetUpFailed(mistake(error.errors()[0])[1]) from error


def _candidates(link: str, dialect: str | None, template: str | None) -> dict[str, Dialect]:
    if template is not None:
        return {"template": TemplateDialect(load_template(template))}
    if link.startswith(INPUT) != (dialect == HID_KEYS.name) and dialect is not None:
        raise PadSetUpFailed(
            told(
                "%(name)s is for links such as %(example)s, and no other is",
                name=HID_KEYS.name,
                example=INPUT + "/dev/input/…",
            )
        )
    if link.startswith(INPUT):
        return {HID_KEYS.name: HID_KEYS}
    return dict(dialects) if dialect is None else {dialect: dialects[dialect]}


def _speeds(link: str, baudrate: int | None) -> tuple[int, ...]:
    """A socket's speed is set in its serial server, and a keypad has none."""
    if baudrate is not None:
        return (baudrate,)
    return SPEEDS[:1] if link.startswith((INPUT, "socket:")) else SPEEDS


def _levels(levels: str | None, keys: int | None) -> tuple[int, ...]:
    if levels is None:
        return _LEVELS[_answer(keys, "--keys", told("How many keys has it (2 to 5)?"), click.IntRange(2, 5))]
    given = [int(part) for part in levels.split(",") if part.strip() in {"1", "2", "3", "4", "5"}]
    if len(given) != len(levels.split(",")) or given != sorted(set(given), reverse=True):
        raise PadSetUpFailed(
            told("--levels %(levels)s: levels from 5 to 1, best first, such as 5,4,3,2", levels=levels)
        )
    return tuple(given)


def _answer(given: int | None, option: str, question: Told, kind: click.IntRange) -> int:
    if given is not None:
        return given
    if not sys.stdin.isatty():
        raise PadSetUpFailed(told("nobody is here to answer: give %(option)s", option=option))
    answer: int = click.prompt(in_words(question), type=kind)
    return answer
