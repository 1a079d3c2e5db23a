"""Print jobs."""

from __future__ import annotations

from server.hall import events as ev
from server.hall.apply.registry import applies, ticket_of
from server.hall.printing import PrintJob
from server.hall.state import HallState


@applies(ev.PrintQueued)
def _queued(state: HallState, event: ev.PrintQueued) -> None:
    ticket = ticket_of(state, event)
    job = PrintJob(event.job, ticket.id, event.kiosk, event.copy, event.marked, event.at)
    ticket.prints.append(job)
    state.prints[job.id] = job


@applies(ev.PrintReported)
def _reported(state: HallState, event: ev.PrintReported) -> None:
    ticket_of(state, event)
    job = state.prints[event.job]
    job.state = event.state
    job.reason = event.reason
