"""Why a press was not done, as a keypad says it: 99 on the left, then a two-digit code (a table in docs/clerk.md)."""

from __future__ import annotations

from enum import IntEnum

from server.hall import errors as no


class Trouble(IntEnum):
    NOT_SIGNED_IN = 11
    UNKNOWN_CODE = 12
    LOCKED = 13
    NOT_YOURS = 14
    WINDOW_PAUSED = 21
    WINDOW_NOT_PAUSED = 22
    WINDOW_BUSY = 23
    SITS_ELSEWHERE = 24
    NOBODY_HERE = 31
    NOT_NOW = 32
    CALL_AGAIN_FIRST = 33
    CHANGED_MEANWHILE = 34
    NO_SUCH_NUMBER = 41
    SEVERAL_NUMBERS = 42
    NOBODY_HELD = 43
    NO_SUCH_WINDOW = 44
    NO_SUCH_KEY = 51
    TOO_OLD = 61
    HALL_AWAY = 71
    REFUSED = 79

    @property
    def text(self) -> str:
        """No number begins with 99 and two blanks: they have three digits."""
        return f"99__{self.value}"


_TROUBLES: tuple[tuple[type[no.HallError], Trouble], ...] = (
    (no.WindowClosed, Trouble.NOT_SIGNED_IN),
    (no.NotYourWindow, Trouble.NOT_YOURS),
    (no.WindowPaused, Trouble.WINDOW_PAUSED),
    (no.WindowNotPaused, Trouble.WINDOW_NOT_PAUSED),
    (no.WindowBusy, Trouble.WINDOW_BUSY),
    (no.SitsElsewhere, Trouble.SITS_ELSEWHERE),
    (no.NoOpenTicket, Trouble.NOBODY_HERE),
    (no.IllegalTransition, Trouble.NOT_NOW),
    (no.NotCalledEnough, Trouble.CALL_AGAIN_FIRST),
    (no.StaleScreen, Trouble.CHANGED_MEANWHILE),
    (no.UnknownTarget, Trouble.NO_SUCH_WINDOW),
    (no.UnknownWindow, Trouble.NO_SUCH_WINDOW),
    (no.UnknownTicket, Trouble.NO_SUCH_NUMBER),
    (no.HeldElsewhere, Trouble.NOBODY_HELD),
)


def trouble_of(error: no.HallError) -> Trouble:
    return next((trouble for kind, trouble in _TROUBLES if isinstance(error, kind)), Trouble.REFUSED)
