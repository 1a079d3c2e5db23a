"""From a print job to the paper that it makes: read from the hall at once, composed at leisure."""

from __future__ import annotations

from pathlib import Path

from kiosk.printer.profile import PrinterProfile
from kiosk.slip.compose import Look, Paper, compose
from kiosk.slip.filling import ticket_content
from kiosk.slip.words import Names
from server.config import Settings
from server.hall.printing import PrintJob, Slip
from server.hall.state import HallState
from server.messages.slips import CONTENTS, SlipContent

__all__ = ["Paper", "look_of", "paper_of", "slip_bytes"]


def paper_of(state: HallState, job_id: str, settings: Settings) -> Paper | None:
    """What stands on the job's paper; None for a job that nobody knows.

    Raises ValueError when the content kept with the job is none of its kind.
    """
    job = state.prints.get(job_id)
    if job is None:
        return None
    return Paper(job.slip, _content(state, job, settings), look_of(settings), job.marked, job.copy)


def slip_bytes(paper: Paper, profile: PrinterProfile) -> bytes:
    """The paper from initialise to cut. Reads templates and draws: call it where it may block."""
    return compose(paper, profile)


def look_of(settings: Settings) -> Look:
    printing = settings.printing
    return Look(
        hall=Names(settings).hall(),
        hotline=settings.hall.hotline,
        templates=Path(printing.templates) if printing.templates else None,
        logo=Path(printing.logo) if printing.logo else None,
        language=printing.language,
    )


def _content(state: HallState, job: PrintJob, settings: Settings) -> SlipContent:
    if job.slip is not Slip.TICKET or job.ticket is None:
        return CONTENTS[job.slip].model_validate_json(job.content)
    return ticket_content(state.tickets[job.ticket], job, state.plan, settings)
