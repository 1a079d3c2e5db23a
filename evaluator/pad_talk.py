"""What is said between the hall and one pad while its line is open."""

from __future__ import annotations

import logging
import time
from typing import Final

from evaluator.dialects import Dialect
from evaluator.session import PadSession, wanted
from server.config.devices import PadSettings
from server.device.bus_line import BusLine
from server.device.hearing import Press
from server.device.press_talk import PressTalk
from server.engine import EngineError, HallEngine
from server.hall.commands import PressKey

_log = logging.getLogger(__name__)
_LOOK_AGAIN: Final = 1.0
"""Seconds until a hall that could not be asked is asked again."""


class PadTalk(PressTalk[int]):
    """See PressTalk."""

    def __init__(self, hall: HallEngine, pad: PadSettings, dialect: Dialect, line: BusLine) -> None:
        super().__init__(dialect.decoder(), pad.address)
        self._hall = hall
        self._pad = pad
        self._line = line
        self._session = PadSession(dialect, pad.address)

    def take(self, press: Press[int]) -> None:
        """Store, then acknowledge. A press that could not be stored is not acknowledged, and the pad sends it again.

        Each sending of one press carries the same idempotency key: it is stored once and acknowledged each time.
        """
        window = self._pad.window
        asked = None if press.since is None else self._session.asked_at(press.since)
        command = PressKey(window, press.key, self._pad.keys.get(press.key), asked)
        try:
            self._hall.do(command, key=f"pad:{window}:{press.id}")
        except EngineError as error:
            _log.warning("pad at window %s: a press was not stored: %s", window, error.code)
            return
        for frame in self._session.acknowledge(press.key, time.monotonic()):
            self._line.send(frame)
        self.hearing.acknowledged(press)

    def show(self) -> float | None:
        """See PressTalk.show."""
        try:
            goal = self._hall.read(lambda state: wanted(state, self._pad.window))
        except EngineError:
            return _LOOK_AGAIN
        with self._line.turn():
            # Dated when it is our turn: what came before was pressed before the pad shows this.
            now = time.monotonic()
            for frame in self._session.frames(goal, now):
                self._line.send(frame)
        return self._session.due_in(now)
