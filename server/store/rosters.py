"""Who was on duty before: what a leader is offered again when the next roster is written."""

from __future__ import annotations

from sqlalchemy import Connection, select, text

from server.hall.events import RosterSet
from server.hall.log import Row, from_row
from server.hall.roster import Duty
from server.store import tables

_ROSTERS = 60
"""As many rosters are looked through, the newest first: about as many days."""


def recent_duties(connection: Connection, hall: str) -> list[Duty]:
    """Everybody of the last rosters, the newest first; a person stands there as often as they were on duty."""
    event = tables.event
    wanted = (
        select(*tables.LOG_ROW)
        .where(event.c.hall == hall, text(tables.OF_NOTICES), event.c.kind == RosterSet.kind)
        .order_by(event.c.seq.desc())
        .limit(_ROSTERS)
    )
    found = [from_row(Row(*row)).event for row in connection.execute(wanted)]
    return [duty for event in found if isinstance(event, RosterSet) for duty in event.duties]
