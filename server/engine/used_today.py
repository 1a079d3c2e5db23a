"""What today's log speaks of, and a plan must therefore have."""

from __future__ import annotations

from collections.abc import Iterable

from server.engine.errors import Objection
from server.hall.events import DayOpened, Recorded, TicketIssued
from server.hall.plan import HallPlan

_KEEP = "keep it in config.yaml until the day is over"


class UsedToday:
    """Windows, services with their prefixes, and priority classes, from the events of the open business day."""

    def __init__(self) -> None:
        self._windows: set[int] = set()
        self._prefixes: dict[str, str] = {}
        self._classes: set[str] = set()

    def _begin(self) -> None:
        for used in (self._windows, self._prefixes, self._classes):
            used.clear()

    def note(self, events: Iterable[Recorded]) -> None:
        for recorded in events:
            event = recorded.event
            if isinstance(event, DayOpened):
                self._begin()
            if event.window is not None:
                self._windows.add(event.window)
            if isinstance(event, TicketIssued):
                self._prefixes[event.service] = event.prefix
                self._classes.add(event.priority)

    def objections(self, plan: HallPlan) -> list[Objection]:
        """(section of config.yaml, what is missing there) for each."""
        found = [("windows", f"window {n} was used today: {_KEEP}") for n in sorted(self._windows - set(plan.windows))]
        for code, prefix in self._prefixes.items():
            if code not in plan.services:
                found.append(("services", f"numbers of service {code} were given today: {_KEEP}"))
            elif plan.services[code].prefix != prefix:
                found.append(("services", f"numbers of service {code} were given today with prefix {prefix}: {_KEEP}"))
        for priority in sorted(self._classes - set(plan.classes)):
            found.append(("classes", f"numbers of priority class {priority} were given today: {_KEEP}"))
        return found
