"""What the keys mean in each firmware dialect, as tables (row 1b of the protocol survey), and what such a keypad shows.

`READ` rows were read in the programs of that name, `OURS` are our choice where those are silent: no keypad was at hand,
so press each key once before the hall opens, as docs/installer.md says.

HallQueFront knows no 开始 without digits, no resume, and takes 0+等候 for "the next one gets ready"; here that key
holds the citizen at the window (挂起), and 3+功能 resumes as QueueSystem has it. QueueSystem knows no login at its
keypads, no call by number, and ends a pause with whatever is pressed next; here login, logout and the end of one are
as in HallQueFront, and digits before 呼叫 call that number. Its 转移 without digits gives the number back to its queue.

The two acknowledge differently: QueueSystem repeats the whole frame; HallQueFront says nothing but what is to be shown,
which therefore goes out after every press.
"""

from __future__ import annotations

from dataclasses import dataclass
from enum import StrEnum
from typing import Final, Literal

from counter.keypad.keys import BEEP, BLANK_TEXT, Key, Typed, cells_of
from server.device.frames.hallqueue import Frame
from server.device.frames.hallqueue_digits import CELLS, SHOW

_MOST_WAITING: Final = 999


class Action(StrEnum):
    """What a press asks for."""

    LOGIN = "login"
    LOGOUT = "logout"
    NEXT = "next"
    CALL = "call"
    RECALL = "recall"
    START = "start"
    FINISH = "finish"
    HOLD = "hold"
    RESUME = "resume"
    TRANSFER = "transfer"
    GIVE_BACK = "give_back"
    NO_SHOW = "no_show"
    PAUSE = "pause"
    REOPEN = "reopen"
    ADDRESS = "address"
    CLEAR = "clear"


Source = Literal["read", "ours"]
READ: Final[Source] = "read"
OURS: Final[Source] = "ours"
SOME: Final = "n"
"""Any digits, at least one."""
CODE: Final = "code"
"""Two digits or more."""
ALL: Final = "*"
"""Any digits, or none."""


@dataclass(frozen=True, slots=True)
class Rule:
    """`digits`: exactly these, or SOME, CODE or ALL. `source`: how we know."""

    key: Key
    digits: str
    action: Action
    source: Source

    def fits(self, typed: Typed) -> bool:
        if typed.key is not self.key:
            return False
        match self.digits:
            case "n":
                return typed.digits != ""
            case "code":
                return len(typed.digits) > 1
            case "*":
                return True
        return typed.digits == self.digits


_BOTH: Final = (
    Rule(Key.CALL, "", Action.NEXT, READ),
    Rule(Key.RECALL, "", Action.RECALL, READ),
    Rule(Key.WAIT, "", Action.FINISH, READ),
    Rule(Key.START, "", Action.START, OURS),
    Rule(Key.CANCEL, ALL, Action.CLEAR, READ),
    Rule(Key.PAUSE, "", Action.PAUSE, READ),
    Rule(Key.TRANSFER, SOME, Action.TRANSFER, OURS),
)

_HALLQUEUEFRONT: Final = (
    Rule(Key.CALL, SOME, Action.CALL, READ),
    Rule(Key.WAIT, "0", Action.HOLD, OURS),
    Rule(Key.START, SOME, Action.TRANSFER, READ),
    Rule(Key.FUNCTION, "0", Action.PAUSE, READ),
    Rule(Key.FUNCTION, "2", Action.REOPEN, READ),
    Rule(Key.FUNCTION, "3", Action.RESUME, OURS),
    Rule(Key.FUNCTION, "4", Action.LOGOUT, READ),
    Rule(Key.FUNCTION, "5", Action.NO_SHOW, READ),
    Rule(Key.FUNCTION, "8", Action.ADDRESS, READ),
    Rule(Key.FUNCTION, CODE, Action.LOGIN, READ),
)
"""6 保安 and 7 经理 are known and not done here: they are answered as keys without a meaning."""

_QUEUESYSTEM: Final = (
    Rule(Key.CALL, SOME, Action.CALL, OURS),
    Rule(Key.FUNCTION, "0", Action.HOLD, READ),
    Rule(Key.FUNCTION, "2", Action.REOPEN, OURS),
    Rule(Key.FUNCTION, "3", Action.RESUME, READ),
    Rule(Key.FUNCTION, "4", Action.LOGOUT, OURS),
    Rule(Key.FUNCTION, "6", Action.NO_SHOW, READ),
    Rule(Key.FUNCTION, "8", Action.ADDRESS, OURS),
    Rule(Key.FUNCTION, CODE, Action.LOGIN, OURS),
    Rule(Key.TRANSFER, "", Action.GIVE_BACK, READ),
)


@dataclass(frozen=True, slots=True)
class Dialect:
    """`name` as in config.yaml. `echoes`: whether a press is acknowledged by its own frame."""

    name: str
    rules: tuple[Rule, ...]
    echoes: bool

    def action(self, typed: Typed) -> Action | None:
        """None for a key that means nothing."""
        return next((rule.action for rule in self.rules if rule.fits(typed)), None)

    def acknowledge(self, address: int, typed: Typed) -> bytes | None:
        """None where what is shown is the answer."""
        return bytes(Frame(address, typed.command, bytes(typed))) if self.echoes else None

    def show(self, address: int, text: str) -> bytes:
        """Digits and blanks (`_`) on the keypad."""
        return bytes(Frame(address, SHOW, cells_of(text)))

    def beep(self, address: int) -> bytes:
        return bytes(Frame(address, BEEP))

    def number(self, number: str, waiting: int) -> str:
        """What stands on the keypad while a number is at the window: its digits.

        HallQueFront puts how many wait behind them; QueueSystem has the last three alone, on the right.
        """
        digits = "".join(sign for sign in number if sign in "0123456789")
        if self.echoes:
            return digits[-3:].rjust(CELLS, "_")
        return f"{digits[-CELLS:]}_{min(waiting, _MOST_WAITING)}"

    def idle(self, waiting: int) -> str:
        """How many wait, while nobody is at the window: on the left in QueueSystem, behind a blank in HallQueFront."""
        count = min(waiting, _MOST_WAITING)
        return f"{count:03}".ljust(CELLS, "_") if self.echoes else f"_{count}"


PAUSED_TEXT: Final = BLANK_TEXT
SIGNED_OUT_TEXT: Final = "0" * CELLS
"""Ours: someone has to sign in."""

dialects: dict[str, Dialect] = {
    dialect.name: dialect
    for dialect in (
        Dialect("hallqueuefront", _BOTH + _HALLQUEUEFRONT, echoes=False),
        Dialect("queuesystem", _BOTH + _QUEUESYSTEM, echoes=True),
    )
}
"""Every dialect by the name config.yaml uses for it."""
