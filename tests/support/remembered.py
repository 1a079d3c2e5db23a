"""Days of a known hall, as they stand in a database: what a hall that has been at work for weeks begins with."""

from __future__ import annotations

from datetime import date

from sqlalchemy import insert

from server.hall import Hall
from server.hall.events import Recorded
from server.hall.log import to_row
from server.store import tables
from server.store.chain import START, chained
from server.store.database import Database
from server.trial.played_day import PlayedDay, days
from server.trial.world import World


def remember(database: Database, world: World, first: date, number: int) -> None:
    """So many working days from `first` on, in the log of a database that has none."""
    hall, log = Hall(world.plan), list[Recorded]()
    for seed, day in enumerate(days(first, number)):
        PlayedDay(world, hall, day, seed, log.append).play()
    names = [column.name for column in tables.event.columns]
    whole, _ = chained(world.plan.id, START, map(to_row, log))
    rows = [dict(zip(names, row, strict=True)) for row in whole]
    with database.engine.begin() as connection:
        connection.execute(insert(tables.event), rows)
