"""What every pad is: a display, keys, and a press that is sent until it is heard. How it is said is each dialect's.

Sans-IO: bytes and the time come in, bytes go out.
"""

from __future__ import annotations

from abc import ABC, abstractmethod
from collections.abc import Callable

from evaluator.dialects import Say
from evaluator.virtual_pad.faces import FACES, Face

TRIES = 3
RETRY_SECONDS = 0.5
_FACES: dict[Say, Face] = {
    Say.WELCOME: "welcome",
    Say.RESUME: "welcome",
    Say.CANCEL: "welcome",
    Say.ASK: "please_evaluate",
    Say.THANK_YOU: "thank_you",
    Say.PAUSE: "paused",
}
_NOTES: dict[Say, str] = {
    Say.WELCOME: "idle",
    Say.RESUME: "idle",
    Say.CANCEL: "the invitation is withdrawn",
    Say.ASK: "asked for an evaluation",
    Say.THANK_YOU: "thanks",
    Say.PAUSE: "paused",
    Say.NUMBER: "number {}",
    Say.STAFF: "served by {}",
    Say.STARS: "{} stars",
    Say.VOICE: "says {}",
    Say.BEEP: "beep",
}


class PadDevice(ABC):
    """One pad at `address`.

    A press is sent at once and again every half second until it is acknowledged, three times in all; then the pad
    gives up. Only the latest press is sent again. How often real firmware repeats is not documented; this is ours.
    """

    def __init__(self, address: int, note: Callable[[str], None]) -> None:
        self.address = address
        self.face: Face = "welcome"
        self.number = ""
        self.clerk = ""
        self.stars: int | None = None
        self.beeps = 0
        self.pressed: int | None = None
        self.tries = 0
        self.acked = False
        self.due: float | None = None
        """When `wake` has something to do, on the caller's clock; None when nothing is outstanding."""
        self.note = note

    @property
    def showing(self) -> str:
        """The text on the display."""
        return self.number if self.face == "number" else FACES[self.face].zh

    @property
    def prompted(self) -> bool:
        """Whether an evaluation is being asked for."""
        return self.face == "please_evaluate"

    @property
    def sending(self) -> str:
        """The latest press."""
        return f"key {self.pressed}"

    @property
    def waiting(self) -> bool:
        """Whether the latest press is still to be acknowledged."""
        return self.due is not None

    def press(self, key: int, now: float) -> bytes:
        """A finger on `key` (raw key); answers the bytes to send."""
        self.pressed, self.tries, self.acked = key, 1, False
        self.due = now + RETRY_SECONDS
        return self._press_frame()

    def wake(self, now: float) -> bytes:
        """Bytes to send again, when the time for it has come; else nothing."""
        if self.due is None or now < self.due:
            return b""
        if self.tries == TRIES:
            self.due = None
            self.note(f"key {self.pressed} was not acknowledged after {TRIES} tries")
            return b""
        self.tries += 1
        self.due = now + RETRY_SECONDS
        return self._press_frame()

    @abstractmethod
    def receive(self, data: bytes) -> bytes:
        """Do what the bytes say and answer what is said to that; frames for other pads on the line are ignored."""

    @abstractmethod
    def _press_frame(self) -> bytes:
        """The latest press as it is sent."""

    def _is_acknowledged(self) -> None:
        self.acked, self.due = True, None
        self.face = "thank_you"
        self.note(f"key {self.pressed} acknowledged")

    def _told(self, say: Say, text: str = "") -> None:
        """Show or do what this pad was told."""
        self.face = _FACES.get(say, self.face)
        match say:
            case Say.NUMBER:
                self.face, self.number = "number", text
            case Say.STAFF:
                self.clerk = text
            case Say.STARS:
                self.stars = int(text)
            case Say.BEEP:
                self.beeps += 1
        self.note(_NOTES[say].format(text))
