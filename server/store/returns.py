"""Who was sent away to come again: what an earlier visit was told, which outlives its day.

By the person, or by the number of a 一次性告知书; each by an index of its own, so that the cost does not depend on how
many visits are stored.
"""

from __future__ import annotations

import json
from collections.abc import Iterable, Sequence
from datetime import date
from typing import NamedTuple

from sqlalchemy import Connection, RowMapping, Select, and_, select, text

from server.hall.document_notice import ticket_of_notice
from server.hall.facts import DocumentNoticeFacts, FirstContactFacts
from server.hall.instant import from_microseconds
from server.store import tables

_MOST = 20
_LEG, _TICKET, _EVENT = tables.leg, tables.ticket, tables.event
_NEWEST_FIRST = (_LEG.c.queued_at.desc(), _LEG.c.ticket.desc(), _LEG.c.leg.desc())


class Return(NamedTuple):
    """A leg that ended with documents missing. `at`: microseconds since 1970 UTC, when it was told or ended.

    `earlier`: the number of the notice that the clerk named as that of the visit before.
    """

    ticket: str
    leg: int
    number: str
    day: str
    service: str
    window: int | None
    staff: str | None
    at: int
    person: str | None
    result: str | None
    quantity: int | None
    note: str
    notices: tuple[DocumentNoticeFacts, ...]
    first: FirstContactFacts | None

    @property
    def earlier(self) -> str | None:
        return next((notice["earlier"] for notice in reversed(self.notices) if notice["earlier"]), None)


class Look(NamedTuple):
    """A leader has looked into it."""

    at: str
    staff: str
    words: str


def return_of_notice(connection: Connection, hall: str, number: str) -> Return | None:
    """The visit in which the notice of this number was given out; None when there is none."""
    ticket = ticket_of_notice(number)
    if ticket is None:
        return None
    wanted = _returns(hall).where(_LEG.c.ticket == ticket, _LEG.c.notices.is_not(None))
    for found in map(_return, connection.execute(wanted).mappings()):
        if any(notice["number"] == number for notice in found.notices):
            return found
    return None


def returns_of_person(
    connection: Connection, hall: str, person: str, service: str, since: date, *, but: str
) -> list[Return]:
    """Visits of a person for a service that ended with documents missing, the newest first; not the ticket `but`."""
    wanted = (
        _returns(hall)
        .where(
            text(f"leg.{tables.RETURNED}"),
            _LEG.c.person == person,
            _LEG.c.service == service,
            # As an expression: without statistics SQLite takes the index by day for the narrower one.
            (_LEG.c.day + "") >= since.isoformat(),
            _LEG.c.ticket != but,
        )
        .order_by(*_NEWEST_FIRST)
        .limit(_MOST)
    )
    return [_return(row) for row in connection.execute(wanted).mappings()]


def returns_between(connection: Connection, hall: str, first: date, last: date) -> list[Return]:
    """Every visit of these days that ended with documents missing, the newest first."""
    wanted = (
        _returns(hall)
        .where(text(f"leg.{tables.RETURNED}"), _LEG.c.day >= first.isoformat(), _LEG.c.day <= last.isoformat())
        .order_by(*_NEWEST_FIRST)
    )
    return [_return(row) for row in connection.execute(wanted).mappings()]


def looks(
    connection: Connection, hall: str, since: int, legs: Iterable[tuple[str, int]]
) -> dict[tuple[str, int], Look]:
    """What leaders have said of these legs, by (ticket, leg), the latest of each; `since` in microseconds."""
    wanted = (
        select(_EVENT.c.ticket, _EVENT.c.leg, _EVENT.c.at, _EVENT.c.staff, _EVENT.c.data)
        .where(_EVENT.c.hall == hall, text(tables.OF_LOOKS), _EVENT.c.at >= since)
        .order_by(_EVENT.c.at)
    )
    asked = set(legs)
    return {
        (row.ticket, row.leg): Look(
            from_microseconds(row.at).isoformat(), row.staff or "", json.loads(row.data)["words"]
        )
        for row in connection.execute(wanted)
        if (row.ticket, row.leg) in asked
    }


def _returns(hall: str) -> Select[tuple[object, ...]]:
    same = and_(_TICKET.c.hall == _LEG.c.hall, _TICKET.c.id == _LEG.c.ticket)
    return (
        select(
            *(_LEG.c[name] for name in ("ticket", "leg", "day", "service", "window", "staff", "queued_at", "ended_at")),
            *(_LEG.c[name] for name in ("person", "result", "quantity", "result_note", "notices")),
            _TICKET.c.number,
            _TICKET.c.first,
        )
        .select_from(_LEG.join(_TICKET, same))
        .where(_LEG.c.hall == hall)
    )


def _return(row: RowMapping) -> Return:
    notices: Sequence[DocumentNoticeFacts] = json.loads(row["notices"] or "[]")
    return Return(
        ticket=row["ticket"],
        leg=row["leg"],
        number=row["number"],
        day=row["day"],
        service=row["service"],
        window=row["window"],
        staff=row["staff"],
        at=row["ended_at"] or row["queued_at"],
        person=row["person"],
        result=row["result"],
        quantity=row["quantity"],
        note=row["result_note"] or "",
        notices=tuple(notices),
        first=json.loads(row["first"]) if row["first"] else None,
    )
