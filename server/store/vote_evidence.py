"""Each evaluation of some days, and the presses that counted for nobody: nothing of them says who the citizen was."""

from __future__ import annotations

import json
from datetime import date
from typing import NamedTuple

from sqlalchemy import Connection, select, text

from server.hall.evaluation import Outcome
from server.store import tables

_VOTE, _EVENT = tables.evaluation.c, tables.event.c


class AskedVote(NamedTuple):
    """One evaluation that was not withdrawn. Times in microseconds since 1970 UTC; `ended_at` of a vote is its own."""

    window: int
    staff: str
    service: str
    outcome: str
    level: int | None
    channel: str | None
    opened_at: int
    ended_at: int | None


class UnheardPress(NamedTuple):
    """`level` None: a key without one; `why` is an `Unheard`."""

    at: int
    window: int
    key: int
    level: int | None
    why: str


def asked_between(connection: Connection, hall: str, first: date, last: date) -> list[AskedVote]:
    """In the order in which they were asked."""
    wanted = (
        select(*(_VOTE[name] for name in AskedVote._fields))
        .where(
            _VOTE.hall == hall,
            _VOTE.day.between(first.isoformat(), last.isoformat()),
            _VOTE.outcome != Outcome.WITHDRAWN.value,
        )
        .order_by(_VOTE.opened_at)
    )
    return [AskedVote._make(row) for row in connection.execute(wanted)]


def unheard_between(connection: Connection, hall: str, since: int, until: int) -> list[UnheardPress]:
    """From `since` up to but not including `until`, in microseconds, in order."""
    wanted = (
        select(_EVENT.at, _EVENT.window, _EVENT.data)
        .where(_EVENT.hall == hall, text("kind = 'press_ignored'"), _EVENT.at >= since, _EVENT.at < until)
        .order_by(_EVENT.at)
    )
    return [_press(row.at, row.window, json.loads(row.data)) for row in connection.execute(wanted)]


def _press(at: int, window: int, data: dict[str, object]) -> UnheardPress:
    key, level, why = data["key"], data["level"], data["unheard"]
    return UnheardPress(at, window, int(str(key)), None if level is None else int(str(level)), str(why))
