"""Who is called next. Pure: lines in, a ticket's place out."""

from __future__ import annotations

from bisect import bisect_left, insort
from collections.abc import Iterable, Iterator, Mapping

LineKey = tuple[str, str]
"""(service code, priority class)."""


class Line:
    """The tickets waiting for one service in one priority class, in the order of their positions.

    Adding at the end and taking the head cost the same with ten or ten thousand waiting; counting who is ahead is
    logarithmic.
    """

    __slots__ = ("_places",)

    def __init__(self) -> None:
        self._places: list[tuple[int, str]] = []

    def __len__(self) -> int:
        return len(self._places)

    def __eq__(self, other: object) -> bool:
        return isinstance(other, Line) and self._places == other._places

    __hash__ = None  # type: ignore[assignment]

    def __iter__(self) -> Iterator[str]:
        return (ticket for _, ticket in self._places)

    @property
    def head(self) -> tuple[int, str] | None:
        """(position, ticket id) of whoever is first."""
        return self._places[0] if self._places else None

    def add(self, position: int, ticket: str) -> None:
        insort(self._places, (position, ticket))

    def remove(self, position: int, ticket: str) -> None:
        place = (position, ticket)
        index = bisect_left(self._places, place)
        if index == len(self._places) or self._places[index] != place:
            raise KeyError(ticket)
        del self._places[index]

    def between(self, start: int, end: int) -> list[str]:
        """The tickets from place `start` up to but not including place `end`; the head has place 0."""
        return [ticket for _, ticket in self._places[start:end]]

    def ahead_of(self, position: int) -> int:
        """How many stand before `position`."""
        return bisect_left(self._places, (position, ""))


def next_ticket(lines: Mapping[LineKey, Line], services: Iterable[str], classes: Iterable[str]) -> str | None:
    """The ticket a window handling `services` calls next: first come, first served.

    Only the head of each (service, class) line competes; a policy that weighs classes belongs here.
    """
    best: tuple[int, str] | None = None
    classes = tuple(classes)
    for service in services:
        for priority in classes:
            line = lines.get((service, priority))
            head = line.head if line else None
            if head is not None and (best is None or head < best):
                best = head
    return best[1] if best else None
