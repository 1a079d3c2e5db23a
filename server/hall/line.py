"""The tickets waiting for one thing in one priority class, in their order."""

from __future__ import annotations

from bisect import bisect_left, insort
from collections.abc import Iterator

Position = tuple[int, int]
"""(the instant its turn counts from, in microseconds since 1970 UTC; the seq of the event that put it there).

Usually that is when it was queued. An appointment's turn counts from its slot, a citizen who comes back after a no-show
stands right behind somebody whose turn counts from earlier, and whoever is put first counts from the day's beginning.
"""


class Line:
    """Adding at the end and taking the head cost the same with ten or ten thousand waiting; counting who is ahead is
    logarithmic.

    `passed` counts the younger tickets that were called instead of a head of this line since one was last called.
    """

    __slots__ = ("_places", "passed")

    def __init__(self) -> None:
        self._places: list[tuple[Position, str]] = []
        self.passed = 0

    def __len__(self) -> int:
        return len(self._places)

    def __eq__(self, other: object) -> bool:
        return isinstance(other, Line) and (self._places, self.passed) == (other._places, other.passed)

    __hash__ = None  # type: ignore[assignment]

    def __iter__(self) -> Iterator[str]:
        return (ticket for _, ticket in self._places)

    @property
    def head(self) -> tuple[Position, str]:
        """(position, ticket id) of whoever is first. A line without anybody has no head: IndexError."""
        return self._places[0]

    def copy(self) -> Line:
        copied = Line()
        copied._places, copied.passed = [*self._places], self.passed
        return copied

    def add(self, position: Position, ticket: str) -> None:
        insort(self._places, (position, ticket))

    def remove(self, position: Position, ticket: str) -> None:
        place = (position, ticket)
        index = bisect_left(self._places, place)
        if index == len(self._places) or self._places[index] != place:
            raise KeyError(ticket)
        del self._places[index]
        if index == 0:
            self.passed = 0

    def between(self, start: int, end: int) -> list[str]:
        """The tickets from place `start` up to but not including place `end`; the head has place 0."""
        return [ticket for _, ticket in self._places[start:end]]

    def ahead_of(self, position: Position) -> int:
        """How many stand before `position`."""
        return bisect_left(self._places, (position, ""))

    def turn_at(self, index: int) -> int | None:
        """The instant that the turn of whoever stands at `index` counts from; None when the line is shorter."""
        return self._places[index][0][0] if index < len(self._places) else None
