"""`jiaohao verify-log`: proves that nothing in the hall's log was changed, and that its votes are the log's."""

from __future__ import annotations

import re
from datetime import datetime
from pathlib import Path

import click

from server.cli.words import in_words, tell
from server.config import load_settings
from server.hall.calendar import end_of_day, start_of_day
from server.hall.instant import to_microseconds
from server.store.audit import Audit, Span, audit, heads, stands_at
from server.store.database import Database
from server.told import Told, tellable, told

_CHAIN = re.compile(r"[0-9a-f]{64}")
_DAY = click.DateTime(formats=["%Y-%m-%d"])
_MOST_SHOWN = 20


def _chain(_context: click.Context, _option: click.Parameter, value: str | None) -> bytes | None:
    if value is None:
        return None
    if not _CHAIN.fullmatch(value.strip().lower()):
        raise click.BadParameter(in_words(told("64 digits from 0 to f are needed, as verify-log prints them")))
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
        tell(told("the expected chain is not in the log: its end was removed, or it was written anew"))
    if found.bad is None:
        tell(told("chain of event %(event)s: %(chain)s", event=found.last, chain=found.head.hex()))
    if lost or not found.is_whole:
        raise click.exceptions.Exit(1)


def _print_audit(found: Audit) -> None:
    if found.bad is not None:
        tell(told("event %(event)s: %(fault)s", event=found.bad, fault=found.fault))
        return
    whole = told("events %(first)s to %(last)s: as they were written", first=found.first, last=found.last)
    tell(whole if found.last else told("no events"))
    for day in found.wrong_sums[:_MOST_SHOWN]:
        tell(told("sums of %(day)s: not those of its votes", day=day))
    _print_wrong(
        told("votes of %(count)s services: as the log tells", count=found.votes),
        tellable("vote for %(what)s"),
        found.wrong_votes,
    )
    _print_wrong(
        told("low ratings, %(count)s: as the log tells", count=found.cases),
        tellable("low rating of %(what)s"),
        found.wrong_cases,
    )


def _print_wrong(well: Told, each: str, wrong: list[Told]) -> None:
    if not wrong:
        tell(well)
        return
    for one in wrong[:_MOST_SHOWN]:
        tell(told(each, what=one))
    more = len(wrong) - _MOST_SHOWN
    if more > 0:
        tell(told("and %(more)s more", more=more))


def _print_days(database: Database, hall: str) -> None:
    for day, seq, head in database.read(lambda connection: list(heads(connection, hall))):
        click.echo(f"{day}  {seq}  {head.hex()}")
