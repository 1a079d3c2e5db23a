"""What leaders and desks ask of earlier days goes by an index, whatever SQLite knows of how much is stored."""

from __future__ import annotations

from collections.abc import Callable
from datetime import date
from pathlib import Path
from typing import Any

import pytest
from sqlalchemy import Connection, event

from server.store.database import Database
from server.store.desk_days import desk_events_of_day
from server.store.first_contacts import first_contacts_of
from server.store.returns import looks, returns_between, returns_of_person
from server.store.vote_sums import Grouping, votes_between

DAY = date(2026, 11, 23)
Query = Callable[[Connection], Any]


def plans(database: Database, query: Query) -> list[str]:
    """The steps of every statement that `query` executes."""
    asked: list[tuple[str, Any]] = []

    def hear(_c: Any, _cursor: Any, statement: str, values: Any, _context: Any, _many: bool) -> None:
        asked.append((statement, values))

    def run(connection: Connection) -> list[str]:
        event.listen(connection, "before_cursor_execute", hear)
        query(connection)
        event.remove(connection, "before_cursor_execute", hear)
        rows = [connection.exec_driver_sql(f"EXPLAIN QUERY PLAN {wanted}", values) for wanted, values in asked]
        return [row[-1] for found in rows for row in found]

    return database.read(run)


@pytest.mark.parametrize(
    ("query", "index"),
    [
        pytest.param(lambda c: desk_events_of_day(c, "h", DAY), "event_day_opened (hall=?", id="desk days"),
        pytest.param(lambda c: first_contacts_of(c, "h", DAY), "(hall=? AND day=?)", id="first contacts"),
        pytest.param(
            lambda c: returns_between(c, "h", DAY, DAY), "leg_returned (hall=? AND day>? AND day<?)", id="returns"
        ),
        pytest.param(
            lambda c: returns_of_person(c, "h", "p", "tax", DAY, but=""),
            "leg_returned_person (hall=? AND person=?)",
            id="returns of a person",
        ),
        pytest.param(
            lambda c: votes_between(c, "h", Grouping.WINDOW, DAY, DAY),
            "evaluation_day (hall=? AND day=?)",
            id="votes of days without sums",
        ),
        pytest.param(lambda c: looks(c, "h", 0, []), "event_look (hall=? AND at>?)", id="looks"),
    ],
)
def test_the_question_goes_by_its_index(tmp_path: Path, query: Query, index: str) -> None:
    database = Database(f"sqlite:///{tmp_path}/hall.db")
    database.prepare()
    steps = plans(database, query)
    database.close()
    assert any(index in step for step in steps), steps
    assert not any(
        step.startswith("SCAN") or step.endswith("(hall=?)") for step in steps if "day_opened" not in step
    ), steps
