"""A print job as the hall knows it: what is known of the paper, never more."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime
from enum import StrEnum


class PrintState(StrEnum):
    """QUEUED and SENDING are under way; PAUSED waits for paper with the bytes already sent; the others are ends.

    BLOCKED: nothing was sent, so another job may be made freely. UNKNOWN: bytes were sent and nobody answered, so it is
    never repeated by itself. SENT: the printer cannot answer. DROPPED: too old to be worth printing.
    """

    QUEUED = "queued"
    SENDING = "sending"
    PAUSED = "paused"
    PRINTED = "printed"
    SENT = "sent"
    BLOCKED = "blocked"
    UNKNOWN = "unknown"
    DROPPED = "dropped"


ENDED = frozenset(
    {PrintState.PRINTED, PrintState.SENT, PrintState.BLOCKED, PrintState.UNKNOWN, PrintState.DROPPED},
)
WITHOUT_PAPER = frozenset({PrintState.BLOCKED, PrintState.DROPPED})


@dataclass(slots=True)
class PrintJob:
    """One attempt to put a ticket on paper. `copy` counts from 1; a copy of what may exist already is marked 补打."""

    id: str
    ticket: str
    kiosk: str
    copy: int
    marked: bool
    queued_at: datetime
    state: PrintState = PrintState.QUEUED
    reason: str | None = None

    @property
    def short_id(self) -> str:
        """Four characters, unique among a day's open jobs: what the printer's acknowledgement carries."""
        return self.id[-4:]
