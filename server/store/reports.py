"""What reports read: a business day's legs with what became of them, all in one statement.

One statement is one snapshot on SQLite and PostgreSQL alike, so the figures of a report always agree with each other.
The joins name the day too: PostgreSQL may then take each table by the index that begins with (hall, day).
"""

from __future__ import annotations

from datetime import date
from typing import NamedTuple

from sqlalchemy import Connection, Select, and_, select

from server.store.excluded import IS_EXCLUDED
from server.store.tables import evaluation, leg, staff, ticket


class DayLeg(NamedTuple):
    """One leg. Times in microseconds since 1970 UTC, `held_for` in microseconds.

    `state` is the ticket's `State`, `finish` the leg's `Finish`, `outcome` and `level` those of its evaluation,
    `result` a `ResultKind` with its quantity (件数); None where there is none yet.
    `paper`: the ticket's number stood on paper. `excluded`: the vote counts no more, after a review.
    """

    ticket: str
    leg: int
    state: str
    service: str
    window: int | None
    staff: str | None
    queued_at: int
    called_at: int | None
    started_at: int | None
    ended_at: int | None
    finish: str | None
    held_for: int
    outcome: str | None
    level: int | None
    result: str | None = None
    quantity: int | None = None
    paper: bool = False
    excluded: bool = False


class StaffName(NamedTuple):
    username: str
    name: str
    number: str


def legs_of_day(connection: Connection, hall: str, day: date) -> list[DayLeg]:
    """Every leg of one business day; the cost does not depend on how many other days are stored."""
    return [DayLeg._make(row) for row in connection.execute(day_statement(hall, day))]


def day_statement(hall: str, day: date) -> Select[tuple[object, ...]]:
    """The one statement of `legs_of_day`, for whoever asks the database how it means to run it."""
    same_ticket = and_(ticket.c.hall == leg.c.hall, ticket.c.id == leg.c.ticket, ticket.c.day == leg.c.day)
    same_leg = and_(
        evaluation.c.hall == leg.c.hall,
        evaluation.c.ticket == leg.c.ticket,
        evaluation.c.leg == leg.c.leg,
        evaluation.c.day == leg.c.day,
    )
    return (
        select(
            leg.c.ticket,
            leg.c.leg,
            ticket.c.state,
            leg.c.service,
            leg.c.window,
            leg.c.staff,
            leg.c.queued_at,
            leg.c.called_at,
            leg.c.started_at,
            leg.c.ended_at,
            leg.c.finish,
            leg.c.held_for,
            evaluation.c.outcome,
            evaluation.c.level,
            leg.c.result,
            leg.c.quantity,
            ticket.c.paper,
            IS_EXCLUDED,
        )
        .select_from(leg.join(ticket, same_ticket).outerjoin(evaluation, same_leg))
        .where(leg.c.hall == hall, leg.c.day == day.isoformat())
    )


def staff_names(connection: Connection, hall: str) -> dict[str, StaffName]:
    """The hall's accounts by user name: logs and legs know people by that alone."""
    wanted = select(staff.c.username, staff.c.name, staff.c.number).where(staff.c.hall == hall)
    return {row.username: StaffName._make(row) for row in connection.execute(wanted)}
