"""`jiaohao device probe printer`: what a printer can do, asked of it and of whoever stands before it."""

from __future__ import annotations

import sys
from functools import partial
from pathlib import Path
from typing import Any

import click
import yaml
from pydantic import TypeAdapter, ValidationError

from kiosk.printer.outcome import PrintOutcome, PrintReason, PrintState
from kiosk.printer.probe import Answered, Probed, probe_printer
from kiosk.printer.profile import Ack, PrinterProfile
from kiosk.printer.protocol import print_job
from kiosk.printer.trial_slip import BARCODE_SAYS, QR_SAYS, Found, Seen, Unusable, settings_for, slip
from server.config.addresses import PrinterLink
from server.config.printer_address import agent_of, is_serial
from server.config.printers import PrinterSettings
from server.device.link import LinkError
from server.device.printer_links import open_printer_link

_QUESTIONS = {
    "chinese": "Line C: is it Chinese, and right (yes, no)",
    "large_line": "Lines A and B: on which is the Chinese twice as high and wide (A if on both, B, none)",
    "number": "Line D: does A012 stand four times as high as the other lines (yes, no)",
    "columns": "Line E: the last number before the ruler breaks, and one more for each dot behind it",
    "qr": f"Line F: does a phone read {QR_SAYS} in the QR code (yes, no)",
    "barcode": f"Line G: is there a bar code with {BARCODE_SAYS} below it (yes, no)",
    "picture": "Line H: is there a square with both diagonals (yes, no)",
    "cut": "Is the slip cut off (full, partial: it hangs by a corner, none)",
}
_ANY: dict[str, object] = {"chinese": True, "large_line": "A", "number": True, "columns": 48}
_ANY |= {"qr": True, "barcode": True, "picture": True, "cut": "full"}
"""Answers that make sense, to try one other with."""
_YES_NO = {"yes": True, "no": False}
_REASONS = {
    PrintReason.PAPER_OUT: "it has no paper",
    PrintReason.COVER_OPEN: "its cover is open",
    PrintReason.ERROR: "its knife or head is in trouble",
    PrintReason.OFFLINE: "it is off line",
}


class ProbeFailed(Exception):
    """The probe could not be brought to its end; the message says why, and what to do."""


def _answer_options(command: Any) -> Any:
    for key, question in reversed(_QUESTIONS.items()):
        command = click.option(f"--{key.replace('_', '-')}", key, metavar="ANSWER", help=question)(command)
    return command


@click.command("printer")
@click.argument("link")
@click.option(
    "--baudrate", type=click.IntRange(1200, 921_600), default=9600, show_default=True, help="Of a serial line."
)
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
    if not sys.stdin.isatty() and (missing := [key for key in _QUESTIONS if key not in given]):
        raise ProbeFailed(f"nobody is here to answer: give {', '.join(_option(key) for key in missing)}")
    open_link = partial(open_printer_link, link, baudrate)
    try:
        probed = probe_printer(open_link)
        for line in _said(probed):
            click.echo(line)
        if probed.obstacle is not None:
            raise ProbeFailed(f"{_REASONS[probed.obstacle]}: see to that, and probe it again")
        ack = probed.ack if probed.answers_status else Ack.NONE
        profile = PrinterProfile(ack=ack, answers_status=probed.answers_status)
        outcome = print_job(open_link, slip(), "PRB2", profile, on_sending=lambda: click.echo("the test slip is sent"))
    except LinkError as error:
        raise ProbeFailed(f"{link}: {error}") from error
    ack = _ack_after(outcome, ack)
    seen = _ask(given)
    try:
        settings = settings_for(Found(link, baudrate if is_serial(link) else None, probed, ack, seen))
    except Unusable as error:
        raise ProbeFailed(str(error)) from error
    section = _section(settings)
    click.echo(f"\n{section}", nl=False)
    if save is not None:
        save.write_text(section, encoding="utf-8")


def _check_link(link: str) -> None:
    try:
        TypeAdapter(PrinterLink).validate_python(link)
    except ValidationError as error:
        raise ProbeFailed(error.errors()[0]["msg"].removeprefix("Value error, ")) from error
    if agent_of(link) is not None:
        raise ProbeFailed(f"{link}: probe it on that PC, with the link that its agent.yaml gives it")


