"""Print jobs."""

from __future__ import annotations

from dataclasses import dataclass

from server.hall.events.event import Event
from server.hall.printing import PrintState, Slip


@dataclass(frozen=True, slots=True, kw_only=True)
class PrintQueued(Event):
    """A ticket, at the printer of a kiosk, or of a window (`window:3`) where a clerk gave it."""

    kind = "print_queued"
    job: str
    kiosk: str
    copy: int
    marked: bool


@dataclass(frozen=True, slots=True, kw_only=True)
class SlipQueued(Event):
    """Any other slip. `content` is JSON: what the slip said stays known, whatever becomes of the paper."""

    kind = "slip_queued"
    job: str
    printer: str
    slip: Slip
    content: str
    copy: int
    marked: bool


@dataclass(frozen=True, slots=True, kw_only=True)
class PrintReported(Event):
    kind = "print_reported"
    job: str
    state: PrintState
    reason: str | None = None
