"""What an event is."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime
from typing import ClassVar


@dataclass(frozen=True, slots=True, kw_only=True)
class Event:
    """The columns every event shares. `kind` is its name in the log and never changes its meaning."""

    kind: ClassVar[str]
    at: datetime
    ticket: str | None = None
    leg: int | None = None
    window: int | None = None
    staff: str | None = None


@dataclass(frozen=True, slots=True)
class Recorded:
    """An event with its place in the hall's log."""

    seq: int
    event: Event
