"""Where the database is, how it is opened, and what schema it has."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import Any, TypeVar

import alembic.command
from alembic.config import Config
from alembic.runtime.migration import MigrationContext
from alembic.script import ScriptDirectory
from alembic.util import CommandError
from sqlalchemy import Connection, Engine, create_engine, inspect
from sqlalchemy import event as sqlalchemy_event
from sqlalchemy.engine import make_url
from sqlalchemy.exc import ArgumentError, DBAPIError, NoSuchModuleError

from server.told import at, told, told_of

T = TypeVar("T")
_MIGRATIONS = Path(__file__).parent / "migrations"
_SUPPORTED = {"sqlite": "sqlite", "postgresql": "postgresql+psycopg"}
_BEGIN = "jiaohao_begin"
"""The execution option that says with which statement SQLite's transactions begin."""


class DatabaseError(Exception):
    """The database cannot be used as it is; the message says what to do."""


class Database:
    """One SQLite file or one PostgreSQL database.

    SQLite runs in WAL mode with synchronous=FULL: what was committed survives a power cut.
    """

    def __init__(self, url: str) -> None:
        try:
            parsed = make_url(url)
            backend = parsed.get_backend_name()
        except (ArgumentError, NoSuchModuleError, ValueError):
            # Not quoted, and without its cause: what cannot be parsed may have a password anywhere.
            raise DatabaseError(told("server.database is not a database address")) from None
        if backend not in _SUPPORTED:
            raise DatabaseError(
                told("server.database is neither sqlite nor postgresql, but %(backend)s", backend=backend)
            )
        self.dialect = backend
        self.url = parsed.set(drivername=_SUPPORTED[backend])
        if backend == "sqlite" and self.url.database:
            Path(self.url.database).parent.mkdir(parents=True, exist_ok=True)
        self.engine: Engine = create_engine(self.url, pool_size=8, pool_pre_ping=backend == "postgresql")
        if backend == "sqlite":
            sqlalchemy_event.listen(self.engine, "connect", _set_up_sqlite)
            sqlalchemy_event.listen(self.engine, "begin", _begin_sqlite)
        # SQLite cannot turn a reader that others have overtaken into a writer: who will write says so at once.
        self._writing = self.engine.execution_options(**{_BEGIN: "BEGIN IMMEDIATE"})

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
        with self._writing.begin() as connection:
            return change(connection)

    def revision(self) -> str | None:
        """The schema's Alembic revision; None when the database is empty. Raises DatabaseError."""
        with self._answering():
            return self.read(_revision)

    def upgrade(self) -> None:
        """Bring the schema to the newest revision, in one transaction. Raises DatabaseError."""
        with self._answering():
            self.write(_upgrade)

    def prepare(self) -> None:
        """Create the schema in an empty database; refuse a schema that this version does not know as its own."""
        if self.revision() is None:
            with self._answering():
                self.write(_create)
            return
        with self._answering():
            self.read(_check_is_newest)

    def close(self) -> None:
        self.engine.dispose()

    @contextmanager
    def _answering(self) -> Iterator[None]:
        """A database that is down, locked or no database at all, in a sentence."""
        try:
            yield
        except DBAPIError as error:
            reason = str(error.orig).strip().partition("\n")[0]
            raise DatabaseError(at(self.url.render_as_string(hide_password=True), reason)) from error


def _revision(connection: Connection) -> str | None:
    return MigrationContext.configure(connection).get_current_revision()


def _create(connection: Connection) -> None:
    if _revision(connection) is not None:
        return  # another process was quicker
    if inspect(connection).get_table_names():
        raise DatabaseError(told("the database has tables that are not jiaohao's; give it one of its own"))
    _upgrade(connection)


def _upgrade(connection: Connection) -> None:
    config = Config()
    config.set_main_option("script_location", str(_MIGRATIONS))
    config.attributes["connection"] = connection
    try:
        alembic.command.upgrade(config, "head")
    except CommandError as error:
        _refuse_newer(_revision(connection))
        raise DatabaseError(told("the schema cannot be upgraded: %(error)s", error=told_of(error))) from error


def _check_is_newest(connection: Connection) -> None:
    current, newest = _revision(connection), _scripts().get_current_head()
    if current != newest:
        _refuse_newer(current)
        raise DatabaseError(
            told(
                "the schema is at %(current)s, this version needs %(newest)s: run jiaohao db upgrade",
                current=current,
                newest=newest,
            )
        )


def _refuse_newer(current: str | None) -> None:
    """Raises DatabaseError if the schema's revision is none of those that this version has scripts for."""
    if current is not None and current not in {script.revision for script in _scripts().walk_revisions()}:
        raise DatabaseError(
            told(
                "the schema is at %(current)s, which this version does not know: run the newer jiaohao", current=current
            )
        )


def _scripts() -> ScriptDirectory:
    return ScriptDirectory(str(_MIGRATIONS))


def _set_up_sqlite(connection: Any, _record: object) -> None:
    # The driver's own transactions begin before INSERT, not before CREATE TABLE: begin them ourselves, as SQLAlchemy's
    # documentation shows under "Serializable isolation / Savepoints / Transactional DDL".
    connection.isolation_level = None
    connection.execute("PRAGMA busy_timeout=5000")
    connection.execute("PRAGMA journal_mode=WAL")
    connection.execute("PRAGMA synchronous=FULL")


def _begin_sqlite(connection: Connection) -> None:
    connection.exec_driver_sql(connection.get_execution_options().get(_BEGIN, "BEGIN"))