def _said(probed: Probed) -> list[str]:
    """What the printer told, a line each."""
    lines = [f"connected in {probed.opened * 1000:.0f} ms"]
    if probed.left_over:
        kind = "a status that it sends by itself" if probed.left_over_is_status else "not a status"
        lines.append(f"unasked it sent {probed.left_over.hex(' ')}: {kind}")
    lines += [f"DLE EOT {query.value}: {_answered(answered)}" for query, answered in probed.statuses.items()]
    lines += [f"{name}: {text}" for name, text in probed.names.items()]
    lines.append(
        {
            Ack.GS_H: "it says when a slip is done (GS ( H)",
            Ack.GS_R: "it does not know GS ( H, and says when its buffer is done (GS r)",
            Ack.NONE: "it does not say when a slip is done",
        }[probed.ack]
        if probed.obstacle is None
        else "it was not asked whether it acknowledges"
    )
    return lines


def _answered(answered: Answered | None) -> str:
    if answered is None:
        return "no answer"
    return f"{', '.join(sorted(answered.conditions)) or 'all is well'} ({answered.seconds * 1000:.1f} ms)"


def _ack_after(outcome: PrintOutcome, ack: Ack) -> Ack:
    """An acknowledgement that came with nothing printed and not after a slip is none."""
    if outcome.state is PrintState.PRINTED:
        click.echo("it has acknowledged the test slip")
    elif outcome.state is PrintState.SENT:
        click.echo("the test slip is sent; whether it was printed only you can see")
    elif outcome.reason is PrintReason.NO_ACK:
        click.echo("it has NOT acknowledged the test slip: it is taken for one that does not say when it is done")
        return Ack.NONE
    else:
        reason = outcome.reason and (_REASONS.get(outcome.reason) or outcome.reason.value)
        raise ProbeFailed(f"the test slip did not get through ({reason}): see to that, and probe it again")
    return ack


def _given(file: Path | None, options: dict[str, str | None]) -> dict[str, object]:
    """The answers that are there already; an option goes before the file. Raises ProbeFailed."""
    content: Any = {}
    if file is not None:
        try:
            content = yaml.safe_load(file.read_text(encoding="utf-8"))
        except (OSError, UnicodeDecodeError, yaml.YAMLError) as error:
            raise ProbeFailed(f"{file}: {error}") from error
        if not isinstance(content, dict) or set(content) - set(_QUESTIONS):
            raise ProbeFailed(f"{file}: answers to {', '.join(_QUESTIONS)} are wanted, and nothing else")
    given = content | {key: value for key, value in options.items() if value is not None}
    return {key: _value(key, value) for key, value in given.items()}


def _value(key: str, said: object) -> object:
    """An answer as `Seen` has it. Raises ProbeFailed."""
    text = str(said).strip()
    value: object = said if isinstance(said, bool) else _YES_NO.get(text.lower(), text)
    if key == "columns" and text.isdigit():
        value = int(text)
    elif key == "large_line":
        value = "none" if said is None else text.upper() if text.upper() in ("A", "B") else text
    try:
        Seen.model_validate(_ANY | {key: value})
    except ValidationError as error:
        raise ProbeFailed(f"{_option(key)} {text}: {error.errors()[0]['msg']}") from error
    return value


def _ask(given: dict[str, object]) -> Seen:
    """What is not answered yet, at the terminal, until it makes sense."""
    answers = dict(given)
    for key, question in _QUESTIONS.items():
        while key not in answers:
            try:
                answers[key] = _value(key, click.prompt(question))
            except ProbeFailed as error:
                click.echo(str(error), err=True)
    return Seen.model_validate(answers)


def _option(key: str) -> str:
    return f"--{key.replace('_', '-')}"


def _section(settings: PrinterSettings) -> str:
    """As it stands in config.yaml."""
    content = settings.model_dump(mode="json", exclude_unset=True)
    return yaml.safe_dump({"printer": content}, sort_keys=False, allow_unicode=True)
