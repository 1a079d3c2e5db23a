"""A ticket, its legs, and the one table of what can happen to it.

Every transition stands in TRANSITIONS; whatever is not there is refused with `IllegalTransition`.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import date, datetime
from enum import StrEnum
from types import MappingProxyType

from server.hall.errors import IllegalTransition
from server.hall.evaluation import Evaluation
from server.hall.printing import PrintJob


class State(StrEnum):
    WAITING = "waiting"
    CALLED = "called"
    SERVING = "serving"
    FINISHED = "finished"
    NO_SHOW = "no_show"
    CANCELLED = "cancelled"
    EXPIRED = "expired"

    # Enum members hash through Python code unless told otherwise, and the table is asked for every command.
    __hash__ = str.__hash__


class Verb(StrEnum):
    CALL = "call"
    RECALL = "recall"
    START = "start"
    FINISH = "finish"
    NO_SHOW = "no_show"
    CANCEL = "cancel"
    EXPIRE = "expire"

    __hash__ = str.__hash__


TRANSITIONS: Mapping[tuple[State, Verb], State] = MappingProxyType(
    {
        (State.WAITING, Verb.CALL): State.CALLED,
        (State.WAITING, Verb.CANCEL): State.CANCELLED,
        (State.WAITING, Verb.EXPIRE): State.EXPIRED,
        (State.CALLED, Verb.RECALL): State.CALLED,
        (State.CALLED, Verb.START): State.SERVING,
        (State.CALLED, Verb.NO_SHOW): State.NO_SHOW,
        (State.CALLED, Verb.EXPIRE): State.EXPIRED,
        (State.SERVING, Verb.FINISH): State.FINISHED,
    }
)


class Finish(StrEnum):
    """What ended a service: the clerk's 办结, the clerk's next call, or the close of a day nobody ended it on."""

    CLERK = "clerk"
    NEXT_CALL = "next_call"
    DAY_CLOSED = "day_closed"


@dataclass(slots=True)
class Leg:
    """One queue-and-serve of a ticket at one service, with its own window, clerk, times and evaluation."""

    index: int
    service: str
    queued_at: datetime
    window: int | None = None
    staff: str | None = None
    called_at: datetime | None = None
    last_called_at: datetime | None = None
    calls: int = 0
    started_at: datetime | None = None
    start_implied: bool = False
    ended_at: datetime | None = None
    finish: Finish | None = None
    evaluation: Evaluation | None = None


@dataclass(slots=True)
class Ticket:
    """One number of one business day.

    `id` (`260111A012`) is for staff and devices; `token` is the citizen's secret, printed in the QR code.
    `position` orders the line: smaller is served earlier. `ahead` is what the citizen was told at issue.
    """

    id: str
    number: str
    day: date
    service: str
    priority: str
    position: int
    token: str
    kiosk: str | None
    issued_at: datetime
    ahead: int
    state: State = State.WAITING
    legs: list[Leg] = field(default_factory=list)
    prints: list[PrintJob] = field(default_factory=list)

    @property
    def leg(self) -> Leg:
        """The leg it is in, or was in last."""
        return self.legs[-1]

    def after(self, verb: Verb) -> State:
        """The state that `verb` leads to; raises IllegalTransition where the table has none."""
        try:
            return TRANSITIONS[self.state, verb]
        except KeyError:
            raise IllegalTransition(number=self.number, state=self.state.value, verb=verb.value) from None
