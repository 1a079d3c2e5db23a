"""Is every number accounted for? The book against what the hall says at the end. Pure."""

from __future__ import annotations

import re
from collections import Counter, defaultdict
from collections.abc import Iterator, Mapping
from typing import Any

from server.simulate.book import OPEN, Book, Record

_NUMBER = re.compile(r"([A-Z]+)(\d+)")
_BY_CLERK = ("clerk", "next_call")
Json = dict[str, Any]


def open_now(report: Json) -> int:
    """How many numbers of the day the hall is not done with."""
    return sum(count for state, count in _states(report).items() if state in OPEN)


def neighbours(book: Book) -> Iterator[str]:
    """The ids that stand between those in the book, or right behind them, and that nobody here was given.

    There should be no such number: one that the hall knows was made twice or taken by somebody else, one between others
    that it does not know is a gap.
    """
    for prefix, records in _by_prefix(book).items():
        numbers = {serial for serial, _ in records}
        some = records[0][1]
        width, day = len(some.number) - len(prefix), some.id.removesuffix(some.number)
        for serial in range(min(numbers), max(numbers) + 2):
            if serial not in numbers:
                yield f"{day}{prefix}{serial:0{width}d}"


def stray_numbers(book: Book, found: Mapping[str, Json | None]) -> Iterator[str]:
    """`found`: what the hall knows of the `neighbours`."""
    last = {prefix: max(serial for serial, _ in records) for prefix, records in _by_prefix(book).items()}
    for ticket, known in found.items():
        match = _NUMBER.search(ticket)
        if known is not None:
            yield f"{known['number']} ({known['state']}) was given to nobody here: made twice, or somebody else's"
        elif match and int(match[2]) <= last[match[1]]:
            yield f"there is no {match[0]}: the numbers have a gap"


def tickets(book: Book, found: Mapping[str, Json | None]) -> Iterator[str]:
    """Each number: where it ended, how many legs it had, who ended them and how they were rated."""
    for record in book:
        ticket = found.get(record.id)
        if ticket is None:
            yield f"{record.number} is lost: the hall does not know it"
        else:
            yield from (f"{record.number} {difference}" for difference in _differences(record, ticket))


def totals(book: Book, before: Json, after: Json) -> Iterator[str]:
    """The report's figures of the day, less those it had before the simulation."""
    issued, states = after["tickets"]["issued"], _states(after)
    if issued != sum(states.values()):
        yield f"the report counts {issued} numbers issued, and {sum(states.values())} that are somewhere"
    difference = Counter(states)
    difference.subtract(_states(before))
    for state in sorted(states.keys() | book.states.keys()):
        # A state that the report has no word for is counted by `issued` alone.
        if state in states and difference[state] != book.states[state]:
            yield f"the report counts {difference[state]} {state}, the book {book.states[state]}"
    for what, reported, noted in _work(book, before, after):
        if reported != noted:
            yield f"the report counts {reported} {what}, the book {noted}"


def _work(book: Book, before: Json, after: Json) -> Iterator[tuple[str, int, int]]:
    yield "numbers issued", after["tickets"]["issued"] - before["tickets"]["issued"], len(book.records)
    yield "legs finished", after["total"]["finished"] - before["total"]["finished"], sum(r.finishes for r in book)
    levels = Counter(level for record in book for level in record.votes.values())
    was, now = before["total"]["votes"], after["total"]["votes"]
    yield "votes", now["voted"] - was["voted"], levels.total()
    for level in now["levels"]:
        yield f"votes of level {level}", now["levels"][level] - was["levels"][level], levels[int(level)]


def _differences(record: Record, ticket: Json) -> Iterator[str]:
    legs = ticket["legs"]
    if ticket["state"] != record.state:
        yield f"is {ticket['state']} in the hall and {record.state} in the book"
    if len(legs) != record.legs:
        yield f"has {len(legs)} legs in the hall and {record.legs} in the book"
    finishes = sum(leg["finish"] in _BY_CLERK for leg in legs)
    if finishes != record.finishes:
        yield f"was finished {finishes} times in the hall and {record.finishes} times in the book"
    rated = [leg["index"] for leg in legs if leg["evaluation"] == "voted"]
    # An account is not told how its own services were rated: of those only the day's totals by level are compared.
    levels = [
        record.votes.get(leg) if vote["own"] else vote["level"]
        for leg, vote in zip(rated, ticket["evaluations"], strict=False)
    ]
    if [*zip(rated, levels, strict=False)] != sorted(record.votes.items()) or len(ticket["evaluations"]) != len(rated):
        yield f"was rated {levels} on legs {rated} in the hall and {record.votes} in the book"


def _states(report: Json) -> dict[str, int]:
    """Whatever states the report counts."""
    return {state: count for state, count in report["tickets"].items() if isinstance(count, int) and state != "issued"}


def _by_prefix(book: Book) -> dict[str, list[tuple[int, Record]]]:
    found: defaultdict[str, list[tuple[int, Record]]] = defaultdict(list)
    for record in book:
        match = _NUMBER.fullmatch(record.number)
        if match:
            found[match[1]].append((int(match[2]), record))
    return dict(found)
