"""How a print job ended and why, and how a printer is."""

from __future__ import annotations

from dataclasses import dataclass
from enum import StrEnum

from server.hall.printing import PrintState as PrintState


class PrintReason(StrEnum):
    """Why a job is blocked, paused or unknown."""

    UNREACHABLE = "unreachable"  # no connection, or it broke before anything was sent
    MUTE = "mute"  # connected, but does not answer
    PAPER_OUT = "paper_out"
    COVER_OPEN = "cover_open"
    ERROR = "error"  # knife jammed, overheated
    OFFLINE = "offline"  # says it is offline and not why
    LINK_LOST = "link_lost"  # the connection broke while or after sending
    NO_ACK = "no_ack"  # sent, and then nothing came back in time


@dataclass(frozen=True)
class PrinterCheck:
    """How a printer is: `reason` is what keeps it from printing. `paper_near`: the roll is nearly used up."""

    reason: PrintReason | None = None
    paper_near: bool = False


@dataclass(frozen=True)
class PrintOutcome:
    """How a job ended: printed, sent, blocked or unknown. `paper_near`: the roll is nearly used up, tell the staff."""

    state: PrintState
    reason: PrintReason | None = None
    paper_near: bool = False
