"""The pad's side of the protocol: what a 4-key pad shows when told, and how it sends a press until it is heard.

Sans-IO: bytes and the time come in, bytes go out.
"""

from __future__ import annotations

from collections.abc import Callable

from evaluator.dialects.hallqueue import BEEP, EVALUATE, IDLE_CELLS, PAUSED_CELLS, PRESSED, Ack
from evaluator.virtual_pad.faces import FACES, Face
from server.device.frames.garbage import Garbage
from server.device.frames.hallqueue import Frame, FrameReader
from server.device.frames.hallqueue_digits import BLANK, SHOW

TRIES = 3
RETRY_SECONDS = 0.5


class HallQueuePad:
    """One pad of `evaluator.dialects.hallqueue`, at `address`, whose firmware hears acknowledgements as `ack` says.

    A press is sent at once and again every half second until it is acknowledged, three times in all; then the pad
    gives up. Only the latest press is sent again. How often real firmware repeats is not documented; this is ours.
    """

    def __init__(self, address: int, ack: Ack, note: Callable[[str], None], *, digits: bool = True) -> None:
        self.address = address
        self.digits = digits
        """Whether it has a digit display; without one, digits are for a keypad at the same address."""
        self.face: Face = "welcome"
        self.number = ""
        self.stars: int | None = None
        self.beeps = 0
        self.pressed: int | None = None
        self.tries = 0
        self.acked = False
        self.due: float | None = None
        """When `wake` has something to do, on the caller's clock; None when nothing is outstanding."""
        self._ack = ack
        self._note = note
        self._frames = FrameReader()

    @property
    def showing(self) -> str:
        """The text on the display."""
        return self.number if self.face == "number" else FACES[self.face].zh

    @property
    def prompted(self) -> bool:
        """Whether an evaluation is being asked for."""
        return self.face == "please_evaluate"

    def press(self, key: int, now: float) -> bytes:
        """A finger on `key` (raw key byte); answers the bytes to send."""
        self.pressed, self.tries, self.acked = key, 1, False
        self.due = now + RETRY_SECONDS
        return self._press_frame()

    def wake(self, now: float) -> bytes:
        """Bytes to send again, when the time for it has come; else nothing."""
        if self.due is None or now < self.due:
            return b""
        if self.tries == TRIES:
            self.due = None
            self._note(f"key {self.pressed} was not acknowledged after {TRIES} tries")
            return b""
        self.tries += 1
        self.due = now + RETRY_SECONDS
        return self._press_frame()

    def receive(self, data: bytes) -> None:
        """Do what the bytes say; frames for other pads on the line are ignored."""
        for found in self._frames.receive(data):
            if isinstance(found, Garbage):
                self._note(f"skipped {found.data.hex(' ').upper()}: {found.why}")
            elif found.address == self.address:
                self._obey(found)

    def _press_frame(self) -> bytes:
        return bytes(Frame(self.address, PRESSED, bytes([self.pressed or 0])))

    def _obey(self, frame: Frame) -> None:
        if frame.command == EVALUATE:
            if self._acknowledges(frame):
                self.acked, self.due = True, None
                self.face = "thank_you"
                self._note(f"key {self.pressed} acknowledged")
            elif not frame.data:
                self.face = "please_evaluate"
                self._note("asked for an evaluation")
        elif frame.command == SHOW:
            self._show(frame.data)
        elif frame.command == BEEP:
            self.beeps += 1
            self._note("beep")

    def _acknowledges(self, frame: Frame) -> bool:
        """Whether this command 01 answers the outstanding press; without one it can only be an invitation."""
        if self.due is None or self.pressed is None:
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
            self.stars = data[0]
            self._note(f"{data[0]} stars")
        elif data == PAUSED_CELLS:
            self.face = "paused"
            self._note("paused")
        elif data == IDLE_CELLS:
            self.face = "welcome"
            self._note("idle")
        else:
            self.face = "number"
            self.number = "".join("_" if cell == BLANK else f"{cell:X}" for cell in data).lstrip("_")
            self._note(f"number {self.number}")
