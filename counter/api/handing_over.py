"""`/api/v1/windows/{n}/hand-over`: 交接班."""

from __future__ import annotations

from typing import Any

from counter.api.blueprint import api, do, window_answer
from server.hall import commands as cmd
from server.hall.decisions.handing_over import LeftOpen, left_open
from server.hall.errors import UnknownTarget
from server.hall.facts import hold_facts
from server.hall.ticket import Ticket
from server.messages import ColleagueOut, HandOverIn, LeftOpenOut, LeftTicketOut, WindowOut, WindowPath
from server.web.access import signed_in
from server.web.accounts import Staff
from server.web.answer import answer
from server.web.context import context
from server.web.tickets import hold_out


@api.get("/windows/<int:number>/hand-over", responses={"200": LeftOpenOut})
def what_is_left(path: WindowPath) -> Any:
    """What is open at the window, and who there is to hand it to."""
    person = signed_in()
    others = [one for one in context().accounts.everybody() if one.username != person.username]
    return answer(context().hall.read(lambda state: _left(left_open(state, state.window(path.number)), others)))


@api.post("/windows/<int:number>/hand-over", responses={"200": WindowOut})
def hand_over(path: WindowPath, body: HandOverIn) -> Any:
    """交接班: the window is closed, or stays open with the citizen who is there until somebody takes it over."""
    person = signed_in()
    to = context().accounts.find(body.to) if body.to is not None else None
    if body.to is not None and to is None:
        raise UnknownTarget(staff=body.to)
    command = cmd.HandOverWindow(
        path.number,
        person.username,
        note=body.note,
        to=to.username if to else None,
        to_name=to.name if to else "",
        seen=body.seen,
    )
    return window_answer(do(command))


@api.post("/windows/<int:number>/receive", responses={"200": WindowOut})
def receive(path: WindowPath) -> Any:
    """已接收: the successor has read what was left. 409 `own_hand_over` for whoever left it."""
    return window_answer(do(cmd.ReceiveHandOver(path.number, signed_in().username)))


def _left(left: LeftOpen, others: list[Staff]) -> LeftOpenOut:
    return LeftOpenOut(
        ticket=_ticket(left.ticket) if left.ticket else None,
        held=[_ticket(ticket) for ticket in left.held],
        waiting=[_ticket(ticket) for ticket in left.waiting],
        colleagues=[ColleagueOut(username=one.username, name=one.name, number=one.number) for one in others],
    )


def _ticket(ticket: Ticket) -> LeftTicketOut:
    return LeftTicketOut(
        id=ticket.id,
        number=ticket.number,
        service=ticket.service,
        hold=hold_out(hold_facts(ticket.hold), named=True) if ticket.hold else None,
    )
