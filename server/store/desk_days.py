"""Who came and went at the windows on a day that is over: read from its log."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from datetime import date
from typing import Any

from sqlalchemy import Connection, Select, func, select

from server.hall.events import (
    DayOpened,
    Event,
    HandOverLapsed,
    HandOverReceived,
    WindowClosed,
    WindowHandedOver,
    WindowOpened,
    WindowPaused,
    WindowReopened,
)
from server.hall.log import Row, from_row
from server.store import tables

_KINDS = (
    WindowOpened,
    WindowClosed,
    WindowPaused,
    WindowReopened,
    WindowHandedOver,
    HandOverReceived,
    HandOverLapsed,
)
_SEQ = tables.event.c.seq


def desk_events_of_day(connection: Connection, hall: str, day: date) -> Iterable[Event]:
    """In order; none for a day that the hall was not open on. It reads the day's part of the log: run it off the hub.

    A day begins in the log with its opening and ends with the next one's; the index on those finds both.
    """
    mine = tables.event.c.hall == hall
    opened = tables.event.c.kind == DayOpened.kind
    start = connection.scalar(
        select(func.min(_SEQ)).where(mine, opened, tables.event.c.data == f'{{"day":"{day.isoformat()}"}}')
    )
    if start is None:
        return iter(())
    end = connection.scalar(select(func.min(_SEQ)).where(mine, opened, start < _SEQ))
    kinds = [kind.kind for kind in _KINDS]
    wanted = select(*tables.LOG_ROW).where(mine, start < _SEQ, tables.event.c.kind.in_(kinds))
    if end is not None:
        wanted = wanted.where(end > _SEQ)
    return _events(connection, wanted.order_by(_SEQ))


def _events(connection: Connection, wanted: Select[Any]) -> Iterator[Event]:
    return (from_row(Row(*row)).event for row in connection.execute(wanted).all())
