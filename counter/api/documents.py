"""`/api/v1/windows/{n}/documents` and `/api/v1/documents`: 一次性告知书, named, printed and found again."""

from __future__ import annotations

from typing import Any

from flask import request

from counter.api.blueprint import api, do
from counter.document_slip import document_slip
from server.config import Settings
from server.hall import commands as cmd
from server.hall.document_notice import MissingPaper
from server.hall.errors import NoOpenTicket
from server.hall.printing import PrintJob, Slip
from server.hall.ticket import Ticket
from server.messages import (
    DocumentNoticeOut,
    EarlierOut,
    MissingPaperIn,
    NameDocumentsIn,
    NamedOut,
    NoticePath,
    PrintNoticeIn,
    SlipOut,
    WindowPath,
)
from server.web.access import idempotency_key, signed_in
from server.web.answer import answer
from server.web.context import context
from server.web.earlier_returns import KnownNotice, find_notice, returns_for
from server.web.errors import Refused
from server.web.printer_names import named_printer
from server.web.tickets import notice_out


@api.get("/windows/<int:number>/documents", responses={"200": EarlierOut})
def earlier(path: WindowPath) -> Any:
    """What the citizen at the window was told before, for the same matter: by who they are, or by `?notice=`.

    404 `unknown_document_notice` for a number that no notice has.
    """
    signed_in()
    ticket, running = _open_ticket(path.number), context()
    number = (request.args.get("notice") or "").strip().upper() or None
    return answer(EarlierOut(earlier=returns_for(running.hall, running.settings, ticket, number)))


@api.post("/windows/<int:number>/documents", responses={"201": NamedOut})
def name_documents(path: WindowPath, body: NameDocumentsIn) -> Any:
    """一次性告知, kept with the ticket under a number of its own, and printed where that is asked for."""
    person, running = signed_in(), context()
    if body.printer is not None:
        named_printer(running.settings, body.printer)
    ticket = _open_ticket(path.number)
    found = returns_for(running.hall, running.settings, ticket, body.earlier)
    told = [notice.number for one in found for notice in reversed(one.notices)]
    command = cmd.NameDocuments(
        path.number,
        person.username,
        tuple(_paper(paper, ticket.service, running.settings) for paper in body.documents),
        due=body.due,
        earlier=body.earlier or next(iter(told), None),
        seen=body.seen,
    )
    facts = do(command)
    paper = _print(find_notice(running.hall, facts["number"]), body.printer, again=False) if body.printer else None
    page = f"/counter/documents/{facts['number']}"
    return answer(NamedOut(notice=notice_out(facts), print=paper, page=page), 201)


@api.get("/documents/<number>", responses={"200": DocumentNoticeOut})
def show_notice(path: NoticePath) -> Any:
    """For staff, whichever day it was given out."""
    signed_in()
    return answer(notice_out(find_notice(context().hall, path.number.upper()).facts))


@api.post("/documents/<number>/print", responses={"201": SlipOut})
def print_notice(path: NoticePath, body: PrintNoticeIn) -> Any:
    """补打, marked as such where an earlier paper of today may exist. 409 `paper_coming` while it is on its way."""
    signed_in()
    running = context()
    named_printer(running.settings, body.printer)
    return answer(_print(find_notice(running.hall, path.number.upper()), body.printer, again=True), 201)


def _open_ticket(number: int) -> Ticket:
    """Raises UnknownWindow or NoOpenTicket."""
    ticket = context().hall.read(lambda state: state.window(number).ticket)
    if ticket is None:
        raise NoOpenTicket(window=number)
    return ticket


def _paper(given: MissingPaperIn, service: str, settings: Settings) -> MissingPaper:
    """The guide's own words for a document of the guide. Raises Refused for one that it does not have."""
    if not given.code:
        return MissingPaper(given.name, reason=given.reason)
    guide = settings.service(service).guide
    known = next((one for one in (guide.documents if guide else ()) if one.code == given.code), None)
    if known is None:
        raise Refused(400, "bad_input", [f"documents: the guide has no document {given.code}"])
    return MissingPaper(known.name, known.code, given.reason)


def _print(known: KnownNotice, printer: str, *, again: bool) -> SlipOut:
    """The very same words whenever it is printed, so that a copy is known as one."""
    running, person, key = context(), signed_in(), idempotency_key()
    content = document_slip(known, running.hall.plan, running.settings).model_dump_json()
    is_today = running.hall.read(lambda state: known.ticket in state.tickets)
    command = cmd.PrintSlip(
        Slip.MISSING_DOCUMENTS,
        printer,
        content,
        ticket=known.ticket if is_today else None,
        staff=person.username,
        again=again,
    )
    facts = running.hall.do(command, key=f"{key}|paper" if key else None)
    return running.hall.read(lambda state: _slip_out(state.prints[facts["job"]]))


def _slip_out(job: PrintJob) -> SlipOut:
    return SlipOut(
        job=job.id,
        slip=job.slip,
        printer=job.printer,
        ticket=job.ticket,
        nth=job.copy,
        marked=job.marked,
        state=job.state.value,
        reason=job.reason,
    )
