"""The schema: made in an empty database, brought up to date on request, refused when it is somebody else's."""

from __future__ import annotations

import pytest
from sqlalchemy import inspect, text

from server.store.database import Database, DatabaseError
from server.store.tables import metadata


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


def test_unknown_revision_is_refused(database_url: str) -> None:
    database = Database(database_url)
    database.prepare()
    database.write(lambda connection: connection.execute(text("UPDATE alembic_version SET version_num = '9999'")))
    with pytest.raises(DatabaseError, match="jiaohao db upgrade"):
        database.prepare()
    database.close()


def test_other_peoples_tables_are_refused(database_url: str) -> None:
    database = Database(database_url)
    database.write(lambda connection: connection.execute(text("CREATE TABLE theirs (a INTEGER)")))
    with pytest.raises(DatabaseError, match="not jiaohao's"):
        database.prepare()
    assert tables(database) == {"theirs"}
    database.close()


@pytest.mark.parametrize("url", ["nonsense", "mysql://localhost/hall", ""])
def test_other_addresses_are_refused(url: str) -> None:
    with pytest.raises(DatabaseError):
        Database(url)


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
