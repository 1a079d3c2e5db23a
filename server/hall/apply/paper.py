"""Print jobs."""

from __future__ import annotations

from server.hall import events as ev
from server.hall.apply.registry import applies, ticket_of
from server.hall.printing import PrintJob, Slip
from server.hall.state import HallState


@applies(ev.PrintQueued)
def _queued(state: HallState, event: ev.PrintQueued) -> None:
    ticket = ticket_of(state, event)
    job = PrintJob(
        event.job, event.kiosk, ticket.id, Slip.TICKET, event.copy, event.marked, event.at, staff=event.staff
    )
    ticket.prints.append(job)
    _keep(state, job)


@applies(ev.SlipQueued)
def _slip_queued(state: HallState, event: ev.SlipQueued) -> None:
    _keep(
        state,
        PrintJob(
            event.job,
            event.printer,
            event.ticket,
            event.slip,
            event.copy,
            event.marked,
            event.at,
            content=event.content,
            staff=event.staff,
        ),
    )


@applies(ev.PrintReported)
def _reported(state: HallState, event: ev.PrintReported) -> None:
    job = state.prints[event.job]
    job.state = event.state
    job.reason = event.reason
    job.changed_at = event.at
    _keep(state, job)


def _keep(state: HallState, job: PrintJob) -> None:
    state.prints[job.id] = state.touched_prints[job.id] = job
