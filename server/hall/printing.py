"""A print job as the hall knows it: what is known of the paper, never more."""

from __future__ import annotations

from dataclasses import dataclass, field
from datetime import datetime, timedelta
from enum import StrEnum


class Slip(StrEnum):
    """What a job puts on paper."""

    TICKET = "ticket"  # 号票
    APPOINTMENT = "appointment"  # 预约单
    MISSING_DOCUMENTS = "missing-documents"  # 一次性告知书
    RECEIPT = "receipt"  # 受理回执
    DAY = "day"  # what the day came to
    SELF_TEST = "self-test"


class PrintState(StrEnum):
    """QUEUED to AWAIT_ACK are under way; PAUSED waits for paper with the bytes already sent; the others are ends.

    CHECKING: the printer is being asked, nothing has been sent. SENDING: the bytes are on their way. AWAIT_ACK: all are
    handed over, the printer has not said yet that it is done. BLOCKED: nothing was sent, so another job may be made
    freely. UNKNOWN: bytes were sent and nobody answered, so it is never repeated by itself. SENT: the printer cannot
    answer. DROPPED: too old to be worth printing.
    """

    QUEUED = "queued"
    CHECKING = "checking"
    SENDING = "sending"
    AWAIT_ACK = "await_ack"
    PAUSED = "paused"
    PRINTED = "printed"
    SENT = "sent"
    BLOCKED = "blocked"
    UNKNOWN = "unknown"
    DROPPED = "dropped"


_WINDOW = "window:"
ENDED = frozenset(
    {PrintState.PRINTED, PrintState.SENT, PrintState.BLOCKED, PrintState.UNKNOWN, PrintState.DROPPED},
)
WITHOUT_PAPER = frozenset({PrintState.BLOCKED, PrintState.DROPPED})
UNSENT = frozenset({PrintState.QUEUED, PrintState.CHECKING})
"""Nothing has left for the printer: whoever takes such a job up may still print it."""
SOON_OUT = timedelta(minutes=1)
"""A job that has not moved for so long is stuck: what it was sent to, or whoever prints it, is out of reach."""
_LATER = {
    PrintState.QUEUED: frozenset(PrintState) - {PrintState.QUEUED},
    PrintState.CHECKING: frozenset(PrintState) - UNSENT,
    PrintState.SENDING: frozenset(PrintState) - UNSENT - WITHOUT_PAPER - {PrintState.SENDING},
    PrintState.AWAIT_ACK: ENDED - WITHOUT_PAPER | {PrintState.PAUSED},
    PrintState.PAUSED: ENDED - WITHOUT_PAPER | {PrintState.AWAIT_ACK},
}


@dataclass(slots=True)
class PrintJob:
    """One attempt to put a slip on paper. `printer`: a kiosk's id, or `window:3` (`window_printer`).

    `ticket`: the ticket it is, or belongs to. `content` is what stands on a slip that is no ticket, as JSON. `copy`
    counts from 1; a copy of what may exist already is marked 补打. `changed_at`: when it came to its state.
    """

    id: str
    printer: str
    ticket: str | None
    slip: Slip
    copy: int
    marked: bool
    queued_at: datetime
    content: str = ""
    staff: str | None = None
    state: PrintState = PrintState.QUEUED
    reason: str | None = None
    changed_at: datetime = field(init=False)

    def __post_init__(self) -> None:
        self.changed_at = self.queued_at

    @property
    def short_id(self) -> str:
        """Four characters, unique among a day's open jobs: what the printer's acknowledgement carries."""
        return self.id[-4:]

    def is_coming(self, now: datetime) -> bool:
        """Whether its paper will be out in a moment, so that another one would only be a second."""
        return self.state not in ENDED | {PrintState.PAUSED} and now - self.changed_at < SOON_OUT

    def may_become(self, state: PrintState) -> bool:
        """A job goes on and never back: what was sent is not unsent by a message that was long on its way."""
        return state in _LATER.get(self.state, frozenset())


def window_printer(window: int) -> str:
    """The name of a window's printer; a kiosk's is the kiosk's id, which cannot have a colon in it."""
    return f"{_WINDOW}{window}"


def printer_window(printer: str) -> int | None:
    """The window that a printer of this name belongs to; None for a kiosk's, or no name of a printer."""
    number = printer.removeprefix(_WINDOW)
    return int(number) if number != printer and number.isascii() and number.isdigit() else None
