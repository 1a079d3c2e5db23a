"""The schema: made in an empty database, brought up to date on request, refused when it is somebody else's."""

from __future__ import annotations

import os
import signal
import subprocess
import sys
from pathlib import Path
from zoneinfo import ZoneInfo

import alembic.command
import pytest
from alembic.config import Config
from hall_server import ROOT, free_port
from sqlalchemy import Connection, inspect, select, text
from sqlalchemy.exc import IntegrityError

from server.hall.log import Row
from server.store.audit import audit
from server.store.database import Database, DatabaseError
from server.store.journal import Batch, Journal
from server.store.projection import Projection
from server.store.tables import leg, metadata, staff, ticket


def tables(database: Database) -> set[str]:
    return set(database.read(lambda connection: inspect(connection).get_table_names()))


def test_empty_database_gets_the_schema(database_url: str) -> None:
    database = Database(database_url)
    assert database.revision() is None
    database.prepare()
    assert tables(database) >= set(metadata.tables)
    assert database.revision() is not None
    database.close()


def test_preparing_twice_changes_nothing(database_url: str) -> None:
    database = Database(database_url)
    database.prepare()
    before = database.revision()
    database.prepare()
    database.upgrade()
    assert database.revision() == before
    database.close()


def test_migrations_make_the_tables_that_the_code_writes(database_url: str) -> None:
    database = Database(database_url)
    database.prepare()
    for name, table in metadata.tables.items():
        columns = {
            column["name"]: column["nullable"]
            for column in database.read(lambda connection, name=name: inspect(connection).get_columns(name))  # type: ignore[misc]
        }
        assert columns == {column.name: column.nullable for column in table.columns}, name
    database.close()


CUT_SHORT = """
import os, signal, sys
from sqlalchemy import event
from server.store.database import Database

def cut(connection, cursor, statement, *rest):
    if "CREATE TABLE leg" in statement:
        os.kill(os.getpid(), signal.SIGKILL)

database = Database(sys.argv[1])
event.listen(database.engine, "before_cursor_execute", cut)
database.prepare()
"""


def test_power_cut_while_the_schema_is_made_leaves_a_database_to_start_with(database_url: str) -> None:
    child = subprocess.run(
        [sys.executable, "-c", CUT_SHORT, database_url], env={**os.environ, "PYTHONPATH": str(ROOT)}, timeout=60
    )
    assert child.returncode == -signal.SIGKILL
    database = Database(database_url)
    database.prepare()
    assert tables(database) >= set(metadata.tables)
    database.close()


def test_newer_schema_is_refused_in_a_sentence(database_url: str) -> None:
    database = Database(database_url)
    database.prepare()
    database.write(lambda connection: connection.execute(text("UPDATE alembic_version SET version_num = '9999'")))
    for use in (database.prepare, database.upgrade):
        with pytest.raises(DatabaseError, match="run the newer jiaohao"):
            use()
    assert database.revision() == "9999"
    database.close()


def test_database_that_does_not_answer_is_named_without_its_password() -> None:
    port = free_port()
    database = Database(f"postgresql://hall:geheim@127.0.0.1:{port}/hall")
    for use in (database.prepare, database.upgrade, database.revision):
        with pytest.raises(DatabaseError, match=str(port)) as refusal:
            use()
        assert "geheim" not in str(refusal.value)


def test_file_that_is_no_database_is_refused(tmp_path: Path) -> None:
    file = tmp_path / "hall.db"
    file.write_text("a letter to the mayor, long enough to be taken for a page " * 20, encoding="utf-8")
    with pytest.raises(DatabaseError, match="not a database"):
        Database(f"sqlite:///{file}").prepare()


def test_other_peoples_tables_are_refused(database_url: str) -> None:
    database = Database(database_url)
    database.write(lambda connection: connection.execute(text("CREATE TABLE theirs (a INTEGER)")))
    with pytest.raises(DatabaseError, match="not jiaohao's"):
        database.prepare()
    assert tables(database) == {"theirs"}
    database.close()


@pytest.mark.parametrize(
    "url", ["nonsense", "", "mysql://hall:geheim@localhost/hall", "postgresql://hall:geheim@localhost:port/hall"]
)
def test_other_addresses_are_refused_without_their_password(url: str) -> None:
    with pytest.raises(DatabaseError) as refusal:
        Database(url)
    assert "geheim" not in str(refusal.value)


def test_sqlite_survives_a_power_cut_by_its_settings(tmp_path: object) -> None:
    database = Database(f"sqlite:///{tmp_path}/hall.db")
    database.prepare()
    found = database.read(
        lambda connection: [
            connection.execute(text(f"PRAGMA {name}")).scalar() for name in ("journal_mode", "synchronous")
        ]
    )
    assert found == ["wal", 2]
    database.close()


