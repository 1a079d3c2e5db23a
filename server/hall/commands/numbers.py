"""取号 and what a number that waits can be asked for."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime

from server.hall.commands.command import Command
from server.hall.facts import TicketFacts
from server.hall.priority import ORDINARY


@dataclass(frozen=True, slots=True)
class IssueTicket(Command[TicketFacts]):
    """取号. With `printed`, a job for the kiosk's printer is queued in the same breath; at a desk, for `printer`.

    `then`: further services of a combined visit (联办), one after the other under this number. `person`: a salted hash
    of who takes it. `exception`: why a clerk gives one although the person has one already. `wait`: the minutes
    (p50, p90) that the citizen is told; empty: nothing. `withheld`: those that are reckoned and not told.
    """

    service: str
    kiosk: str | None = None
    printed: bool = True
    staff: str | None = None
    priority: str = ORDINARY
    then: tuple[str, ...] = ()
    person: str | None = None
    exception: str | None = None
    printer: str | None = None
    wait: tuple[int, ...] = ()
    withheld: tuple[int, ...] = ()


@dataclass(frozen=True, slots=True)
class EnterPaper(Command[list[TicketFacts]]):
    """Numbers that were given out on paper, all of them or none. `serials` without prefix; `taken_at` None: now."""

    service: str
    serials: tuple[int, ...]
    staff: str
    taken_at: datetime | None = None


@dataclass(frozen=True, slots=True)
class CancelTicket(Command[TicketFacts]):
    ticket: str
    staff: str | None = None


@dataclass(frozen=True, slots=True)
class RejoinTicket(Command[TicketFacts]):
    """Back in line: after a no-show by a clerk or at a kiosk, or straight from a call by the clerk who made it.

    `last`: at the end, rather than where the hall's rule puts those who come back.
    """

    ticket: str
    staff: str | None = None
    kiosk: str | None = None
    last: bool = False


@dataclass(frozen=True, slots=True)
class GivePriority(Command[TicketFacts]):
    """A clerk sees what the kiosk could not. The ticket keeps its turn within its new class."""

    ticket: str
    priority: str
    reason: str
    staff: str
