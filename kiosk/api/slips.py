"""`/api/v1/slips`: slips that are no tickets, asked for by staff or a kiosk, and what became of them."""

from __future__ import annotations

from datetime import datetime
from typing import Any

from flask import Response
from pydantic import ValidationError

from kiosk.api.blueprint import api
from kiosk.panel import check_permit
from kiosk.slip.day import day_content
from kiosk.slip.filling import appointment_content, self_test_content
from server.hall.commands import PrintAgain, PrintSlip
from server.hall.errors import NotToBePrinted, UnknownPrintJob
from server.hall.printing import PrintJob, Slip
from server.hall.state import HallState
from server.messages import AppointmentPath, PrinterIn, SelfTestIn, SlipIn, SlipOut, SlipPath
from server.messages.slips import CONTENTS, ClerkOnPaper, MissingDocumentsSlip, ReceiptSlip, SlipContent
from server.web.access import device, idempotency_key, leader, signed_in, staff
from server.web.accounts import Staff
from server.web.answer import answer
from server.web.context import context
from server.web.devices import Kind
from server.web.errors import Refused, bad_input
from server.web.printer_names import named_printer

_BY_STAFF = (Slip.APPOINTMENT, Slip.MISSING_DOCUMENTS, Slip.RECEIPT)


@api.post("/slips", responses={"201": SlipOut})
def print_slip(body: SlipIn) -> Any:
    """告知书, 回执 or 预约单, with the words given. 404 for a place that is none, 409 `no_printer` for one without."""
    person = signed_in()
    if body.slip not in _BY_STAFF:
        raise NotToBePrinted(slip=body.slip.value)
    named_printer(context().settings, body.printer)
    try:
        content = CONTENTS[body.slip].model_validate(body.content)
    except ValidationError as error:
        return bad_input(error)
    return _print(body.slip, body.printer, _signed(content, person), content.model_dump_json(), body.ticket)


@api.post("/slips/<job>/again", responses={"201": SlipOut})
def print_again(path: SlipPath, body: PrinterIn) -> Response:
    """补打, with the very same words."""
    person = signed_in()
    if body.printer is not None:
        named_printer(context().settings, body.printer)
    facts = context().hall.do(PrintAgain(path.job, body.printer, person.username), key=idempotency_key())
    return answer(context().hall.read(lambda state: _out(_job(state, facts["job"]))), 201)


@api.get("/slips/<job>", responses={"200": SlipOut})
def show_slip(path: SlipPath) -> Response:
    """How far it has come; for staff, and for the kiosk where it comes out."""
    kiosk, person = device(Kind.KIOSK), staff()
    if kiosk is None and person is None:
        raise Refused(401, "login_required")
    found = context().hall.read(lambda state: _out(_job(state, path.job)))
    if person is None and kiosk is not None and found.printer != kiosk.place:
        raise Refused(403, "forbidden")
    return answer(found)


@api.post("/slips/day", responses={"201": SlipOut})
def print_day(body: PrinterIn) -> Response:
    """What the day came to so far. For leaders."""
    person = leader()
    printer = _asked_printer(body)
    running = context()
    now = running.hall.clock()
    content = running.hall.read(lambda state: day_content(state, running.settings, _clerk(person), now))
    return _print(Slip.DAY, printer, content)


@api.post("/appointments/<ref>/slip", responses={"201": SlipOut})
def print_appointment(path: AppointmentPath, body: PrinterIn) -> Response:
    """预约单, for staff at any printer, for a kiosk at its own."""
    printer = _asked_printer(body)
    running = context()
    content = running.hall.read(
        lambda state: appointment_content(state.appointment(path.ref), state.plan, running.settings)
    )
    return _print(Slip.APPOINTMENT, printer, content, asked=path.ref)


@api.post("/kiosk/self-test", responses={"201": SlipOut})
def print_self_test(body: SelfTestIn) -> Response:
    """A slip by which one sees whether the printer does what config.yaml says of it.

    At a kiosk for whoever opened its panel: the slip tells the printer's address.
    """
    kiosk = device(Kind.KIOSK)
    if staff() is None and kiosk is not None:
        check_permit(kiosk.place, body.permit)
    printer = _asked_printer(body)
    content = self_test_content(printer, named_printer(context().settings, printer), context().settings, _now())
    return _print(Slip.SELF_TEST, printer, content)


def _print(slip: Slip, printer: str, content: SlipContent, asked: str = "", ticket: str | None = None) -> Response:
    """`asked`: what whoever asks wants to stand on it; the rest of the content is the server's."""
    person = staff()
    command = PrintSlip(
        slip,
        printer,
        asked,
        ticket=ticket,
        staff=person.username if person else None,
        reckoned=content.model_dump_json(),
    )
    facts = context().hall.do(command, key=idempotency_key())
    return answer(context().hall.read(lambda state: _out(_job(state, facts["job"]))), 201)


def _asked_printer(body: PrinterIn) -> str:
    """The printer that whoever asks may have it printed at. Raises Refused."""
    person, kiosk = staff(), device(Kind.KIOSK)
    if person is None and kiosk is None:
        raise Refused(401, "device_unknown")
    name = body.printer or (kiosk.place if kiosk else None)
    if name is None:
        raise Refused(400, "bad_input")
    if person is None and kiosk is not None and not kiosk.may_be(Kind.KIOSK, name):
        raise Refused(403, "forbidden")
    named_printer(context().settings, name)
    return name


def _signed(content: SlipContent, person: Staff) -> SlipContent:
    """With who gives it out and when, where that was not said."""
    clerk, now = _clerk(person), _now()
    if isinstance(content, MissingDocumentsSlip):
        return content.model_copy(update={"clerk": content.clerk or clerk, "at": content.at or now})
    if isinstance(content, ReceiptSlip):
        return content.model_copy(update={"clerk": content.clerk or clerk, "accepted_at": content.accepted_at or now})
    return content


def _clerk(person: Staff) -> ClerkOnPaper:
    return ClerkOnPaper(name=person.name, number=person.number)


def _now() -> datetime:
    hall = context().hall
    return hall.plan.local(hall.clock())


def _job(state: HallState, job: str) -> PrintJob:
    found = state.prints.get(job)
    if found is None or found.slip is Slip.TICKET:
        raise UnknownPrintJob(job=job)
    return found


def _out(job: PrintJob) -> SlipOut:
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
