"""`jiaohao verify-log`: proves that nothing in the hall's log was changed, and that its votes are the log's."""

from __future__ import annotations

import re
from datetime import datetime
from pathlib import Path

import click

from server.config import load_settings
from server.hall.calendar import end_of_day, start_of_day
from server.hall.instant import to_microseconds
from server.store.audit import Audit, Span, audit, heads, stands_at
from server.store.database import Database

_CHAIN = re.compile(r"[0-9a-f]{64}")
_DAY = click.DateTime(formats=["%Y-%m-%d"])
_MOST_SHOWN = 20


def _chain(_context: click.Context, _option: click.Parameter, value: str | None) -> bytes | None:
    if value is None:
        return None
    if not _CHAIN.fullmatch(value.strip().lower()):
        raise click.BadParameter("64 digits from 0 to f are needed, as verify-log prints them")
    return bytes.fromhex(value.strip())


@click.command("verify-log")
@click.option(
    "--config", "config_file", type=click.Path(path_type=Path), default=Path("config.yaml"), show_default=True
)
@click.option("--from", "first", type=_DAY, metavar="DAY", help="Only from this business day on, such as 2026-11-27.")
@click.option("--to", "last", type=_DAY, metavar="DAY", help="Only up to this business day, which is included.")
@click.option("--expect", callback=_chain, metavar="CHAIN", help="A chain printed before: it must still be in the log.")
@click.option("--days", is_flag=True, help="Print the chain at the end of each business day, and check nothing.")
def verify_log(
    config_file: Path, first: datetime | None, last: datetime | None, expect: bytes | None, days: bool
) -> None:
    """Prove that no event was changed, removed, inserted or moved, and that every vote is as it was given.

    Ends with 1 and names the first event that is wrong. That the end of the log is missing shows only against a chain
    written down before: keep the last line of each day's run somewhere else, and give it as --expect.
    """
    settings = load_settings(config_file)
    database = Database(settings.server.database)
    database.prepare()
    hall = settings.hall.id
    if days:
        _print_days(database, hall)
        return
    zone = settings.hall.zone
    span = Span(
        to_microseconds(start_of_day(first.date(), zone)) if first else None,
        to_microseconds(end_of_day(last.date(), zone)) if last else None,
    )
    found = database.read(lambda connection: audit(connection, hall, zone, span))
    _print_audit(found)
    lost = expect is not None and database.read(lambda connection: stands_at(connection, hall, expect)) is None
    if lost:
        click.echo("the expected chain is not in the log: its end was removed, or it was written anew")
    if found.bad is None:
        click.echo(f"chain of event {found.last}: {found.head.hex()}")
    if lost or not found.is_whole:
        raise click.exceptions.Exit(1)


def _print_audit(found: Audit) -> None:
    if found.bad is not None:
        click.echo(f"event {found.bad}: {found.fault}")
        return
    click.echo(f"events {found.first} to {found.last}: as they were written" if found.last else "no events")
    for day in found.wrong_sums[:_MOST_SHOWN]:
        click.echo(f"sums of {day}: not those of its votes")
    _print_wrong(f"votes of {found.votes} services", "vote for", found.wrong_votes)
    _print_wrong(f"low ratings, {found.cases}", "low rating of", found.wrong_cases)


def _print_wrong(what: str, each: str, wrong: list[str]) -> None:
    if not wrong:
        click.echo(f"{what}: as the log tells")
        return
    for one in wrong[:_MOST_SHOWN]:
        click.echo(f"{each} {one}")
    more = len(wrong) - _MOST_SHOWN
    if more > 0:
        click.echo(f"and {more} more")


def _print_days(database: Database, hall: str) -> None:
    for day, seq, head in database.read(lambda connection: list(heads(connection, hall))):
        click.echo(f"{day}  {seq}  {head.hex()}")
