"""Votes over days: from the sums of the days that are over, and from the evaluations themselves where there are none.

A day is summed once it is over, in one transaction. A later vote takes its day out of `summed_day` with its own commit
(`server.store.journal`): until the day is summed again it is counted from the evaluations, so that no figure is ever
behind the votes.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Sequence
from datetime import date, timedelta
from enum import StrEnum
from typing import Any

from sqlalchemy import ColumnElement, Connection, Text, and_, cast, delete, func, insert, not_, select, text

from server.hall.evaluation import Level, Outcome
from server.hall.votes import Votes
from server.store import tables
from server.store.excluded import IS_EXCLUDED

_VOTE, _SUM, _DONE = tables.evaluation.c, tables.vote_sum.c, tables.summed_day.c
_LEVELS = tuple(_SUM[level.name.lower()] for level in sorted(Level))
_COUNTS = (*_LEVELS, _SUM.unrated, _SUM.open)
_COUNTS_FOR_SOMEBODY = and_(_VOTE.outcome != Outcome.WITHDRAWN.value, not_(IS_EXCLUDED))


class Grouping(StrEnum):
    """What votes are counted for; the name of a group is text. `channel` of what has no vote is ""."""

    WINDOW = "window"
    CLERK = "clerk"
    SERVICE = "service"
    CHANNEL = "channel"
    DAY = "day"


_KEYS: dict[Grouping, ColumnElement[str]] = {
    Grouping.WINDOW: cast(_VOTE.window, Text),
    Grouping.CLERK: _VOTE.staff,
    Grouping.SERVICE: _VOTE.service,
    Grouping.CHANNEL: func.coalesce(_VOTE.channel, ""),
    Grouping.DAY: _VOTE.day,
}


def votes_between(connection: Connection, hall: str, grouping: Grouping, first: date, last: date) -> dict[str, Votes]:
    """The votes for services of these days, by group; only groups that were asked for any."""
    summed, others = _days(connection, hall, first, last)
    sums = (func.sum(count) for count in _COUNTS)
    wanted = select(_SUM.key, *sums).where(*_of_sums(hall, grouping, first, last, summed)).group_by(_SUM.key)
    found: defaultdict[str, Votes] = defaultdict(Votes)
    if summed:
        found.update({row[0]: _votes(row, 1) for row in connection.execute(wanted).all()})
    for _, key, *counted in _of_evaluations(connection, hall, grouping, others):
        found[key].count(*counted)
    return dict(found)


def votes_by_day(
    connection: Connection, hall: str, grouping: Grouping, first: date, last: date
) -> dict[tuple[str, str], Votes]:
    """The same by (day, group)."""
    summed, others = _days(connection, hall, first, last)
    wanted = select(_SUM.day, _SUM.key, *_COUNTS).where(*_of_sums(hall, grouping, first, last, summed))
    found: defaultdict[tuple[str, str], Votes] = defaultdict(Votes)
    if summed:
        found.update({(row[0], row[1]): _votes(row, 2) for row in connection.execute(wanted).all()})
    for day, key, *counted in _of_evaluations(connection, hall, grouping, others):
        found[day, key].count(*counted)
    return dict(found)


def days_to_sum(connection: Connection, hall: str, before: date) -> list[date]:
    """The days before `before` with evaluations and without sums.

    It goes from day to day by the index, so that the cost does not depend on how many evaluations each has.
    """
    wanted = text(
        "WITH RECURSIVE known(day) AS ("
        " SELECT min(day) FROM evaluation WHERE hall = :hall"
        " UNION ALL SELECT (SELECT min(e.day) FROM evaluation e WHERE e.hall = :hall AND e.day > known.day)"
        " FROM known WHERE known.day < :before)"
        " SELECT day FROM known WHERE day < :before"
        " AND NOT EXISTS (SELECT 1 FROM summed_day s WHERE s.hall = :hall AND s.day = known.day) ORDER BY day"
    )
    found = connection.execute(wanted, {"hall": hall, "before": before.isoformat()})
    return [date.fromisoformat(day) for day in found.scalars()]


def sum_day(connection: Connection, hall: str, day: date) -> None:
    """Make the sums of a day that is over, in a transaction that writes (`Database.write`).

    On PostgreSQL it waits for the writer's transaction under way, which holds the lease's row: a vote that is being
    written either counts here or comes afterwards and finds the day summed.
    """
    if connection.dialect.name == "postgresql":
        connection.execute(text("SELECT 1 FROM hall_lease WHERE hall = :hall FOR UPDATE"), {"hall": hall})
    connection.execute(delete(tables.vote_sum).where(*_sums_of_day(hall, day)))
    rows = [
        {"hall": hall, "grouping": grouping, "day": day.isoformat(), "key": key} | _row(votes)
        for (grouping, key), votes in _counted(connection, hall, day).items()
    ]
    if rows:
        connection.execute(insert(tables.vote_sum), rows)
    connection.execute(delete(tables.summed_day).where(_DONE.hall == hall, _DONE.day == day.isoformat()))
    connection.execute(insert(tables.summed_day), {"hall": hall, "day": day.isoformat()})


def days_summed_wrongly(connection: Connection, hall: str, since: date | None, until: date | None) -> list[str]:
    """The days from `since` to before `until` whose sums are not what their evaluations come to; None: without end."""
    wanted = select(_DONE.day).where(_DONE.hall == hall).order_by(_DONE.day)
    wanted = wanted if since is None else wanted.where(_DONE.day >= since.isoformat())
    wanted = wanted if until is None else wanted.where(_DONE.day < until.isoformat())
    days = connection.execute(wanted).scalars().all()
    return [day for day in days if not _is_right(connection, hall, date.fromisoformat(day))]


def _is_right(connection: Connection, hall: str, day: date) -> bool:
    wanted = select(_SUM.grouping, _SUM.key, *_COUNTS).where(*_sums_of_day(hall, day))
    summed = {(row[0], row[1]): _votes(row, 2) for row in connection.execute(wanted).all()}
    return summed == _counted(connection, hall, day)


def _sums_of_day(hall: str, day: date) -> tuple[ColumnElement[bool], ...]:
    """Every grouping by its name: the index begins with it."""
    return _SUM.hall == hall, _SUM.grouping.in_([grouping.value for grouping in Grouping]), _SUM.day == day.isoformat()


def _counted(connection: Connection, hall: str, day: date) -> dict[tuple[str, str], Votes]:
    """The evaluations of one day, each once for every grouping: by (grouping, group)."""
    keys = [_KEYS[grouping].label(grouping.value) for grouping in Grouping]
    wanted = (
        select(*keys, _VOTE.outcome, _VOTE.level, func.count())
        .where(_VOTE.hall == hall, _VOTE.day == day.isoformat(), _COUNTS_FOR_SOMEBODY)
        .group_by(*keys, _VOTE.outcome, _VOTE.level)
    )
    found: defaultdict[tuple[str, str], Votes] = defaultdict(Votes)
    for *names, outcome, level, times in connection.execute(wanted).all():
        for grouping, name in zip(Grouping, names, strict=True):
            found[grouping.value, name].count(outcome, level, times)
    return dict(found)


def _days(connection: Connection, hall: str, first: date, last: date) -> tuple[list[str], list[str]]:
    """The days that have sums, and the others."""
    within = _DONE.day.between(first.isoformat(), last.isoformat())
    summed = set(connection.execute(select(_DONE.day).where(_DONE.hall == hall, within)).scalars())
    days = [(first + timedelta(days=place)).isoformat() for place in range((last - first).days + 1)]
    return sorted(summed), [day for day in days if day not in summed]


def _of_sums(
    hall: str, grouping: Grouping, first: date, last: date, days: Sequence[str]
) -> tuple[ColumnElement[bool], ...]:
    within = _SUM.day.between(first.isoformat(), last.isoformat())
    return _SUM.hall == hall, _SUM.grouping == grouping.value, within, _SUM.day.in_(days)


def _of_evaluations(connection: Connection, hall: str, grouping: Grouping, days: Sequence[str]) -> Iterable[Any]:
    """(day, group, outcome, level, how many)."""
    if not days:
        return ()
    key = _KEYS[grouping].label("key")
    return connection.execute(
        select(_VOTE.day, key, _VOTE.outcome, _VOTE.level, func.count())
        .where(_VOTE.hall == hall, _VOTE.day.in_(days), _COUNTS_FOR_SOMEBODY)
        .group_by(_VOTE.day, key, _VOTE.outcome, _VOTE.level)
    )


def _votes(row: Sequence[Any], place: int) -> Votes:
    """From the counts that begin at `place`, in the order of _COUNTS."""
    return Votes([0, *row[place : place + len(_LEVELS)]], row[-2], row[-1])


def _row(votes: Votes) -> dict[str, int]:
    levels = {level.name.lower(): votes.levels[level] for level in Level}
    return levels | {"unrated": votes.unrated, "open": votes.open}
