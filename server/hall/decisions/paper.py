"""Print jobs: asked for with the number or by staff, told of by the print agent, never repeated by themselves."""

from __future__ import annotations

from collections.abc import Iterable

from server.hall import commands as cmd
from server.hall.decisions.decision import Decision, Now
from server.hall.errors import (
    IllegalTransition,
    NotToBePrinted,
    PaperComing,
    PrintJobEnded,
    PrintOutOfOrder,
    UnknownPrintJob,
)
from server.hall.events import PrintQueued, PrintReported, SlipQueued
from server.hall.facts import print_facts, ticket_facts
from server.hall.printing import ENDED, WITHOUT_PAPER, PrintJob, Slip
from server.hall.reprinting import against_reprint
from server.hall.state import HallState
from server.hall.ticket import State


def print_job(
    state: HallState, ticket: str, kiosk: str, now: Now, *, copy: int, marked: bool, staff: str | None = None
) -> PrintQueued:
    job = _next_id(state)
    return PrintQueued(at=now.at, ticket=ticket, staff=staff, job=job, kiosk=kiosk, copy=copy, marked=marked)


def reprint_ticket(state: HallState, command: cmd.ReprintTicket, now: Now) -> Decision:
    """补打, while the number can still be called.

    Marked as such only when an earlier paper may exist: a job that sent nothing leaves none behind.
    """
    ticket = state.ticket(command.ticket)
    if ticket.state not in (State.WAITING, State.CALLED):
        raise IllegalTransition(number=ticket.number, state=ticket.state.value, verb="reprint")
    refusal = against_reprint(ticket, typed=command.typed) if command.staff is None else None
    if refusal is not None:
        raise refusal
    _check_none_coming(ticket.prints, now)
    marked = any(job.state not in WITHOUT_PAPER for job in ticket.prints)
    copy = len(ticket.prints) + 1
    event = print_job(state, ticket.id, command.kiosk, now, copy=copy, marked=marked, staff=command.staff)
    return Decision([event], lambda: ticket_facts(ticket))


def print_slip(state: HallState, command: cmd.PrintSlip, now: Now) -> Decision:
    """A slip that is no ticket: those come with their numbers."""
    if command.slip is Slip.TICKET:
        raise NotToBePrinted(slip=command.slip.value)
    ticket = state.ticket(command.ticket) if command.ticket is not None else None
    about, content = ticket.id if ticket else None, command.reckoned or command.content
    wanted = (command.slip, about, content)
    copies = [job for job in state.prints.values() if (job.slip, job.ticket, job.content) == wanted]
    if command.again:
        _check_none_coming(copies, now)
    event = SlipQueued(
        at=now.at,
        ticket=about,
        staff=command.staff,
        job=_next_id(state),
        printer=command.printer,
        slip=command.slip,
        content=content,
        copy=len(copies) + 1 if command.again else 1,
        marked=command.again and any(copy.state not in WITHOUT_PAPER for copy in copies),
    )
    return Decision([event], lambda: print_facts(state.prints[event.job]))


def print_again(state: HallState, command: cmd.PrintAgain, now: Now) -> Decision:
    """补打 of a slip that is no ticket, with the very same words."""
    job = _job(state, command.job)
    if job.slip is Slip.TICKET:
        raise NotToBePrinted(slip=job.slip.value)
    copies = [other for other in state.prints.values() if _is_same_slip(other, job)]
    _check_none_coming(copies, now)
    event = SlipQueued(
        at=now.at,
        ticket=job.ticket,
        staff=command.staff,
        job=_next_id(state),
        printer=command.printer or job.printer,
        slip=job.slip,
        content=job.content,
        copy=len(copies) + 1,
        marked=any(copy.state not in WITHOUT_PAPER for copy in copies),
    )
    return Decision([event], lambda: print_facts(state.prints[event.job]))


def report_print(state: HallState, command: cmd.ReportPrint, now: Now) -> Decision:
    """Told again, nothing changes: an agent whose message was answered by nobody says it once more."""
    job = _job(state, command.job)
    if (job.state, job.reason) == (command.state, command.reason):
        return Decision()
    if job.state in ENDED:
        raise PrintJobEnded(job=command.job, state=job.state.value)
    if job.state is not command.state and not job.may_become(command.state):
        raise PrintOutOfOrder(job=command.job, state=job.state.value)
    return Decision(
        [PrintReported(at=now.at, ticket=job.ticket, job=job.id, state=command.state, reason=command.reason)]
    )


def _is_same_slip(job: PrintJob, other: PrintJob) -> bool:
    return (job.slip, job.ticket, job.content) == (other.slip, other.ticket, other.content)


def _check_none_coming(jobs: Iterable[PrintJob], now: Now) -> None:
    """A second touch on 补打, or one before the first paper is out, would make two papers of one."""
    coming = next((job for job in jobs if job.is_coming(now.at)), None)
    if coming is not None:
        raise PaperComing(job=coming.id)


def _next_id(state: HallState) -> str:
    return f"{state.day:%y%m%d}P{len(state.prints) + 1:04d}"


def _job(state: HallState, job: str) -> PrintJob:
    try:
        return state.prints[job]
    except KeyError:
        raise UnknownPrintJob(job=job) from None
