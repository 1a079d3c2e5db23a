"""Numbers: asked for and answered."""

from __future__ import annotations

from datetime import date, time
from typing import Annotated

from pydantic import Field, StrictInt, StringConstraints

from server.messages.message import GivenReason, Message
from server.messages.results import DocumentNoticeOut, FirstContactOut, ResultOut


class WaitOut(Message):
    """Minutes until called: half of all such tickets are called within p50, nine in ten within p90.

    `low` to `high` is what citizens are told, rounded outward; `low` 0: within `high`. `start` and `end` are the
    same by the clock, where the hall is closed meanwhile.
    """

    p50: int
    p90: int
    low: int
    high: int
    start: str | None = None
    end: str | None = None


class DoubtOut(Message):
    """A number taken now would probably not be called today; it is given all the same."""

    service: str = Field(description="The code of the service that it is so of")
    why: str = Field(description="line: so many wait; closing: its windows close so soon; no_window: none is open")
    waiting: int = Field(description="How many wait for the open windows that it would be called to")
    closes_at: str | None = Field(description="When its hours end today")
    opens_at: str | None = Field(description="When its numbers are given on the next day that any are")
    bookable: bool = Field(description="Whether one may book a time instead")


class PrintOut(Message):
    state: str = Field(
        description="queued, checking, sending, await_ack, paused, printed, sent, blocked, unknown, dropped, or none"
    )
    reason: str | None = None
    papers: int = Field(default=0, description="Which paper of the ticket it is, from 1; 0: none was asked for")


class EvaluationOut(Message):
    level: int | None = Field(description="5 非常满意 … 1 非常不满意; null where the reader may not see it")
    channel: str = Field(description="pad, screen, phone or paper")
    at: str
    reasons: list[str] = Field(default_factory=list, description="Codes of the hall's list; for leaders")
    words: str = Field(default="", description="The citizen's own; for leaders")
    own: bool = Field(default=False, description="Of a service of whoever asks: level, reasons and words are withheld")


class LegOut(Message):
    index: int
    service: str
    window: int | None
    staff: str | None
    queued_at: str
    called_at: str | None
    calls: int
    started_at: str | None
    ended_at: str | None
    finish: str | None = Field(description="clerk, next_call, transfer or day_closed; null while it is not served")
    held_seconds: int = Field(description="Time on hold (挂起): neither waiting nor service")
    note: str = Field(description="From the colleague who transferred it; empty unless staff asks")
    evaluation: str | None = Field(
        description="open, voted, unrated (未评价) or withdrawn; null before the service ended"
    )
    result: ResultOut | None = Field(description="What came of it, for staff; null while no clerk has ended it")
    notices: list[DocumentNoticeOut] = Field(description="一次性告知书 given out in it, for staff")


class HoldOut(Message):
    kind: str = Field(description="with_papers (持件), without_papers (不持件) or waiting (等待)")
    window: int
    since: str
    reason: str
    until: str | None


class TicketOut(Message):
    id: str
    number: str
    service: str
    priority: str
    verified: bool | None = Field(description="Whether a window found the proof of the class; null: not looked at")
    state: str
    ahead: int
    wait: WaitOut | None
    doubt: DoubtOut | None = Field(
        default=None, description="In the answer to taking the number alone: that it will probably not be called today"
    )
    issued_at: str
    url: str | None = Field(description="The citizen's status page; only for kiosks and the ticket's holder")
    qr_svg_url: str | None = Field(description="The QR code of `url`, as a picture")
    print: PrintOut
    appointment: str | None
    then: list[str] = Field(description="The services of a combined visit (联办) still to come")
    hold: HoldOut | None
    first: FirstContactOut | None = Field(description="首问责任人, for staff, where somebody handed the citizen over")
    paper: bool = Field(description="Its number stood on paper and was entered afterwards")
    legs: list[LegOut]
    evaluations: list[EvaluationOut]


class CalledOut(Message):
    """The ticket at the window after a command."""

    ticket: TicketOut


class ReferredOut(Message):
    """After 首问转办. `ticket` is as its holder may see it where it is a `new` number, which the clerk shows them."""

    ticket: TicketOut
    new: bool
    place: str = Field(description="Where its citizens wait")
    place_en: str


class IssueIn(Message):
    """`person`: what identifies the citizen, such as an ID card number; only a salted hash of it is kept."""

    service: str
    priority: str | None = None
    then: list[str] = Field(
        default_factory=list, max_length=8, description="Further services of a combined visit (联办)"
    )
    person: Annotated[str, StringConstraints(min_length=1, max_length=64)] | None = None
    exception: GivenReason | None = Field(
        default=None, description="Why staff gives a number although a rule forbids it"
    )
    printer: str | None = Field(
        default=None, description="Where a clerk's ticket is printed, window:N or a kiosk's id; null: only shown"
    )


class PaperIn(Message):
    """Numbers from pre-numbered paper, such as `801-812, 815` or `A801-A812`; with or without the service's letter."""

    service: str
    numbers: Annotated[str, StringConstraints(min_length=1, max_length=400, strip_whitespace=True)]
    taken_at: time | None = Field(default=None, description="The hall's local time today; null: now")


class EnteredOut(Message):
    tickets: list[TicketOut]


class GivePriorityIn(Message):
    priority: str
    reason: GivenReason


class RejoinIn(Message):
    last: bool = Field(default=False, description="At the end of the line, rather than where the hall's rule says")


class TicketPath(Message):
    ref: str = Field(description="A ticket's id, or the token in its QR code")


class VoteIn(Message):
    token: str
    level: StrictInt | None = Field(description="5 … 1; null to decline (不评价)")


ReasonCodes = Annotated[list[Annotated[str, StringConstraints(max_length=8)]], Field(max_length=40)]


class VoteReasonsIn(Message):
    token: str
    reasons: ReasonCodes = Field(description="Codes of the hall's list, all for the level that was given")


class PhoneVoteIn(Message):
    """The ticket's token stands in the address."""

    leg: StrictInt
    level: StrictInt = Field(description="5 … 1")


class PhoneReasonsIn(Message):
    leg: StrictInt
    reasons: ReasonCodes = Field(default_factory=list)
    words: Annotated[str, StringConstraints(max_length=400)] = Field(default="", description="At most 200 characters")


class PaperVoteIn(Message):
    """书面: what stands on a form (评议表), and why somebody enters it."""

    ticket: str = Field(description="The ticket's id, such as 261127A012")
    leg: StrictInt = 1
    level: StrictInt = Field(description="5 … 1")
    given_on: date = Field(description="The day on the form")
    why: GivenReason
    reasons: ReasonCodes = Field(default_factory=list)
    words: Annotated[str, StringConstraints(max_length=400)] = ""
