"""What a window's pad should be showing, and the frames that bring it there. Pure: state and time in, bytes out."""

from __future__ import annotations

from collections import deque
from dataclasses import dataclass, replace
from enum import StrEnum
from typing import Final

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


INVITATION: Final = "请您评价本次服务"
"""What a pad says aloud that is told its words. Neutral: it names no level."""


@dataclass(frozen=True, slots=True)
class Showing:
    """A sign; for ASK also the token of the evaluation asked for, which tells the next citizen's from this one's.

    `number` is that of the citizen who is there, `clerk` the name of who sits there, for pads that can show them.
    """

    sign: Sign
    evaluation: str = ""
    number: str = ""
    clerk: str = ""


def wanted(state: HallState, window: int) -> Showing:
    """What the pad at a window should show now. An open evaluation beats a pause: that citizen is still there."""
    place = state.windows[window]
    clerk = "" if place.clerk is None else place.clerk.name
    if place.evaluation is not None and place.evaluation.is_open:
        return Showing(Sign.ASK, place.evaluation.token, clerk=clerk)
    if place.state is WindowState.PAUSED:
        return Showing(Sign.PAUSED, clerk=clerk)
    return Showing(Sign.IDLE, number="" if place.ticket is None else place.ticket.number, clerk=clerk)


class PadSession:
    """One life of a pad's line: what it was told last, and until when it thanks. `now`: seconds of a steady clock.

    `beep`: an invitation is to be heard too.
    """

    def __init__(self, dialect: Dialect, address: int, *, beep: bool = False) -> None:
        self._dialect = dialect
        self._address = address
        self._beep = beep
        self._told: Showing | None = None
        self._asked: deque[tuple[float, str]] = deque(maxlen=_REMEMBERED)
        self._thanks_until: float | None = None

    def acknowledge(self, key: int, now: float, serial: int | None = None, *, thank: bool = True) -> list[bytes]:
        """The frames that answer a stored press: the pad thanks from here for THANKS_SECONDS.

        Without `thank` nothing is said that is thanks alone. A pad that thanks on the acknowledgement cannot be kept
        from it (docs/decisions/0011), so it has the same time until it is told again what to show.
        """
        self._thanks_until = now + THANKS_SECONDS
        acknowledged = self._dialect.acknowledge(self._address, key, serial)
        return _sent(acknowledged, self._dialect.thank_you(self._address) if thank else None)

    def frames(self, goal: Showing, now: float) -> list[bytes]:
        """The frames that make the pad show `goal`; none while it shows that already, or thanks.

        Only an invitation to the next citizen cuts the thanks short.
        """
        told = self._told
        thanked = self._thanks_until is not None
        if self._thanks_until is not None:
            answered = told.evaluation if told else ""
            next_citizen = goal.sign is Sign.ASK and goal.evaluation != answered
            if now < self._thanks_until and not next_citizen:
                return []
            self._thanks_until = None
        elif goal == told:
            return []
        self._told = goal
        self._asked.append((now, goal.evaluation))
        # The invitation leaves first: a press is dated by it, and the other frames take their time.
        frames: list[bytes | None] = []
        if thanked or told is None or replace(told, clerk=goal.clerk) != goal:
            frames = self._sign(goal, told, thanked=thanked)
        if goal.clerk and (told is None or told.clerk != goal.clerk):
            frames.append(self._dialect.show_staff(self._address, goal.clerk))
        return _sent(*frames)

    def asked_at(self, tick: float) -> str:
        """The token of the evaluation that the pad had been told to ask for by `tick`; "" for none."""
        return next((token for told, token in reversed(self._asked) if told <= tick), "")

    def due_in(self, now: float) -> float | None:
        """Seconds until `frames` has something to say by time alone; None when nothing is waiting for its time."""
        return None if self._thanks_until is None else max(0.0, self._thanks_until - now)

    def _sign(self, goal: Showing, told: Showing | None, *, thanked: bool) -> list[bytes | None]:
        before = None if told is None else told.sign
        if goal.sign is Sign.ASK:
            sound = self._dialect.beep(self._address) if self._beep else None
            return [self._dialect.ask(self._address), sound, self._dialect.speak(self._address, INVITATION)]
        withdrawn = self._dialect.cancel(self._address) if before is Sign.ASK and not thanked else None
        if goal.sign is Sign.PAUSED:
            return [withdrawn, self._dialect.pause(self._address)]
        number = self._number(goal.number)
        if before is Sign.PAUSED:
            return [self._dialect.resume(self._address), number]
        return [withdrawn, number or self._dialect.idle(self._address)]

    def _number(self, number: str) -> bytes | None:
        """None for a number that this pad cannot show."""
        try:
            return self._dialect.show_number(self._address, number) if number else None
        except ValueError:
            return None


def _sent(*frames: bytes | None) -> list[bytes]:
    """The frames that this kind of pad has."""
    return [frame for frame in frames if frame]
