"""补打 at a kiosk: of which tickets, and how often (docs/decisions/0029)."""

from __future__ import annotations

from server.hall.printing import WITHOUT_PAPER, PrintState
from server.hall.ticket import Ticket
from server.web.errors import Refused

MOST_PAPERS = 3
"""Papers of one ticket from kiosks; more of them are the service desk's to give."""
_UNHEARD_OF = WITHOUT_PAPER | {PrintState.UNKNOWN}


def check_reprint(ticket: Ticket, *, typed: bool) -> None:
    """Raises Refused. `typed`: asked for by the number, which is no secret, rather than by the ticket's token."""
    if typed and any(job.state not in _UNHEARD_OF for job in ticket.prints):
        raise Refused(409, "paper_known", number=ticket.number)
    if sum(job.state not in WITHOUT_PAPER for job in ticket.prints) >= MOST_PAPERS:
        raise Refused(409, "papers_enough", number=ticket.number)


def may_reprint(ticket: Ticket, *, typed: bool) -> bool:
    try:
        check_reprint(ticket, typed=typed)
    except Refused:
        return False
    return True
