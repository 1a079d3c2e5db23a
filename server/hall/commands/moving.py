"""挂起 and 转移: a service that goes on later, or elsewhere."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime
from enum import StrEnum

from server.hall.commands.command import Command
from server.hall.facts import TicketFacts
from server.hall.hold import HoldKind


@dataclass(frozen=True, slots=True)
class HoldTicket(Command[TicketFacts]):
    """挂起. The window is free for the next citizen. `until` is when the hold should end; 等待 ends by itself then."""

    window: int
    staff: str
    kind: HoldKind
    reason: str = ""
    until: datetime | None = None
    seen: str | None = None


@dataclass(frozen=True, slots=True)
class ResumeTicket(Command[TicketFacts]):
    """解挂, at a window that is free."""

    window: int
    staff: str
    ticket: str
    seen: str | None = None


class Order(StrEnum):
    """Where a transferred ticket stands: before everybody, by the time it has already waited, or at the end."""

    FIRST = "first"
    KEPT = "kept"
    LAST = "last"


@dataclass(frozen=True, slots=True)
class TransferTicket(Command[TicketFacts]):
    """转移, to a service, a window or a clerk. A window or a clerk may take it for another `service` too.

    `returns`: it comes back to this window afterwards. `note` is for whoever serves it next. `referred`: the clerk says
    that what was done here counts as 转办; a plain transfer has no result.
    """

    window: int
    staff: str
    service: str | None = None
    to_window: int | None = None
    to_staff: str | None = None
    order: Order = Order.KEPT
    returns: bool = False
    note: str = ""
    referred: bool = False
    seen: str | None = None
