"""`/api/v1/tickets`: take a number, ask after it, give it back, come back after a no-show, print it again."""

from __future__ import annotations

from contextlib import nullcontext

from flask import Response

from kiosk.api.blueprint import api, check_giving, has_printer
from kiosk.guesses import guesses
from server.hall.commands import CancelTicket, CheckIn, IssueTicket, RejoinTicket, ReprintTicket
from server.hall.facts import TicketFacts, ticket_facts
from server.hall.plan import ORDINARY
from server.hall.state import HallState
from server.messages import CheckInIn, DoubtOut, ErrorOut, IssueIn, RejoinIn, TicketOut, TicketPath
from server.web.access import device, idempotency_key, staff
from server.web.accounts import Role
from server.web.answer import answer
from server.web.context import context
from server.web.devices import Kind
from server.web.errors import Refused
from server.web.identity import hashed_person
from server.web.printer_names import named_printer
from server.web.tickets import Reader, ticket_out
from server.web.waits import new_doubt


@api.post("/tickets", responses={"201": TicketOut, "423": ErrorOut})
def issue(body: IssueIn) -> Response:
    """取号. A kiosk's ticket is printed at its own printer, a clerk's at `printer`, if named. 423 out of hours."""
    kiosk = device(Kind.KIOSK)
    person = None if kiosk else staff()
    if kiosk is None and person is None:
        raise Refused(401, "device_unknown")
    if kiosk is not None:
        check_giving(kiosk)
    elif body.printer is not None:
        named_printer(context().settings, body.printer)
    waits = context().hall.waits
    command = IssueTicket(
        service=body.service,
        kiosk=kiosk.place if kiosk else None,
        printed=has_printer(kiosk.place) if kiosk else True,
        printer=None if kiosk else body.printer,
        staff=person.username if person else None,
        priority=body.priority or ORDINARY,
        then=tuple(body.then),
        person=hashed_person(body.person),
        exception=body.exception,
        wait=waits.told(body.service, body.priority or ORDINARY),
        withheld=waits.withheld(body.service, body.priority or ORDINARY),
    )
    doubt = _doubt(command)
    facts = context().hall.do(command, key=idempotency_key())
    reader = Reader.KIOSK if kiosk else Reader.ISSUER
    return answer(ticket_out(facts, context().settings, reader).model_copy(update={"doubt": doubt}), 201)


@api.get("/tickets/<ref>", responses={"200": TicketOut})
def show(path: TicketPath) -> Response:
    """A ticket of today, by its id for devices and staff, or by its token for whoever holds it."""
    facts, reader = _look_up(path.ref)
    return answer(ticket_out(facts, context().settings, reader))


@api.post("/tickets/<ref>/cancel", responses={"200": TicketOut})
def cancel(path: TicketPath) -> Response:
    """取消, while it still waits: by a clerk, by whoever holds the token, or by the kiosk that gave the number."""
    _, reader = _look_up(path.ref)
    if reader is Reader.ELSEWHERE:
        raise Refused(403, "forbidden")
    person = staff()
    command = CancelTicket(path.ref, staff=person.username if person else None)
    facts = context().hall.do(command, key=idempotency_key())
    return answer(ticket_out(facts, context().settings, reader))


@api.post("/tickets/<ref>/rejoin", responses={"200": TicketOut})
def rejoin(path: TicketPath, body: RejoinIn) -> Response:
    """续号: back in line after a no-show, at a kiosk or by a clerk. 409 `number_void` when it is too late."""
    kiosk, person = device(Kind.KIOSK), staff()
    if kiosk is None and person is None:
        raise Refused(401, "device_unknown")
    by_clerk = person.username if person and kiosk is None else None
    command = RejoinTicket(path.ref, by_clerk, kiosk.place if kiosk else None, body.last and by_clerk is not None)
    context().hall.do(command, key=idempotency_key())
    facts, reader = _look_up(path.ref)
    return answer(ticket_out(facts, context().settings, reader))


@api.post("/check-in", responses={"201": TicketOut, "429": ErrorOut})
def check_in(body: CheckInIn) -> Response:
    """签到: the booking becomes its ticket, at a kiosk or by a clerk; asked again, it is the same ticket.

    429 `too_many_guesses` at a kiosk where too many wrong phone digits were entered.
    """
    kiosk, person = device(Kind.KIOSK), staff()
    if kiosk is None and person is None:
        raise Refused(401, "device_unknown")
    if kiosk is not None:
        check_giving(kiosk)
    command = CheckIn(
        body.ref,
        kiosk=kiosk.place if kiosk else None,
        printed=kiosk is not None and has_printer(kiosk.place),
        staff=person.username if person and kiosk is None else None,
    )
    with guesses().guess(kiosk.place) if kiosk and body.is_phone else nullcontext():
        facts = context().hall.do(command, key=idempotency_key())
    return answer(ticket_out(facts, context().settings, Reader.KIOSK if kiosk else Reader.CLERK), 201)


@api.post("/tickets/<ref>/reprint", responses={"200": TicketOut})
def reprint(path: TicketPath) -> Response:
    """补打, at the asking kiosk's printer or, for a clerk, where it was printed before or where the number was taken.

    For a kiosk that did not give it, an id is no more than a number that was typed.
    """
    kiosk, person = device(Kind.KIOSK), staff()
    if kiosk is None and person is None:
        raise Refused(401, "device_unknown")
    facts, reader = _look_up(path.ref)
    place = kiosk.place if kiosk else context().hall.read(lambda state: _printed_at(state, path.ref)) or facts["kiosk"]
    if place is None or place not in context().settings.printers():
        raise Refused(409, "no_printer")
    command = ReprintTicket(
        path.ref, place, staff=person.username if person else None, typed=reader is Reader.ELSEWHERE
    )
    facts = context().hall.do(command, key=idempotency_key())
    return answer(ticket_out(facts, context().settings, reader))


def _doubt(command: IssueTicket) -> DoubtOut | None:
    """That the number will probably not be called today. Of what is no service nothing is said: the hall refuses it."""
    hall, services = context().hall, [command.service, *command.then]
    forecast, now = hall.waits.forecast, hall.clock()
    return hall.read(lambda state: new_doubt(state, forecast, services, now, command.priority))


def _look_up(ref: str) -> tuple[TicketFacts, Reader]:
    """The ticket as it stands now, and who asks for it. Raises Refused for a stranger, whether there is one or not."""
    person, kiosk = staff(), device(Kind.KIOSK)
    facts, token = context().hall.read(lambda state: _found(state, ref, known=person is not None or kiosk is not None))
    if person is not None:
        # A clerk stays one, whatever else the browser may be.
        return facts, Reader.LEADER if person.role is Role.LEADER else Reader.CLERK
    if kiosk is None:
        return facts, Reader.CITIZEN
    return facts, Reader.KIOSK if ref == token or facts["kiosk"] == kiosk.place else Reader.ELSEWHERE


def _printed_at(state: HallState, ref: str) -> str | None:
    prints = state.ticket(ref).prints
    return prints[-1].printer if prints else None


def _found(state: HallState, ref: str, *, known: bool) -> tuple[TicketFacts, str]:
    if not known and ref not in state.tokens:
        raise Refused(401, "login_required")
    ticket = state.ticket(ref)
    return {**ticket_facts(ticket), "ahead": state.ahead(ticket)}, ticket.token
