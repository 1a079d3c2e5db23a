"""Finished tickets of other days, by the thousand: what a hall's database holds beside today."""

from __future__ import annotations

import random
from collections.abc import Iterator
from datetime import UTC, date, datetime, time, timedelta
from typing import Any

from sqlalchemy import Connection

from server.hall.instant import to_microseconds
from server.hall.low_rating import LOW
from server.store.tables import evaluation, leg, redress, ticket

_MINUTE = 60_000_000
_PIECE = 5_000
Row = dict[str, Any]


def fill_days(connection: Connection, hall: str, last: date, days: int, per_day: int, windows: int = 6) -> None:
    """`per_day` served and voted tickets on each of the `days` days up to and including `last`.

    Low votes have a case.
    """
    dice = random.Random(1)
    rows = [row for back in range(days) for row in _day(hall, last - timedelta(days=back), per_day, windows, dice)]
    for start in range(0, len(rows), _PIECE):
        piece = rows[start : start + _PIECE]
        for place, table in enumerate((ticket, leg, evaluation)):
            connection.execute(table.insert(), [row[place] for row in piece])
        connection.execute(redress.insert(), [_case(vote) for *_, vote in piece if vote["level"] in LOW])


def _day(hall: str, day: date, count: int, windows: int, dice: random.Random) -> Iterator[tuple[Row, Row, Row]]:
    opened = to_microseconds(datetime.combine(day, time(0), UTC))
    for serial in range(count):
        name = f"{day:%y%m%d}A{serial + 1:04}"
        issued = opened + serial * 8 * 60 * _MINUTE // count
        called = issued + dice.randrange(60) * _MINUTE
        ended = called + dice.randrange(1, 30) * _MINUTE
        window = serial % windows + 1
        who = {"hall": hall, "day": day.isoformat(), "service": "social-insurance"}
        yield (
            who
            | {"id": name, "number": name[6:], "priority": "ordinary", "state": "finished", "token": f"t{name}"}
            | {"kiosk": "1", "ahead": 0, "issued_at": issued, "ended_at": ended},
            who
            | {"ticket": name, "leg": 1, "window": window, "staff": f"clerk{window}", "queued_at": issued}
            | {"called_at": called, "calls": 1, "started_at": called, "start_implied": False}
            | {"ended_at": ended, "finish": "clerk"},
            who
            | {"ticket": name, "leg": 1, "window": window, "staff": f"clerk{window}", "outcome": "voted"}
            | {"level": dice.randint(1, 5), "channel": "pad", "opened_at": ended, "ended_at": ended + _MINUTE // 6},
        )


def _case(vote: Row) -> Row:
    known = {name: vote[name] for name in ("hall", "ticket", "leg", "service", "window", "staff", "level", "channel")}
    at = {"opened_at": vote["ended_at"], "verify_by": vote["ended_at"], "close_by": vote["ended_at"]}
    return known | at | {"next": "verify", "excluded": False, "history": '{"steps": [], "calls": []}'}
