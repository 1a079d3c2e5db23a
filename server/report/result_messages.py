"""What `/api/v1/report` answers about outcomes, second returns and first contacts."""

from __future__ import annotations

from typing import Annotated

from pydantic import Field, StringConstraints

from server.messages import EarlierReturnOut, FirstContactOut, Message, ResultOut
from server.messages.results import GivenNote


class CountOut(Message):
    services: int = Field(description="How many services came to that")
    quantity: int = Field(description="件数 of them together")


class ResultsOut(Message):
    """Every outcome is always there: done, accepted, supplement, returned, consultation, referred."""

    results: dict[str, CountOut]


class WindowResultsOut(ResultsOut):
    number: int


class ClerkResultsOut(ResultsOut):
    username: str
    name: str
    work_number: str


class ServiceResultsOut(ResultsOut):
    code: str
    name: str


class DayResultsOut(Message):
    """One business day; only those who had any part in it."""

    day: str
    total: ResultsOut
    windows: list[WindowResultsOut]
    clerks: list[ClerkResultsOut]
    services: list[ServiceResultsOut]


class LookOut(Message):
    """A leader has looked into it."""

    at: str
    staff: str
    name: str
    words: str


class SecondReturnOut(Message):
    """二次退回: `present` came for a matter that was sent back before, in `earlier`."""

    present: EarlierReturnOut
    earlier: EarlierReturnOut
    looked_into: LookOut | None


class SecondReturnsOut(Message):
    first: str
    last: str
    returns: list[SecondReturnOut] = Field(description="The newest first")


class LookIntoIn(Message):
    words: GivenNote


class ReturnPath(Message):
    ticket: Annotated[str, StringConstraints(max_length=40)]
    leg: int


class FirstOut(Message):
    """首问 and what became of it: `state` of the ticket, with the `result` of its last leg that has one."""

    ticket: str
    number: str
    service: str
    first: FirstContactOut
    state: str
    window: int | None
    staff: str | None
    name: str
    result: ResultOut | None


class FirstContactsOut(Message):
    day: str
    contacts: list[FirstOut] = Field(description="In the order in which they were asked")
