"""The pad's side of `evaluator.dialects.text`, as docs/build-a-pad.md tells it to a builder."""

from __future__ import annotations

from collections.abc import Callable

from evaluator.dialects.text import NEWLINE, WORDS
from evaluator.virtual_pad.device import PadDevice

_SAYS = {word: say for say, word in WORDS.items()}
_SERIALS = 256


class TextPad(PadDevice):
    """An Arduino with five buttons and a small display."""

    def __init__(self, address: int, note: Callable[[str], None]) -> None:
        super().__init__(address, note)
        self._serial = -1
        self._unread = b""

    @property
    def sending(self) -> str:
        """The line itself, which the record else has as bytes alone."""
        return self._press_frame().decode().strip()

    def press(self, key: int, now: float) -> bytes:
        """See PadDevice.press; each has a number of its own."""
        self._serial = (self._serial + 1) % _SERIALS
        return super().press(key, now)

    def receive(self, data: bytes) -> bytes:
        """See PadDevice.receive."""
        *lines, self._unread = (self._unread + data).split(NEWLINE)
        for line in lines:
            self._obey(line.decode(errors="replace").rstrip("\r"))
        return b""

    def _press_frame(self) -> bytes:
        key = self.pressed or 0
        return f"{self.address} press {key} {self._serial} {self.address + key + self._serial}\n".encode()

    def _obey(self, line: str) -> None:
        address, _, told = line.partition(" ")
        word, _, text = told.partition(" ")
        if address != str(self.address):
            return
        if word == "ack" and text == str(self._serial) and self.waiting:
            self._is_acknowledged()
        elif word in _SAYS:
            self._told(_SAYS[word], text)
        else:
            self.note(f"does not know {told}")
