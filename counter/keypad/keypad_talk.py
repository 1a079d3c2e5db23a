"""What is said between the hall and one keypad while its line is open."""

from __future__ import annotations

import logging
import time
from typing import Final

from counter.keypad.dialects import Action, Dialect
from counter.keypad.keys import KeypadDecoder, Typed
from counter.keypad.orders import Asked, NotDone, Orders, orders_for
from counter.keypad.person import Person
from counter.keypad.session import KeypadSession, Showing, is_theirs, wanted
from counter.keypad.troubles import Trouble, trouble_of
from server.config.devices import KeypadSettings
from server.device.bus_line import BusLine
from server.device.device_line import LOOK_AGAIN
from server.device.frames.hallqueue_digits import CELLS
from server.device.hearing import PRESS_LIFE, Hearing, Press
from server.device.press_talk import PressTalk
from server.engine import EngineError, HallEngine
from server.hall.commands import OpenWindow
from server.hall.errors import HallError
from server.hall.state import HallState
from server.web.keypad_codes import CodesAway

_log = logging.getLogger(__name__)
DOUBLE: Final = PRESS_LIFE
"""Seconds in which the same keys again are the same press: a sending may come so late when the one before is lost. Less
than a citizen needs to come."""


class KeypadTalk(PressTalk[Typed]):
    """See PressTalk. A press of unknown age is answered, and done by nobody."""

    def __init__(
        self, hall: HallEngine, keypad: KeypadSettings, dialect: Dialect, person: Person, line: BusLine
    ) -> None:
        super().__init__(Hearing(KeypadDecoder(), keypad.address, time.monotonic(), double=DOUBLE))
        self._hall = hall
        self._keypad = keypad
        self._dialect = dialect
        self._person = person
        self._line = line
        self._session = KeypadSession(dialect, keypad.address)
        self._done = ""
        self._asked: tuple[str, Orders] = ("", [])

    @property
    def standing(self) -> tuple[str, str | None]:
        """In trouble while somebody tries codes."""
        return ("blocked", "keypad_locked") if self._person.locked else super().standing

    def take(self, press: Press[Typed]) -> None:
        """Have it done, then acknowledge.

        Each sending of one press is one request with one idempotency key: it is done once and acknowledged each time.
        While nobody can be asked the keypad says so; one that is acknowledged by an echo sends the press again as well.
        """
        if press.id != self._done:
            self._session.clear()
            try:
                trouble = self._do(press)
            except (EngineError, CodesAway) as error:
                _log.warning("keypad at window %s: a press was not taken: %s", self._keypad.window, error)
                self._session.notice(Trouble.HALL_AWAY.text, time.monotonic())
                return
            self._done = press.id
            if trouble is not None:
                _log.info("keypad at window %s: %s refused: %s", self._keypad.window, press.key.key.name, trouble.name)
                self._session.notice(trouble.text, time.monotonic())
        if answer := self._dialect.acknowledge(self._keypad.address, press.key):
            self._line.send(answer)
        self.hearing.acknowledged(press)
        self._session.unsure()

    def show(self) -> float | None:
        """See PressTalk.show."""
        try:
            goal, taken = self._hall.read(self._look)
        except EngineError:
            goal, taken = None, None
        with self._line.turn():
            # Dated when it is our turn: whoever pressed while we waited for it has not seen this.
            now = time.monotonic()
            if taken:
                self._session.notice(Trouble.NOT_YOURS.text, now)
            for frame in self._session.frames(goal, now):
                self._line.send(frame)
        if taken is not None:
            self._person.went()
        return LOOK_AGAIN if goal is None else self._session.due_in(now)

    def _look(self, state: HallState) -> tuple[Showing, bool | None]:
        """What to show; and None while whoever signed in here still sits there, else whether somebody else does."""
        window = state.window(self._keypad.window)
        person = self._person.username
        goal = wanted(state, self._keypad.window, person, self._hall.clock())
        if person is None or is_theirs(window, person):
            return goal, None
        return goal, window.clerk is not None

    def _do(self, press: Press[Typed]) -> Trouble | None:
        """Why it was not done; None when it was. Raises EngineError or CodesAway when nobody could be asked."""
        action = self._dialect.action(press.key)
        if action is None:
            return Trouble.NO_SUCH_KEY
        if action is Action.CLEAR:
            return None
        if action is Action.ADDRESS:
            self._session.notice(str(self._keypad.address).rjust(CELLS, "_"), time.monotonic())
            return None
        if press.since is None:
            return Trouble.TOO_OLD
        try:
            return self._login(press) if action is Action.LOGIN else self._order(press, action)
        except NotDone as refusal:
            return refusal.trouble
        except HallError as error:
            return trouble_of(error)

    def _login(self, press: Press[Typed]) -> Trouble | None:
        found = self._person.whose(press.key.digits)
        if isinstance(found, Trouble):
            return found
        command = OpenWindow(self._keypad.window, found.clerk, several=found.may_sit_at_several)
        self._hall.do(command, key=self._key(press, 0))
        self._person.came(found.username)
        return None

    def _order(self, press: Press[Typed], action: Action) -> Trouble | None:
        staff = self._person.username
        if staff is None:
            return Trouble.NOT_SIGNED_IN
        if self._asked[0] != press.id:
            seen = self._seen(press)
            if seen is None:
                return Trouble.CHANGED_MEANWHILE
            asked = Asked(self._keypad.window, staff, press.key.digits, seen, self._hall.clock())
            self._asked = press.id, self._hall.read(lambda state: orders_for(action, asked, state))
        for step, command in enumerate(self._asked[1]):
            self._hall.do(command, key=self._key(press, step))
        return None

    def _seen(self, press: Press[Typed]) -> str | None:
        """The ticket that stood on the keypad when the key was pressed, "" for none; None when that is not known."""
        return None if press.since is None else self._session.seen_at(press.since)

    def _key(self, press: Press[Typed], step: int) -> str:
        return f"keypad:{self._keypad.window}:{press.id}:{step}"
