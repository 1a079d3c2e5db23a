"""Codes tried at one keypad: after a few wrong ones it takes none for a while. Pure: time comes in, in seconds."""

from __future__ import annotations

from typing import Final

MOST: Final = 5
LOCKED_FOR: Final = 60.0


class Guesses:
    """`now`: a steady clock."""

    def __init__(self) -> None:
        self._wrong = 0
        self._locked_until = float("-inf")

    def locked_for(self, now: float) -> float:
        """Seconds until a code is looked at again; 0: it is."""
        return max(0.0, self._locked_until - now)

    def wrong(self, now: float) -> bool:
        """Another wrong one; whether that was the last for now."""
        self._wrong += 1
        if self._wrong < MOST:
            return False
        self._wrong, self._locked_until = 0, now + LOCKED_FOR
        return True

    def right(self) -> None:
        self._wrong = 0
