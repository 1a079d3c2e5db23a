"""What goes between the server and an agent on whose PC pads hang."""

from __future__ import annotations

from typing import Annotated, Final

from pydantic import Field, StringConstraints

from evaluator.session import Showing
from server.config.devices import PadSettings
from server.hall.commands import PressKey
from server.messages import Message
from server.messages.letters import Mark, SteadyTime

PATH: Final = "agent/pads"
"""Under `/api/v1`."""
_LONGEST_REASON: Final = 200

Word = Annotated[str, StringConstraints(max_length=40)]
Window = Annotated[int, Field(ge=1, le=999)]


class PadState(Message):
    """How a pad is: `state` as agents tell it, and why."""

    state: Word
    reason: Annotated[str, StringConstraints(max_length=_LONGEST_REASON)] | None = None

    @classmethod
    def of(cls, state: str, reason: str | None) -> PadState:
        """Of a reason that is longer than anybody reads only the beginning."""
        return cls(state=state, reason=None if reason is None else reason[:_LONGEST_REASON])


class Goal(Message):
    """What a pad should show. `lasts`: seconds after which it asks no more, also when nothing else is heard."""

    showing: Showing
    lasts: float | None = None


class PadsPollIn(Message):
    """What an agent has at the moment `now`. `run` is this life of its process, `turn` counts its polls.

    `shows`: by window, what it was told last. `taken_back`: what came of each order of the last answer to take a pad
    back, as `server.terminal.TakesBack` answers.
    """

    agent: Word
    run: Mark
    turn: Annotated[int, Field(ge=1)]
    now: SteadyTime
    shows: dict[Window, Showing]
    pads: dict[Window, PadState]
    taken_back: dict[Mark, bool | None]


class PadsPollOut(Message):
    """`pads`: those that the configuration places at the agent; `goals` by their windows.

    `take_back`: the window of each pad that a leader wants to be believed again, until the agent has said what came of
    it. An order is one mark, and done once however often it is told.
    """

    pads: list[PadSettings]
    goals: dict[Window, Goal]
    take_back: dict[Mark, Window]


class PadsSaid(Message):
    """A letter's body: a press, and until when it was made. Its age is for the reader to tell."""

    press: PressKey
    at: SteadyTime
