"""What stands on the slips: given by whoever asks for one, kept as JSON with its print job.

Times are aware and printed as they stand, so they are the hall's local ones.
"""

from __future__ import annotations

from datetime import date
from typing import Annotated, Any

from pydantic import AwareDatetime, Field, StringConstraints

from server.hall.printing import Slip
from server.messages.message import Message

MAX_URL = 200
"""Bytes: a longer one makes a QR code that is too fine, or wider than 58 mm paper."""
Line = Annotated[str, StringConstraints(strip_whitespace=True, max_length=80)]
GivenLine = Annotated[str, StringConstraints(strip_whitespace=True, min_length=1, max_length=80)]
Paragraph = Annotated[str, StringConstraints(strip_whitespace=True, max_length=300)]
ToBring = Annotated[str, StringConstraints(strip_whitespace=True, min_length=1, max_length=410)]
"""A document of a guide with its note."""
GivenParagraph = Annotated[str, StringConstraints(strip_whitespace=True, min_length=1, max_length=300)]
Url = Annotated[str, StringConstraints(strip_whitespace=True, max_length=MAX_URL, pattern=r"^[!-~]*$")]
Count = Annotated[int, Field(ge=0)]
_MOST_LINES = 30


class ClerkOnPaper(Message):
    name: GivenLine
    number: Line = Field(default="", description="Work number (工号)")


class WaitOnPaper(Message):
    """Minutes; `low` is where the median lies, `high` the ninetieth percentile; `low` 0: within `high`.

    `start` and `end`: the same by the clock, where the hall is closed meanwhile.
    """

    low: Count
    high: Count
    start: Line | None = None
    end: Line | None = None


class TicketSlip(Message):
    """号票. `ahead` counts people. `priority` names the class it goes first by; `booked`: it is a booking's.

    `windows` serve it; `then` are the further services of a combined visit. Whoever misses the call comes back within
    `rejoin_within` minutes, without limit when that is None, `rejoin_at_kiosk` by themselves. `barcode`: for scanners.
    """

    service: Line
    number: GivenLine
    ahead: Count
    issued_at: AwareDatetime
    wait: WaitOnPaper | None = None
    place: Line = ""
    windows: tuple[int, ...] = ()
    url: Url = ""
    priority: Line = ""
    booked: bool = False
    then: tuple[Line, ...] = ()
    rejoin_within: int | None = None
    rejoin_at_kiosk: bool = False
    kiosk: Line = ""
    barcode: bool = False


class AppointmentSlip(Message):
    """预约单. `code` is what one checks in with, from `early` minutes before the slot until `late` after its start."""

    code: Annotated[str, StringConstraints(pattern=r"^[0-9]{4,20}$")]
    service: GivenLine
    start: AwareDatetime
    end: AwareDatetime
    place: Line = ""
    name: Line = ""
    bring: tuple[ToBring, ...] = Field(default=(), max_length=_MOST_LINES)
    early: Count = 10
    late: Count = 15
    phone: Line = ""


class MissingDocument(Message):
    name: Annotated[str, StringConstraints(strip_whitespace=True, min_length=1, max_length=200)]
    reason: Paragraph = ""


class MissingDocumentsSlip(Message):
    """一次性告知书. Without `clerk` and `at` it is given by whoever asks for it, now. `first`: 首问责任人.

    `due`: the last day to bring what is missing; `copies`: how many papers, one of which stays at the window.
    `barcode`: of `number`, for the scanner at the window to which the citizen comes again.
    """

    service: GivenLine
    documents: tuple[MissingDocument, ...] = Field(min_length=1, max_length=_MOST_LINES)
    number: Line = ""
    name: Line = ""
    basis: tuple[GivenParagraph, ...] = Field(default=(), max_length=_MOST_LINES)
    due: date | None = None
    phone: Line = ""
    first: ClerkOnPaper | None = None
    clerk: ClerkOnPaper | None = None
    at: AwareDatetime | None = None
    copies: Annotated[int, Field(ge=1, le=2)] = 2
    barcode: bool = False


class ReceiptSlip(Message):
    """受理回执. Without `clerk` and `accepted_at` it is given by whoever asks for it, now. `url`: where to ask."""

    number: GivenLine
    service: GivenLine
    documents: tuple[GivenLine, ...] = Field(default=(), max_length=_MOST_LINES)
    name: Line = ""
    accepted_at: AwareDatetime | None = None
    promised: date | None = None
    phone: Line = ""
    url: Url = ""
    clerk: ClerkOnPaper | None = None


class WorkOnPaper(Message):
    """What was done in a day. `wait`: average minutes to the first call, null when nobody was called."""

    issued: Count
    served: Count
    no_show: Count
    cancelled: Count
    wait: Count | None = None


class ServiceOnPaper(WorkOnPaper):
    name: Line


class DaySlip(Message):
    """The day so far. `levels`: votes by level, 5 to 1, without those `excluded` after a review; `papers`: print jobs
    by state.
    """

    day: date
    at: AwareDatetime
    services: tuple[ServiceOnPaper, ...]
    total: WorkOnPaper
    levels: dict[int, Count]
    unrated: Count
    excluded: Count = 0
    papers: dict[str, Count]
    clerk: ClerkOnPaper


class SelfTestSlip(Message):
    """`place`: whose printer it is, `link`: where it is reached, `settings`: how it is set up, as config.yaml says."""

    printer: GivenLine
    place: Line
    link: Paragraph
    at: AwareDatetime
    settings: dict[str, str]


SlipContent = TicketSlip | AppointmentSlip | MissingDocumentsSlip | ReceiptSlip | DaySlip | SelfTestSlip
CONTENTS: dict[Slip, type[SlipContent]] = {
    Slip.TICKET: TicketSlip,
    Slip.APPOINTMENT: AppointmentSlip,
    Slip.MISSING_DOCUMENTS: MissingDocumentsSlip,
    Slip.RECEIPT: ReceiptSlip,
    Slip.DAY: DaySlip,
    Slip.SELF_TEST: SelfTestSlip,
}


class SlipIn(Message):
    """`content` as its kind wants it: appointment, missing-documents or receipt; the server makes the others itself."""

    slip: Slip
    printer: str = Field(description="A kiosk's id, or window:N", examples=["window:3"])
    ticket: str | None = Field(default=None, description="The number it belongs to, by id or token")
    content: dict[str, Any]


class PrinterIn(Message):
    """Where it is to come out. A kiosk's own printer need not be named."""

    printer: str | None = None


class SelfTestIn(PrinterIn):
    """`permit`: the panel's, where a kiosk asks."""

    permit: str = ""


class SlipOut(Message):
    job: str
    slip: Slip
    printer: str
    ticket: str | None
    nth: int = Field(description="1 for the first paper, 2 for its first copy")
    marked: bool = Field(description="Marked 补打: an earlier paper may exist")
    state: str
    reason: str | None


class SlipPath(Message):
    job: str = Field(description="A print job's id")
