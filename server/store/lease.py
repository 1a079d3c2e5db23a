"""Who may write a hall: exactly one process at a time.

On SQLite a lock on a file beside the database, which the kernel frees the moment its holder dies. On PostgreSQL a row
with an owner, an expiry and an epoch that grows with every change of owner: the epoch is checked inside each write
transaction (`server.store.journal`), so a process that was paused past its expiry writes nothing.
"""

from __future__ import annotations

import fcntl
import secrets
from pathlib import Path
from typing import IO, Protocol

from sqlalchemy import Connection, text
from sqlalchemy.exc import SQLAlchemyError

from server.store.database import Database

# The expiry is judged by the database's clock alone: the workers' clocks may differ.
_NOW = "CAST(EXTRACT(EPOCH FROM clock_timestamp()) * 1000000 AS BIGINT)"
_ACQUIRE = text(
    f"""
    INSERT INTO hall_lease (hall, owner, epoch, expires_at) VALUES (:hall, :owner, 1, {_NOW} + :ttl)
    ON CONFLICT (hall) DO UPDATE
        SET owner = excluded.owner, epoch = hall_lease.epoch + 1, expires_at = excluded.expires_at
        WHERE hall_lease.expires_at < {_NOW}
    RETURNING epoch
    """  # noqa: S608 — _NOW is the constant above
)
_RENEW = text(
    f"UPDATE hall_lease SET expires_at = {_NOW} + :ttl WHERE hall = :hall AND owner = :owner AND epoch = :epoch"  # noqa: S608
)
_RELEASE = text("UPDATE hall_lease SET expires_at = 0 WHERE hall = :hall AND owner = :owner AND epoch = :epoch")


class Lease(Protocol):
    """All methods may block; keep them off the hub."""

    @property
    def epoch(self) -> int | None:
        """The fencing token to write under; None where none is needed."""

    def acquire(self) -> bool:
        """Try once to become the owner."""

    def renew(self) -> bool:
        """Stay the owner. False: somebody else is, or the database cannot be asked."""

    def release(self) -> None:
        """Let the next one in at once."""


class FileLease:
    """For SQLite."""

    epoch = None

    def __init__(self, database_file: Path) -> None:
        self._path = database_file.with_name(database_file.name + ".lock")
        self._file: IO[str] | None = None

    def acquire(self) -> bool:
        file = self._path.open("w")
        try:
            fcntl.flock(file, fcntl.LOCK_EX | fcntl.LOCK_NB)
        except BlockingIOError:
            file.close()
            return False
        self._file = file
        return True

    def renew(self) -> bool:
        return self._file is not None

    def release(self) -> None:
        if self._file is not None:
            self._file.close()
            self._file = None


class RowLease:
    """For PostgreSQL. `ttl` in seconds: how long the hall stands still when its owner dies."""

    def __init__(self, database: Database, hall: str, ttl: float = 4.0) -> None:
        self._database = database
        self._values = {"hall": hall, "owner": secrets.token_hex(8), "ttl": int(ttl * 1_000_000)}
        self.epoch: int | None = None

    def acquire(self) -> bool:
        try:
            self.epoch = self._database.write(lambda c: c.execute(_ACQUIRE, self._values).scalar())
        except SQLAlchemyError:
            self.epoch = None
        return self.epoch is not None

    def renew(self) -> bool:
        if self.epoch is None:
            return False
        try:
            return self._database.write(self._renew)
        except SQLAlchemyError:
            return False

    def _renew(self, connection: Connection) -> bool:
        return connection.execute(_RENEW, {**self._values, "epoch": self.epoch}).rowcount == 1

    def release(self) -> None:
        """A database that cannot be reached will let the lease run out instead."""
        try:
            self._database.write(lambda c: c.execute(_RELEASE, {**self._values, "epoch": self.epoch}))
        except SQLAlchemyError:
            pass
        finally:
            self.epoch = None


def lease_for(database: Database, hall: str) -> Lease:
    return FileLease(database.file) if database.file else RowLease(database, hall)
