"""A ticket, its legs, and the one table of what can happen to it.

Every transition stands in TRANSITIONS; whatever is not there is refused with `IllegalTransition`.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import date, datetime, timedelta
from enum import StrEnum
from types import MappingProxyType

from server.hall.document_notice import DocumentNotice
from server.hall.errors import IllegalTransition
from server.hall.evaluation import Evaluation
from server.hall.first_contact import FirstContact
from server.hall.hold import Hold
from server.hall.line import Position
from server.hall.printing import PrintJob
from server.hall.result import RETURNS, SETTLED, Result


class State(StrEnum):
    WAITING = "waiting"
    CALLED = "called"
    SERVING = "serving"
    HELD = "held"
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
    REJOIN = "rejoin"
    HOLD = "hold"
    RESUME = "resume"
    WAKE = "wake"
    TRANSFER = "transfer"
    UNDO = "undo"
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
        (State.CALLED, Verb.REJOIN): State.WAITING,
        (State.CALLED, Verb.TRANSFER): State.WAITING,
        (State.CALLED, Verb.EXPIRE): State.EXPIRED,
        (State.SERVING, Verb.HOLD): State.HELD,
        (State.SERVING, Verb.TRANSFER): State.WAITING,
        (State.SERVING, Verb.FINISH): State.FINISHED,
        (State.HELD, Verb.RESUME): State.SERVING,
        (State.HELD, Verb.WAKE): State.WAITING,
        (State.HELD, Verb.EXPIRE): State.EXPIRED,
        (State.NO_SHOW, Verb.REJOIN): State.WAITING,
        (State.NO_SHOW, Verb.UNDO): State.CALLED,
        (State.FINISHED, Verb.UNDO): State.SERVING,
    }
)

AT_WINDOW = frozenset({State.CALLED, State.SERVING})
"""The states in which a ticket stands at a window, alone."""


class Finish(StrEnum):
    """What ended a leg: the clerk's 办结, the clerk's next call, 转移, or the close of a day nobody ended it on."""

    CLERK = "clerk"
    NEXT_CALL = "next_call"
    TRANSFER = "transfer"
    DAY_CLOSED = "day_closed"


@dataclass(slots=True)
class Leg:
    """One queue-and-serve of a ticket at one service, with its own window, clerk, times and evaluation.

    `queue` is where it waits: its service's, one window's or one clerk's (`server.hall.dispatch`). `called_at` is its
    first call, `attempt_at` the first call of the present attempt: somebody who was passed may come back and be called
    anew. `held_at` is since when it is on hold; `held_for` adds up earlier holds. `returns_to` is the window that the
    ticket comes back to afterwards, `note` what a colleague wrote for whoever serves it next. `result`: what came of
    it, None while no clerk has ended it; `notices`: 一次性告知书 given out in it.
    """

    index: int
    service: str
    queued_at: datetime
    queue: str = ""
    window: int | None = None
    staff: str | None = None
    called_at: datetime | None = None
    attempt_at: datetime | None = None
    last_called_at: datetime | None = None
    calls: int = 0
    started_at: datetime | None = None
    start_implied: bool = False
    held_at: datetime | None = None
    held_for: timedelta = timedelta()
    ended_at: datetime | None = None
    finish: Finish | None = None
    returns_to: int | None = None
    note: str = ""
    evaluation: Evaluation | None = None
    result: Result | None = None
    notices: tuple[DocumentNotice, ...] = ()

    def __post_init__(self) -> None:
        self.queue = self.queue or self.service

    @property
    def returned(self) -> bool:
        """Whether the citizen was sent away to come again: by the result, or by a notice unless the matter went on."""
        if self.result is not None and self.result.kind in SETTLED:
            return False
        return bool(self.notices) or (self.result is not None and self.result.kind in RETURNS)


@dataclass(slots=True)
class Ticket:
    """One number of one business day.

    `id` (`260111A012`) is for staff and devices; `token` is the citizen's secret, printed in the QR code.
    `position` orders the line: smaller is served earlier. `ahead` and `wait` (minutes: p50, p90) are
    what the citizen was told at issue. `verified`
    says whether a window has seen the proof of its priority class; `then` are the services of a combined visit (联办)
    still to come; `span` is the stretch of the day whose quota it used up; `person` a salted hash of who holds it.
    `moved`: it has stood at more than one window. `first`: who was asked first, where somebody handed it over (首问).
    `paper`: its number stood on paper before the hall knew of it.
    """

    id: str
    number: str
    day: date
    service: str
    priority: str
    position: Position
    token: str
    kiosk: str | None
    issued_at: datetime
    ahead: int
    state: State = State.WAITING
    verified: bool | None = None
    appointment: str | None = None
    person: str | None = None
    span: str | None = None
    then: tuple[str, ...] = ()
    wait: tuple[int, ...] = ()
    hold: Hold | None = None
    moved: bool = False
    first: FirstContact | None = None
    paper: bool = False
    legs: list[Leg] = field(default_factory=list)
    prints: list[PrintJob] = field(default_factory=list)

    @property
    def leg(self) -> Leg:
        """The leg it is in, or was in last."""
        return self.legs[-1]

    @property
    def at_window(self) -> int | None:
        """The window it stands at now."""
        return self.leg.window if self.state in AT_WINDOW else None

    def after(self, verb: Verb) -> State:
        """The state that `verb` leads to; raises IllegalTransition where the table has none."""
        try:
            return TRANSITIONS[self.state, verb]
        except KeyError:
            raise IllegalTransition(number=self.number, state=self.state.value, verb=verb.value) from None
