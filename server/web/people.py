"""Who may be on duty: the people of earlier rosters, and the hall's staff."""

from __future__ import annotations

from server.engine import HallEngine
from server.hall.roster import Duty, DutyRole
from server.store.rosters import recent_duties

_MOST = 100


def people_before(hall: HallEngine) -> list[Duty]:
    """The leaders of the last rosters as they stood there last, each once. Asks the database."""
    duties = hall.query(lambda connection: recent_duties(connection, hall.plan.id))
    found: dict[str, Duty] = {}
    for duty in duties:
        if duty.role is not DutyRole.WINDOW:
            found.setdefault(duty.name, duty)
    return list(found.values())[:_MOST]
