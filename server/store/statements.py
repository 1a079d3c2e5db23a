"""SQL for the hot path, written from the tables for the driver in use."""

from __future__ import annotations

from sqlalchemy import Table

_MARKS = {"sqlite": "?", "postgresql": "%s"}


def insert(table: Table, dialect: str) -> str:
    """Insert a row given as a tuple in column order."""
    names = [column.name for column in table.columns]
    marks = ", ".join([_MARKS[dialect]] * len(names))
    return f"INSERT INTO {table.name} ({_listed(names)}) VALUES ({marks})"  # noqa: S608 — names are ours


def upsert(table: Table, dialect: str) -> str:
    """Insert a row given as a tuple in column order, or replace what stands under its primary key."""
    keys = [column.name for column in table.primary_key.columns]
    others = [column.name for column in table.columns if column.name not in keys]
    changes = ", ".join(f'"{name}" = excluded."{name}"' for name in others)
    return f"{insert(table, dialect)} ON CONFLICT ({_listed(keys)}) DO UPDATE SET {changes}"


def _listed(names: list[str]) -> str:
    return ", ".join(f'"{name}"' for name in names)
