"""The photos of leaders and clerks: kept beside the hall's log, each under the hash of what it is."""

from __future__ import annotations

import time
from collections.abc import Iterable
from hashlib import sha256

from gevent.threadpool import ThreadPool
from sqlalchemy import Connection, select
from sqlalchemy.exc import IntegrityError

from server.store import tables
from server.store.database import Database
from server.web.picture import MEDIA_TYPE, portrait

_NEW = 24 * 3600 * 1_000_000
"""Microseconds."""
PHOTO_ID = r"^[0-9a-f]{32}$"


def photo_url(photo: str) -> str:
    """Where pages find it: what stands there never changes."""
    return f"/photos/{photo}"


class Photos:
    """The photo table. Pictures are made, read and written in a thread: a large one takes a tenth of a second."""

    def __init__(self, database: Database, hall: str) -> None:
        self._database = database
        self._hall = hall
        self._threads = ThreadPool(1)

    def add(self, data: bytes) -> str:
        """The id of the photo made from a picture file; the same picture is one photo.

        Raises NoPictureError or PictureTooLargeError.
        """
        added, failure = self._threads.apply(self._add_or_fail, (data,))
        if failure is not None:
            raise failure
        return str(added)

    def find(self, photo: str) -> tuple[str, bytes] | None:
        """(media type, data)."""
        found: tuple[str, bytes] | None = self._threads.apply(self._load, (photo,))
        return found

    def forget_all_but(self, named: Iterable[str]) -> None:
        """Delete what is not `named`, unless it was added within the last day: its form may not have been saved yet."""
        self._threads.apply(self._forget_all_but, (set(named),))

    def missing(self, photos: Iterable[str]) -> set[str]:
        """Those that are not here."""
        wanted = set(photos)
        known: set[str] = self._threads.apply(self._known, (wanted,)) if wanted else set()
        return wanted - known

    def _add_or_fail(self, data: bytes) -> tuple[str | None, Exception | None]:
        """A failure is carried over to whoever waits, because gevent prints what is raised in its threads."""
        try:
            return self._add(data), None
        except Exception as error:  # noqa: BLE001 -- raised again where the photo was added
            return None, error

    def _add(self, data: bytes) -> str:
        made = portrait(data)
        photo = sha256(made).hexdigest()[:32]
        row = {
            "hall": self._hall,
            "id": photo,
            "media_type": MEDIA_TYPE,
            "data": made,
            "added_at": time.time_ns() // 1000,
        }
        if self._known({photo}):
            self._is_new_again(photo)
        else:
            try:
                self._database.write(lambda connection: connection.execute(tables.photo.insert().values(row)))
            except IntegrityError:
                # Another process added the same one just now.
                if not self._known({photo}):
                    raise
        return photo

    def _is_new_again(self, photo: str) -> None:
        row = tables.photo
        again = row.update().where(row.c.hall == self._hall, row.c.id == photo)
        self._database.write(lambda connection: connection.execute(again.values(added_at=time.time_ns() // 1000)))

    def _forget_all_but(self, named: set[str]) -> None:
        row = tables.photo
        old = row.c.added_at < time.time_ns() // 1000 - _NEW
        forgotten = row.delete().where(row.c.hall == self._hall, old, row.c.id.not_in(named))
        self._database.write(lambda connection: connection.execute(forgotten))

    def _load(self, photo: str) -> tuple[str, bytes] | None:
        row = tables.photo
        wanted = select(row.c.media_type, row.c.data).where(row.c.hall == self._hall, row.c.id == photo)
        found = self._database.read(lambda connection: connection.execute(wanted).first())
        return (found.media_type, bytes(found.data)) if found else None

    def _known(self, photos: set[str]) -> set[str]:
        row = tables.photo
        wanted = select(row.c.id).where(row.c.hall == self._hall, row.c.id.in_(photos))

        def read(connection: Connection) -> set[str]:
            return set(connection.execute(wanted).scalars())

        return self._database.read(read)
