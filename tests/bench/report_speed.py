"""A month's votes by window and day among five million tickets: from the sums of the days, and without them."""

from __future__ import annotations

import statistics
import time
from collections.abc import Callable
from datetime import date, timedelta
from pathlib import Path
from typing import Any

from figure import Figure
from sqlalchemy import Connection, text

from server.store.database import Database
from server.store.vote_sums import Grouping, days_to_sum, sum_day, votes_between, votes_by_day

_HALL = "bench"
_FIRST = date(2020, 1, 1)
_PER_DAY, _WINDOWS, _MONTH = 2000, 60, 30
_FILL = text(
    "WITH RECURSIVE n(i) AS (SELECT 0 UNION ALL SELECT i + 1 FROM n WHERE i < :top - 1)"
    ' INSERT INTO evaluation (hall, ticket, leg, day, service, "window", staff, outcome, level, channel,'
    " opened_at, ended_at)"
    " SELECT :hall, printf('%06dA%04d', i / :per_day, i % :per_day), 1, date(:first, '+' || (i / :per_day) || ' days'),"
    " 'service' || (i % 7), i % :windows + 1, 'clerk' || (i % :windows),"
    " CASE WHEN i % 11 = 0 THEN 'unrated' ELSE 'voted' END,"
    " CASE WHEN i % 11 = 0 THEN NULL ELSE 5 - (i * 7919 % 13 = 0) - 2 * (i * 104729 % 29 = 0) END,"
    " CASE WHEN i % 11 = 0 THEN NULL WHEN i % 5 = 0 THEN 'phone' ELSE 'pad' END,"
    " i * 10000000, i * 10000000 + 5000000 FROM n"
)


def measure(folder: Path, *, quick: bool) -> list[Figure]:
    """Of a hall with 60 windows and 2,000 tickets a day."""
    days, rounds = (40, 3) if quick else (2500, 21)
    database = Database(f"sqlite:///{folder / 'hall.db'}")
    database.prepare()
    values = {"hall": _HALL, "top": days * _PER_DAY, "per_day": _PER_DAY, "windows": _WINDOWS, "first": _FIRST}
    database.write(lambda connection: connection.execute(_FILL, values))
    last = _FIRST + timedelta(days=days - 1)
    first = last - timedelta(days=_MONTH - 1)

    def median(query: Callable[[Connection], Any]) -> float:
        return statistics.median(_milliseconds(lambda: database.read(query)) for _ in range(rounds))

    def by_window_and_day(connection: Connection) -> Any:
        return votes_by_day(connection, _HALL, Grouping.WINDOW, first, last)

    without = median(by_window_and_day)
    expected = database.read(by_window_and_day)
    to_sum = database.read(lambda connection: days_to_sum(connection, _HALL, last + timedelta(days=1)))
    summing = [
        _milliseconds(lambda day=day: database.write(lambda connection: sum_day(connection, _HALL, day)))  # type: ignore[misc]
        for day in to_sum[-_MONTH:]
    ]
    summed = median(by_window_and_day)
    assert database.read(by_window_and_day) == expected
    assert len(expected) == _MONTH * _WINDOWS
    page = median(lambda connection: votes_between(connection, _HALL, Grouping.WINDOW, first, last))
    database.close()
    size = f"{days * _PER_DAY:,}"
    return [
        Figure(f"month's votes by window and day, {size} stored, from the sums", summed, "ms", bound=5),
        Figure("the same without sums", without, "ms", bound=150),
        Figure("month's votes by window, as the page asks", page, "ms", bound=5),
        Figure("summing a day of 2,000", statistics.median(summing), "ms"),
    ]


def _milliseconds(work: Callable[[], object]) -> float:
    start = time.perf_counter()
    work()
    return (time.perf_counter() - start) * 1e3
