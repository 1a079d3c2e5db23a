"""A database that refuses to write for a while, and an engine that comes back from it."""

from __future__ import annotations

import gevent
from engines import PATIENCE
from sqlalchemy import text

from server.engine import EngineError, HallEngine
from server.hall import commands as cmd
from server.store.database import Database

SQLITE_TRIGGER = """
CREATE TRIGGER full_disk BEFORE INSERT ON event BEGIN SELECT RAISE(ABORT, 'disk full'); END
"""
POSTGRES_TRIGGER = """
CREATE FUNCTION full_disk() RETURNS trigger AS $$ BEGIN RAISE 'disk full'; END $$ LANGUAGE plpgsql;
CREATE TRIGGER full_disk BEFORE INSERT ON event EXECUTE FUNCTION full_disk()
"""


class Outside:
    """The database as somebody else's program reaches it."""

    def __init__(self, url: str) -> None:
        self.database = Database(url)
        self._sqlite = self.database.dialect == "sqlite"

    def fill_disk(self) -> None:
        self.run(SQLITE_TRIGGER if self._sqlite else POSTGRES_TRIGGER)

    def free_disk(self) -> None:
        self.run("DROP TRIGGER full_disk" if self._sqlite else "DROP TRIGGER full_disk ON event")

    def run(self, statement: str) -> None:
        self.database.write(lambda connection: connection.execute(text(statement)))


def serve_again(engine: HallEngine) -> None:
    """Wait until a command is taken again."""
    with gevent.Timeout(PATIENCE):
        while True:
            engine.wait_until_serving()
            try:
                engine.do(cmd.PassTime())
            except EngineError:
                gevent.sleep(0.02)
            else:
                return
