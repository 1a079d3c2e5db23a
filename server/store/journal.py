"""The one writing connection of a hall: a batch of events and everything that follows from them, in one transaction."""

from __future__ import annotations

import sqlite3
from collections.abc import Iterator, Sequence
from contextlib import contextmanager, suppress
from dataclasses import dataclass
from datetime import date
from typing import Any, NamedTuple

from sqlalchemy.exc import SQLAlchemyError

from server.hall.evaluation import BALLOT_DAYS
from server.hall.log import Row
from server.hall.low_rating import CASE_DAYS
from server.store import tables
from server.store.chain import START, chained
from server.store.database import Database
from server.store.projection import Projection
from server.store.statements import MARKS, Insert, Upsert, Values

_FENCE = "SELECT 1 FROM hall_lease WHERE hall = %s AND epoch = %s FOR SHARE"
# A process frozen in the middle of a transaction holds the fence, and with it the lease: the database lets go of it.
_END_FROZEN = "SET idle_in_transaction_session_timeout = '2s'"


_BOOKED_AHEAD = 800 * 24 * 3600 * 1_000_000
"""Microseconds: whatever was booked longer ago than this was for a day that is over."""
_VOTED_LATER = (BALLOT_DAYS + 2) * 24 * 3600 * 1_000_000
"""Microseconds: what was asked for longer ago than this is on nobody's ballot any more."""
_WORKED_ON = (CASE_DAYS + 2) * 24 * 3600 * 1_000_000
"""Microseconds: a low rating of before this is worked on by nobody any more."""
_ROSTERED_AHEAD = 400 * 24 * 3600 * 1_000_000
"""Microseconds: rosters are for a year ahead at most."""


class WriteFailed(Exception):
    """The batch is not in the database, unless the connection broke during the commit: the log tells."""


class LeaseLost(WriteFailed):
    """Another process owns the hall now."""


class Answer(NamedTuple):
    """What was answered to an idempotency key. `at` in microseconds, `body` as JSON."""

    key: str
    verb: str
    at: int
    body: str


@dataclass(frozen=True, slots=True)
class Batch:
    """`forget_before`: answers given before this time, in microseconds, are of no use to anybody any more.

    `revised`: days before the open one, some of whose evaluations are among the rows. `excluded`: votes, as (ticket,
    leg), that count no more after a review.
    """

    events: Sequence[Row]
    projection: Projection
    answers: Sequence[Answer]
    forget_before: int | None = None
    revised: Sequence[date] = ()
    excluded: Sequence[tuple[str, int]] = ()

    @property
    def is_worth_writing(self) -> bool:
        return bool(self.events or self.answers or self.forget_before is not None)


