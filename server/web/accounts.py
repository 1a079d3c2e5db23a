"""Staff accounts: who may sign in, as what."""

from __future__ import annotations

import time
from dataclasses import dataclass
from enum import StrEnum
from typing import Any

from flask_login import UserMixin
from gevent.threadpool import ThreadPool
from sqlalchemy import Connection, Row, Select, select
from werkzeug.security import check_password_hash, generate_password_hash

from server.hall.window import Clerk
from server.store import tables
from server.store.database import Database

_REMEMBERED = 2.0
# Verified against when the account does not exist, so that an unknown name takes as long as a wrong password.
_NOBODY = generate_password_hash("nobody", method="scrypt")


class Role(StrEnum):
    CLERK = "clerk"
    LEADER = "leader"


@dataclass(frozen=True, slots=True)
class Staff(UserMixin):  # type: ignore[misc]  # flask-login has no types
    """A person with an account. Whoever works at a window signs in as themselves (不得使用他人帐号)."""

    username: str
    name: str
    number: str
    post: str
    role: Role
    password_hash: str
    photo: str | None = None

    def get_id(self) -> str:
        """What the session's cookie holds: a new password ends the sessions of the old one."""
        return f"{self.username}|{self.password_hash[-12:]}"

    @property
    def clerk(self) -> Clerk:
        return Clerk(self.username, self.name, self.number, self.post, self.photo)

    @property
    def may_sit_at_several(self) -> bool:
        """Windows, at the page or at keypads: a leader helps out where it is needed, a clerk has one place."""
        return self.role is Role.LEADER


class Accounts:
    """The staff table. Hashing and reading run in threads: scrypt takes a tenth of a second by design."""

    def __init__(self, database: Database, hall: str) -> None:
        self._database = database
        self._hall = hall
        self._threads = ThreadPool(2)
        # Of its own: guesses at passwords must not make a clerk wait.
        self._hashing = ThreadPool(2)
        self._found: dict[str, tuple[float, Staff | None]] = {}

    def add(self, username: str, password: str, *, name: str, number: str, post: str, role: Role) -> None:
        """Add or replace an account, whose photo and keypad code stay. Blocks."""
        password_hash = generate_password_hash(password, method="scrypt")
        row = tables.staff
        values = {
            "hall": self._hall,
            "username": username,
            "name": name,
            "number": number,
            "post": post,
            "role": role.value,
            "password_hash": password_hash,
            "created_at": time.time_ns() // 1000,
        }

        def replace(connection: Connection) -> None:
            its = (row.c.hall == self._hall, row.c.username == username)
            kept = connection.execute(select(row.c.photo, row.c.keypad_code).where(*its)).mappings().first()
            connection.execute(row.delete().where(*its))
            connection.execute(row.insert().values(values | dict(kept or {})))

        self._database.write(replace)
        self._found.clear()

    def set_photo(self, username: str, photo: str | None) -> bool:
        """False when nobody has that account. Blocks."""
        row = tables.staff
        change = row.update().where(row.c.hall == self._hall, row.c.username == username).values(photo=photo)
        changed = self._database.write(lambda connection: connection.execute(change).rowcount == 1)
        self._found.clear()
        return changed

    def find(self, username: str) -> Staff | None:
        """The account behind a session. A change made elsewhere is seen within `_REMEMBERED` seconds."""
        now = time.monotonic()
        asked, found = self._found.get(username, (-_REMEMBERED, None))
        if now - asked >= _REMEMBERED:
            found = self._threads.apply(self.load, (username,))
            self._found[username] = (now, found)
        return found

    def as_stands(self, staff: Staff) -> Staff:
        """The account as it is at this moment: for what is kept of it longer than `find` remembers."""
        found: Staff | None = self._threads.apply(self.load, (staff.username,))
        return found or staff

    def everybody(self) -> list[Staff]:
        """Every account, in the order of the work numbers."""
        found: list[Staff] = self._threads.apply(self._load_all)
        return found

    def of_session(self, session_id: str) -> Staff | None:
        """Whoever `Staff.get_id` was written for, if that still holds."""
        found = self.find(session_id.partition("|")[0])
        return found if found is not None and found.get_id() == session_id else None

    def verify(self, username: str, password: str) -> Staff | None:
        """The account, if the password is its own."""
        found: Staff | None = self._hashing.apply(self._verify, (username, password))
        return found

    def _verify(self, username: str, password: str) -> Staff | None:
        staff = self.load(username)
        right = check_password_hash(staff.password_hash if staff else _NOBODY, password)
        return staff if right else None

    def load(self, username: str) -> Staff | None:
        wanted = self._rows().where(tables.staff.c.username == username)
        found = self._database.read(lambda connection: connection.execute(wanted).first())
        return _staff(found) if found else None

    def _load_all(self) -> list[Staff]:
        wanted = self._rows().order_by(tables.staff.c.number, tables.staff.c.username)
        return [_staff(row) for row in self._database.read(lambda connection: connection.execute(wanted).all())]

    def _rows(self) -> Select[Any]:
        row = tables.staff
        columns = (row.c.username, row.c.name, row.c.number, row.c.post, row.c.role, row.c.password_hash, row.c.photo)
        return select(*columns).where(row.c.hall == self._hall)


def _staff(row: Row[Any]) -> Staff:
    return Staff(*row[:4], Role(row.role), row.password_hash, row.photo)
