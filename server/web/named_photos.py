"""Which photos are still somebody's."""

from __future__ import annotations

from collections.abc import Iterator

from server.hall.state import HallState
from server.store.rosters import recent_duties
from server.web.context import Context


def named_photos(running: Context) -> set[str]:
    """Those of accounts, of whoever sits at a window, of the rosters to come, and of those that are offered again."""
    hall = running.hall
    offered = hall.query(lambda connection: recent_duties(connection, hall.plan.id))
    found = {person.photo for person in running.accounts.everybody()}
    found.update(duty.photo for duty in offered)
    found.update(hall.read(lambda state: set(_shown(state))))
    return {photo for photo in found if photo is not None}


def _shown(state: HallState) -> Iterator[str | None]:
    yield from (window.clerk.photo for window in state.windows.values() if window.clerk)
    yield from (duty.photo for roster in state.roster.values() for duty in roster.duties)
