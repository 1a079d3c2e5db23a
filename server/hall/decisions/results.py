"""What came of a service: a result put right, documents named, a second return looked into."""

from __future__ import annotations

from datetime import timedelta

from server.hall import commands as cmd
from server.hall import events as ev
from server.hall.decisions.decision import Decision, Now, open_ticket
from server.hall.document_notice import (
    LONGEST_DOCUMENT,
    LONGEST_REASON,
    MOST_DOCUMENTS,
    MissingPaper,
    notice_number,
    ticket_of_notice,
)
from server.hall.errors import (
    DueOutOfReach,
    NoResult,
    NoticeOfThisVisit,
    NotServing,
    NotYourService,
    ReasonNeeded,
    TextLength,
    TooManyDocuments,
    UnknownDocumentNotice,
    UnknownLeg,
)
from server.hall.facts import document_notice_facts, ticket_facts
from server.hall.result import LONGEST_NOTE, checked_result
from server.hall.state import HallState
from server.hall.ticket import Leg, State, Ticket

_FARTHEST = timedelta(days=366)


def correct_result(state: HallState, command: cmd.CorrectResult, now: Now) -> Decision:
    """While the day is open. What was recorded before stays in the log, and why it was put right beside it."""
    ticket = state.ticket(command.ticket)
    leg = _leg(ticket, command.leg)
    if not command.leads and command.staff not in _served_by(leg):
        raise NotYourService(number=ticket.number)
    if leg.result is None:
        raise NoResult(number=ticket.number)
    reason = " ".join(command.reason.split())
    if not reason:
        raise ReasonNeeded(number=ticket.number)
    result = checked_result(command.result)
    if result == leg.result:
        return Decision(answer=lambda: ticket_facts(ticket))
    event = ev.ResultCorrected(
        at=now.at,
        ticket=ticket.id,
        leg=leg.index,
        window=leg.window,
        staff=command.staff,
        result=result,
        reason=reason[:LONGEST_NOTE],
    )
    return Decision([event], lambda: ticket_facts(ticket))


def name_documents(state: HallState, command: cmd.NameDocuments, now: Now) -> Decision:
    """Each document once, in the order given, under the next number of this ticket."""
    window, ticket = open_ticket(state, command)
    if ticket.state is not State.SERVING:
        raise NotServing(number=ticket.number)
    _check_earlier(ticket, command.earlier)
    today = state.plan.local(now.at).date()
    if command.due is not None and not today <= command.due <= today + _FARTHEST:
        raise DueOutOfReach
    clerk = window.clerk
    nth = 1 + sum(len(leg.notices) for leg in ticket.legs)
    event = ev.DocumentsNamed(
        at=now.at,
        ticket=ticket.id,
        leg=ticket.leg.index,
        window=window.number,
        staff=command.staff,
        notice=notice_number(ticket.id, nth),
        name=clerk.name if clerk else command.staff,
        work_number=clerk.number if clerk else "",
        documents=_checked(command.documents),
        due=command.due,
        earlier=command.earlier,
    )
    return Decision([event], lambda: document_notice_facts(ticket.leg.notices[-1]))


def look_into_return(state: HallState, command: cmd.LookIntoReturn, now: Now) -> Decision:
    """Whether there is such a return is the asker's to know: it may be of a day that the hall has forgotten."""
    words = " ".join(command.words.split())
    if not 1 <= len(words) <= LONGEST_NOTE:
        raise TextLength(most=LONGEST_NOTE)
    event = ev.ReturnLookedInto(at=now.at, ticket=command.ticket, leg=command.leg, staff=command.staff, words=words)
    return Decision([event])


def _leg(ticket: Ticket, index: int) -> Leg:
    if not 1 <= index <= len(ticket.legs):
        raise UnknownLeg(number=ticket.number)
    return ticket.legs[index - 1]


def _served_by(leg: Leg) -> set[str | None]:
    """Who began it, and who ended it after taking the window over."""
    return {leg.staff, leg.evaluation.staff if leg.evaluation else None} - {None}


def _check_earlier(ticket: Ticket, earlier: str | None) -> None:
    """Raises UnknownDocumentNotice for what is no number of a notice, NoticeOfThisVisit for one of this ticket."""
    if earlier is None:
        return
    told = ticket_of_notice(earlier)
    if told is None:
        raise UnknownDocumentNotice(notice=earlier)
    if told == ticket.id:
        raise NoticeOfThisVisit(notice=earlier)


def _checked(documents: tuple[MissingPaper, ...]) -> tuple[MissingPaper, ...]:
    """Each on one line. Raises TooManyDocuments or TextLength."""
    if not 1 <= len(documents) <= MOST_DOCUMENTS:
        raise TooManyDocuments(most=MOST_DOCUMENTS)
    lines = []
    for given in documents:
        name, reason = (" ".join(words.split()) for words in (given.name, given.reason))
        if not 1 <= len(name) <= LONGEST_DOCUMENT or len(reason) > LONGEST_REASON:
            raise TextLength(most=LONGEST_DOCUMENT)
        lines.append(MissingPaper(name, given.code, reason))
    return tuple(dict.fromkeys(lines))
