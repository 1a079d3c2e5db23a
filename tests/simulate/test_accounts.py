"""The book and the reconciliation find what they are there for: each test hides one mistake in a day that is right."""

from __future__ import annotations

from typing import Any

import pytest

from server.simulate import reconcile
from server.simulate.book import Book, Record
from server.simulate.visit import Visit, Way

VISIT = Visit(0, 500.0, "insurance", Way.KIOSK, minutes=(3.0,), votes=(None,))


def ticket(number: str, state: str = "finished", **changes: Any) -> dict[str, Any]:
    """What the hall says of a number that was served once and rated 5."""
    leg = {"index": 1, "finish": "clerk", "evaluation": "voted"}
    facts = {"id": f"261127{number}", "number": number, "state": state, "then": [], "legs": [leg]}
    return {**facts, "evaluations": [{"level": 5, "own": False}], **changes}


def report(**states: int) -> dict[str, Any]:
    votes = {"voted": states.get("finished", 0), "levels": {"5": states.get("finished", 0), "4": 0}}
    tickets = {"issued": sum(states.values()), "waiting": 0, "called": 0, "serving": 0, "finished": 0, **states}
    return {"tickets": tickets, "total": {"finished": states.get("finished", 0), "votes": votes}}


def serve(book: Book, number: str) -> Record:
    record = book.issued(ticket(number), VISIT)
    book.called(record, 3)
    book.started(record)
    book.finished(record)
    book.voted(record, 1, 5)
    return record


@pytest.fixture
def book() -> Book:
    """A001 to A003, each served and rated 5."""
    book = Book()
    for number in ("A001", "A002", "A003"):
        serve(book, number)
    return book


def found(book: Book, **changes: Any) -> dict[str, Any]:
    """The hall's tickets, of which A002 differs."""
    return {record.id: ticket(record.number, **(changes if record.number == "A002" else {})) for record in book}


def test_a_day_that_is_right_adds_up(book: Book) -> None:
    assert book.problems == []
    assert [*reconcile.tickets(book, found(book))] == []
    own = found(book, evaluations=[{"level": None, "own": True}])
    assert [*reconcile.tickets(book, own)] == []
    assert [*reconcile.neighbours(book)] == ["261127A004"]
    assert [*reconcile.stray_numbers(book, {"261127A004": None})] == []
    assert [*reconcile.totals(book, report(finished=9, no_show=1), report(finished=12, no_show=1))] == []


def test_a_lost_number(book: Book) -> None:
    tickets = found(book) | {"261127A002": None}
    assert [*reconcile.tickets(book, tickets)] == ["A002 is lost: the hall does not know it"]


@pytest.mark.parametrize(
    ("change", "said"),
    [
        ({"state": "waiting"}, "A002 is waiting in the hall and finished in the book"),
        ({"legs": ticket("A002")["legs"] * 2}, "A002 has 2 legs in the hall and 1 in the book"),
        ({"evaluations": []}, "A002 was rated [] on legs [1] in the hall and {1: 5} in the book"),
        (
            {"evaluations": [{"level": None, "own": True}] * 2},
            "A002 was rated [5] on legs [1] in the hall and {1: 5} in the book",
        ),
        (
            {"evaluations": [{"level": 4, "own": False}]},
            "A002 was rated [4] on legs [1] in the hall and {1: 5} in the book",
        ),
    ],
)
def test_a_number_that_is_not_what_the_book_says(book: Book, change: dict[str, Any], said: str) -> None:
    assert said in [*reconcile.tickets(book, found(book, **change))]


def test_a_number_made_twice_and_a_gap(book: Book) -> None:
    serve(book, "A007")
    looked_up = dict.fromkeys(reconcile.neighbours(book)) | {"261127A005": ticket("A005", "waiting")}
    assert [*looked_up] == ["261127A004", "261127A005", "261127A006", "261127A008"]
    problems = [*reconcile.stray_numbers(book, looked_up)]
    assert problems[0] == "there is no A004: the numbers have a gap"
    assert problems[1].startswith("A005 (waiting) was given to nobody here")
    assert problems[2:] == ["there is no A006: the numbers have a gap"]


def test_one_more_number_behind_the_last(book: Book) -> None:
    problems = [*reconcile.stray_numbers(book, {"261127A004": ticket("A004", "waiting")})]
    assert len(problems) == 1


def test_totals_that_do_not_agree(book: Book) -> None:
    problems = [*reconcile.totals(book, report(), report(finished=3, held=1))]
    assert problems == [
        "the report counts 1 held, the book 0",
        "the report counts 4 numbers issued, the book 3",
    ]


def test_a_state_the_report_has_no_word_for_is_still_counted(book: Book) -> None:
    record = book.issued(ticket("A004"), VISIT)
    book.called(record, 3)
    book.started(record)
    book.on_hold(record, wakes=False)
    assert [*reconcile.totals(book, report(), report(finished=3))] == ["the report counts 3 numbers issued, the book 4"]
    assert [*reconcile.totals(book, report(), report(finished=3, held=1))] == []


def test_called_to_two_windows_at_once(book: Book) -> None:
    record = book.issued(ticket("A004"), VISIT)
    book.called(record, 3)
    book.called(record, 5)
    assert book.problems == ["A004 was called to window 5 while it was at window 3"]


def test_called_after_it_was_done_with(book: Book) -> None:
    book.called(book.records["261127A001"], 5)
    assert book.problems == ["A001 was called to window 5 though it was finished"]


def test_called_again_after_it_came_back(book: Book) -> None:
    record = book.issued(ticket("A004"), VISIT)
    book.called(record, 3)
    book.passed(record)
    book.rejoined(record)
    book.called(record, 5)
    assert book.problems == []


def test_one_number_for_two_citizens(book: Book) -> None:
    book.issued(ticket("A001"), VISIT)
    assert book.problems == ["A001 was given to two citizens"]


def test_a_second_vote(book: Book) -> None:
    book.voted(book.records["261127A001"], 1, 4)
    assert book.problems == ["A001 was rated twice for leg 1"]
