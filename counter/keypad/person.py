"""Who is signed in at a keypad, by a code of their own."""

from __future__ import annotations

import logging
import time

from counter.keypad.guesses import Guesses
from counter.keypad.troubles import Trouble
from server.web.accounts import Staff
from server.web.keypad_codes import CodesAway, KeypadCodes

_log = logging.getLogger(__name__)


class Person:
    """At the keypad of `window`; outlives its line, and by `codes` the server."""

    def __init__(self, window: int, codes: KeypadCodes) -> None:
        self.username: str | None = None
        self._window = window
        self._codes = codes
        self._guesses = Guesses()

    @property
    def locked(self) -> bool:
        """Whether so many wrong codes were typed that none is taken for a while."""
        return self._guesses.locked_for(time.monotonic()) > 0

    def whose(self, code: str) -> Staff | Trouble:
        """Whose code that is. Waits for the database; raises CodesAway."""
        if self.locked:
            return Trouble.LOCKED
        staff = self._codes.owner(code)
        if staff is None:
            locked = self._guesses.wrong(time.monotonic())
            _log.warning("keypad at window %s: a wrong code%s", self._window, ", locked" if locked else "")
            return Trouble.LOCKED if locked else Trouble.UNKNOWN_CODE
        self._guesses.right()
        return staff

    def came(self, username: str) -> None:
        """Has signed in at the window. Waits for the database."""
        self._become(username)

    def went(self) -> None:
        """Has left the window, or was replaced there. Waits for the database."""
        self._become(None)

    def _become(self, username: str | None) -> None:
        if username == self.username:
            return
        self.username = username
        try:
            self._codes.sign_in(self._window, username)
        except CodesAway as error:
            _log.warning("keypad at window %s: a restart will not know who is there: %s", self._window, error)
