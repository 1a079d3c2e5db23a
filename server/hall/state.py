"""Everything a hall knows of its open business day. Only `server.hall.apply` changes it, and `replanning` its plan."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterator
from dataclasses import dataclass, field
from datetime import date, datetime

from server.hall.announcement import Announcement
from server.hall.appointment import Appointment
from server.hall.attendance import Attendance
from server.hall.errors import (
    UnknownAnnouncement,
    UnknownAppointment,
    UnknownNotice,
    UnknownService,
    UnknownTicket,
    UnknownWindow,
)
from server.hall.evaluation import Ballot, Evaluation
from server.hall.hand_over import HandOver
from server.hall.line import Line
from server.hall.low_rating import Case, case_id
from server.hall.notice import Notice
from server.hall.plan import HallPlan, Service
from server.hall.printing import PrintJob
from server.hall.roster import Roster
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

    `queues` holds a line for each queue and priority class in which somebody waits (`server.hall.queues`). `next_lapse`
    is when the first of the open evaluations runs out, `next_wake` when the first ticket on hold wakes, `next_give_up`
    when the first closed window that was handed over is waited for no longer. `serials` are the last numbers that were
    given, without those on paper; `attendance` and `hand_overs` are the day's. `taken` counts
    the numbers of a service and a stretch of the day, `suspended` says why a service gives none, `persons` finds the
    tickets of a person, `codes` an appointment by its code. Appointments are kept until their day is over,
    `notices` for a day after they have ended, `roster` for its day and those to come, `announcements` today.
    `evaluations` are today's by their tokens; `ballots` by ticket, those of the last days too, and `voters` finds the
    ticket by its holder's token. `cases` are the low ratings of any day that are worked on, or were closed lately, and
    `complainants` finds them by their holder's token. `touched` and its like collect what events changed, for whoever
    keeps a copy and empties them.
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
    queues: dict[str, dict[str, Line]] = field(default_factory=dict)
    held: dict[str, Ticket] = field(default_factory=dict)
    next_wake: datetime | None = None
    next_give_up: datetime | None = None
    attendance: Attendance = field(default_factory=Attendance)
    hand_overs: list[HandOver] = field(default_factory=list)
    suspended: dict[str, str] = field(default_factory=dict)
    taken: defaultdict[tuple[str, str], int] = field(default_factory=lambda: defaultdict(int))
    persons: defaultdict[str, list[str]] = field(default_factory=lambda: defaultdict(list))
    appointments: dict[str, Appointment] = field(default_factory=dict)
    codes: dict[str, str] = field(default_factory=dict)
    notices: dict[str, Notice] = field(default_factory=dict)
    roster: dict[date, Roster] = field(default_factory=dict)
    announcements: dict[str, Announcement] = field(default_factory=dict)
    evaluations: dict[str, Evaluation] = field(default_factory=dict)
    ballots: dict[str, Ballot] = field(default_factory=dict)
    voters: dict[str, str] = field(default_factory=dict)
    cases: dict[str, Case] = field(default_factory=dict)
    complainants: dict[str, tuple[str, ...]] = field(default_factory=dict)
    next_lapse: datetime | None = None
    prints: dict[str, PrintJob] = field(default_factory=dict)
    calls: list[Call] = field(default_factory=list)
    touched: dict[str, Ticket] = field(default_factory=dict, compare=False)
    touched_appointments: dict[str, Appointment] = field(default_factory=dict, compare=False)
    touched_prints: dict[str, PrintJob] = field(default_factory=dict, compare=False)
    touched_evaluations: dict[tuple[str, int], Evaluation] = field(default_factory=dict, compare=False)
    touched_cases: dict[str, Case] = field(default_factory=dict, compare=False)

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

    def appointment(self, ref: str) -> Appointment:
        """By id or by the citizen's code."""
        found = self.appointments.get(self.codes.get(ref, ref))
        if found is None:
            raise UnknownAppointment(appointment=ref)
        return found

    def notice(self, ref: str) -> Notice:
        try:
            return self.notices[ref]
        except KeyError:
            raise UnknownNotice(notice=ref) from None

    def announcement(self, ref: str) -> Announcement:
        try:
            return self.announcements[ref]
        except KeyError:
            raise UnknownAnnouncement(announcement=ref) from None

    def is_excluded(self, vote: Evaluation) -> bool:
        """Whether a vote counts no more, after a review. It stays visible, with its case."""
        case = self.cases.get(case_id(vote.ticket, vote.leg))
        return case is not None and case.excluded

    def lines(self) -> Iterator[Line]:
        """Every line in which somebody waits."""
        for classes in self.queues.values():
            yield from classes.values()

    def waiting(self, service: str) -> int:
        """How many wait in a service's queue, all classes together."""
        return sum(len(line) for line in self.queues.get(service, {}).values())

    def ahead(self, ticket: Ticket) -> int:
        """How many stand before a waiting ticket in its queue; 0 once it has been called.

        Whoever has a higher class is before it, whoever has a lower one behind; how they take turns beyond that depends
        on the windows.
        """
        if ticket.state is not State.WAITING:
            return 0
        levels = self.plan.priorities
        own, ahead = levels.level(ticket.priority), 0
        for priority, line in self.queues[ticket.leg.queue].items():
            level = levels.level(priority)
            if level > own:
                ahead += len(line)
            elif level == own:
                ahead += line.ahead_of(ticket.position)
        return ahead
