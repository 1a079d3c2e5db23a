"""Papers that a person has to look after."""

from __future__ import annotations

from datetime import datetime, timedelta
from typing import Final

from server.hall.printing import PrintJob, PrintState, Slip
from server.hall.state import HallState
from server.hall.ticket import State

PAUSED_LONG: Final = timedelta(minutes=1)
_AWAITED: Final = (State.WAITING, State.CALLED)


def pending_prints(state: HallState, now: datetime) -> list[PrintJob]:
    """Newest first. A paper that was printed again since, or that its citizen needs no more, is left out."""
    newest = {_what(job): job for job in state.prints.values()}
    return sorted(
        (job for job in newest.values() if _needs_somebody(job, state, now)),
        key=lambda job: job.changed_at,
        reverse=True,
    )


def _what(job: PrintJob) -> tuple[object, ...]:
    """Of what it is a paper. A test or a summary is made anew each time, and the next one takes its place."""
    if job.slip in (Slip.SELF_TEST, Slip.DAY):
        return job.slip, job.printer
    return job.slip, job.ticket, job.content


def may_come_again(job: PrintJob) -> bool:
    """Whether 补打 makes sense now: a paused one is still in its printer."""
    return job.state in (PrintState.UNKNOWN, PrintState.BLOCKED, PrintState.DROPPED)


def _needs_somebody(job: PrintJob, state: HallState, now: datetime) -> bool:
    if job.state is PrintState.PAUSED:
        return now - job.changed_at > PAUSED_LONG
    return may_come_again(job) and (job.slip is not Slip.TICKET or _is_awaited(job, state))


def _is_awaited(job: PrintJob, state: HallState) -> bool:
    return job.ticket is not None and state.tickets[job.ticket].state in _AWAITED
