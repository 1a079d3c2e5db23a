"""The subcommands."""

from __future__ import annotations

import logging
import os
import sys
from pathlib import Path

import click

from display.strip.codecs import strip_mistakes
from display.wording_checking import wording_mistakes
from evaluator.dialects.choosing import pad_mistakes
from kiosk.slip.checking import look_mistakes
from server.cli.agent import agent
from server.cli.demo import run_demo
from server.cli.device_place import check_place
from server.cli.plain_errors import PlainGroup
from server.cli.probe_pad import probe_pad_command
from server.cli.probe_printer import probe_printer_command
from server.cli.serving import serve_hall
from server.cli.simulate import simulate
from server.cli.spoken_help import speak_click, speak_help
from server.cli.staff_photo import give_photo
from server.cli.verify_log import verify_log
from server.cli.voice import voice
from server.cli.words import in_words, tell
from server.config import ConfigError, load_settings, warnings
from server.config.staff_pin import is_easy_to_guess
from server.device.plugged import plugged
from server.store.database import Database
from server.told import told
from server.voice.pages import hall_pack
from server.web.accounts import Accounts, Role
from server.web.devices import Devices, Kind
from server.web.i18n import TERMINAL
from server.web.keypad_codes import KeypadCodes
from server.web.photos import photo_url
from server.web.security import secret_key

_config = click.option(
    "--config", "config_file", type=click.Path(path_type=Path), default=Path("config.yaml"), show_default=True
)


def _speak(_context: click.Context, _option: click.Parameter, value: str | None) -> None:
    if value is not None:
        # For what is said before a command has any options of its own, and for the programs that it starts.
        os.environ[TERMINAL] = value
        speak_click()


@click.group(cls=PlainGroup)
@click.option(
    "--lang",
    type=click.Choice(["zh", "en"]),
    is_eager=True,
    expose_value=False,
    callback=_speak,
    help="What it speaks: Chinese or English. Also by JIAOHAO_LANG, else as LANG says.",
)
@click.option("--verbose", is_flag=True, help="Log more.")
def cli(verbose: bool) -> None:
    """叫号 jiaohao: queue numbers and service evaluation for public service halls.

    In English: jiaohao --lang en --help
    """
    logging.basicConfig(
        level=logging.INFO if verbose else logging.WARNING,
        format="%(asctime)s %(levelname)s %(name)s: %(message)s",
        stream=sys.stderr,
    )


@cli.command()
@_config
def serve(config_file: Path) -> None:
    """Run the hall."""
    settings = load_settings(config_file)
    serve_hall(
        settings, ready=lambda base, _: click.echo(f"{settings.hall.name}: {base}"), config_file=config_file.absolute()
    )


@cli.command()
@_config
@click.option("--port", default=8000, show_default=True, help="0 takes a free port.")
@click.option("--data", type=click.Path(path_type=Path), default=Path("data/demo"), show_default=True)
@click.option("--keep-hours", is_flag=True, help="Give numbers only within the hall's business hours.")
@click.option("--json", "as_json", is_flag=True, help="Print one JSON line once everything is ready.")
def demo(config_file: Path, port: int, data: Path, keep_hours: bool, as_json: bool) -> None:
    """Run a whole hall with a virtual printer and virtual pads."""
    run_demo(load_settings(config_file), port, data, keep_hours=keep_hours, as_json=as_json)


@cli.command("check-config")
@click.argument("config_file", type=click.Path(path_type=Path), default=Path("config.yaml"))
def check_config(config_file: Path) -> None:
    """Say what is wrong in a configuration, or may be, each with its path."""
    settings = load_settings(config_file)
    mistakes = [
        *look_mistakes(settings),
        *pad_mistakes(settings),
        *strip_mistakes(settings),
        *wording_mistakes(settings, hall_pack(settings)),
    ]
    if mistakes:
        raise ConfigError(config_file, mistakes)
    for path, message in warnings(settings):
        tell(told("%(file)s: warning: %(path)s: %(what)s", file=config_file, path=path, what=message))
    tell(
        told(
            "%(file)s: %(hall)s, %(services)s services, %(windows)s windows: ok",
            file=config_file,
            hall=settings.hall.name,
            services=len(settings.services),
            windows=len(settings.windows),
        )
    )


