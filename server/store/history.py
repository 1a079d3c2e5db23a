"""The log of days gone by, in pieces, for whoever learns from it."""

from __future__ import annotations

from collections.abc import Iterable

from sqlalchemy import Connection, select

from server.hall.log import Row
from server.store.tables import LOG_ROW, event

_PIECE = 2000


def later_events(connection: Connection, hall: str, *, after: int, since: int, kinds: Iterable[str]) -> list[Row]:
    """The next piece of the log behind seq `after`, of these kinds, from `since` (microseconds) on; [] at the end."""
    wanted = (
        select(*LOG_ROW)
        .where(event.c.hall == hall, event.c.seq > after, event.c.at >= since, event.c.kind.in_(kinds))
        .order_by(event.c.seq)
        .limit(_PIECE)
    )
    return [Row(*row) for row in connection.execute(wanted)]
