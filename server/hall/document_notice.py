"""一次性告知书: which documents were missing, told once and all together, with a number of its own."""

from __future__ import annotations

import re
from dataclasses import dataclass
from datetime import date, datetime

MOST_DOCUMENTS = 30
LONGEST_DOCUMENT = 200
LONGEST_REASON = 200
_NUMBER = re.compile(r"^(\d{6}[A-Z]\d{1,9})-([1-9]\d{0,3})$")


@dataclass(frozen=True, slots=True)
class MissingPaper:
    """A document and why it is asked for. `code`: as the service's guide has it; empty for the clerk's own line."""

    name: str
    code: str = ""
    reason: str = ""


@dataclass(frozen=True, slots=True)
class DocumentNotice:
    """`number` stands on the paper: the ticket's id and which notice of that ticket it is.

    `staff` with `name` and `work_number` gave it out at `window`. `due`: the last day to bring what is missing.
    `earlier`: the number of the notice of an earlier visit for the same matter.
    """

    number: str
    at: datetime
    window: int
    staff: str
    name: str
    work_number: str
    documents: tuple[MissingPaper, ...]
    due: date | None = None
    earlier: str | None = None


def notice_number(ticket: str, nth: int) -> str:
    return f"{ticket}-{nth}"


def ticket_of_notice(number: str) -> str | None:
    """The id of the ticket that a notice of this number belongs to; None for what is no such number."""
    found = _NUMBER.match(number)
    return found[1] if found else None
