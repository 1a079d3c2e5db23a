"""What a citizen asks at a kiosk with a ticket in hand or a number in mind: where it stands, 续号, 补打."""

from __future__ import annotations

from flask import Response

from kiosk.api.blueprint import api, has_printer, this_kiosk
from kiosk.asked import asked_ticket
from kiosk.messages import PositionOut, RejoinedOut, TicketHereIn
from kiosk.position import position
from kiosk.rejoining import find_ticket, rejoined
from server.hall.commands import RejoinTicket, ReprintTicket
from server.hall.ticket import State
from server.messages import TicketOut
from server.web.access import idempotency_key
from server.web.answer import answer
from server.web.context import context
from server.web.errors import Refused
from server.web.tickets import Reader, ticket_out


@api.post("/queue-position", responses={"200": PositionOut})
def where_it_stands(body: TicketHereIn) -> Response:
    """查号 at a kiosk: how many are ahead, or where it is called to, or that it missed its call."""
    prints = has_printer(this_kiosk().place)
    hall, settings = context().hall, context().settings
    now = hall.clock()
    return answer(hall.read(lambda state: position(state, settings, body, now, prints=prints)))


@api.post("/rejoin", responses={"200": RejoinedOut})
def rejoin_here(body: TicketHereIn) -> Response:
    """续号 at a kiosk, by the number that was typed or the ticket's QR code. Whoever still waits keeps their place."""
    kiosk = this_kiosk()
    hall = context().hall
    ticket = hall.read(lambda state: find_ticket(state, body))
    waited = ticket.state is State.WAITING
    if not waited:
        hall.do(RejoinTicket(ticket.id, kiosk=kiosk.place), key=idempotency_key())
    return answer(hall.read(lambda state: rejoined(state, ticket.id, waited=waited)))


@api.post("/reprint", responses={"200": TicketOut})
def reprint_here(body: TicketHereIn) -> Response:
    """补打 at the asking kiosk. By the number that was typed only while nothing is known of a paper of it."""
    kiosk = this_kiosk()
    if not has_printer(kiosk.place):
        raise Refused(409, "no_printer")
    hall, typed = context().hall, body.token is None
    ticket = hall.read(lambda state: asked_ticket(state, body).id)
    facts = hall.do(ReprintTicket(ticket, kiosk.place, typed=typed), key=idempotency_key())
    out = ticket_out(facts, context().settings, Reader.CITIZEN)
    # The paper says more than the screen: whoever typed the number need not be who takes it out of the slot.
    return answer(out.model_copy(update={"url": None, "qr_svg_url": None}) if typed else out)
