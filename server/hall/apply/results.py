"""Results put right, documents named, and who was asked first."""

from __future__ import annotations

from server.hall import events as ev
from server.hall.apply.registry import applies, ticket_of
from server.hall.document_notice import DocumentNotice
from server.hall.first_contact import FirstContact
from server.hall.state import HallState


@applies(ev.ResultCorrected)
def _corrected(state: HallState, event: ev.ResultCorrected) -> None:
    ticket_of(state, event).legs[(event.leg or 0) - 1].result = event.result


@applies(ev.DocumentsNamed)
def _named(state: HallState, event: ev.DocumentsNamed) -> None:
    leg = ticket_of(state, event).legs[(event.leg or 0) - 1]
    notice = DocumentNotice(
        number=event.notice,
        at=event.at,
        window=event.window or 0,
        staff=event.staff or "",
        name=event.name,
        work_number=event.work_number,
        documents=event.documents,
        due=event.due,
        earlier=event.earlier,
    )
    leg.notices = (*leg.notices, notice)


@applies(ev.FirstContactRecorded)
def _asked_first(state: HallState, event: ev.FirstContactRecorded) -> None:
    ticket_of(state, event).first = FirstContact(
        staff=event.staff or "",
        name=event.name,
        work_number=event.work_number,
        window=event.window or 0,
        at=event.at,
        note=event.note,
        phone=event.phone,
    )


@applies(ev.ReturnLookedInto)
def _looked_into(state: HallState, event: ev.ReturnLookedInto) -> None:
    """For the reports, which read it from the log: the ticket may be of a day that is over."""
