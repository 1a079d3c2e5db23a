"""Device tokens: which kiosk, screen or evaluator a browser is."""

from __future__ import annotations

import hashlib
import secrets
import time
from dataclasses import dataclass
from enum import StrEnum

from gevent.threadpool import ThreadPool
from sqlalchemy import Connection, select

from server.store import tables
from server.store.database import Database

ANY = "*"
"""As a device's place: every one of its kind."""


class Kind(StrEnum):
    KIOSK = "kiosk"
    DISPLAY = "display"
    EVALUATOR = "evaluator"
    BOOKING = "booking"
    AGENT = "agent"


@dataclass(frozen=True, slots=True)
class Device:
    """`place` is the kiosk's id, the screen's id or the evaluator's window number.

    A BOOKING device is no screen but another system, such as a city's booking platform, and an AGENT is the program on
    another PC that has devices for the hall; their place is their name.
    """

    kind: Kind
    place: str

    def may_be(self, kind: Kind, place: str) -> bool:
        return self.kind is kind and self.place in (place, ANY)


class Devices:
    """The device table. Only hashes are kept; a token is shown once, when it is made."""

    def __init__(self, database: Database, hall: str) -> None:
        self._database = database
        self._hall = hall
        self._known: dict[str, Device] = {}
        self._threads = ThreadPool(1)

    def add(self, kind: Kind, place: str, name: str = "") -> str:
        """Register a device and return its token; one made for the same place before is void. Blocks."""
        token = secrets.token_urlsafe(24)
        row = tables.device
        device = f"{kind.value}:{place}"
        values = {
            "hall": self._hall,
            "id": device,
            "kind": kind.value,
            "name": name,
            "token_hash": _hashed(token),
            "created_at": time.time_ns() // 1000,
        }

        def replace(connection: Connection) -> None:
            connection.execute(row.delete().where(row.c.hall == self._hall, row.c.id == device))
            connection.execute(row.insert().values(values))

        self._database.write(replace)
        self._known.clear()
        return token

    def find(self, token: str) -> Device | None:
        hashed = _hashed(token)
        if hashed not in self._known:
            found: Device | None = self._threads.apply(self._load, (hashed,))
            if found is None:
                return None
            self._known[hashed] = found
        return self._known[hashed]

    def _load(self, hashed: str) -> Device | None:
        row = tables.device
        wanted = select(row.c.id).where(row.c.hall == self._hall, row.c.token_hash == hashed)
        found = self._database.read(lambda connection: connection.execute(wanted).scalar())
        if found is None:
            return None
        kind, _, place = found.partition(":")
        return Device(Kind(kind), place)


def _hashed(token: str) -> str:
    # The token is 24 random bytes: there is nothing to guess, so nothing to slow down.
    return hashlib.sha256(token.encode()).hexdigest()
