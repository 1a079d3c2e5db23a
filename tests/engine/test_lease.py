"""One hall, several processes: exactly one writes, and another takes over when it is gone."""

from __future__ import annotations

import threading
from collections.abc import Iterator
from typing import Any

import pytest
from child_hall import ChildHall, StartChild
from engines import log_of, wide_plan
from postgres import PostgresServer

from server.hall.log import Row
from server.store.database import Database
from server.store.journal import Batch, Journal, LeaseLost, WriteFailed
from server.store.lease import RowLease
from server.store.projection import Projection

PLAN = wide_plan()
TTL = 4.0


@pytest.fixture
def start_child() -> Iterator[StartChild]:
    children: list[ChildHall] = []

    def start(url: str, ttl: float = TTL) -> ChildHall:
        children.append(ChildHall(url, ttl))
        return children[-1]

    yield start
    for child in children:
        child.kill()


@pytest.fixture
def prepared(database_url: str) -> Iterator[Database]:
    database = Database(database_url)
    database.prepare()
    yield database
    database.close()


def issued(database: Database) -> list[str]:
    return [row.data for row in log_of(database, PLAN.id) if row.kind == "ticket_issued"]


def test_second_process_stands_by_until_the_first_is_killed(
    prepared: Database, database_url: str, start_child: StartChild
) -> None:
    first = start_child(database_url)
    first.wait_for_role("owner")
    second = start_child(database_url)
    second.wait_for_role("standby")
    assert first.ask("issue") == {"number": "A001"}
    assert second.ask("issue") == {"error": "standing_by"}
    first.kill()
    assert second.wait_for_role("owner") < TTL + 2
    assert second.ask("issue") == {"number": "A002"}
    assert len(issued(prepared)) == 2


def test_process_that_ends_in_order_lets_the_next_one_in_at_once(
    prepared: Database, database_url: str, start_child: StartChild
) -> None:
    first = start_child(database_url, ttl=60)
    first.wait_for_role("owner")
    second = start_child(database_url, ttl=60)
    second.wait_for_role("standby")
    first.tell("")
    first.process.wait(timeout=10)
    second.wait_for_role("owner")
    assert second.ask("issue") == {"number": "A001"}


def test_frozen_owner_writes_nothing_after_it_was_replaced(postgres: PostgresServer, start_child: StartChild) -> None:
    url = postgres.new_database()
    database = Database(url)
    database.prepare()
    first = start_child(url, ttl=1.0)
    first.wait_for_role("owner")
    assert first.ask("issue") == {"number": "A001"}
    second = start_child(url, ttl=1.0)
    second.wait_for_role("standby")
    first.freeze()
    assert second.wait_for_role("owner") < 1.0 + 2
    assert second.ask("issue") == {"number": "A002"}
    before = log_of(database, PLAN.id)
    first.tell("issue")
    first.thaw()
    assert first.hear() in ({"error": "write_failed"}, {"error": "standing_by"})
    first.wait_for_role("standby")
    assert log_of(database, PLAN.id) == before
    assert second.ask("issue") == {"number": "A003"}
    database.close()


def test_frozen_owner_that_nobody_asks_notices_by_itself(postgres: PostgresServer, start_child: StartChild) -> None:
    """Otherwise it would go on showing its screens a hall that stands still."""
    url = postgres.new_database()
    Database(url).prepare()
    first = start_child(url, ttl=1.0)
    first.wait_for_role("owner")
    second = start_child(url, ttl=1.0)
    second.wait_for_role("standby")
    first.freeze()
    second.wait_for_role("owner")
    first.thaw()
    assert first.wait_for_role("standby") < 3


@pytest.fixture
def leased(postgres: PostgresServer) -> Iterator[Database]:
    database = Database(postgres.new_database())
    database.prepare()
    yield database
    database.close()


def batch(events: Any = ()) -> Batch:
    return Batch(events, Projection(), ())


def row(seq: int) -> Row:
    return Row(seq, 1, None, None, 1, "chen", "window_closed", "{}")


def test_lease_changes_hands_only_when_it_ran_out(leased: Database) -> None:
    first, second = RowLease(leased, "h", ttl=60), RowLease(leased, "h", ttl=60)
    assert first.acquire()
    assert not second.acquire()
    assert not second.renew()
    assert first.renew()
    first.release()
    assert second.acquire()
    assert not first.renew()
    assert second.epoch is not None
    assert second.epoch > 1


def test_old_epoch_is_fenced_off(leased: Database) -> None:
    first, second = RowLease(leased, "h", ttl=-1), RowLease(leased, "h", ttl=60)
    assert first.acquire()
    journal = Journal(leased, "h", first.epoch)
    journal.write(batch([row(1)]))
    assert second.acquire()
    with pytest.raises(LeaseLost):
        journal.write(batch([row(2)]))
    assert [entry.seq for entry in log_of(leased, "h")] == [1]


class Frozen(list[Row]):
    """Events of a process that is frozen in the middle of its transaction, until it is thawed."""

    def __init__(self, rows: list[Row]) -> None:
        super().__init__(rows)
        self.reached, self.thawed = threading.Event(), threading.Event()

    def __iter__(self) -> Iterator[Row]:
        self.reached.set()
        assert self.thawed.wait(20)
        return super().__iter__()


def test_owner_frozen_inside_a_transaction_does_not_keep_the_hall(leased: Database) -> None:
    first, second = RowLease(leased, "h", ttl=-1), RowLease(leased, "h", ttl=60)
    assert first.acquire()
    journal, events, outcome = Journal(leased, "h", first.epoch), Frozen([row(1)]), list[Exception]()

    def write() -> None:
        try:
            journal.write(batch(events))
        except WriteFailed as error:
            outcome.append(error)

    frozen = threading.Thread(target=write)
    frozen.start()
    assert events.reached.wait(20)
    assert second.acquire()
    events.thawed.set()
    frozen.join()
    assert len(outcome) == 1
    assert log_of(leased, "h") == []
