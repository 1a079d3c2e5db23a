"""首问: the tickets of a day that somebody handed over, with their legs."""

from __future__ import annotations

import json
from datetime import date
from typing import NamedTuple

from sqlalchemy import Connection, and_, select, text

from server.hall.facts import FirstContactFacts
from server.store import tables

_LEG, _TICKET = tables.leg, tables.ticket


class FirstLeg(NamedTuple):
    service: str
    window: int | None
    staff: str | None
    finish: str | None
    result: str | None
    quantity: int | None
    note: str | None


class AskedFirst(NamedTuple):
    """`legs` in their order, at least one."""

    ticket: str
    number: str
    state: str
    first: FirstContactFacts
    legs: list[FirstLeg]


def first_contacts_of(connection: Connection, hall: str, day: date) -> list[AskedFirst]:
    """The join names the day too, so that the cost does not depend on how many others are stored wherever it begins."""
    same = and_(_LEG.c.hall == _TICKET.c.hall, _LEG.c.ticket == _TICKET.c.id, _LEG.c.day == _TICKET.c.day)
    wanted = (
        select(
            *(_TICKET.c[name] for name in ("id", "number", "state", "first")),
            *(_LEG.c[name] for name in ("service", "window", "staff", "finish", "result", "quantity", "result_note")),
        )
        .select_from(_TICKET.join(_LEG, same))
        .where(_TICKET.c.hall == hall, _TICKET.c.day == day.isoformat(), text(f"ticket.{tables.ASKED_FIRST}"))
        .order_by(_TICKET.c.id, _LEG.c.leg)
    )
    found: dict[str, AskedFirst] = {}
    for row in connection.execute(wanted):
        ticket, number, state, first, *leg = row
        known = found.setdefault(ticket, AskedFirst(ticket, number, state, json.loads(first), []))
        known.legs.append(FirstLeg(*leg))
    return list(found.values())
