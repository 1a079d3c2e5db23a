"""Print jobs: asked for with the number, told of by the print agent, never repeated by themselves."""

from __future__ import annotations

from server.hall import commands as cmd
from server.hall.decisions.decision import Decision, Now
from server.hall.errors import IllegalTransition, PrintJobEnded, UnknownPrintJob
from server.hall.events import PrintQueued, PrintReported
from server.hall.facts import ticket_facts
from server.hall.printing import ENDED, WITHOUT_PAPER
from server.hall.state import HallState
from server.hall.ticket import State


def print_job(state: HallState, ticket: str, kiosk: str, now: Now, *, copy: int, marked: bool) -> PrintQueued:
    serial = len(state.prints) + 1
    job = f"{state.day:%y%m%d}P{serial:04d}"
    return PrintQueued(at=now.at, ticket=ticket, job=job, kiosk=kiosk, copy=copy, marked=marked)


def reprint_ticket(state: HallState, command: cmd.ReprintTicket, now: Now) -> Decision:
    """补打, while the number can still be called.

    Marked as such only when an earlier paper may exist: a job that sent nothing leaves none behind.
    """
    ticket = state.ticket(command.ticket)
    if ticket.state not in (State.WAITING, State.CALLED):
        raise IllegalTransition(number=ticket.number, state=ticket.state.value, verb="reprint")
    marked = any(job.state not in WITHOUT_PAPER for job in ticket.prints)
    event = print_job(state, ticket.id, command.kiosk, now, copy=len(ticket.prints) + 1, marked=marked)
    return Decision([event], lambda: ticket_facts(ticket))


def report_print(state: HallState, command: cmd.ReportPrint, now: Now) -> Decision:
    job = state.prints.get(command.job)
    if job is None:
        raise UnknownPrintJob(job=command.job)
    if job.state in ENDED:
        raise PrintJobEnded(job=command.job, state=job.state.value)
    return Decision(
        [PrintReported(at=now.at, ticket=job.ticket, job=job.id, state=command.state, reason=command.reason)]
    )
