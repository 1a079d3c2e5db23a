"""What screens show beside the line: notices, rosters and announcements. `zones` empty: everywhere."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date, datetime, timedelta

from server.hall.announcement import AnnouncementKind
from server.hall.commands.command import Command
from server.hall.facts import AnnouncementFacts, NoticeFacts, RosterFacts
from server.hall.roster import Duty


@dataclass(frozen=True, slots=True)
class PostNotice(Command[NoticeFacts]):
    """A new notice, or with `id` another text, time or place for one that is there."""

    id: str | None
    text: str
    starts: datetime | None
    ends: datetime | None
    zones: tuple[str, ...]
    staff: str


@dataclass(frozen=True, slots=True)
class WithdrawNotice(Command[None]):
    id: str
    staff: str


@dataclass(frozen=True, slots=True)
class SetRoster(Command[RosterFacts]):
    """These and nobody else are on duty that day.

    `seen` is the revision of the roster that the writer knows and replaces; None: whatever stands.
    """

    day: date
    duties: tuple[Duty, ...]
    staff: str
    seen: int | None = None


@dataclass(frozen=True, slots=True)
class Announce(Command[AnnouncementFacts]):
    """Spoken `times` times, shown for as long as it `lasts`."""

    kind: AnnouncementKind
    text: str
    zones: tuple[str, ...]
    times: int
    lasts: timedelta
    staff: str


@dataclass(frozen=True, slots=True)
class EndAnnouncement(Command[AnnouncementFacts]):
    """One that is over already stays as it is."""

    id: str
    staff: str
