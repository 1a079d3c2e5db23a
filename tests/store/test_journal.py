"""The journal: a batch is there as a whole or not at all, and the database itself refuses what must never be."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any

import pytest
from engines import log_of, stored_projection

from server.hall.log import Row
from server.store.database import Database
from server.store.journal import Answer, Batch, Journal, WriteFailed
from server.store.projection import Projection

HALL = "small"
DAY = "2026-11-23"


@pytest.fixture
def database(database_url: str) -> Iterator[Database]:
    opened = Database(database_url)
    opened.prepare()
    yield opened
    opened.close()


def journal_of(database: Database) -> Journal:
    return Journal(database, HALL, None)


def event(seq: int, kind: str = "window_closed") -> Row:
    return Row(seq, 1_000_000 + seq, None, None, 1, "chen", kind, "{}")


def ticket(number: str, *, day: str = DAY, place: str = "", window: int | None = None) -> tuple[Any, ...]:
    identity = f"{place}{day}{number}"
    at = (window, None, None, None, False)
    return (HALL, identity, day, number, "insurance", "ordinary", "waiting", f"t{identity}", None, 0, 5, None, *at)


def leg(number: str, window: int, *, called_at: int | None = 7, ended_at: int | None = None) -> tuple[Any, ...]:
    served = (window, "chen", 5, called_at, 1, None, False, ended_at, None, 0)
    return (HALL, DAY + number, 1, DAY, "insurance", *served, None, None, None, None, None, False)


def batch(*events: Row, answers: tuple[Answer, ...] = (), forget_before: int | None = None, **rows: Any) -> Batch:
    return Batch(list(events), Projection(**rows), answers, forget_before)


def nothing_but(database: Database, *seqs: int) -> bool:
    return [row.seq for row in log_of(database, HALL)] == list(seqs)


def test_batch_is_read_back(database: Database) -> None:
    rows = [event(1, "day_opened"), event(2), event(3)]
    journal_of(database).write(batch(*rows, tickets=[ticket("A001")], legs=[leg("A001", 1)]))
    assert journal_of(database).open_day() == rows
    assert stored_projection(database)["tickets"] == {ticket("A001")}
    assert stored_projection(database)["legs"] == {leg("A001", 1)}


@pytest.mark.parametrize("count", [1, 7, 8, 31, 32, 33, 75, 300])
def test_any_number_of_rows_fits_in_a_batch(database: Database, count: int) -> None:
    numbers = [f"A{n:03d}" for n in range(count)]
    rows = [event(1, "day_opened"), *(event(seq) for seq in range(2, count + 1))]
    journal_of(database).write(batch(*rows, tickets=[ticket(number) for number in numbers]))
    assert journal_of(database).open_day() == rows
    assert stored_projection(database)["tickets"] == {ticket(number) for number in numbers}


def test_only_the_open_day_is_read_back(database: Database) -> None:
    journal = journal_of(database)
    journal.write(batch(event(1, "day_opened"), event(2), event(3, "day_opened"), event(4)))
    assert [row.seq for row in journal.open_day()] == [3, 4]


def test_what_was_booked_on_earlier_days_is_read_back_too(database: Database) -> None:
    journal = journal_of(database)
    days = (event(1, "day_opened"), event(2, "appointment_booked"), event(3), event(4, "day_opened"), event(5))
    journal.write(batch(*days))
    assert [row.seq for row in journal.open_day()] == [2, 4, 5]


def test_notices_however_long_ago_and_the_last_years_rosters_are_read_back_too(database: Database) -> None:
    journal = journal_of(database)
    long_ago = event(1, "day_opened")._replace(at=1)
    posted = [event(seq, kind)._replace(at=seq) for seq, kind in ((2, "notice_posted"), (3, "roster_set"))]
    passed = [event(4, "announcement_made"), event(5, "appointment_booked"), event(6, "notice_withdrawn")]
    year = 366 * 24 * 3600 * 1_000_000
    rostered = event(7, "roster_set")._replace(at=9 * year)
    today = [event(seq, kind)._replace(at=10 * year + seq) for seq, kind in ((8, "day_opened"), (9, "notice_posted"))]
    journal.write(batch(long_ago, *posted, *passed, rostered, *today))
    assert [row.seq for row in journal.open_day()] == [2, 6, 7, 8, 9]


def test_new_hall_has_no_day(database: Database) -> None:
    assert journal_of(database).open_day() == []


def test_halls_share_a_database_without_meeting(database: Database) -> None:
    journal_of(database).write(batch(event(1, "day_opened")))
    other = Journal(database, "other", None)
    assert other.open_day() == []
    other.write(batch(event(1, "day_opened"), event(2)))
    assert nothing_but(database, 1)


def test_ticket_row_follows_its_ticket(database: Database) -> None:
    journal = journal_of(database)
    journal.write(batch(event(1), tickets=[ticket("A001")], legs=[leg("A001", 1)]))
    finished = (*ticket("A001")[:6], "finished", *ticket("A001")[7:11], 9, None, None, None, None, False)
    journal.write(batch(event(2), tickets=[finished], legs=[leg("A001", 1, ended_at=9)]))
    assert stored_projection(database)["tickets"] == {finished}
    assert stored_projection(database)["legs"] == {leg("A001", 1, ended_at=9)}


def test_window_may_take_the_next_citizen_in_the_batch_in_which_the_last_one_leaves(database: Database) -> None:
    journal = journal_of(database)
    journal.write(batch(event(1), tickets=[ticket("A001", window=1)]))
    journal.write(batch(event(2), tickets=[ticket("A001"), ticket("A002", window=1)]))
    assert stored_projection(database)["tickets"] == {ticket("A001"), ticket("A002", window=1)}


def test_two_tickets_may_change_places_in_one_batch(database: Database) -> None:
    journal = journal_of(database)
    journal.write(batch(event(1), tickets=[ticket("A001", window=1), ticket("A002", window=2)]))
    swapped = [ticket("A001", window=2), ticket("A002", window=1)]
    journal.write(batch(event(2), tickets=swapped, moved=[row[1] for row in swapped]))
    assert stored_projection(database)["tickets"] == set(swapped)


REFUSED = {
    "a number twice on one day": batch(event(2), tickets=[ticket("A001", place="again")]),
    "two citizens at one window": batch(event(2), tickets=[ticket("A002", window=1)]),
    "an event twice": batch(event(2), event(1)),
    "a key twice": batch(event(2), answers=(Answer("key", "IssueTicket", 1, "{}"),)),
    "no number at all": batch(event(2), tickets=[(*ticket("A009")[:3], None, *ticket("A009")[4:])]),
}


@pytest.mark.parametrize("what", REFUSED)
def test_backstop_refuses_and_leaves_nothing_of_the_batch(database: Database, what: str) -> None:
    given = (Answer("key", "IssueTicket", 1, "{}"),)
    first = batch(event(1, "day_opened"), tickets=[ticket("A001", window=1)], legs=[leg("A001", 1)], answers=given)
    journal_of(database).write(first)
    before = stored_projection(database)
    journal = journal_of(database)
    with pytest.raises(WriteFailed):
        journal.write(REFUSED[what])
    assert nothing_but(database, 1)
    assert stored_projection(database) == before
    journal_of(database).write(batch(event(2)))
    assert nothing_but(database, 1, 2)


def test_same_number_on_another_day_is_another_ticket(database: Database) -> None:
    rows = [ticket("A001"), ticket("A001", day="2026-11-24")]
    journal_of(database).write(batch(event(1), tickets=rows))
    assert stored_projection(database)["tickets"] == set(rows)


def test_value_that_no_database_takes_leaves_nothing_of_the_batch(database: Database) -> None:
    half_a_character = event(2)._replace(staff="\ud800")
    journal = journal_of(database)
    journal.write(batch(event(1)))
    with pytest.raises((WriteFailed, UnicodeEncodeError)):
        journal.write(batch(half_a_character))
    journal_of(database).write(batch(event(2)))
    assert nothing_but(database, 1, 2)


def test_answers_are_kept_until_forgotten(database: Database) -> None:
    old, new = Answer("old", "IssueTicket", 100, '"旧"'), Answer("new", "CallNext", 200, "null")
    journal = journal_of(database)
    journal.write(batch(event(1), answers=(old, new)))
    assert sorted(journal_of(database).answers()) == [new, old]
    journal.write(batch(forget_before=150, answers=(Answer("old", "Start", 300, "1"),)))
    assert sorted(journal_of(database).answers()) == [new, Answer("old", "Start", 300, "1")]
