"""What an earlier visit for the same matter was told, and the notices that were given out then. Asks the database."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import timedelta

from sqlalchemy import Connection

from server.config import Settings
from server.engine import HallEngine
from server.hall.calendar import business_day
from server.hall.errors import NoticeOfThisVisit, UnknownDocumentNotice
from server.hall.facts import DocumentNoticeFacts, FirstContactFacts
from server.hall.ticket import Ticket
from server.messages import DocumentNoticeOut, EarlierReturnOut, ResultOut
from server.store.reports import StaffName, staff_names
from server.store.returns import Return, return_of_notice, returns_of_person


@dataclass(frozen=True, slots=True)
class KnownNotice:
    """A 一次性告知书 with the ticket and service it belongs to, and who was asked first, if anybody handed it over."""

    facts: DocumentNoticeFacts
    ticket: str
    service: str
    first: FirstContactFacts | None


def find_notice(hall: HallEngine, number: str) -> KnownNotice:
    """Of today or any day before. Raises UnknownDocumentNotice."""
    found = hall.query(lambda connection: return_of_notice(connection, hall.plan.id, number))
    if found is None:
        raise UnknownDocumentNotice(notice=number)
    facts = next(notice for notice in found.notices if notice["number"] == number)
    return KnownNotice(facts, found.ticket, found.service, found.first)


def returns_for(hall: HallEngine, settings: Settings, ticket: Ticket, number: str | None) -> list[EarlierReturnOut]:
    """Earlier returns of the matter that `ticket` is about, the newest first: by the number of a notice or, without
    one, by who the citizen is, if that is known. Raises UnknownDocumentNotice, or NoticeOfThisVisit.
    """
    if number is None and ticket.person is None:
        return []
    about, person, service = ticket.id, ticket.person or "", ticket.service
    since = business_day(hall.clock(), hall.plan.zone) - timedelta(days=settings.rules.results.same_matter)

    def ask(connection: Connection) -> tuple[list[Return], dict[str, StaffName]]:
        names = staff_names(connection, hall.plan.id)
        if number is None:
            return returns_of_person(connection, hall.plan.id, person, service, since, but=about), names
        told = return_of_notice(connection, hall.plan.id, number)
        return [told] if told else [], names

    found, names = hall.query(ask)
    if number is not None:
        if not found:
            raise UnknownDocumentNotice(notice=number)
        if found[0].ticket == about:
            raise NoticeOfThisVisit(notice=number)
    return [return_out(one, names) for one in found]


def return_out(one: Return, names: dict[str, StaffName]) -> EarlierReturnOut:
    """An account that is gone by now stands there by its user name."""
    known = names.get(one.staff or "", StaffName("", one.staff or "", ""))
    return EarlierReturnOut(
        ticket=one.ticket,
        leg=one.leg,
        number=one.number,
        day=one.day,
        service=one.service,
        window=one.window,
        staff=one.staff,
        name=known.name,
        work_number=known.number,
        result=ResultOut(kind=one.result, quantity=one.quantity or 1, note=one.note) if one.result else None,
        notices=[DocumentNoticeOut.model_validate(notice) for notice in one.notices],
    )
