"""What is said between the hall and one pad while its line is open."""

from __future__ import annotations

import logging
import time
from typing import Final

from gevent.queue import Empty, SimpleQueue

from evaluator.dialects import Dialect
from evaluator.hearing import Hearing, Instant, Press
from evaluator.session import PadSession, wanted
from server.config.devices import PadSettings
from server.device.bus_line import BusLine
from server.device.link import LinkError
from server.engine import EngineError, HallEngine
from server.hall.commands import PressKey

_log = logging.getLogger(__name__)
_LOOK_AGAIN: Final = 1.0
"""Seconds until a hall that could not be asked is asked again."""


class PadTalk:
    """See `server.device.bus.Talk`.

    Each begins with nothing: what an earlier life left unsaid is of unknown age, and the pad sends it again.
    """

    def __init__(self, hall: HallEngine, pad: PadSettings, dialect: Dialect, line: BusLine) -> None:
        self._hall = hall
        self._pad = pad
        self._line = line
        self._hearing = Hearing(dialect.decoder(), pad.address, time.monotonic())
        self._session = PadSession(dialect, pad.address)
        self._inbox: SimpleQueue[Press | LinkError | None] = SimpleQueue()

    @property
    def settling(self) -> bool:
        """Whether a press would be of unknown age."""
        return self._hearing.settles_in(time.monotonic()) > 0

    def hear(self, byte: bytes, tick: float) -> int:
        """See Talk.hear."""
        for press in self._hearing.receive(byte, Instant(self._hall.clock(), tick)):
            self._inbox.put(press)
        return self._hearing.claimed

    def disown(self, count: int) -> None:
        """See Talk.disown."""
        self._hearing.disown(count)

    def look(self) -> None:
        """Something happened at the window: the pad may have to show something else. Does not wait."""
        self._inbox.put(None)

    def lost(self, error: LinkError) -> None:
        """See Talk.lost."""
        self._inbox.put(error)

    def run(self) -> None:
        """See Talk.run."""
        while True:
            patience = self._show()
            try:
                heard = self._inbox.get(timeout=patience)
            except Empty:
                continue
            if isinstance(heard, LinkError):
                raise heard
            if heard is not None:
                self._take(heard)

    def _take(self, press: Press) -> None:
        """Store, then acknowledge. A press that could not be stored is not acknowledged, and the pad sends it again.

        Each sending of one press carries the same idempotency key: it is stored once and acknowledged each time.
        """
        window = self._pad.window
        command = PressKey(window, press.key, self._pad.keys.get(press.key), press.made_after)
        try:
            self._hall.do(command, key=f"pad:{window}:{press.id}")
        except EngineError as error:
            _log.warning("pad at window %s: a press was not stored: %s", window, error.code)
            return
        for frame in self._session.acknowledge(press.key, time.monotonic()):
            self._line.send(frame)
        self._hearing.acknowledged(press)

    def _show(self) -> float | None:
        """Bring the pad up to date. Answers after how many seconds to look again; None: when something happens."""
        try:
            goal = self._hall.read(lambda state: wanted(state, self._pad.window))
        except EngineError:
            return _LOOK_AGAIN
        now = time.monotonic()
        for frame in self._session.frames(goal, now):
            self._line.send(frame)
        return self._session.due_in(now)
