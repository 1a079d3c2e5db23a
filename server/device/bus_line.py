"""An open line with several devices on it: one sends at a time, and nobody into what another is saying."""

from __future__ import annotations

import time
from collections import deque
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from typing import Final

import gevent
from gevent.lock import RLock

from server.device.link import LineLink

_BITS: Final = 10  # 8N1 with its start and stop bit
_GAP: Final = 3.5
"""Characters of silence between two frames of ours, so that a device sees where one ends."""
_SHORTEST_GAP: Final = 0.00175
"""Seconds that this takes at least: above 19200 baud a device's clock is the slower one (as Modbus has it)."""
_TURNAROUND: Final = 2.0
"""Characters after the last byte heard: a half-duplex driver needs one until it has let go of the wire."""
_TALKED_OVER: Final = 0.05
"""Seconds after which a line that never falls silent is spoken over, at speeds where no frame takes longer."""
_LONGEST_HEARD: Final = 48
"""Characters that nobody says without a pause: a pad's longest frame has 39."""
LONGEST_ANSWER: Final = 16
"""Characters of an answer, which take their time on the wire as well."""


_FOREVER: Final = 3600.0

Ears = Callable[[bytes, float], None]
"""What is given the bytes that came in, in their order, with the time (steady clock) at which they were read."""


def _deaf(data: bytes, tick: float) -> None:
    """Nobody listens."""


class BusLine:
    """`link` at `baudrate`. Any greenlet may send; those who wait get their turn one after the other.

    `hear` may let others go on meanwhile.
    """

    def __init__(self, link: LineLink, baudrate: int, hear: Ears = _deaf) -> None:
        self._link = link
        self._hear = hear
        self._ears = RLock()
        self._arrived: deque[tuple[bytes, float]] = deque()
        self._character = _BITS / baudrate
        self._gap = max(_GAP * self._character, _SHORTEST_GAP)
        self._talked_over = max(_LONGEST_HEARD * self._character, _TALKED_OVER)
        self._turn = RLock()
        self._left_at = 0.0
        self._quiet_at = 0.0

    def listen(self) -> None:
        """Wait for the next bytes, and hear them. For one greenlet. Raises LinkError."""
        self._note(self._link.read(_FOREVER))
        with self._ears:
            self._hear_arrived()

    def heard(self, tick: float) -> None:
        """A byte came in at `tick` (steady clock)."""
        self._quiet_at = tick + _TURNAROUND * self._character

    @contextmanager
    def turn(self) -> Iterator[None]:
        """The line for one's own until the block's end. Decide inside what to send: the wait for it takes time.

        What has arrived by then is heard first, however late the hub comes to it: whoever said it has not been told yet
        what is going to be sent. Raises LinkError.
        """
        with self._turn:
            self._hear_what_is_there()
            yield

    def _hear_what_is_there(self) -> None:
        """Once the line is silent, so that what is sent next leaves at once and nothing can come between."""
        spoken_over = max(time.monotonic(), self._left_at + self._gap) + self._talked_over
        while True:
            self._wait_for_silence()
            with self._ears:
                self._note(self._link.waiting())
                has_heard = self._hear_arrived()
            if not has_heard or time.monotonic() > spoken_over:
                return

    def _note(self, data: bytes) -> None:
        """Dated and put in line at once: whoever reads may have to wait until what came before has been heard."""
        if data:
            self._arrived.append((data, time.monotonic()))

    def _hear_arrived(self) -> bool:
        """All that has arrived, in its order. Answers whether there was any."""
        has_heard = False
        while self._arrived:
            data, tick = self._arrived.popleft()
            self.heard(tick)
            self._hear(data, tick)
            has_heard = True
        return has_heard

    def send(self, frame: bytes) -> None:
        """Send when it is one's turn. Raises LinkError."""
        with self._turn:
            self._wait_for_silence()
            self._link.write(frame)
            self._left_at = time.monotonic() + len(frame) * self._character

    def answered_by(self, patience: float) -> float:
        """When (steady clock) the frame just sent must have been answered by a device that takes `patience` seconds.

        To be asked within the same turn. Into an answer that is waited for within it nobody speaks.
        """
        return self._left_at + patience + LONGEST_ANSWER * self._character

    def close(self) -> None:
        """Whoever reads or writes gets LinkLost."""
        self._link.close()

    def _wait_for_silence(self) -> None:
        free_at = self._left_at + self._gap
        deadline = max(time.monotonic(), free_at) + self._talked_over
        while (now := time.monotonic()) < (until := min(max(free_at, self._quiet_at), deadline)):
            gevent.sleep(until - now)
