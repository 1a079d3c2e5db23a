"""From a hall's ticket to the slip that is printed for it."""

from __future__ import annotations

from kiosk.printer_profile import Ack, PrinterProfile
from kiosk.ticket_slip import TicketSlip
from kiosk.view import service_places
from server.config import Settings
from server.config.devices import KioskSettings, PrinterSettings
from server.hall.plan import HallPlan
from server.hall.printing import PrintJob
from server.hall.ticket import Ticket
from server.web.tickets import status_url

_DOTS = {80: 576, 58: 384}
_COLUMNS = {80: 48, 58: 32}


def slip_of(ticket: Ticket, job: PrintJob, plan: HallPlan, settings: Settings, kiosk: KioskSettings) -> TicketSlip:
    service = settings.service(ticket.service)
    windows = "、".join(str(number) for number in service_places(settings, service)["windows"])
    return TicketSlip(
        hall=settings.hall.name,
        service=service.name,
        number=ticket.number,
        ahead=ticket.ahead,
        place=service.place,
        windows=f"在 {windows} 号窗口办理，听到叫号再过去",
        url=status_url(settings, ticket.token),
        notices=("过号请到服务台",),
        issued_at=plan.local(ticket.issued_at),
        kiosk=kiosk.name,
        hotline=settings.hall.hotline,
        reprint=job.marked,
    )


def profile_of(printer: PrinterSettings) -> PrinterProfile:
    ack = Ack(printer.ack)
    return PrinterProfile(
        width_dots=_DOTS[printer.width],
        columns=_COLUMNS[printer.width],
        chinese_needs_fs=printer.chinese_size == "fs",
        ack=ack,
        answers_status=ack is not Ack.NONE,
    )
