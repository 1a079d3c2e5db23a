"""Numbers by which staff sign in at keypads, and who is signed in at which: also after a restart of the server."""

from __future__ import annotations

import re
from collections.abc import Callable
from typing import TypeVar

from gevent.threadpool import ThreadPool
from sqlalchemy import Connection, select
from sqlalchemy.exc import IntegrityError, SQLAlchemyError

from server.store import tables
from server.store.database import Database
from server.told import told
from server.web.accounts import Accounts, Staff
from server.web.identity import salted

_CODE = re.compile(r"[0-9]{4,8}")
T = TypeVar("T")


class CodeUnusable(Exception):
    """The code is no such number or somebody else's, or nobody has the account; the message says which."""


class CodesAway(Exception):
    """The database did not answer."""


class KeypadCodes:
    """Codes are kept as hashes under the server's secret `salt`: there are few enough to try them all."""

    def __init__(self, database: Database, hall: str, salt: str) -> None:
        self._database = database
        self._hall = hall
        self._salt = salt
        self._accounts = Accounts(database, hall)
        self._threads = ThreadPool(1)

    def give(self, username: str, code: str) -> None:
        """From now on `code`, and no other, is that of `username`. Raises CodeUnusable. Blocks."""
        if _CODE.fullmatch(code) is None:
            raise CodeUnusable(told("a keypad code has 4 to 8 digits"))
        row = tables.staff
        its = (row.c.hall == self._hall, row.c.username == username)
        change = row.update().where(*its).values(keypad_code=salted(self._salt, code))
        try:
            changed = self._database.write(lambda connection: connection.execute(change).rowcount == 1)
        except IntegrityError:
            raise CodeUnusable(told("somebody else has that code: choose another")) from None
        if not changed:
            raise CodeUnusable(told("nobody has the account %(username)s", username=username))

    def owner(self, code: str) -> Staff | None:
        """Whose code that is. Raises CodesAway."""
        return self._ask(lambda: self._owner(code))

    def signed_in(self) -> dict[int, str]:
        """The usernames of those who are signed in at keypads, by their windows. Raises CodesAway."""
        row = tables.keypad
        wanted = select(row.c.window, row.c.username).where(row.c.hall == self._hall)
        rows = self._ask(lambda: self._database.read(lambda connection: connection.execute(wanted).all()))
        return {found.window: found.username for found in rows}

    def sign_in(self, window: int, username: str | None) -> None:
        """Remember who signed in at the window's keypad; None: nobody any more. Raises CodesAway."""
        self._ask(lambda: self._database.write(lambda connection: self._remember(connection, window, username)))

    def _ask(self, question: Callable[[], T]) -> T:
        try:
            answer: T = self._threads.apply(question)
        except SQLAlchemyError as error:
            raise CodesAway(str(error)) from error
        return answer

    def _remember(self, connection: Connection, window: int, username: str | None) -> None:
        row = tables.keypad
        connection.execute(row.delete().where(row.c.hall == self._hall, row.c.window == window))
        if username is not None:
            connection.execute(row.insert().values(hall=self._hall, window=window, username=username))

    def _owner(self, code: str) -> Staff | None:
        row = tables.staff
        wanted = select(row.c.username).where(row.c.hall == self._hall, row.c.keypad_code == salted(self._salt, code))
        username = self._database.read(lambda connection: connection.execute(wanted).scalar())
        return None if username is None else self._accounts.load(username)
