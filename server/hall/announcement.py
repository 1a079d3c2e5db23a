"""广播: what a leader has the hall told, on its screens and by its voice."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime, timedelta
from enum import StrEnum

LONGEST_ANNOUNCEMENT = 120
"""Characters: a minute of speech at most."""
MOST_ANNOUNCEMENTS = 5
"""Of those that are shown at once."""
MOST_TIMES = 5
LASTS_LONGEST = timedelta(hours=24)


class AnnouncementKind(StrEnum):
    """EMERGENCY 紧急: goes before every call. GENERAL 一般: waits for them."""

    EMERGENCY = "emergency"
    GENERAL = "general"

    __hash__ = str.__hash__


@dataclass(frozen=True, slots=True)
class Announcement:
    """Made at `at`, spoken `times` times, shown until `ends`: the instant it was ended at, if somebody ended it.

    No `zones`: everywhere.
    """

    id: str
    kind: AnnouncementKind
    text: str
    zones: tuple[str, ...]
    times: int
    at: datetime
    ends: datetime
    staff: str

    def showing(self, at: datetime) -> bool:
        return at < self.ends
