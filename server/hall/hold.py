"""挂起: a service that is interrupted while the citizen fetches something, or while something takes its time."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime
from enum import StrEnum


class HoldKind(StrEnum):
    """WITH_PAPERS (持件): the papers stay at the window, which alone may go on.

    WITHOUT_PAPERS (不持件): any window of the service may. WAITING (等待): it wakes by itself, and is then the first in
    the window's own queue.
    """

    WITH_PAPERS = "with_papers"
    WITHOUT_PAPERS = "without_papers"
    WAITING = "waiting"


@dataclass(frozen=True, slots=True)
class Hold:
    """Where a ticket is on hold, why and until when it is expected to be."""

    kind: HoldKind
    window: int
    staff: str
    since: datetime
    reason: str = ""
    until: datetime | None = None
