"""What a hall consists of, as its configuration says: fixed while a command is handled."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import datetime, timedelta
from zoneinfo import ZoneInfo

from server.hall.booking import BookingPlan
from server.hall.calendar import Hours
from server.hall.priority import ORDINARY, Priorities
from server.hall.result import ResultKind
from server.hall.rules import Rules

__all__ = ["ORDINARY", "HallPlan", "Overflow", "Quota", "Service", "WindowPlan"]


@dataclass(frozen=True, slots=True)
class Quota:
    """How many numbers are given; None: no limit. `span`: in each stretch of the day."""

    day: int | None = None
    span: int | None = None


@dataclass(frozen=True, slots=True)
class Service:
    """What a citizen queues for. Services that share a prefix share one run of numbers.

    `result`: what a finish comes to when the clerk does not say.
    """

    code: str
    prefix: str
    quota: Quota = Quota()
    booking: BookingPlan | None = None
    result: ResultKind = ResultKind.DONE
    hours: Hours | None = None
    """None: the hall's."""


@dataclass(frozen=True, slots=True)
class Overflow:
    """A service that a window takes on when more than `waiting` wait for it, or somebody longer than `longest`."""

    service: str
    waiting: int | None = None
    longest: timedelta | None = None


@dataclass(frozen=True, slots=True)
class WindowPlan:
    """A place where a clerk serves, and the codes of the services it handles.

    `weights`: a wait for that service counts so many times as long as elsewhere. `classes`: only those are served here
    (绿色通道), or, with `others_when_free`, those before anybody else; empty: everybody.
    """

    number: int
    services: tuple[str, ...]
    weights: Mapping[str, int] = field(default_factory=dict)
    overflow: tuple[Overflow, ...] = ()
    classes: frozenset[str] = frozenset()
    others_when_free: bool = False
    hours: Hours | None = None
    """None: the hall's."""


@dataclass(frozen=True, slots=True)
class HallPlan:
    """One hall's services, windows and rules. `id` stands on every row of the database.

    `reasons` are the codes that a vote may be explained with; each begins with the level it is for.
    """

    id: str
    zone: ZoneInfo
    services: Mapping[str, Service]
    windows: Mapping[int, WindowPlan]
    hours: Hours = field(default_factory=Hours)
    evaluation_timeout: timedelta = timedelta(seconds=30)
    number_width: int = 3
    priorities: Priorities = field(default_factory=Priorities)
    rules: Rules = field(default_factory=Rules)
    reasons: frozenset[str] = frozenset()

    def local(self, at: datetime) -> datetime:
        return at.astimezone(self.zone)

    def service_hours(self, code: str) -> Hours:
        return self.services[code].hours or self.hours

    def window_hours(self, number: int) -> Hours:
        return self.windows[number].hours or self.hours
