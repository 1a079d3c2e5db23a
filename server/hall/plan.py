"""What a hall consists of, as its configuration says: fixed while a day's commands are handled."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import datetime, timedelta
from zoneinfo import ZoneInfo

from server.hall.calendar import Hours

ORDINARY = "ordinary"
"""The priority class of everybody who has no other."""


@dataclass(frozen=True, slots=True)
class Service:
    """What a citizen queues for. Services that share a prefix share one run of numbers."""

    code: str
    prefix: str
    hours: Hours | None = None
    """None: the hall's."""


@dataclass(frozen=True, slots=True)
class WindowPlan:
    """A place where a clerk serves, and the codes of the services it handles."""

    number: int
    services: tuple[str, ...]
    hours: Hours | None = None
    """None: the hall's."""


@dataclass(frozen=True, slots=True)
class HallPlan:
    """One hall's services, windows and rules. `id` stands on every row of the database."""

    id: str
    zone: ZoneInfo
    services: Mapping[str, Service]
    windows: Mapping[int, WindowPlan]
    hours: Hours = field(default_factory=Hours)
    evaluation_timeout: timedelta = timedelta(seconds=30)
    number_width: int = 3
    classes: tuple[str, ...] = (ORDINARY,)

    def local(self, at: datetime) -> datetime:
        return at.astimezone(self.zone)

    def service_hours(self, code: str) -> Hours:
        return self.services[code].hours or self.hours

    def window_hours(self, number: int) -> Hours:
        return self.windows[number].hours or self.hours
