"""What screens show beside the line: notices, rosters and announcements."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date, datetime

from server.hall.announcement import AnnouncementKind
from server.hall.events.event import Event
from server.hall.roster import Duty


@dataclass(frozen=True, slots=True, kw_only=True)
class NoticePosted(Event):
    """Posted, or changed to this."""

    kind = "notice_posted"
    notice: str
    text: str
    starts: datetime | None = None
    ends: datetime | None = None
    zones: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True, kw_only=True)
class NoticeWithdrawn(Event):
    kind = "notice_withdrawn"
    notice: str


@dataclass(frozen=True, slots=True, kw_only=True)
class RosterSet(Event):
    """Instead of whatever stood for that day; nobody: the day has none."""

    kind = "roster_set"
    day: date
    duties: tuple[Duty, ...] = ()


@dataclass(frozen=True, slots=True, kw_only=True)
class AnnouncementMade(Event):
    kind = "announcement_made"
    announcement: str
    urgency: AnnouncementKind
    text: str
    ends: datetime
    times: int = 1
    zones: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True, kw_only=True)
class AnnouncementEnded(Event):
    """Before its time."""

    kind = "announcement_ended"
    announcement: str
