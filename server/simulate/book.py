"""The simulation's own record of every number: what it was told, checked against what can happen to a number. Pure.

The hall's code is not asked: this is a second opinion on the rules, kept in the simplest words.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator
from dataclasses import dataclass, field
from typing import Any

from server.simulate.visit import Visit

OPEN = frozenset({"waiting", "called", "serving", "held"})
"""The states of a number that the hall is not done with."""


@dataclass(slots=True)
class Record:
    """One number. `window` is where it stands now, `finishes` how many of its legs a clerk ended (transfers are none),
    `votes` the level given for each leg.
    """

    id: str
    number: str
    visit: Visit
    path: str = ""
    state: str = "waiting"
    window: int | None = None
    legs: int = 1
    then: tuple[str, ...] = ()
    returns_to: int | None = None
    wakes: bool = False
    finishes: int = 0
    calls: int = 0
    held: bool = False
    moved: bool = False
    votes: dict[int, int] = field(default_factory=dict)


class Book:
    """Every number by its id. `problems` are what cannot be: each is a sentence that names the number."""

    def __init__(self) -> None:
        self.records: dict[str, Record] = {}
        self.problems: list[str] = []
        self.entries = 0

    def __iter__(self) -> Iterator[Record]:
        return iter(self.records.values())

    @property
    def open(self) -> int:
        return sum(record.state in OPEN for record in self)

    @property
    def states(self) -> Counter[str]:
        return Counter(record.state for record in self)

    def issued(self, ticket: dict[str, Any], visit: Visit, path: str = "") -> Record:
        record = Record(ticket["id"], ticket["number"], visit, path, then=tuple(ticket["then"]))
        known = self.records.get(record.id)
        if known is not None:
            self.problems.append(f"{known.number} was given to two citizens")
        self.records[record.id] = record
        self.entries += 1
        return record

    def called(self, record: Record, window: int) -> None:
        """A number on hold that wakes by itself is called without having been resumed."""
        if record.state in ("called", "serving"):
            self._problem(record, f"was called to window {window} while it was at window {record.window}")
        elif record.state != "waiting" and not (record.state == "held" and record.wakes):
            self._problem(record, f"was called to window {window} though it was {record.state}")
        record.calls += 1
        self._put(record, "called", window)

    def started(self, record: Record) -> None:
        self._move(record, "started", {"called"}, "serving", record.window)

    def finished(self, record: Record) -> None:
        """The number goes back to whoever lent it, or on to the next service of its visit, or it is done with."""
        self._expect(record, "finished", {"called", "serving"})
        record.finishes += 1
        if record.returns_to is not None:
            record.legs, record.returns_to = record.legs + 1, None
            self._put(record, "waiting", None)
        elif record.then:
            record.legs, record.then = record.legs + 1, record.then[1:]
            self._put(record, "waiting", None)
        else:
            self._put(record, "finished", None)

    def unfinished(self, record: Record, window: int) -> None:
        record.finishes -= 1
        self._move(record, "taken back", {"finished"}, "serving", window)

    def passed(self, record: Record) -> None:
        self._move(record, "passed", {"called"}, "no_show", None)

    def unpassed(self, record: Record, window: int) -> None:
        self._move(record, "taken back", {"no_show"}, "called", window)

    def rejoined(self, record: Record) -> None:
        self._move(record, "let back in", {"called", "no_show"}, "waiting", None)

    def on_hold(self, record: Record, *, wakes: bool) -> None:
        record.held, record.wakes = True, wakes
        self._move(record, "put on hold", {"serving"}, "held", None)

    def resumed(self, record: Record, window: int) -> None:
        self._move(record, "resumed", {"held"}, "serving", window)

    def transferred(self, record: Record, returns_to: int | None) -> None:
        record.legs, record.moved = record.legs + 1, True
        record.returns_to = returns_to if returns_to is not None else record.returns_to
        self._move(record, "transferred", {"called", "serving"}, "waiting", None)

    def cancelled(self, record: Record) -> None:
        self._move(record, "cancelled", {"waiting"}, "cancelled", None)

    def voted(self, record: Record, leg: int, level: int) -> None:
        if leg in record.votes:
            self._problem(record, f"was rated twice for leg {leg}")
        record.votes[leg] = level
        self.entries += 1

    def check_answer(self, record: Record, ticket: dict[str, Any]) -> None:
        """What the hall answered must be where the book has the number now."""
        if ticket["id"] != record.id or ticket["state"] != record.state:
            self._problem(record, f"is {record.state}, and the hall answered {ticket['number']} {ticket['state']}")

    def _move(self, record: Record, what: str, expected: set[str], state: str, window: int | None) -> None:
        self._expect(record, what, expected)
        self._put(record, state, window)

    def _expect(self, record: Record, what: str, expected: set[str]) -> None:
        if record.state not in expected:
            self._problem(record, f"was {what} though it was {record.state}")

    def _put(self, record: Record, state: str, window: int | None) -> None:
        record.state, record.window = state, window
        self.entries += 1

    def _problem(self, record: Record, what: str) -> None:
        self.problems.append(f"{record.number} {what}")
