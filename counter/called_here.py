"""Which tickets each window has called today."""

from __future__ import annotations

from collections import defaultdict
from datetime import date
from itertools import islice

from server.hall.state import HallState
from server.hall.ticket import Ticket


class CalledHere:
    """An index over the hall's list of calls, which only grows within a day: each call is looked at once.

    Without it every desk would walk the whole hall's day after each event. It keeps ids, never the hall's own objects,
    because the hall may be rebuilt; the committed calls of a day are the same after that.
    """

    def __init__(self) -> None:
        self._day: date | None = None
        self._read = 0
        self._ids: defaultdict[int, dict[str, None]] = defaultdict(dict)

    def tickets(self, state: HallState, window: int) -> list[Ticket]:
        """The tickets that `window` has called today, in the order of their first call."""
        if state.day != self._day:
            self._day, self._read = state.day, 0
            self._ids.clear()
        for call in islice(state.calls, self._read, None):
            self._ids[call.window][call.ticket.id] = None
        self._read = len(state.calls)
        return [state.tickets[ticket] for ticket in self._ids[window]]
