"""Print jobs."""

from __future__ import annotations

from dataclasses import dataclass

from server.hall.events.event import Event
from server.hall.printing import PrintState


@dataclass(frozen=True, slots=True, kw_only=True)
class PrintQueued(Event):
    kind = "print_queued"
    job: str
    kiosk: str
    copy: int
    marked: bool


@dataclass(frozen=True, slots=True, kw_only=True)
class PrintReported(Event):
    kind = "print_reported"
    job: str
    state: PrintState
    reason: str | None = None