OPEN_DAY = """
INSERT INTO ticket (hall, id, day, number, service, priority, state, token, kiosk, ahead, issued_at, ended_at)
VALUES ('h', 't1', '2026-11-27', 'A001', 'tax', 'ordinary', 'serving', 'k1', NULL, 0, 1, NULL),
       ('h', 't2', '2026-11-27', 'A002', 'tax', 'ordinary', 'waiting', 'k2', NULL, 1, 2, NULL),
       ('h', 't3', '2026-11-27', 'A003', 'tax', 'ordinary', 'finished', 'k3', NULL, 1, 3, 9)
"""
THEIR_LEGS = """
INSERT INTO leg (hall, ticket, leg, day, service, "window", staff, queued_at, called_at, calls, start_implied, ended_at)
VALUES ('h', 't1', 1, '2026-11-27', 'tax', 6, 'li', 1, 5, 1, false, NULL),
       ('h', 't2', 1, '2026-11-27', 'tax', NULL, NULL, 2, NULL, 0, false, NULL),
       ('h', 't3', 1, '2026-11-27', 'tax', 2, 'li', 3, 4, 1, false, 9)
"""


def at_revision(database_url: str, revision: str, *statements: str) -> Database:
    """A database as an older version left it."""
    database = Database(database_url)

    def make(connection: Connection) -> None:
        config = Config()
        config.set_main_option("script_location", str(ROOT / "server" / "store" / "migrations"))
        config.attributes["connection"] = connection
        alembic.command.upgrade(config, revision)
        for statement in statements:
            connection.execute(text(statement))

    database.write(make)
    return database


def test_an_open_day_of_the_first_schema_goes_on(database_url: str) -> None:
    """Whoever stands at a window stands there still, and nobody else can."""
    database = at_revision(database_url, "0001", OPEN_DAY, THEIR_LEGS)
    database.upgrade()
    wanted = select(ticket.c.number, ticket.c.at_window)
    standing = database.read(lambda c: {number: window for number, window in c.execute(wanted)})
    assert standing == {"A001": 6, "A002": None, "A003": None}
    with pytest.raises(IntegrityError):
        database.write(lambda c: c.execute(ticket.update().where(ticket.c.id == "t2").values(at_window=6)))
    database.close()


THEIR_LOG = """
INSERT INTO event (hall, seq, at, ticket, leg, "window", staff, kind, data)
VALUES ('h', 1, 1, NULL, NULL, NULL, NULL, 'day_opened', '{"day"\\:"2026-11-27"}'),
       ('h', 2, 2, NULL, NULL, 3, 'li', 'window_opened', '{"name"\\:"李静"}')
"""
THEIR_STAFF = """
INSERT INTO staff (hall, username, name, number, post, role, password_hash, created_at)
VALUES ('h', 'li', '李静', '0302', '', 'clerk', 'x', 1)
"""


def test_an_open_day_of_the_third_schema_goes_on(database_url: str) -> None:
    """Its log is read as it stands, notices are found in it from the next day on, and nobody has a photo yet."""
    database = at_revision(database_url, "0003", THEIR_LOG, THEIR_STAFF)
    database.upgrade()
    assert database.read(lambda c: c.execute(select(staff.c.username, staff.c.photo)).all()) == [("li", None)]
    journal = Journal(database, "h", None)
    assert [(row.seq, row.kind) for row in journal.open_day()] == [(1, "day_opened"), (2, "window_opened")]
    kinds = {3: "notice_posted", 4: "window_closed", 5: "day_opened"}
    later = [Row(seq, seq, None, None, None, "li", kind, "{}") for seq, kind in kinds.items()]
    journal.write(Batch(later, Projection(), []))
    assert [row.seq for row in journal.open_day()] == [3, 5]
    journal.close()
    database.close()


def test_a_log_of_the_third_schema_is_chained_at_its_upgrade_and_goes_on(database_url: str) -> None:
    database = at_revision(database_url, "0003", THEIR_LOG)
    database.upgrade()
    for seq in (3, 4):
        journal = Journal(database, "h", None)
        journal.write(Batch([Row(seq, seq, None, None, 3, "李", "window_closed", "{}")], Projection(), []))
        journal.close()
    found = database.read(lambda connection: audit(connection, "h", ZoneInfo("Asia/Shanghai")))
    assert (found.bad, found.first, found.last) == (None, 1, 4)
    database.write(lambda connection: connection.execute(text("UPDATE event SET staff = 'x' WHERE seq = 2")))
    assert database.read(lambda connection: audit(connection, "h", ZoneInfo("Asia/Shanghai"))).bad == 2
    database.close()


def test_an_open_day_of_the_fourth_schema_goes_on(database_url: str) -> None:
    """Legs of before have no outcome, nobody was sent back in them, and nobody was asked first."""
    database = at_revision(database_url, "0004", OPEN_DAY, THEIR_LEGS)
    database.upgrade()
    wanted = select(leg.c.result, leg.c.quantity, leg.c.notices, leg.c.person, leg.c.returned)
    assert set(database.read(lambda c: [tuple(row) for row in c.execute(wanted)])) == {(None, None, None, None, False)}
    assert set(database.read(lambda c: [row.first for row in c.execute(select(ticket.c.first))])) == {None}
    database.close()
