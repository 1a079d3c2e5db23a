"""What is to happen when: everything that citizens do by themselves, away from a clerk."""

from __future__ import annotations

import heapq
from collections.abc import Callable
from itertools import count

from gevent.event import Event

from server.simulate.crew import Crew
from server.simulate.pace import Pace

Deed = Callable[[], None]


class Agenda:
    """Deeds are done at their minute, or as soon after it as one of `hands` is free."""

    def __init__(self, pace: Pace, hands: int) -> None:
        self._pace = pace
        self._crew = Crew(hands)
        self._due: list[tuple[float, int, Deed]] = []
        self._order = count()
        self._changed = Event()

    def add(self, minute: float, deed: Deed) -> None:
        heapq.heappush(self._due, (minute, next(self._order), deed))
        self._changed.set()

    @property
    def is_done(self) -> bool:
        return not self._due and self._crew.is_idle

    def check(self) -> None:
        """Raises what a deed raised."""
        self._crew.check()

    def run(self) -> None:
        """Until it is killed."""
        while True:
            self._changed.clear()
            if not self._due:
                self._changed.wait()
                continue
            wait = self._pace.real(self._due[0][0] - self._pace.minute)
            if wait > 0:
                self._changed.wait(wait)
                continue
            # Taken and given away in one go, so that it is always either due or under way.
            self._crew.spawn(heapq.heappop(self._due)[2])

    def end(self) -> None:
        self._crew.end()
