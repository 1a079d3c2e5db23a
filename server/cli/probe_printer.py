"""`jiaohao device probe printer`: what a printer can do, asked of it and of whoever stands before it."""

from __future__ import annotations

import sys
from functools import partial
from pathlib import Path
from typing import Any

import click
import yaml
from pydantic import TypeAdapter, ValidationError

from kiosk.printer.seen import QUESTIONS, AnswerInvalid, Seen, understood
from kiosk.printer.set_up import SetUpFailed, set_up_printer
from server.cli.words import in_words, tell
from server.config.addresses import PrinterLink
from server.config.field_mistakes import mistake
from server.config.printer_address import agent_of, is_serial
from server.config.printers import PrinterSettings
from server.device.printer_links import open_printer_link
from server.told import at, told, told_of


def _answer_options(command: Any) -> Any:
    for key, question in reversed(QUESTIONS.items()):
        command = click.option(_option(key), key, metavar="ANSWER", help=question)(command)
    return command


def _option(key: str) -> str:
    return f"--{key.replace('_', '-')}"


@click.command("printer")
@click.argument("link")
@click.option("--baudrate", type=click.IntRange(1200, 921_600), default=9600, show_default=True)
@click.option("--answers", "answers_file", type=click.Path(path_type=Path), help="YAML with the answers below.")
@click.option("--save", type=click.Path(path_type=Path), help="Write the profile to this file too.")
@_answer_options
def probe_printer_command(
    link: str, baudrate: int, answers_file: Path | None, save: Path | None, **answers: str | None
) -> None:
    """Ask the printer at LINK what it can do, print a test slip, and write its `printer:` section.

    What only the paper shows is asked at the terminal, unless it is answered by option or file.
    """
    _check_link(link)
    given = _given(answers_file, answers)
    if not sys.stdin.isatty() and (missing := [key for key in QUESTIONS if key not in given]):
        raise SetUpFailed(
            told("nobody is here to answer: give %(option)s", option=", ".join(_option(key) for key in missing))
        )
    settings = set_up_printer(
        link,
        baudrate if is_serial(link) else None,
        partial(open_printer_link, link, baudrate),
        tell=tell,
        ask=lambda: _ask(given),
    )
    section = _section(settings)
    click.echo(f"\n{section}", nl=False)
    if save is not None:
        save.write_text(section, encoding="utf-8")


def _check_link(link: str) -> None:
    try:
        TypeAdapter(PrinterLink).validate_python(link)
    except ValidationError as error:
        raise SetUpFailed(mistake(error.errors()[0])[1]) from error
    if agent_of(link) is not None:
        raise SetUpFailed(at(link, told("probe it on that PC, with the link that its agent.yaml gives it")))


def _given(file: Path | None, options: dict[str, str | None]) -> dict[str, object]:
    """The answers that are there already; an option goes before the file. Raises SetUpFailed."""
    content: Any = {}
    if file is not None:
        try:
            content = yaml.safe_load(file.read_text(encoding="utf-8"))
        except (OSError, UnicodeDecodeError, yaml.YAMLError) as error:
            raise SetUpFailed(at(file, told_of(error))) from error
        if not isinstance(content, dict) or set(content) - set(QUESTIONS):
            raise SetUpFailed(
                at(file, told("answers to %(known)s are wanted, and nothing else", known=", ".join(QUESTIONS)))
            )
    given = content | {key: said for key, said in options.items() if said is not None}
    understandable = {}
    for key, said in given.items():
        try:
            understandable[key] = understood(key, said)
        except AnswerInvalid as error:
            raise SetUpFailed(at(f"{_option(key)} {said}", told_of(error))) from error
    return understandable


def _ask(given: dict[str, object]) -> Seen:
    """What is not answered yet, at the terminal, until it makes sense."""
    answers = dict(given)
    for key, question in QUESTIONS.items():
        while key not in answers:
            try:
                answers[key] = understood(key, click.prompt(in_words(question)))
            except AnswerInvalid as error:
                tell(told_of(error), err=True)
    return Seen.model_validate(answers)


def _section(settings: PrinterSettings) -> str:
    """As it stands in config.yaml."""
    content = settings.model_dump(mode="json", exclude_unset=True)
    return yaml.safe_dump({"printer": content}, sort_keys=False, allow_unicode=True)