class Journal:
    """Writes one hall's batches and reads them back. Use it from one thread only.

    `epoch` is the fencing token of the lease under which it writes; None where the lease cannot be lost while the
    process lives.
    """

    def __init__(self, database: Database, hall: str, epoch: int | None) -> None:
        self._hall = hall
        self._epoch = epoch
        self._dialect = database.dialect
        self._driver_errors = _driver_errors(database.dialect)
        self._connection = _own_connection(database)
        dialect = database.dialect
        self._mark = MARKS[dialect]
        self._head: bytes | None = None
        self._forget = f"DELETE FROM answer WHERE hall = {self._mark} AND at < {self._mark}"  # noqa: S608 — only the mark varies
        self._revise = f"DELETE FROM summed_day WHERE hall = {self._mark} AND day = {self._mark}"  # noqa: S608 — only the mark varies
        self._exclude = (
            f"DELETE FROM summed_day WHERE hall = {self._mark} AND day IN"  # noqa: S608 — only the mark varies
            f" (SELECT day FROM evaluation WHERE hall = {self._mark} AND ticket = {self._mark} AND leg = {self._mark})"
        )
        self._events = Insert(tables.event, dialect)
        self._given = Insert(tables.answer, dialect)
        self._tickets = Upsert(tables.ticket, dialect)
        self._legs = Upsert(tables.leg, dialect)
        self._evaluations = Upsert(tables.evaluation, dialect)
        self._prints = Upsert(tables.print_job, dialect)
        self._appointments = Upsert(tables.appointment, dialect)
        self._cases = Upsert(tables.redress, dialect)

    def write(self, batch: Batch) -> None:
        """Commit the batch, or raise WriteFailed or LeaseLost."""
        with self._transaction() as cursor:
            self._check_fence(cursor)
            head = self._chain_head(cursor)
            rows, head = chained(self._hall, head, batch.events)
            self._put(cursor, self._events, rows)
            self._leave_windows(cursor, batch.projection.moved)
            self._put(cursor, self._tickets, batch.projection.tickets)
            self._put(cursor, self._legs, batch.projection.legs)
            self._put(cursor, self._evaluations, batch.projection.evaluations)
            for day in batch.revised:
                cursor.execute(self._revise, (self._hall, day.isoformat()))
            for ticket, leg in batch.excluded:
                cursor.execute(self._exclude, (self._hall, self._hall, ticket, leg))
            self._put(cursor, self._prints, batch.projection.prints)
            self._put(cursor, self._appointments, batch.projection.appointments)
            self._put(cursor, self._cases, batch.projection.cases)
            if batch.forget_before is not None:
                cursor.execute(self._forget, (self._hall, batch.forget_before))
            self._put(cursor, self._given, [(self._hall, *answer) for answer in batch.answers])
        self._head = head

    def open_day(self) -> list[Row]:
        """All that the hall is rebuilt from: the log from the last opening of a business day on, and what was booked,
        posted and rostered before it, whatever may still be voted on, and the low ratings of the last year.
        """
        mark = self._mark
        events = f'SELECT seq, at, ticket, leg, "window", staff, kind, data FROM event WHERE hall = {mark}'  # noqa: S608 — only the mark varies
        opening = f"(SELECT max(seq) FROM event WHERE hall = {mark} AND kind = 'day_opened')"  # noqa: S608 — only the mark varies
        booked = (
            f"{events} AND {tables.OF_APPOINTMENTS} AND seq < {opening} AND at >= {mark} - {_BOOKED_AHEAD} ORDER BY seq"
        )
        posted = (
            f"{events} AND {tables.OF_NOTICES} AND seq < {opening}"
            f" AND (kind <> 'roster_set' OR at >= {mark} - {_ROSTERED_AHEAD}) ORDER BY seq"
        )
        voted = f"{events} AND {tables.OF_VOTES} AND seq < {opening} AND at >= {mark} - {_VOTED_LATER} ORDER BY seq"
        rated = f"{events} AND {tables.OF_REDRESS} AND seq < {opening} AND at >= {mark} - {_WORKED_ON} ORDER BY seq"
        opened = f"{events} AND seq >= {opening} ORDER BY seq"
        today = [Row(*row) for row in self._fetch(opened, (self._hall, self._hall))]
        if not today:
            return []
        earlier = self._fetch(booked, (self._hall, self._hall, today[0].at))
        earlier += self._fetch(posted, (self._hall, self._hall, today[0].at))
        earlier += self._fetch(voted, (self._hall, self._hall, today[0].at))
        earlier += self._fetch(rated, (self._hall, self._hall, today[0].at))
        return sorted(Row(*row) for row in earlier) + today

    def answers(self) -> list[Answer]:
        """Every answer not forgotten yet."""
        statement = f"SELECT key, verb, at, body FROM answer WHERE hall = {self._mark}"  # noqa: S608 — only the mark varies
        return [Answer(*row) for row in self._fetch(statement, (self._hall,))]

    def close(self) -> None:
        self._connection.close()

    def _chain_head(self, cursor: Any) -> bytes:
        """The chain of the hall's last event: looked up once, then known from what was committed."""
        if self._head is not None:
            return self._head
        cursor.execute(f"SELECT chain FROM event WHERE hall = {self._mark} ORDER BY seq DESC LIMIT 1", (self._hall,))  # noqa: S608 — only the mark varies
        last = cursor.fetchone()
        return bytes(last[0]) if last else START

    def _leave_windows(self, cursor: Any, tickets: Sequence[str]) -> None:
        """Two tickets may have changed places in one batch: neither place can be written before both are free."""
        if tickets:
            marks = ", ".join([self._mark] * len(tickets))
            cursor.execute(
                f"UPDATE ticket SET at_window = NULL WHERE hall = {self._mark} AND id IN ({marks})",  # noqa: S608 — only marks
                (self._hall, *tickets),
            )

    def _put(self, cursor: Any, into: Insert, rows: Sequence[Values]) -> None:
        for statement, values in into.statements(rows):
            cursor.execute(statement, values)

    def _check_fence(self, cursor: Any) -> None:
        """Hold the lease's row until the commit, so that nobody can take the hall over in between."""
        if self._epoch is None:
            return
        cursor.execute(_FENCE, (self._hall, self._epoch))
        if cursor.fetchone() is None:
            raise LeaseLost(self._hall)

    def _fetch(self, statement: str, values: tuple[Any, ...]) -> list[tuple[Any, ...]]:
        with self._transaction() as cursor:
            cursor.execute(statement, values)
            rows: list[tuple[Any, ...]] = cursor.fetchall()
            return rows

    @contextmanager
    def _transaction(self) -> Iterator[Any]:
        """After any error the connection is given up: a new Journal starts from what is there."""
        cursor = self._connection.cursor()
        try:
            cursor.execute("BEGIN IMMEDIATE" if self._dialect == "sqlite" else "BEGIN")
            yield cursor
            cursor.execute("COMMIT")
        except self._driver_errors as error:
            self._give_up(cursor)
            raise WriteFailed(str(error)) from error
        except BaseException:
            self._give_up(cursor)
            raise

    def _give_up(self, cursor: Any) -> None:
        """Roll back before closing: SQLite keeps a closed connection, and its lock, for as long as a cursor lives."""
        with suppress(*self._driver_errors):
            cursor.close()
            self._connection.rollback()
        self._connection.close()


def _own_connection(database: Database) -> Any:
    """A driver connection outside the pool, on which transactions begin and end only where they are written."""
    try:
        pooled = database.engine.raw_connection()
    except SQLAlchemyError as error:
        raise WriteFailed(str(error)) from error
    connection: Any = pooled.driver_connection
    pooled.detach()
    if database.dialect == "sqlite":
        connection.isolation_level = None
    else:
        connection.autocommit = True
        connection.execute(_END_FROZEN)
    return connection


def _driver_errors(dialect: str) -> tuple[type[Exception], ...]:
    if dialect == "sqlite":
        return (sqlite3.Error,)
    import psycopg

    return (psycopg.Error,)
