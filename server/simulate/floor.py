"""What everybody in the simulated hall shares: the time, the hall, the book, and who waits in front of a window."""

from __future__ import annotations

from collections import defaultdict, deque
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from itertools import count
from typing import Any
from urllib.parse import urlsplit

import gevent
from gevent.lock import BoundedSemaphore

from server.simulate.agenda import Agenda
from server.simulate.book import Book, Record
from server.simulate.hall_api import HallApi
from server.simulate.pace import Pace
from server.simulate.plan import DayPlan
from server.simulate.scene import Scene
from server.simulate.visit import Visit, Way

_ROUND = 0.005


@dataclass(frozen=True, slots=True)
class OnHold:
    """A number that a clerk means to go on with at `due`; `home` is the window that put it on hold."""

    due: float
    record: Record
    home: int


class Floor:
    """`doorstep`: who stands at a window without a number. `held`: what each window will go on with. `over`: the clerks
    go home.
    """

    def __init__(self, scene: Scene, plan: DayPlan, api: HallApi, book: Book, pace: Pace, agenda: Agenda) -> None:
        self.scene = scene
        self.plan = plan
        self.api = api
        self.book = book
        self.pace = pace
        self.agenda = agenda
        self.doorstep: deque[Visit] = deque()
        self.held: defaultdict[int, list[OnHold]] = defaultdict(list)
        self.over = False
        self._locks: defaultdict[str, BoundedSemaphore] = defaultdict(BoundedSemaphore)
        self._asked: set[int] = set()
        self._numbers = count()

    @contextmanager
    def alone(self, record: Record) -> Iterator[None]:
        """One at a time asks something of a number, and writes the answer into the book before the next one does.

        Without it an answer that is late would be written down after what it made possible, and look like a mistake of
        the hall's. Nobody holds two numbers, so nobody waits for ever.
        """
        with self._locks[record.id]:
            yield

    @contextmanager
    def asking(self) -> Iterator[None]:
        """Around a request that makes a number, until it is in the book."""
        place = next(self._numbers)
        self._asked.add(place)
        try:
            yield
        finally:
            self._asked.discard(place)

    def record(self, ticket: dict[str, Any]) -> Record:
        """Of a number that a window was given. It may have been called before its citizen was answered.

        One that nobody was given, once all who were asking then have been answered, is somebody else's; or the hall
        made it for a request that it has answered with another one.
        """
        asking = set(self._asked)
        while ticket["id"] not in self.book.records and asking & self._asked:
            gevent.sleep(_ROUND)
        found = self.book.records.get(ticket["id"])
        if found is None:
            self.book.problems.append(f"{ticket['number']} was called, and nobody here has taken it")
            found = self.book.issued(ticket, _stranger(ticket["service"]))
        return found

    def issued(self, ticket: dict[str, Any], visit: Visit) -> Record:
        path = urlsplit(ticket["url"]).path if ticket["url"] else ""
        return self.book.issued(ticket, visit, path)

    def clerk_of(self, window: int) -> str:
        clerks = self.scene.clerks
        return clerks[[*self.scene.windows].index(window) % len(clerks)]


def _stranger(service: str) -> Visit:
    return Visit(-1, 0.0, service, Way.KIOSK, minutes=(1.0,), votes=(None,))
