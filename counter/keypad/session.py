"""What a keypad should be showing, and the frames that bring it there. Pure: state and time in, bytes out."""

from __future__ import annotations

from collections import deque
from dataclasses import dataclass
from datetime import datetime
from enum import StrEnum
from typing import Final

from counter.keypad.dialects import PAUSED_TEXT, SIGNED_OUT_TEXT, Dialect
from server.hall.dispatch import waiting_for
from server.hall.state import HallState
from server.hall.window import Window, WindowState

NOTICE_SECONDS: Final = 3.0
"""How long a keypad says what was wrong with a press."""
_REMEMBERED: Final = 10.0
"""Seconds: longer than any press is under way."""


class Face(StrEnum):
    SIGNED_OUT = "signed_out"
    PAUSED = "paused"
    IDLE = "idle"
    NUMBER = "number"


@dataclass(frozen=True, slots=True)
class Showing:
    """A face; `ticket` is the id of the number shown, "" for none."""

    face: Face
    waiting: int = 0
    number: str = ""
    ticket: str = ""


def wanted(state: HallState, number: int, person: str | None, at: datetime) -> Showing:
    """What the keypad at window `number` should show now; `person` signed in there."""
    window = state.window(number)
    if not is_theirs(window, person):
        return Showing(Face.SIGNED_OUT)
    waiting = waiting_for(state, window, at)
    ticket = window.ticket
    if ticket is not None:
        return Showing(Face.NUMBER, waiting, ticket.number, ticket.id)
    return Showing(Face.PAUSED if window.state is WindowState.PAUSED else Face.IDLE, waiting)


def is_theirs(window: Window, person: str | None) -> bool:
    """Whether it is still this person who sits there."""
    return person is not None and window.clerk is not None and window.clerk.username == person


class KeypadSession:
    """One life of a keypad's line: what it was told, and until when a notice stands. `now`: a steady clock."""

    def __init__(self, dialect: Dialect, address: int) -> None:
        self._dialect = dialect
        self._address = address
        self._goal: Showing | None = None
        self._text: str | None = None
        self._notice: tuple[str, float] | None = None
        self._told: deque[tuple[float, str | None]] = deque([(float("-inf"), None)])

    def notice(self, text: str, now: float) -> None:
        """From `now` on, and for NOTICE_SECONDS, this is shown."""
        self._notice = (text, now + NOTICE_SECONDS)

    def clear(self) -> None:
        """A notice goes, and what should be there is shown anew."""
        self._notice = None
        self._text = None

    def unsure(self) -> None:
        """The keypad may show something else by now: what its clerk typed."""
        self._text = None

    def seen_at(self, tick: float) -> str | None:
        """The ticket that the keypad showed then, "" for none; None when it had not been told anything yet."""
        return next((ticket for told, ticket in reversed(self._told) if told <= tick), None)

    def frames(self, goal: Showing | None, now: float) -> list[bytes]:
        """The frames that make the keypad show `goal`, or the notice that still stands; none while it shows that.

        None: the hall cannot be asked. What is shown stays so then, but for a notice.
        """
        if self._notice is not None and now >= self._notice[1]:
            self._notice = None
        frames = []
        if goal is not None:
            if self._has_come(goal):
                frames.append(self._dialect.beep(self._address))
            self._goal = goal
        text = self._text
        if self._notice is not None:
            text = self._notice[0]
        elif goal is not None:
            text = self._text_of(goal)
            self._tell(goal.ticket, now)
        if text is not None and text != self._text:
            self._text = text
            frames.append(self._dialect.show(self._address, text))
        return frames

    def _tell(self, ticket: str, now: float) -> None:
        if self._told[-1][1] != ticket:
            self._told.append((now, ticket))
            while len(self._told) > 1 and self._told[1][0] < now - _REMEMBERED:
                self._told.popleft()

    def due_in(self, now: float) -> float | None:
        """Seconds until `frames` has something to say by time alone; None when nothing is waiting for its time."""
        return None if self._notice is None else max(0.0, self._notice[1] - now)

    def _has_come(self, goal: Showing) -> bool:
        """Whether the first citizen has come to a window where nobody was waiting."""
        before = self._goal
        return before is not None and before.face is goal.face is Face.IDLE and before.waiting == 0 < goal.waiting

    def _text_of(self, goal: Showing) -> str:
        match goal.face:
            case Face.SIGNED_OUT:
                return SIGNED_OUT_TEXT
            case Face.PAUSED:
                return PAUSED_TEXT
            case Face.IDLE:
                return self._dialect.idle(goal.waiting)
        return self._dialect.number(goal.number, goal.waiting)
