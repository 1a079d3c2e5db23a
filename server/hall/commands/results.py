"""What came of a service: put right, told to the citizen on paper, or handed on to whoever is responsible."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date

from server.hall.commands.command import Command
from server.hall.commands.moving import Order
from server.hall.document_notice import MissingPaper
from server.hall.facts import DocumentNoticeFacts, TicketFacts
from server.hall.priority import ORDINARY
from server.hall.result import Result


@dataclass(frozen=True, slots=True)
class CorrectResult(Command[TicketFacts]):
    """Another result for a leg of today, by whoever served it or, with `leads`, by a leader."""

    ticket: str
    leg: int
    result: Result
    reason: str
    staff: str
    leads: bool = False


@dataclass(frozen=True, slots=True)
class NameDocuments(Command[DocumentNoticeFacts]):
    """一次性告知 to the citizen who is being served. `earlier`: the notice of an earlier visit for the same matter."""

    window: int
    staff: str
    documents: tuple[MissingPaper, ...]
    due: date | None = None
    earlier: str | None = None
    seen: str | None = None


@dataclass(frozen=True, slots=True)
class ReferCitizen(Command[TicketFacts]):
    """首问转办. Whoever stands at the window is transferred there; somebody without a number gets one of `service`.

    `note` is for whoever serves next, `phone` the last four digits of the citizen's. `printer`: where a new number is
    printed; None: nowhere.
    """

    window: int
    staff: str
    service: str | None = None
    to_window: int | None = None
    to_staff: str | None = None
    order: Order = Order.KEPT
    priority: str = ORDINARY
    note: str = ""
    phone: str = ""
    printer: str | None = None
    seen: str | None = None


@dataclass(frozen=True, slots=True)
class LookIntoReturn(Command[None]):
    """A leader has looked into a second return, of today or an earlier day."""

    ticket: str
    leg: int
    words: str
    staff: str
