"""What today's log speaks of, and a plan must therefore have."""

from __future__ import annotations

from collections.abc import Iterable

from server.engine.errors import Objection
from server.hall.appointment import BookingState
from server.hall.events import (
    DayOpened,
    EvaluationExplained,
    EvaluationVoted,
    Event,
    Recorded,
    RedressOpened,
    ServiceSuspended,
    TicketIssued,
    TicketTransferred,
    WindowServicesSet,
)
from server.hall.plan import HallPlan
from server.hall.state import HallState
from server.told import Told, told

_OF_ANY_DAY = (EvaluationVoted, EvaluationExplained, RedressOpened)
"""Their windows are where the citizen was served, perhaps on an earlier day; on this one it was used by then."""


def services_of(event: Event) -> Iterable[str]:
    """Every service that an event speaks of."""
    match event:
        case TicketIssued():
            return (event.service, *event.then)
        case TicketTransferred() | ServiceSuspended():
            return (event.service,)
        case WindowServicesSet():
            return event.services
    return ()


class UsedToday:
    """Windows, services with their numbers' prefixes, and priority classes, from the open business day's events."""

    def __init__(self) -> None:
        self._windows: set[int] = set()
        self._services: set[str] = set()
        self._prefixes: dict[str, str] = {}
        self._classes: set[str] = set()

    def _begin(self) -> None:
        for used in (self._windows, self._services, self._prefixes, self._classes):
            used.clear()

    def note(self, events: Iterable[Recorded]) -> None:
        for recorded in events:
            event = recorded.event
            if isinstance(event, DayOpened):
                self._begin()
            if event.window is not None and not isinstance(event, _OF_ANY_DAY):
                self._windows.add(event.window)
            self._services.update(services_of(event))
            if isinstance(event, TicketIssued):
                self._prefixes[event.service] = event.prefix
                self._classes.add(event.priority)

    def objections(self, plan: HallPlan) -> list[Objection]:
        """(section of config.yaml, what is missing there) for each."""
        found = [("windows", _window(number)) for number in sorted(self._windows - set(plan.windows))]
        for code in sorted(self._services - set(plan.services)):
            found.append(("services", _numbers_of(code) if code in self._prefixes else _service(code)))
        for code, prefix in self._prefixes.items():
            if code in plan.services and plan.services[code].prefix != prefix:
                found.append(("services", _prefix(code, prefix)))
        for priority in sorted(self._classes - {known.code for known in plan.priorities.classes}):
            found.append(("priority.classes", _priority(priority)))
        return found


def _window(number: int) -> Told:
    return told("window %(number)s was used today: keep it in config.yaml until the day is over", number=number)


def _service(code: str) -> Told:
    return told("service %(code)s was used today: keep it in config.yaml until the day is over", code=code)


def _numbers_of(code: str) -> Told:
    return told("numbers of service %(code)s were given today: keep it in config.yaml until the day is over", code=code)


def _prefix(code: str, prefix: str) -> Told:
    return told(
        "numbers of service %(code)s were given today with prefix %(prefix)s: keep it in config.yaml until the day is "
        "over",
        code=code,
        prefix=prefix,
    )


def _priority(code: str) -> Told:
    return told(
        "numbers of priority class %(code)s were given today: keep it in config.yaml until the day is over", code=code
    )


def booked_without(plan: HallPlan, state: HallState) -> list[Objection]:
    """Services that somebody has booked and `plan` no longer has."""
    open_bookings = [a for a in state.appointments.values() if a.state is BookingState.BOOKED]
    return [
        ("services", told("service %(code)s is booked: cancel or move its appointments first", code=code))
        for code in sorted({appointment.service for appointment in open_bookings} - set(plan.services))
    ]
