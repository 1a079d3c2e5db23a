"""What is said between the hall and one pad while its line is open."""

from __future__ import annotations

import math
import time
from collections import deque
from typing import Final

from gevent.event import Event

from evaluator.dialects import Dialect
from evaluator.dialects.hid_keys import HidKeysDialect
from evaluator.pad_desk import PadDesk
from evaluator.session import PadSession, Sign
from server.config.devices import PadSettings
from server.device.bus_line import BusLine
from server.device.chatter import KEPT, ChatterWatch
from server.device.dated_hearing import DatedHearing
from server.device.device_line import LOOK_AGAIN
from server.device.hearing import Hearing, Hears, Press
from server.device.polled_hearing import PolledHearing
from server.device.poller import PATIENCE
from server.device.press_talk import PressTalk
from server.hall.commands import PressKey

_HUSH_EVERY: Final = 0.5
"""Seconds between two acknowledgements of presses that are dropped: a pad that babbles must not fill the line."""


class PadTalk(PressTalk[int]):
    """See PressTalk. `watch` outlives the line: a pad that babbles is not believed because it was plugged in anew."""

    def __init__(self, desk: PadDesk, pad: PadSettings, dialect: Dialect, watch: ChatterWatch, line: BusLine) -> None:
        super().__init__(_hearing(dialect, pad.address, watch))
        self._desk = desk
        self._pad = pad
        self._dialect = dialect
        self._levels = dialect.levels if pad.keys is None else pad.keys
        self._watch = watch
        self._line = line
        self._session = self._begin_session()
        self._kept: deque[str] = deque(maxlen=KEPT)
        self._dropped = ""
        self._hushed_at = -math.inf
        self._taking = False
        self._answered = Event()
        self._answers = 0
        self._there = True

    @property
    def standing(self) -> tuple[str, str | None]:
        """See DeviceTalk.standing. In trouble while it says more than fingers can, or its line is full of noise."""
        now = time.monotonic()
        if not self._there:
            return "offline", "not_answering"
        if self._watch.is_shut_out(now):
            return "blocked", "chattering"
        if self._watch.is_noisy(now):
            return "blocked", "line_noisy"
        return super().standing

    def wants(self, press: Press[int]) -> bool:
        """Of the presses that nobody can have made the first few; of the others one now and then, to be acknowledged.

        A pad that sends or keeps a press until it is acknowledged would else never rest.
        """
        if not press.chatter or press.id in self._kept:
            return True
        if press.id != self._dropped:
            if self._watch.keeps():
                self._kept.append(press.id)
                return True
            self._dropped = press.id
        now = time.monotonic()
        if now - self._hushed_at < _HUSH_EVERY:
            return False
        self._hushed_at = now
        return True

    def hear(self, byte: bytes, tick: float) -> int:
        """See Talk.hear."""
        claimed = super().hear(byte, tick)
        if isinstance(self.hearing, PolledHearing) and self.hearing.answers != self._answers:
            self._answers = self.hearing.answers
            self._answered.set()
        return claimed

    def question(self) -> tuple[bytes, Event] | None:
        """See `server.device.poller.Polled`. Not while a press of it is in hand: it would only be told once more."""
        question = self._dialect.poll(self._pad.address)
        if question is None or not isinstance(self.hearing, PolledHearing) or self._taking or self.is_behind:
            return None
        self._answered.clear()
        self.hearing.asked(time.monotonic(), question)
        return question, self._answered

    def is_there(self, *, there: bool) -> None:
        """See `server.device.poller.Polled`. One that is back may have been without power, and shows nothing."""
        if there and not self._there:
            self._session = self._begin_session()
            self.look()
        self._there = there

    def _begin_session(self) -> PadSession:
        return PadSession(self._dialect, self._pad.address, beep=self._pad.beep)

    def take(self, press: Press[int]) -> None:
        """Store, then acknowledge. A press that could not be stored is not acknowledged, and the pad sends it again."""
        self._taking = True
        try:
            if (press.chatter and press.id not in self._kept) or self._is_stored(press):
                self._acknowledge(press)
        finally:
            self._taking = False

    def _is_stored(self, press: Press[int]) -> bool:
        asked = None if press.since is None else self._session.asked_at(press.since)
        level = self._levels.get(press.key)
        command = PressKey(self._pad.window, press.key, level, asked, chatter=press.chatter)
        return self._desk.store(command, press.id)

    def _acknowledge(self, press: Press[int]) -> None:
        """A press of unknown age counts for nobody, and is not thanked for as far as the pad can be kept from it."""
        thank = press.since is not None
        for frame in self._session.acknowledge(press.key, time.monotonic(), press.serial, thank=thank):
            self._line.send(frame)
        self.hearing.acknowledged(press)

    def show(self) -> float | None:
        """See PressTalk.show."""
        goal = self._desk.wanted(self._pad.window)
        if goal is None:
            return LOOK_AGAIN
        with self._line.turn():
            # Dated when it is our turn: what came before was pressed before the pad shows this.
            now = time.monotonic()
            frames = self._session.frames(goal, now)
            for frame in frames:
                self._line.send(frame)
            if frames and goal.sign is Sign.ASK:
                self._see_that_none_waits()
        return self._session.due_in(now)

    def _see_that_none_waits(self) -> None:
        """Have a polled pad say that it keeps no press: the next one is known then to be newer than the invitation."""
        asking = self.question() if self._there else None
        if asking is not None:
            question, answered = asking
            self._line.send(question)
            answered.wait(self._line.answered_by(PATIENCE) - time.monotonic())


def _hearing(dialect: Dialect, address: int, watch: ChatterWatch) -> Hears[int]:
    if dialect.poll(address) is not None:
        return PolledHearing(dialect.decoder(), address, watch)
    if isinstance(dialect, HidKeysDialect):
        return DatedHearing(dialect.decoder(), address, time.monotonic(), watch)
    return Hearing(dialect.decoder(), address, time.monotonic(), watch=watch)
