"""What stands on a ticket, an appointment slip and a self-test, from the hall's facts."""

from __future__ import annotations

from datetime import datetime

from kiosk.places import service_places
from kiosk.slip.text import plain_url
from kiosk.slip.words import Names
from server.config import Settings
from server.config.printers import PrinterSettings
from server.hall.appointment import Appointment
from server.hall.plan import HallPlan
from server.hall.printing import PrintJob
from server.hall.priority import APPOINTMENT
from server.hall.ticket import Ticket
from server.hall.wait.said import said
from server.messages.slips import MAX_URL, AppointmentSlip, SelfTestSlip, TicketSlip, WaitOnPaper
from server.web.tickets import status_url


def ticket_content(ticket: Ticket, job: PrintJob, plan: HallPlan, settings: Settings) -> TicketSlip:
    names = Names(settings)
    places = service_places(settings, settings.service(ticket.service))
    rule = settings.rules.no_show
    return TicketSlip(
        service=names.service(ticket.service),
        number=ticket.number,
        ahead=ticket.ahead,
        wait=_wait(ticket, plan),
        place=names.place(ticket.service),
        windows=tuple(places["windows"]),
        url=_url(settings, ticket),
        rejoin_within=rule.rejoin_within,
        rejoin_at_kiosk=rule.at_kiosk,
        issued_at=plan.local(ticket.issued_at),
        kiosk=names.printer(job.printer),
        priority=names.priority(ticket.priority),
        booked=ticket.priority == APPOINTMENT,
        then=tuple(names.service(code) for code in ticket.then),
        barcode=settings.printing.barcode,
    )


def _wait(ticket: Ticket, plan: HallPlan) -> WaitOnPaper | None:
    told = said(ticket.wait, plan.local(ticket.issued_at), plan.service_hours(ticket.legs[0].service))
    return WaitOnPaper(low=told.low, high=told.high, start=told.start, end=told.end) if told else None


def appointment_content(appointment: Appointment, plan: HallPlan, settings: Settings) -> AppointmentSlip:
    names = Names(settings)
    service = settings.service(appointment.service)
    booking = service.booking
    return AppointmentSlip(
        code=appointment.code,
        service=names.service(appointment.service),
        start=plan.local(appointment.start),
        end=plan.local(appointment.end),
        place=names.place(appointment.service),
        name=appointment.name,
        bring=names.documents(service.code),
        phone=service.guide.phone or "" if service.guide else "",
        early=booking.early if booking else 0,
        late=booking.late if booking else 0,
    )


def self_test_content(name: str, printer: PrinterSettings, settings: Settings, at: datetime) -> SelfTestSlip:
    shown = printer.model_dump(mode="json", exclude={"link"}, exclude_none=True)
    return SelfTestSlip(
        printer=name,
        place=Names(settings).printer(name),
        link=printer.link,
        at=at,
        settings={key: str(value) for key, value in shown.items()},
    )


def _url(settings: Settings, ticket: Ticket) -> str:
    """Empty where the hall's own address is longer than a QR code on paper may be: the number is worth more."""
    url = plain_url(status_url(settings, ticket.token))
    return url if len(url) <= MAX_URL else ""
