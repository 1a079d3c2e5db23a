"""A window as it stands: who sits there, what is open, why it is paused."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime
from enum import StrEnum

from server.hall.evaluation import Evaluation
from server.hall.hand_over import HandOver
from server.hall.ticket import Ticket


class WindowState(StrEnum):
    CLOSED = "closed"
    OPEN = "open"
    PAUSED = "paused"


@dataclass(frozen=True, slots=True)
class Clerk:
    """Who signed in: the account, the name on the card, the work number (工号), and the id of a photo."""

    username: str
    name: str
    number: str = ""
    post: str = ""
    photo: str | None = None


@dataclass(frozen=True, slots=True)
class Pause:
    """去向留言: why a window is away, since when, and when it will be back."""

    reason: str
    since: datetime
    until: datetime | None = None


@dataclass(slots=True)
class Window:
    """`services` are those it handles now; `services_set` says that today differs from the configuration.

    `undoable` is the ticket whose finish or no-show was the last thing that happened here, and when. `hand_over` is the
    last one of the day, read or not.
    """

    number: int
    services: tuple[str, ...]
    services_set: bool = False
    state: WindowState = WindowState.CLOSED
    clerk: Clerk | None = None
    ticket: Ticket | None = None
    pause: Pause | None = None
    evaluation: Evaluation | None = None
    undoable: tuple[str, datetime] | None = None
    hand_over: HandOver | None = None
