"""One connection as the printer hears it: real-time commands obeyed as they arrive, the rest into the buffer."""

from __future__ import annotations

import time
from collections.abc import Callable
from typing import Final

from kiosk.virtual_printer import answers
from kiosk.virtual_printer.mechanism import Mechanism
from kiosk.virtual_printer.noise import Noise
from kiosk.virtual_printer.realtime import CLEAR, CLEARED, RealTimeScan

LOOK_SECONDS: Final = 0.1
"""Between two looks at whether the printer is being stopped, or its faults have changed."""
_CHUNK: Final = 256  # bytes read at once: few, so that a full buffer holds the sender back soon


class Session:
    """A transport asks `room` before every read and hands what it read to `hear`. `send` reaches the other end."""

    def __init__(self, mechanism: Mechanism, send: Callable[[bytes], None]) -> None:
        self._mechanism = mechanism
        self._send = send
        self._scan = RealTimeScan()
        self._noise = Noise()
        self._next_read = self._next_babble = 0.0
        self.dead = mechanism.faults.half_open
        """Nothing is ever read from it."""

    def room(self) -> int:
        """How many bytes may be read now. 0 comes after a wait of at most LOOK_SECONDS."""
        mechanism, faults = self._mechanism, self._mechanism.faults
        now = time.monotonic()
        if faults.babble and now >= self._next_babble:
            self._next_babble = now + LOOK_SECONDS
            self._send(self._noise.babble())
        pause = LOOK_SECONDS if self.dead or faults.full_buffer else min(LOOK_SECONDS, self._next_read - now)
        if pause > 0:
            with mechanism.changed:
                mechanism.changed.wait_for(lambda: mechanism.stopping or not mechanism.powered, timeout=pause)
            return 0
        return _CHUNK if faults.slow is None else max(1, min(_CHUNK, int(faults.slow * LOOK_SECONDS)))

    def hear(self, data: bytes) -> None:
        """Take in what was read; returns when the buffer had room for it."""
        faults = self._mechanism.faults
        if faults.slow is not None:
            self._next_read = time.monotonic() + len(data) / faults.slow
        self._send(self._noise.stray(len(data), faults))
        kept_from = 0
        for request in self._scan.feed(data):
            if self._obey(request.body):
                kept_from = request.end
        self._mechanism.take_in(data[kept_from:])

    def _obey(self, body: bytes) -> bool:
        """Whether everything up to the request is to be forgotten."""
        mechanism = self._mechanism
        match body[:1]:
            case b"\x04":
                self._say(answers.real_time(body[1], mechanism.faults))
            case b"\x05":
                mechanism.recover()
                if body[1] == 2:
                    mechanism.clear()
                    return True
            case _ if body == CLEAR:
                mechanism.clear()
                self._say(CLEARED)
                return True
            case _:
                mechanism.pulse()
        return False

    def _say(self, data: bytes) -> None:
        if not self._mechanism.faults.mute:
            self._send(data)
