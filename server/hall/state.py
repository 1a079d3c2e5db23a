"""Everything a hall knows of its open business day. Only `server.hall.apply` changes it, and `replanning` its plan."""

from __future__ import annotations

from collections import defaultdict
from dataclasses import dataclass, field
from datetime import date, datetime

from server.hall.dispatch import Line, LineKey
from server.hall.errors import UnknownService, UnknownTicket, UnknownWindow
from server.hall.evaluation import Evaluation
from server.hall.plan import HallPlan, Service
from server.hall.printing import PrintJob
from server.hall.ticket import State, Ticket
from server.hall.window import Window


@dataclass(frozen=True, slots=True)
class Call:
    """A call as the hall heard it; `seq` names it for whoever speaks it."""

    seq: int
    at: datetime
    ticket: Ticket
    window: int
    count: int


@dataclass(slots=True)
class HallState:
    """One hall, today. `seq` is that of the last event applied, `now` its time: time never runs backwards here.

    `next_lapse` is when the first of the open evaluations runs out. `touched` collects the tickets that events changed,
    for whoever keeps a copy of them; that one empties it.
    """

    plan: HallPlan
    windows: dict[int, Window]
    seq: int = 0
    now: datetime | None = None
    day: date | None = None
    day_ends: datetime | None = None
    tickets: dict[str, Ticket] = field(default_factory=dict)
    tokens: dict[str, str] = field(default_factory=dict)
    serials: defaultdict[str, int] = field(default_factory=lambda: defaultdict(int))
    lines: defaultdict[LineKey, Line] = field(default_factory=lambda: defaultdict(Line))
    evaluations: dict[str, Evaluation] = field(default_factory=dict)
    next_lapse: datetime | None = None
    prints: dict[str, PrintJob] = field(default_factory=dict)
    calls: list[Call] = field(default_factory=list)
    touched: dict[str, Ticket] = field(default_factory=dict, compare=False)

    @classmethod
    def of(cls, plan: HallPlan) -> HallState:
        return cls(plan=plan, windows={w.number: Window(w.number, w.services) for w in plan.windows.values()})

    def window(self, number: int) -> Window:
        try:
            return self.windows[number]
        except KeyError:
            raise UnknownWindow(window=number) from None

    def ticket(self, ref: str) -> Ticket:
        """By id or by the citizen's token."""
        ticket = self.tickets.get(self.tokens.get(ref, ref))
        if ticket is None:
            raise UnknownTicket(ticket=ref)
        return ticket

    def service(self, code: str) -> Service:
        try:
            return self.plan.services[code]
        except KeyError:
            raise UnknownService(service=code) from None

    def waiting(self, service: str) -> int:
        """How many wait for a service, all classes together."""
        return sum(len(self.lines[service, c]) for c in self.plan.classes if (service, c) in self.lines)

    def ahead(self, ticket: Ticket) -> int:
        """How many stand before a waiting ticket at its service; 0 once it has been called."""
        if ticket.state is not State.WAITING:
            return 0
        lines = (self.lines[ticket.service, c] for c in self.plan.classes if (ticket.service, c) in self.lines)
        return sum(line.ahead_of(ticket.position) for line in lines)
