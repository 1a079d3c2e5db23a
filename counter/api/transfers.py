"""`/api/v1/windows/{n}/hold`, `resume` and `transfer`: a service that goes on later, or elsewhere."""

from __future__ import annotations

from datetime import timedelta
from typing import Any

from counter.api.blueprint import api, called, do
from server.hall import commands as cmd
from server.messages import CalledOut, HoldIn, TicketIn, TransferIn, WindowPath
from server.web.access import signed_in
from server.web.context import context


@api.post("/windows/<int:number>/hold", responses={"200": CalledOut})
def hold(path: WindowPath, body: HoldIn) -> Any:
    """挂起: the window is free for the next citizen."""
    until = context().hall.clock() + timedelta(minutes=body.minutes) if body.minutes else None
    return called(do(cmd.HoldTicket(path.number, signed_in().username, body.kind, body.reason, until, body.seen)))


@api.post("/windows/<int:number>/resume", responses={"200": CalledOut})
def resume(path: WindowPath, body: TicketIn) -> Any:
    """解挂. 409 `held_elsewhere` where the papers are at another window."""
    return called(do(cmd.ResumeTicket(path.number, signed_in().username, body.ticket, body.seen)))


@api.post("/windows/<int:number>/transfer", responses={"200": CalledOut})
def transfer(path: WindowPath, body: TransferIn) -> Any:
    """转移. 404 `unknown_target` when nobody works where it is sent."""
    command = cmd.TransferTicket(
        path.number,
        signed_in().username,
        service=body.service,
        to_window=body.to_window,
        to_staff=body.to_staff,
        order=body.order,
        returns=body.returns,
        note=body.note,
        referred=body.referred,
        seen=body.seen,
    )
    return called(do(command))
