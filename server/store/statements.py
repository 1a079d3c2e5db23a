"""SQL for the hot path, written from the tables for the driver in use."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from functools import cached_property
from itertools import chain
from typing import Any

from sqlalchemy import Table

from server.store.tables import FIXED

MARKS = {"sqlite": "?", "postgresql": "%s"}
_MANY, _SOME = 32, 8

Values = tuple[Any, ...]


class Insert:
    """Puts rows, given as tuples in column order, into a table, many with one statement.

    Each statement gives the interpreter's lock away once and has to win it back from a busy hub; a statement for each
    row would do that hundreds of times for one batch. Only three lengths are used, so that the drivers keep all of
    them prepared.
    """

    def __init__(self, table: Table, dialect: str) -> None:
        self._table = table
        self._mark = MARKS[dialect]
        self._columns = [column.name for column in table.columns]

    def statements(self, rows: Sequence[Values]) -> Iterator[tuple[str, Sequence[Any]]]:
        """(SQL, parameters) to execute one after the other, in the order of the rows."""
        start = 0
        for length, statement in self._lengths:
            while len(rows) - start >= length:
                yield statement, list(chain.from_iterable(rows[start : start + length]))
                start += length

    @cached_property
    def _lengths(self) -> list[tuple[int, str]]:
        return [(length, self._statement(length)) for length in (_MANY, _SOME, 1)]

    def _statement(self, length: int) -> str:
        row = f"({', '.join([self._mark] * len(self._columns))})"
        values = ", ".join([row] * length)
        return f"INSERT INTO {self._table.name} ({_listed(self._columns)}) VALUES {values}"  # noqa: S608 — names are ours


class Upsert(Insert):
    """The same, or what stands under the primary key is replaced. No two of the rows may share their key.

    Columns marked FIXED in the tables stay as they are, so that their indexes are not written again.
    """

    def _statement(self, length: int) -> str:
        columns = self._table.columns
        keys = [column.name for column in columns if column.primary_key]
        variable = [column.name for column in columns if not column.primary_key and column.info != FIXED]
        changes = ", ".join(f'"{name}" = excluded."{name}"' for name in variable)
        return f"{super()._statement(length)} ON CONFLICT ({_listed(keys)}) DO UPDATE SET {changes}"


def _listed(names: list[str]) -> str:
    return ", ".join(f'"{name}"' for name in names)
