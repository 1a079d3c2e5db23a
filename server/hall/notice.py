"""通知: a line that screens show for as long as it is meant to be read."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime

LONGEST_NOTICE = 200
"""Characters."""
MOST_NOTICES = 50


@dataclass(frozen=True, slots=True)
class Notice:
    """`starts` and `ends` are instants; None: from the beginning, until it is withdrawn. No `zones`: everywhere.

    `posted_at` is when it was first posted, `staff` whoever wrote it as it stands.
    """

    id: str
    text: str
    starts: datetime | None
    ends: datetime | None
    zones: tuple[str, ...]
    posted_at: datetime
    staff: str

    def showing(self, at: datetime) -> bool:
        return (self.starts is None or self.starts <= at) and (self.ends is None or at < self.ends)
