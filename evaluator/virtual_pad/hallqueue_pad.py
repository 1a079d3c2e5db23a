"""The pad's side of `evaluator.dialects.hallqueue`."""

from __future__ import annotations

from collections.abc import Callable

from evaluator.dialects import Say
from evaluator.dialects.hallqueue import BEEP, EVALUATE, IDLE_CELLS, PAUSED_CELLS, PRESSED, Ack
from evaluator.virtual_pad.device import PadDevice
from server.device.frames.garbage import Garbage
from server.device.frames.hallqueue import Frame, FrameReader
from server.device.frames.hallqueue_digits import BLANK, SHOW


class HallQueuePad(PadDevice):
    """A pad whose firmware hears acknowledgements as `ack` says.

    Without `digits` it has no digit display: digits are for a keypad at the same address.
    """

    def __init__(self, address: int, ack: Ack, note: Callable[[str], None], *, digits: bool = True) -> None:
        super().__init__(address, note)
        self.digits = digits
        self._ack = ack
        self._frames = FrameReader()

    def receive(self, data: bytes) -> bytes:
        """See PadDevice.receive."""
        for found in self._frames.receive(data):
            if isinstance(found, Garbage):
                self.note(f"skipped {found.data.hex(' ').upper()}: {found.why}")
            elif found.address == self.address:
                self._obey(found)
        return b""

    def _press_frame(self) -> bytes:
        return bytes(Frame(self.address, PRESSED, bytes([self.pressed or 0])))

    def _obey(self, frame: Frame) -> None:
        if frame.command == EVALUATE:
            if self._acknowledges(frame):
                self._is_acknowledged()
            elif not frame.data:
                self._told(Say.ASK)
        elif frame.command == SHOW:
            self._show(frame.data)
        elif frame.command == BEEP:
            self._told(Say.BEEP)

    def _acknowledges(self, frame: Frame) -> bool:
        """Whether this command 01 answers the outstanding press; without one it can only be an invitation."""
        if not self.waiting or self.pressed is None:
            return False
        if self._ack == "hallqueuefront":
            # Only the missing preamble tells its acknowledgement from an invitation.
            return not frame.data and not frame.preamble
        return frame.data == bytes([self.pressed])

    def _show(self, data: bytes) -> None:
        """Draw digits or stars; six blanks and a lone 0 are the dialect's conventions for paused and idle."""
        if not self.digits:
            return
        if len(data) == 1:
            self._told(Say.STARS, str(data[0]))
        elif data == PAUSED_CELLS:
            self._told(Say.PAUSE)
        elif data == IDLE_CELLS:
            self._told(Say.WELCOME)
        else:
            self._told(Say.NUMBER, "".join("_" if cell == BLANK else f"{cell:X}" for cell in data).lstrip("_"))
