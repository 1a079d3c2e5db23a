"""Whether the low ratings (差评) that reports read are the log's: with them votes leave the shares, or do not."""

from __future__ import annotations

from zoneinfo import ZoneInfo

from sqlalchemy import Connection, select, text

from server.hall.apply import apply
from server.hall.log import Row, from_row
from server.hall.plan import HallPlan
from server.hall.state import HallState
from server.store import tables
from server.store.projection import Values, project
from server.told import Told, at, told

_EVENT, _CASE = tables.event.c, tables.redress.c
_NAMES = [column.name for column in tables.redress.columns]
_KEY = slice(1, 3)
"""Ticket and leg, in a row."""


def wrong_cases(
    connection: Connection, hall: str, zone: ZoneInfo, start: int | None, end: int | None
) -> tuple[int, list[Told]]:
    """(rows looked at, what is wrong with which) of the cases opened from `start` to `end`, in microseconds."""
    by_log = {row[_KEY]: row for row in _told(connection, hall, zone, start, end)}
    wanted = select(*tables.redress.columns).where(_CASE.hall == hall)
    if start is not None:
        wanted = wanted.where(_CASE.opened_at >= start)
    if end is not None:
        wanted = wanted.where(_CASE.opened_at < end)
    looked, wrong = 0, list[Told]()
    for found in map(tuple, connection.execute(wanted)):
        looked += 1
        case = by_log.pop(found[_KEY], None)
        if case is None:
            wrong.append(at(_named(found), told("a row that the log does not know")))
            continue
        wrong += [
            at(
                _named(found),
                told("%(name)s is %(stands)r, and %(value)r in the log", name=name, stands=stands, value=value),
            )
            for name, stands, value in zip(_NAMES, found, case, strict=True)
            if stands != value
        ]
    return looked, wrong + [at(_named(row), told("its row is missing")) for row in by_log.values()]


def _told(connection: Connection, hall: str, zone: ZoneInfo, start: int | None, end: int | None) -> list[Values]:
    """Rows as the events make them, by the same code as in a running hall. No day opens, so nothing is forgotten."""
    wanted = select(*tables.LOG_ROW).where(_EVENT.hall == hall, text(tables.OF_REDRESS)).order_by(_EVENT.seq)
    if start is not None:
        wanted = wanted.where(_EVENT.at >= start)
    state = HallState.of(HallPlan(hall, zone, {}, {}))
    for values in connection.execute(wanted):
        apply(state, from_row(Row(*values)))
    rows = project(hall, (), cases=state.cases.values()).cases
    opened_at = _NAMES.index(_CASE.opened_at.name)
    return [row for row in rows if end is None or row[opened_at] < end]


def leg_of(ticket: str, leg: int) -> Told:
    return told("%(ticket)s, leg %(leg)s", ticket=ticket, leg=leg)


def _named(row: Values) -> Told:
    return leg_of(*row[_KEY])
