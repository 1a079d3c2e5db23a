"""A day's figures, reckoned from its legs. Pure: rows in, numbers out."""

from __future__ import annotations

from collections import Counter, defaultdict
from collections.abc import Iterable
from dataclasses import dataclass, field

from server.hall.ticket import Finish, State
from server.hall.votes import Votes
from server.report.spread import Spread
from server.store.reports import DayLeg

SERVED = frozenset({Finish.CLERK.value, Finish.NEXT_CALL.value})
"""A clerk said that it was done. What the close of the day ended was given too, but nobody knows for how long."""


@dataclass(slots=True)
class Work:
    """What one window, clerk or service did, or all of them together. Durations in microseconds.

    A wait lasts from the number, or the transfer, to the first call, whatever followed. A service lasts from its start
    (the call, where the clerk did not say) to its end without the time on hold, and counts only when a clerk ended it.
    `excluded` votes are in no other figure.
    """

    finished: int = 0
    transferred: int = 0
    no_shows: int = 0
    waits: list[int] = field(default_factory=list)
    services: list[int] = field(default_factory=list)
    votes: Votes = field(default_factory=Votes)
    excluded: int = 0

    def count(self, leg: DayLeg) -> None:
        if leg.called_at is not None:
            self.waits.append(leg.called_at - leg.queued_at)
        if leg.finish in SERVED:
            self.finished += 1
            if leg.started_at is not None and leg.ended_at is not None:
                self.services.append(leg.ended_at - leg.started_at - leg.held_for)
        elif leg.finish == Finish.TRANSFER:
            self.transferred += 1
        elif leg.called_at is not None and leg.state == State.NO_SHOW:
            self.no_shows += 1
        if leg.excluded:
            self.excluded += 1
        else:
            self.votes.count(leg.outcome, leg.level)

    def add(self, other: Work) -> None:
        self.finished += other.finished
        self.transferred += other.transferred
        self.no_shows += other.no_shows
        self.waits += other.waits
        self.services += other.services
        self.votes.add(other.votes)
        self.excluded += other.excluded

    @property
    def wait(self) -> Spread:
        return Spread.of(self.waits)

    @property
    def service(self) -> Spread:
        return Spread.of(self.services)


@dataclass(frozen=True, slots=True)
class Tickets:
    """Every number of the day in exactly one of these; `left_open` were in service when the day was closed."""

    waiting: int
    called: int
    serving: int
    held: int
    finished: int
    left_open: int
    no_show: int
    cancelled: int
    expired: int

    @property
    def issued(self) -> int:
        ended = self.finished + self.left_open + self.no_show + self.cancelled + self.expired
        return self.waiting + self.called + self.serving + self.held + ended


@dataclass(frozen=True, slots=True)
class Figures:
    """`windows` by number, `clerks` by user name, `services` by code: only those that had to do with the day.

    `paper`: how many of the numbers stood on paper.
    """

    tickets: Tickets
    paper: int
    total: Work
    windows: dict[int, Work]
    clerks: dict[str, Work]
    services: dict[str, Work]


def figures(legs: Iterable[DayLeg]) -> Figures:
    """Each leg is counted once, where service, window and clerk meet; those few cells are then added up each way."""
    cells: defaultdict[tuple[str, int | None, str | None], Work] = defaultdict(Work)
    last: dict[str, DayLeg] = {}
    for leg in legs:
        cells[leg.service, leg.window, leg.staff].count(leg)
        if leg.ticket not in last or last[leg.ticket].leg < leg.leg:
            last[leg.ticket] = leg
    total = Work()
    windows: defaultdict[int, Work] = defaultdict(Work)
    clerks: defaultdict[str, Work] = defaultdict(Work)
    services: defaultdict[str, Work] = defaultdict(Work)
    for (service, window, clerk), work in cells.items():
        total.add(work)
        services[service].add(work)
        if window is not None:
            windows[window].add(work)
        if clerk is not None:
            clerks[clerk].add(work)
    paper = sum(leg.paper for leg in last.values())
    return Figures(_tickets(last.values()), paper, total, dict(windows), dict(clerks), dict(services))


def _tickets(last_legs: Iterable[DayLeg]) -> Tickets:
    """A ticket stands where its last leg does."""
    counts = Counter((leg.state, leg.finish) for leg in last_legs)

    def standing(state: State) -> int:
        return sum(count for (known, _), count in counts.items() if known == state)

    left_open = counts[State.FINISHED.value, Finish.DAY_CLOSED.value]
    return Tickets(
        waiting=standing(State.WAITING),
        called=standing(State.CALLED),
        serving=standing(State.SERVING),
        held=standing(State.HELD),
        finished=standing(State.FINISHED) - left_open,
        left_open=left_open,
        no_show=standing(State.NO_SHOW),
        cancelled=standing(State.CANCELLED),
        expired=standing(State.EXPIRED),
    )
