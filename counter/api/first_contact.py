"""`/api/v1/windows/{n}/refer`: 首问转办."""

from __future__ import annotations

from typing import Any

from counter.api.blueprint import api, do
from server.hall import commands as cmd
from server.hall.plan import ORDINARY
from server.hall.printing import window_printer
from server.messages import ReferIn, ReferredOut, WindowPath
from server.web.access import signed_in
from server.web.answer import answer
from server.web.context import context
from server.web.tickets import Reader, ticket_out


@api.post("/windows/<int:number>/refer", responses={"200": ReferredOut})
def refer(path: WindowPath, body: ReferIn) -> Any:
    """Whoever was asked first stays known: a transfer of whoever is at the window, else a new number of the service."""
    person, settings = signed_in(), context().settings
    printer = window_printer(path.number)
    command = cmd.ReferCitizen(
        path.number,
        person.username,
        body.service,
        body.to_window,
        body.to_staff,
        body.order,
        body.priority or ORDINARY,
        body.note,
        body.phone,
        printer if printer in settings.printers() else None,
        body.seen,
    )
    facts = do(command)
    service, new = settings.service(facts["service"]), len(facts["legs"]) == 1
    # The secret in a new number's address is for the citizen, who stands before the clerk's screen.
    shown = ticket_out(facts, settings, Reader.KIOSK if new else Reader.CLERK)
    return answer(ReferredOut(ticket=shown, new=new, place=service.place, place_en=service.place_en))
