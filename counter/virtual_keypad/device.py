"""The keypad's side of the protocol: digits that are typed, keys that send them until they are heard, and the display.

Sans-IO: bytes and the time come in, bytes go out.
"""

from __future__ import annotations

from collections.abc import Callable
from typing import Final

from counter.keypad.dialects import Dialect
from counter.keypad.keys import BEEP, MOST_DIGITS, Key, Typed
from server.device.frames.garbage import Garbage
from server.device.frames.hallqueue import Frame, FrameReader
from server.device.frames.hallqueue_digits import BLANK, SHOW

TRIES: Final = 3
RETRY_SECONDS: Final = 0.5
TYPED_SECONDS: Final = 10.0
"""After which digits without a key behind them are forgotten."""
ONE_METRE: Final = 0x11
"""一米, a key of some firmware that asks citizens to keep their distance."""


class Keypad:
    """One keypad at `address` with the firmware of `dialect`.

    A key is sent at once, with what was typed before, and again every half second until it is acknowledged, three times
    in all; only the latest is sent again. How often real firmware repeats is not documented; this is ours.
    """

    def __init__(self, address: int, dialect: Dialect, note: Callable[[str], None]) -> None:
        self.address = address
        self.dialect = dialect
        self.shown = ""
        """What it was told to show, with `_` for a blank."""
        self.typed = ""
        self.beeps = 0
        self.pressed: str | None = None
        """The latest key that was sent, with the digits before it: `0+WAIT`."""
        self.tries = 0
        self.acked = False
        self._note = note
        self._frames = FrameReader()
        self._sent = b""
        self._send_at: float | None = None
        self._forget_at: float | None = None

    @property
    def showing(self) -> str:
        """What stands on the display now."""
        return self.typed or self.shown

    @property
    def due(self) -> float | None:
        """When `wake` has something to do, on the caller's clock."""
        return min((at for at in (self._send_at, self._forget_at) if at is not None), default=None)

    @property
    def sending(self) -> str:
        """The latest key that was sent."""
        return str(self.pressed)

    @property
    def waiting(self) -> bool:
        """Whether the latest key is still to be acknowledged."""
        return self._send_at is not None

    def digit(self, digit: int, now: float) -> None:
        """A finger on 0 to 9."""
        self.typed = (self.typed + str(digit))[-MOST_DIGITS:]
        self._forget_at = now + TYPED_SECONDS

    def press(self, key: int, now: float) -> bytes:
        """A finger on any other key; answers the bytes to send."""
        if key == Key.CANCEL and self.typed:
            self._forget()
            return b""
        typed, self.typed, self._forget_at = self.typed, "", None
        name = Key(key).name if key in set(Key) else "ONE_METRE"
        self.pressed = f"{typed}+{name}" if typed else name
        data = bytes([*(int(digit) for digit in typed), key])
        self._sent = bytes(Frame(self.address, Typed(Key.CALL).command, data))
        self.tries, self.acked, self._send_at = 1, False, now + RETRY_SECONDS
        return self._sent

    def wake(self, now: float) -> bytes:
        """Bytes to send again, when the time for it has come; else nothing."""
        if self._forget_at is not None and now >= self._forget_at:
            self._forget()
        if self._send_at is None or now < self._send_at:
            return b""
        if self.tries == TRIES:
            self._send_at = None
            self._note(f"{self.pressed} was not acknowledged after {TRIES} tries")
            return b""
        self.tries += 1
        self._send_at = now + RETRY_SECONDS
        return self._sent

    def receive(self, data: bytes) -> None:
        """Do what the bytes say; frames for other devices on the line are ignored."""
        for found in self._frames.receive(data):
            if isinstance(found, Garbage):
                self._note(f"skipped {found.data.hex(' ').upper()}: {found.why}")
            elif found.address == self.address:
                self._obey(found)

    def _obey(self, frame: Frame) -> None:
        if self._send_at is not None and self._answers(frame):
            self.acked, self._send_at = True, None
            self._note(f"{self.pressed} acknowledged")
        if frame.command == SHOW and len(frame.data) > 1:
            self.shown = "".join("_" if cell == BLANK else f"{cell:X}" for cell in frame.data)
            self._note(f"shows {self.shown}")
        elif frame.command == BEEP:
            self.beeps += 1
            self._note("beep")

    def _answers(self, frame: Frame) -> bool:
        return bytes(frame) == self._sent if self.dialect.echoes else frame.command == SHOW

    def _forget(self) -> None:
        self._note(f"{self.typed} forgotten")
        self.typed, self._forget_at = "", None
