"""Whether a device says more than fingers can: a key that sticks, a board that babbles. Pure: times come in.

All times are seconds of the steady clock.
"""

from __future__ import annotations

from collections import deque
from collections.abc import Hashable
from typing import Final

SAME: Final = 10
"""Presses of one key in a row: nobody rates so often, and a key that sticks does not stop."""
IN_A_ROW: Final = 5.0
"""Seconds between two of them at most: citizens come further apart."""
SPEED: Final = 15
"""Frames of one device within a second. A finger taps six or seven times, two hands a dozen."""
NOISE: Final = 300
"""Bytes that are no frame, within NOISE_SPAN and not in one go: a plug that is pushed in makes hundreds at most."""
NOISE_SPAN: Final = 10.0
LASTING: Final = 3.0
"""Seconds from the first to the last of them at least."""
QUIET: Final = 10.0
"""Seconds without a press or noise after which a device is believed again."""
STILL: Final = 2.0
"""Seconds of such rest without which nobody can take it back."""
KEPT: Final = 3
"""Presses that are still written down while it is shut out; there is no end to the others."""


class ChatterWatch:
    """Watches one device. `alone`: no other is on its line, so that noise there can only be its own."""

    def __init__(self, *, alone: bool) -> None:
        self._alone = alone
        self._shut_out = False
        self._kept = 0
        self._run: tuple[Hashable, int, float] = (None, 0, 0.0)
        """Of the latest presses: their key, how many there are, and when the last one came."""
        self._frames: deque[float] = deque(maxlen=SPEED)
        self._noise: deque[tuple[float, int]] = deque()
        self._noise_bytes = 0
        self._heard_at = -QUIET

    def frame(self, tick: float, *, idle: bool = False) -> None:
        """The device said something, for the first time or again. `idle`: it was no press.

        One that says so at a human pace rests: a device that is asked all the time is never silent.
        """
        self._settle(tick)
        self._frames.append(tick)
        fast = len(self._frames) == SPEED and tick - self._frames[0] < 1.0
        if fast:
            self._shut_out = True
        if fast or not idle:
            self._heard_at = tick

    def noise(self, count: int, tick: float) -> None:
        """So many bytes came that are no frame."""
        self._settle(tick)
        self._noise.append((tick, count))
        self._noise_bytes += count
        noisy = self.is_noisy(tick)  # asked each time: it forgets what is old
        if self._alone:
            self._heard_at = tick
            self._shut_out = self._shut_out or noisy

    def press(self, key: Hashable, tick: float) -> bool:
        """Another press than the one before came up, after its `frame`. Answers whether it may count."""
        same, count, before = self._run
        count = count + 1 if key == same and tick - before <= IN_A_ROW else 1
        self._run = (key, count, tick)
        if count >= SAME:
            self._shut_out = True
        return not self._shut_out

    def keeps(self) -> bool:
        """Whether one more press that may not count is written down."""
        self._kept += 1
        return self._kept <= KEPT

    def is_shut_out(self, now: float) -> bool:
        self._settle(now)
        return self._shut_out

    def is_noisy(self, now: float) -> bool:
        """Whether the line is full of what nobody understands; where several devices share it, nobody knows whose."""
        while self._noise and now - self._noise[0][0] > NOISE_SPAN:
            self._noise_bytes -= self._noise.popleft()[1]
        return self._noise_bytes >= NOISE and self._noise[-1][0] - self._noise[0][0] >= LASTING

    def take_back(self, now: float) -> bool:
        """Believe it again, because somebody has seen to it; False while it gives no rest."""
        if now - self._heard_at < STILL:
            return False
        self._believe()
        return True

    def _settle(self, now: float) -> None:
        if self._shut_out and now - self._heard_at >= QUIET:
            self._believe()

    def _believe(self) -> None:
        self._shut_out = False
        self._kept = self._noise_bytes = 0
        self._run = (None, 0, 0.0)
        self._frames.clear()
        self._noise.clear()
