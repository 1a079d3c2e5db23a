"""From a hall's ticket to the slip that is printed for it."""

from __future__ import annotations

from kiosk.places import service_places
from kiosk.slip.ticket import TicketSlip
from kiosk.view import class_name
from server.config import Settings
from server.config.devices import KioskSettings
from server.hall.plan import HallPlan
from server.hall.printing import PrintJob
from server.hall.priority import APPOINTMENT
from server.hall.ticket import Ticket
from server.web.tickets import status_url


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
        notices=(_if_missed(settings),),
        issued_at=plan.local(ticket.issued_at),
        kiosk=kiosk.name,
        hotline=settings.hall.hotline,
        reprint=job.marked,
        priority=_priority(ticket, settings),
        then=tuple(settings.service(code).name for code in ticket.then),
    )


def _priority(ticket: Ticket, settings: Settings) -> str:
    """Why it goes first: a class whose proof the window looks at, or a booking."""
    if ticket.priority == APPOINTMENT:
        return "预约号"
    named = class_name(settings, ticket.priority)
    return f"优先号：{named['name']}，请带好证件" if named else ""


def _if_missed(settings: Settings) -> str:
    """What whoever misses the call does, which is the hall's own rule."""
    rule = settings.rules.no_show
    where = "到取号机扫此码续号" if rule.at_kiosk else "到服务台续号"
    within = "" if rule.rejoin_within is None else f"{rule.rejoin_within} 分钟内"
    return f"过号不用急：{within}{where}"
