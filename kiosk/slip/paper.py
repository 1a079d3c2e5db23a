"""From a print job to the paper that it makes: read from the hall at once, composed at leisure."""

from __future__ import annotations

from kiosk.printer.profile import PrinterProfile
from kiosk.slip.filling import slip_of
from kiosk.slip.ticket import TicketSlip, ticket_slip
from kiosk.view import find_kiosk
from server.config import Settings
from server.hall.printing import Slip
from server.hall.state import HallState

Paper = TicketSlip


def paper_of(state: HallState, job_id: str, settings: Settings) -> Paper | None:
    """What stands on the job's paper; None for a job that nobody knows."""
    job = state.prints.get(job_id)
    if job is None or job.ticket is None or job.slip is not Slip.TICKET:
        return None
    return slip_of(state.tickets[job.ticket], job, state.plan, settings, find_kiosk(settings, job.printer))


def slip_bytes(paper: Paper, profile: PrinterProfile) -> bytes:
    """The paper from initialise to cut."""
    return ticket_slip(paper, profile)
