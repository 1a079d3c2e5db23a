"""The business day, and the plan it goes by."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date

from server.hall.events.event import Event


@dataclass(frozen=True, slots=True, kw_only=True)
class DayOpened(Event):
    """Every business day starts from an empty hall, so the log can be replayed from here."""

    kind = "day_opened"
    day: date


@dataclass(frozen=True, slots=True, kw_only=True)
class DayClosed(Event):
    kind = "day_closed"
    day: date
    issued: int
    expired: int
    finished: int = 0
    no_show: int = 0
    cancelled: int = 0
    missed: int = 0


@dataclass(frozen=True, slots=True, kw_only=True)
class HallReplanned(Event):
    """The hall goes on under another plan. `digest` names it; itself it is in the configuration, not in the log."""

    kind = "plan_changed"
    digest: str
