"""What a window's pad should be showing, and the frames that bring it there. Pure: state and time in, bytes out."""

from __future__ import annotations

from collections import deque
from dataclasses import dataclass
from enum import StrEnum

from evaluator.dialects import Dialect
from server.hall.state import HallState
from server.hall.window import WindowState

THANKS_SECONDS = 3.0
"""How long a pad says 谢谢, whatever was pressed."""
_REMEMBERED = 16
"""Signs: more than a pad is told within the life of one press."""


class Sign(StrEnum):
    """What a pad can be told to show."""

    ASK = "ask"
    PAUSED = "paused"
    IDLE = "idle"


@dataclass(frozen=True, slots=True)
class Showing:
    """A sign; for ASK also the token of the evaluation asked for, which tells the next citizen's from this one's."""

    sign: Sign
    evaluation: str = ""


def wanted(state: HallState, window: int) -> Showing:
    """What the pad at a window should show now. An open evaluation beats a pause: that citizen is still there."""
    place = state.windows[window]
    if place.evaluation is not None and place.evaluation.is_open:
        return Showing(Sign.ASK, place.evaluation.token)
    return Showing(Sign.PAUSED if place.state is WindowState.PAUSED else Sign.IDLE)


class PadSession:
    """One life of a pad's line: what it was told last, and until when it thanks. `now`: seconds of a steady clock."""

    def __init__(self, dialect: Dialect, address: int) -> None:
        self._dialect = dialect
        self._address = address
        self._told: Showing | None = None
        self._asked: deque[tuple[float, str]] = deque(maxlen=_REMEMBERED)
        self._thanks_until: float | None = None

    def acknowledge(self, key: int, now: float) -> list[bytes]:
        """The frames that answer a stored press: the pad thanks from here for THANKS_SECONDS."""
        self._thanks_until = now + THANKS_SECONDS
        return _sent(self._dialect.acknowledge(self._address, key), self._dialect.thank_you(self._address))

    def frames(self, goal: Showing, now: float) -> list[bytes]:
        """The frames that make the pad show `goal`; none while it shows that already, or thanks.

        Only an invitation to the next citizen cuts the thanks short.
        """
        if self._thanks_until is not None:
            answered = self._told.evaluation if self._told else ""
            next_citizen = goal.sign is Sign.ASK and goal.evaluation != answered
            if now < self._thanks_until and not next_citizen:
                return []
            self._thanks_until = None
        elif goal == self._told:
            return []
        was_paused = self._told is not None and self._told.sign is Sign.PAUSED
        self._told = goal
        self._asked.append((now, goal.evaluation))
        return _sent(self._frame(goal.sign, was_paused))

    def asked_at(self, tick: float) -> str:
        """The token of the evaluation that the pad had been told to ask for by `tick`; "" for none."""
        return next((token for told, token in reversed(self._asked) if told <= tick), "")

    def due_in(self, now: float) -> float | None:
        """Seconds until `frames` has something to say by time alone; None when nothing is waiting for its time."""
        return None if self._thanks_until is None else max(0.0, self._thanks_until - now)

    def _frame(self, sign: Sign, was_paused: bool) -> bytes | None:
        if sign is Sign.ASK:
            return self._dialect.ask(self._address)
        if sign is Sign.PAUSED:
            return self._dialect.pause(self._address)
        return self._dialect.resume(self._address) if was_paused else self._dialect.idle(self._address)


def _sent(*frames: bytes | None) -> list[bytes]:
    """The frames that this kind of pad has."""
    return [frame for frame in frames if frame]
