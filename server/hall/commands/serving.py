"""叫号 to 办结: one citizen at a time through a window."""

from __future__ import annotations

from dataclasses import dataclass

from server.hall.commands.command import Command
from server.hall.facts import TicketFacts
from server.hall.priority import ORDINARY
from server.hall.result import Result


@dataclass(frozen=True, slots=True)
class CallNext(Command[TicketFacts | None]):
    """呼叫下一位. Finishes the window's open ticket first. The answer is None when nobody waits.

    `result` is that of the open ticket; None: what the service usually comes to.
    """

    window: int
    staff: str
    seen: str | None = None
    result: Result | None = None


@dataclass(frozen=True, slots=True)
class CallTicket(Command[TicketFacts]):
    """Call one by number, whoever would be next. Out of turn that needs a `reason`. Finishes the open ticket first."""

    window: int
    staff: str
    ticket: str
    reason: str = ""
    seen: str | None = None


@dataclass(frozen=True, slots=True)
class ServeDirectly(Command[TicketFacts]):
    """直接办理: somebody without a number, at a window that is free. They get one, for the count and the evaluation."""

    window: int
    staff: str
    service: str
    priority: str = ORDINARY
    seen: str | None = None


@dataclass(frozen=True, slots=True)
class Recall(Command[TicketFacts]):
    window: int
    staff: str
    seen: str | None = None


@dataclass(frozen=True, slots=True)
class Start(Command[TicketFacts]):
    window: int
    staff: str
    seen: str | None = None


@dataclass(frozen=True, slots=True)
class MarkNoShow(Command[TicketFacts]):
    """过号."""

    window: int
    staff: str
    seen: str | None = None


@dataclass(frozen=True, slots=True)
class FinishTicket(Command[TicketFacts]):
    """办结. Opens the evaluation. Without a `result` it is what the service usually comes to."""

    window: int
    staff: str
    seen: str | None = None
    result: Result | None = None


@dataclass(frozen=True, slots=True)
class UndoLast(Command[TicketFacts]):
    """Take back the finish or the no-show of this ticket, made at this window a moment ago."""

    window: int
    staff: str
    ticket: str


@dataclass(frozen=True, slots=True)
class VerifyPriority(Command[TicketFacts]):
    """The window has looked at the proof of the open ticket's class."""

    window: int
    staff: str
    verified: bool
    seen: str | None = None
