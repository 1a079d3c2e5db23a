"""What a printer with a fault says that nobody asked for. The same noise every time, so that a test can be repeated."""

from __future__ import annotations

import random
from typing import Final

from kiosk.virtual_printer import answers
from kiosk.virtual_printer.faults import Faults

_EVERY: Final = 100  # received bytes between two stray statuses, the first before the first byte
_BABBLE: Final = 16


class Noise:
    """The noise of one connection."""

    def __init__(self) -> None:
        self._received = 0
        self._strays = 0
        self._dice = random.Random(0)  # noqa: S311 -- it is noise

    def stray(self, count: int, faults: Faults) -> bytes:
        """What comes in between while `count` more bytes are received: automatic statuses and lone answers in turn."""
        if not faults.stray:
            return b""
        self._received += count
        said = b""
        while self._strays * _EVERY < self._received:
            said += answers.real_time(1, faults) if self._strays % 2 else answers.automatic(faults)
            self._strays += 1
        return said

    def babble(self) -> bytes:
        """Some nonsense."""
        return self._dice.randbytes(_BABBLE)
