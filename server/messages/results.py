"""What came of a service, which documents were named, and who was asked first."""

from __future__ import annotations

from datetime import date
from typing import Annotated

from pydantic import Field, StringConstraints

from server.hall.commands import Order
from server.hall.document_notice import LONGEST_DOCUMENT, LONGEST_REASON, MOST_DOCUMENTS
from server.hall.result import LONGEST_NOTE, MOST, ResultKind
from server.messages.message import GivenReason, Message, Reason
from server.messages.slips import SlipOut

Note = Annotated[str, StringConstraints(max_length=LONGEST_NOTE, strip_whitespace=True)]
GivenNote = Annotated[str, StringConstraints(min_length=1, max_length=LONGEST_NOTE, strip_whitespace=True)]
Words = Annotated[str, StringConstraints(max_length=LONGEST_DOCUMENT, strip_whitespace=True)]
NoticeNumber = Annotated[str, StringConstraints(min_length=1, max_length=40, strip_whitespace=True, to_upper=True)]


class ResultIn(Message):
    kind: ResultKind
    quantity: Annotated[int, Field(ge=1, le=MOST)] = Field(default=1, description="件数")
    note: Note = ""


class ResultOut(Message):
    kind: str = Field(
        description="done 办结, accepted 受理, supplement 补正, returned 退回, consultation 咨询, referred 转办"
    )
    quantity: int
    note: str


class CorrectResultIn(Message):
    result: ResultIn
    reason: GivenReason


class LegPath(Message):
    ref: str = Field(description="A ticket's id")
    leg: int = Field(description="Which of its legs, from 1")


class MissingPaperIn(Message):
    """One of the guide's documents by its `code`, or a line of the clerk's own by its `name`."""

    code: Annotated[str, StringConstraints(max_length=32)] = ""
    name: Words = ""
    reason: Annotated[str, StringConstraints(max_length=LONGEST_REASON, strip_whitespace=True)] = ""


class MissingPaperOut(Message):
    code: str
    name: str
    reason: str


class NameDocumentsIn(Message):
    """`earlier`: the number of the notice of an earlier visit; left out, it is looked for by who the citizen is."""

    seen: str | None = None
    documents: list[MissingPaperIn] = Field(min_length=1, max_length=MOST_DOCUMENTS)
    due: date | None = Field(default=None, description="The last day to bring them")
    earlier: NoticeNumber | None = None
    printer: str | None = Field(default=None, description="A kiosk's id, or window:N; null: on no printer")


class DocumentNoticeOut(Message):
    """一次性告知书."""

    number: str
    at: str
    window: int
    staff: str
    name: str
    work_number: str
    due: str | None
    earlier: str | None
    documents: list[MissingPaperOut]


class NamedOut(Message):
    """`print`: its paper; null where there is no printer, so that it is written or printed by hand (`page`)."""

    notice: DocumentNoticeOut
    print: SlipOut | None
    page: str


class EarlierReturnOut(Message):
    """An earlier visit for the same matter that ended with documents missing; `notices` empty: none was given out."""

    ticket: str
    leg: int
    number: str
    day: str
    service: str
    window: int | None
    staff: str | None
    name: str
    work_number: str
    result: ResultOut | None
    notices: list[DocumentNoticeOut]


class EarlierOut(Message):
    earlier: list[EarlierReturnOut] = Field(description="The newest first")


class NoticePath(Message):
    number: str = Field(description="As it stands on the paper, such as 260111A012-1")


class PrintNoticeIn(Message):
    printer: str


class ReferIn(Message):
    """首问转办. Without a ticket at the window only a `service` can be named."""

    seen: str | None = None
    service: str | None = None
    to_window: int | None = None
    to_staff: str | None = None
    order: Order = Order.KEPT
    priority: str | None = None
    note: Reason = ""
    phone: Annotated[str, StringConstraints(pattern=r"^([0-9]{4})?$")] = Field(
        default="", description="The last four digits of the citizen's"
    )


class FirstContactOut(Message):
    staff: str
    name: str
    work_number: str
    window: int
    at: str
    note: str
    phone: str
