"""What came of services: results put right, documents named, citizens who were told where to go."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date

from server.hall.document_notice import MissingPaper
from server.hall.events.event import Event
from server.hall.result import Result


@dataclass(frozen=True, slots=True, kw_only=True)
class ResultCorrected(Event):
    """The leg's result is this one; what stood before it stays in the log."""

    kind = "result_corrected"
    result: Result
    reason: str


@dataclass(frozen=True, slots=True, kw_only=True)
class DocumentsNamed(Event):
    """一次性告知书 number `notice`, given out by `staff` with `name` and `work_number`.

    `earlier`: the number of the notice of an earlier visit for the same matter.
    """

    kind = "documents_named"
    notice: str
    name: str
    documents: tuple[MissingPaper, ...]
    work_number: str = ""
    due: date | None = None
    earlier: str | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class FirstContactRecorded(Event):
    """首问: `staff` with `name` and `work_number` was asked first, at `window`, and handed the citizen over."""

    kind = "first_contact_recorded"
    name: str
    work_number: str = ""
    note: str = ""
    phone: str = ""


@dataclass(frozen=True, slots=True, kw_only=True)
class ReturnLookedInto(Event):
    """A leader has looked into the second return of this ticket's leg, which may be of an earlier day."""

    kind = "return_looked_into"
    words: str
