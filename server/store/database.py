"""Where the database is, how it is opened, and what schema it has."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path
from typing import Any, TypeVar

import alembic.command
from alembic.config import Config
from alembic.runtime.migration import MigrationContext
from alembic.script import ScriptDirectory
from sqlalchemy import Connection, Engine, create_engine, inspect
from sqlalchemy import event as sqlalchemy_event
from sqlalchemy.engine import make_url
from sqlalchemy.exc import ArgumentError, NoSuchModuleError

T = TypeVar("T")
_MIGRATIONS = Path(__file__).parent / "migrations"
_SUPPORTED = {"sqlite": "sqlite", "postgresql": "postgresql+psycopg"}


class DatabaseError(Exception):
    """The database cannot be used as it is; the message says what to do."""


class Database:
    """One SQLite file or one PostgreSQL database.

    SQLite runs in WAL mode with synchronous=FULL: what was committed survives a power cut.
    """

    def __init__(self, url: str) -> None:
        try:
            parsed = make_url(url)
        except (ArgumentError, NoSuchModuleError) as error:
            raise DatabaseError(f"not a database address: {url}") from error
        backend = parsed.get_backend_name()
        if backend not in _SUPPORTED:
            raise DatabaseError(f"neither sqlite nor postgresql: {url}")
        self.dialect = backend
        self.url = parsed.set(drivername=_SUPPORTED[backend])
        if backend == "sqlite" and self.url.database:
            Path(self.url.database).parent.mkdir(parents=True, exist_ok=True)
        self.engine: Engine = create_engine(self.url, pool_size=8, pool_pre_ping=backend == "postgresql")
        if backend == "sqlite":
            sqlalchemy_event.listen(self.engine, "connect", _set_up_sqlite)

    @property
    def file(self) -> Path | None:
        """The SQLite file; None on PostgreSQL."""
        return Path(self.url.database) if self.dialect == "sqlite" and self.url.database else None

    def read(self, query: Callable[[Connection], T]) -> T:
        """Run `query` on a pooled connection. It blocks: keep it off the hub."""
        with self.engine.connect() as connection:
            return query(connection)

    def write(self, change: Callable[[Connection], T]) -> T:
        """Run `change` in a transaction of its own: for what is not the hall's, such as accounts and devices."""
        with self.engine.begin() as connection:
            return change(connection)

    def revision(self) -> str | None:
        """The schema's Alembic revision; None when the database is empty."""
        return self.read(lambda connection: MigrationContext.configure(connection).get_current_revision())

    def upgrade(self) -> None:
        """Bring the schema to the newest revision."""
        with self.engine.begin() as connection:
            config = Config()
            config.set_main_option("script_location", str(_MIGRATIONS))
            config.attributes["connection"] = connection
            alembic.command.upgrade(config, "head")

    def prepare(self) -> None:
        """Create the schema in an empty database; refuse a schema that this version does not know as its own."""
        current = self.revision()
        if current is None:
            if self.read(lambda connection: inspect(connection).get_table_names()):
                raise DatabaseError("the database has tables that are not jiaohao's; give it one of its own")
            self.upgrade()
            return
        newest = ScriptDirectory(str(_MIGRATIONS)).get_current_head()
        if current != newest:
            raise DatabaseError(f"the schema is at {current}, this version needs {newest}: run jiaohao db upgrade")

    def close(self) -> None:
        self.engine.dispose()


def _set_up_sqlite(connection: Any, _record: object) -> None:
    connection.execute("PRAGMA journal_mode=WAL")
    connection.execute("PRAGMA synchronous=FULL")
    connection.execute("PRAGMA busy_timeout=5000")
