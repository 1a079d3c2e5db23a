"""差评: low ratings with what was done about them, by an index of their own whether open or ended."""

from __future__ import annotations

import json
from datetime import date
from typing import NamedTuple

from sqlalchemy import Connection, RowMapping, Select, and_, select

from server.hall.low_rating import case_id
from server.hall.redress_facts import HistoryFacts
from server.store import tables

_CASE, _VOTE = tables.redress, tables.evaluation
_OWN = (
    *("ticket", "leg", "service", "window", "staff", "level", "channel", "opened_at", "verify_by", "close_by"),
    *("next", "ended_at", "excluded", "again", "history"),
)


class RatedLow(NamedTuple):
    """A case. Times in microseconds since 1970 UTC; `next` is a `Step`, None once it has ended; `again` the level of
    the citizen's second vote. `reasons` and `words` are those of the vote, `day` is that of the service.
    """

    ticket: str
    leg: int
    day: str
    service: str
    window: int
    staff: str
    level: int
    channel: str
    opened_at: int
    verify_by: int
    close_by: int
    next: str | None
    ended_at: int | None
    excluded: bool
    again: int | None
    history: HistoryFacts
    reasons: tuple[str, ...]
    words: str

    @property
    def id(self) -> str:
        return case_id(self.ticket, self.leg)


def open_cases(connection: Connection, hall: str) -> list[RatedLow]:
    """All that have not ended, however old, the oldest first."""
    return _found(connection, _cases(hall).where(_CASE.c.ended_at.is_(None)).order_by(_CASE.c.opened_at))


def ended_cases(connection: Connection, hall: str, since: int) -> list[RatedLow]:
    """Those that ended since then, the latest first."""
    return _found(connection, _cases(hall).where(_CASE.c.ended_at >= since).order_by(_CASE.c.ended_at.desc()))


def opened_cases(connection: Connection, hall: str, since: int, before: int | None = None) -> list[RatedLow]:
    """Those whose vote was given since then (and before), in that order, whatever became of them."""
    wanted = _cases(hall).where(_CASE.c.opened_at >= since).order_by(_CASE.c.opened_at)
    return _found(connection, wanted if before is None else wanted.where(_CASE.c.opened_at < before))


def cases_of_days(connection: Connection, hall: str, first: date, last: date) -> list[RatedLow]:
    """Those of services on these days, whatever became of them."""
    return _found(connection, _cases(hall).where(_VOTE.c.day.between(first.isoformat(), last.isoformat())))


def find_case(connection: Connection, hall: str, ticket: str, leg: int) -> RatedLow | None:
    found = _found(connection, _cases(hall).where(_CASE.c.ticket == ticket, _CASE.c.leg == leg))
    return found[0] if found else None


def _cases(hall: str) -> Select[tuple[object, ...]]:
    same = and_(_VOTE.c.hall == _CASE.c.hall, _VOTE.c.ticket == _CASE.c.ticket, _VOTE.c.leg == _CASE.c.leg)
    return (
        select(*(_CASE.c[name] for name in _OWN), _VOTE.c.day, _VOTE.c.reasons, _VOTE.c.words)
        .select_from(_CASE.join(_VOTE, same))
        .where(_CASE.c.hall == hall)
    )


def _found(connection: Connection, wanted: Select[tuple[object, ...]]) -> list[RatedLow]:
    return [_case(row) for row in connection.execute(wanted).mappings()]


def _case(row: RowMapping) -> RatedLow:
    own = dict(row)
    return RatedLow(**own | {"history": json.loads(own["history"]), "reasons": tuple(own["reasons"].split())})
