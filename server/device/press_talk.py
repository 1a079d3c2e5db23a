"""What is said between the hall and a device with keys while its line is open: one press after the other."""

from __future__ import annotations

import time
from abc import ABC, abstractmethod
from typing import Generic, TypeVar

from gevent.queue import Empty, SimpleQueue

from server.device.hearing import Hears, Press
from server.device.link import LinkError

K = TypeVar("K")


class PressTalk(ABC, Generic[K]):
    """See `server.device.device_line.DeviceTalk`.

    Each begins with nothing: what an earlier life left unsaid is of unknown age, and the device sends it again.
    """

    def __init__(self, hearing: Hears[K]) -> None:
        self.hearing = hearing
        self._inbox: SimpleQueue[Press[K] | LinkError | None] = SimpleQueue()

    @abstractmethod
    def take(self, press: Press[K]) -> None:
        """Have the press stored, and acknowledge it. Raises LinkError."""

    @abstractmethod
    def show(self) -> float | None:
        """Bring the device up to date. Answers after how many seconds to look again; None: when something happens.

        Raises LinkError.
        """

    def wants(self, press: Press[K]) -> bool:
        """Whether it is to be taken. Must not wait."""
        return True

    @property
    def standing(self) -> tuple[str, str | None]:
        """Settling while a press would be of unknown age."""
        return ("settling" if self.hearing.settles_in(time.monotonic()) > 0 else "ready"), None

    def hear(self, byte: bytes, tick: float) -> int:
        """See Talk.hear."""
        for press in self.hearing.receive(byte, tick):
            if self.wants(press):
                self._inbox.put(press)
        return self.hearing.claimed

    def disown(self, count: int) -> None:
        """See Talk.disown."""
        self.hearing.disown(count)

    @property
    def is_behind(self) -> bool:
        """Whether something waits to be taken or looked at."""
        return not self._inbox.empty()

    def look(self) -> None:
        """See DeviceTalk.look."""
        self._inbox.put(None)

    def lost(self, error: LinkError) -> None:
        """See Talk.lost."""
        self._inbox.put(error)

    def run(self) -> None:
        """See Talk.run."""
        while True:
            patience = self.show()
            try:
                heard = self._inbox.get(timeout=patience)
                while heard is None and not self._inbox.empty():
                    heard = self._inbox.get_nowait()
            except Empty:
                continue
            if isinstance(heard, LinkError):
                raise heard
            if heard is not None:
                self.take(heard)