@cli.group()
def db() -> None:
    """The database's schema."""


@db.command()
@_config
def upgrade(config_file: Path) -> None:
    """Bring the schema to this version's."""
    database = _database(config_file)
    database.upgrade()
    click.echo(database.revision())


@db.command()
@_config
def current(config_file: Path) -> None:
    """Show the schema's revision."""
    click.echo(_database(config_file).revision() or in_words(told("empty")))


@cli.group()
def staff() -> None:
    """Staff accounts."""


@staff.command("add")
@_config
@click.argument("username")
@click.option("--name", required=True, help="As on the card at the window.")
@click.option("--number", default="", help="Work number (工号).")
@click.option("--post", default="", help="Post, as on the card.")
@click.option("--role", type=click.Choice([role.value for role in Role]), default=Role.CLERK.value, show_default=True)
@click.password_option()
def staff_add(config_file: Path, username: str, name: str, number: str, post: str, role: str, password: str) -> None:
    """Add an account, or replace it."""
    settings = load_settings(config_file)
    database = Database(settings.server.database)
    database.prepare()
    accounts = Accounts(database, settings.hall.id)
    accounts.add(username, password, name=name, number=number, post=post, role=Role(role))
    click.echo(f"{username}: {name}, {role}")


@staff.command("photo")
@_config
@click.argument("username")
@click.argument("file", type=click.Path(path_type=Path))
def staff_photo(config_file: Path, username: str, file: Path) -> None:
    """Give an account the photo that screens show beside its name: a JPEG, PNG or WebP FILE of up to 5 MB."""
    settings = load_settings(config_file)
    database = Database(settings.server.database)
    database.prepare()
    photo = give_photo(database, settings.hall.id, username, file)
    click.echo(f"{username}: {photo_url(photo)}")


@staff.command("keypad")
@_config
@click.argument("username")
@click.argument("code")
def staff_keypad(config_file: Path, username: str, code: str) -> None:
    """Give an account the CODE, 4 to 8 digits, by which its owner signs in at a hardware keypad."""
    settings = load_settings(config_file)
    database = Database(settings.server.database)
    database.prepare()
    KeypadCodes(database, settings.hall.id, secret_key(Path(settings.server.data))).give(username, code)
    if is_easy_to_guess(code):
        tell(told("warning: that code is one of those that anybody tries first"), err=True)
    tell(told("%(username)s: signs in at keypads by that code", username=username))


@cli.group()
def device() -> None:
    """What is plugged in, and the kiosks, screens and evaluators that may show their pages."""


@device.command("add")
@_config
@click.option("--kind", type=click.Choice([kind.value for kind in Kind]), required=True)
@click.option(
    "--place",
    required=True,
    help="The kiosk's or screen's id, the evaluator's window, or the agent's name. *: all screens or windows.",
)
def device_add(config_file: Path, kind: str, place: str) -> None:
    """Register a device and print its token, which is shown only this once."""
    settings = load_settings(config_file)
    check_place(settings, Kind(kind), place)
    database = Database(settings.server.database)
    database.prepare()
    click.echo(Devices(database, settings.hall.id).add(Kind(kind), place))


@device.command("list")
def device_list() -> None:
    """Show what is plugged into this PC, each with its address for config.yaml."""
    listing = plugged()
    for entry in listing.found:
        click.echo(f"{entry.kind:6}  {entry.address}" + (f"  {entry.name}" if entry.name else ""))
    for problem in listing.problems:
        tell(told("warning: %(what)s", what=problem), err=True)


@device.group("probe")
def device_probe() -> None:
    """Find out at set-up what a device can do."""


device_probe.add_command(probe_printer_command)
device_probe.add_command(probe_pad_command)
cli.add_command(agent)
cli.add_command(simulate)
cli.add_command(verify_log)
cli.add_command(voice)
speak_help(cli)


def _database(config_file: Path) -> Database:
    return Database(load_settings(config_file).server.database)
