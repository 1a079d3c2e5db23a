"""How old a press can be of a device that speaks only when it is asked. Pure: bytes and times come in.

It keeps a press until it is asked, so the time at which a frame is read says nothing. But no press was waiting when it
answered last that none was: since that question left, the press was made. It tells of a press in every answer until
that is acknowledged; all of these are one press, whatever was lost, until it answers that none is waiting.
"""

from __future__ import annotations

import secrets
from collections.abc import Callable
from typing import Final, Generic, TypeVar

from server.device.chatter import ChatterWatch
from server.device.frames.garbage import Garbage
from server.device.hearing import SILENCE, Decoder, Heard, KeyHeard, NothingPressed, OtherFrame, Press, tell

K = TypeVar("K")
_NEXT_ANSWER: Final = 0.5
"""Seconds until a device that has told nothing yet may have been asked."""


class PolledHearing(Generic[K]):
    """Listens to one line for the device at `address`. See Hears; `watch` is told of all that the device says."""

    def __init__(
        self,
        decoder: Decoder[K],
        address: int,
        watch: ChatterWatch | None = None,
        new_id: Callable[[], str] = lambda: secrets.token_urlsafe(9),
    ) -> None:
        self._decoder = decoder
        self._address = address
        self._watch = watch
        self._new_id = new_id
        self._latest = 0.0
        self._asked_at: float | None = None
        self._question = b""
        self._empty_at: float | None = None
        self._waiting: Press[K] | None = None
        self.answers = 0
        """How often it has answered."""

    def asked(self, tick: float, question: bytes = b"") -> None:
        """A question leaves at `tick`. Where the line's adapter hears what it sends, it comes back and is no noise."""
        self._asked_at = tick
        self._question = question

    def settles_in(self, now: float) -> float:
        """See Hears.settles_in."""
        return _NEXT_ANSWER if self._empty_at is None else 0.0

    def receive(self, data: bytes, now: float) -> list[Press[K]]:
        """See Hears.receive."""
        if now - self._latest > SILENCE:
            for noise in self._decoder.quiet():
                self._tell(noise, now)
        self._latest = now
        presses = []
        for event in self._decoder.receive(data):
            self._tell(event, now)
            if isinstance(event, Garbage | OtherFrame) or event.address not in (None, self._address):
                continue
            self.answers += 1
            if isinstance(event, NothingPressed):
                self._empty_at, self._waiting = self._asked_at, None
            else:
                presses.append(self._press(event, now))
        return presses

    @property
    def claimed(self) -> int:
        """See Hears.claimed."""
        return self._decoder.claimed

    def disown(self, count: int) -> None:
        """See Hears.disown."""
        self._decoder.disown(count)

    def acknowledged(self, press: Press[K]) -> None:
        """See Hears.acknowledged. It may have been lost until the device says that none is waiting."""

    def _tell(self, event: Heard[K], now: float) -> None:
        if not isinstance(event, Garbage) or event.data != self._question:
            tell(self._watch, event, self._address, now)

    def _press(self, heard: KeyHeard[K], tick: float) -> Press[K]:
        waiting = self._waiting
        if waiting is None or (waiting.key, waiting.serial) != (heard.key, heard.serial):
            chatter = self._watch is not None and not self._watch.press(heard.key, tick)
            waiting = self._waiting = Press(self._new_id(), heard.key, self._empty_at, heard.serial, chatter)
        return waiting
