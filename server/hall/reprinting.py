"""补打 at a kiosk, by the citizens themselves: of which tickets, and how often (docs/decisions/0029)."""

from __future__ import annotations

from server.hall.errors import Conflict, PaperKnown, PapersEnough
from server.hall.printing import WITHOUT_PAPER, PrintState
from server.hall.ticket import Ticket

MOST_PAPERS = 3
"""Of one ticket, from kiosks; more of them are the service desk's to give."""
_UNHEARD_OF = WITHOUT_PAPER | {PrintState.UNKNOWN}


def against_reprint(ticket: Ticket, *, typed: bool) -> Conflict | None:
    """What speaks against another paper; `typed`: asked for by the number, which is no secret, not by the token."""
    if typed and any(job.state not in _UNHEARD_OF for job in ticket.prints):
        return PaperKnown(number=ticket.number)
    papers = [job for job in ticket.prints if job.staff is None and job.state not in WITHOUT_PAPER]
    return PapersEnough(number=ticket.number) if len(papers) >= MOST_PAPERS else None
