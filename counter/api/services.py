"""`/api/v1/services/{code}`: a service stops giving numbers, and goes on; and a number changes its class."""

from __future__ import annotations

from typing import Any

from counter.api.blueprint import api, called, do
from server.hall import commands as cmd
from server.messages import CalledOut, GivePriorityIn, ServicePath, SuspendIn, TicketPath
from server.web.access import leader, signed_in


@api.post("/services/<code>/suspend", responses={"204": None})
def suspend_service(path: ServicePath, body: SuspendIn) -> Any:
    """No more numbers for now, by a leader; those given stay valid."""
    do(cmd.SuspendService(path.code, leader().username, body.reason))
    return "", 204


@api.post("/services/<code>/resume", responses={"204": None})
def resume_service(path: ServicePath) -> Any:
    """Numbers are given again."""
    do(cmd.ResumeService(path.code, leader().username))
    return "", 204


@api.post("/tickets/<ref>/priority", responses={"200": CalledOut})
def give_priority(path: TicketPath, body: GivePriorityIn) -> Any:
    """A clerk gives a number that still waits another priority class; the reason stays in the log."""
    return called(do(cmd.GivePriority(path.ref, body.priority, body.reason, signed_in().username)))
