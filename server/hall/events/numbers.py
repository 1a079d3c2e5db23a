"""Numbers taken, waiting and given back."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime

from server.hall.events.event import Event


@dataclass(frozen=True, slots=True, kw_only=True)
class TicketIssued(Event):
    """`then`: the services of a combined visit that follow. `span`: the start of the stretch of the day whose quota it
    used, None where that does not count. `exception`: why a rule was set aside. `turn`: an appointment's own place.
    `wait`: the minutes (p50, p90) that the citizen was told; empty: nothing. `withheld`: those that they were not told,
    because too little of what was told of late had come true.
    `paper`: it stood on paper already, and was taken at `turn`.
    """

    kind = "ticket_issued"
    number: str
    serial: int
    prefix: str
    service: str
    priority: str
    token: str
    kiosk: str | None
    ahead: int
    then: tuple[str, ...] = ()
    person: str | None = None
    exception: str | None = None
    span: str | None = None
    appointment: str | None = None
    turn: datetime | None = None
    wait: tuple[int, ...] = ()
    withheld: tuple[int, ...] = ()
    paper: bool = False


@dataclass(frozen=True, slots=True, kw_only=True)
class TicketRejoined(Event):
    """Back in its line, with a turn that counts from `turn`; None: from now. `queue`: in that one from now on."""

    kind = "ticket_rejoined"
    kiosk: str | None = None
    turn: datetime | None = None
    queue: str = ""


@dataclass(frozen=True, slots=True, kw_only=True)
class TicketRequeued(Event):
    """Whoever it waited for has left: it waits in `queue` instead, in its turn."""

    kind = "ticket_requeued"
    queue: str


@dataclass(frozen=True, slots=True, kw_only=True)
class TicketCancelled(Event):
    kind = "ticket_cancelled"


@dataclass(frozen=True, slots=True, kw_only=True)
class TicketExpired(Event):
    """The day closed before it was served. Never counted as served."""

    kind = "ticket_expired"


@dataclass(frozen=True, slots=True, kw_only=True)
class PriorityGiven(Event):
    kind = "priority_given"
    priority: str
    reason: str


@dataclass(frozen=True, slots=True, kw_only=True)
class PriorityVerified(Event):
    """A window has looked at the proof, and found it or not."""

    kind = "priority_verified"
    verified: bool
