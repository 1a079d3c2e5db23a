"""What citizens were told at issue, beside what came: kept from the log alone, which holds both."""

from __future__ import annotations

from collections import defaultdict, deque
from collections.abc import Iterable
from dataclasses import dataclass
from datetime import datetime, timedelta, tzinfo
from statistics import fmean

from server.hall import events as ev

_MINUTE = timedelta(minutes=1)
_RECENT = 200
_ENOUGH = 40
LEAST_KEPT = 0.75
"""When fewer than so many of the last tickets were called within their p90, nobody is told a wait for now."""


@dataclass(frozen=True, slots=True)
class Told:
    """One ticket: minutes told at `at` for `service`, and how many it was to its first call."""

    at: datetime
    service: str
    middle: int
    late: int
    waited: float

    @property
    def kept(self) -> bool:
        """Whether it was called within what it was told, to the minute."""
        return self.waited <= self.late + 0.5


@dataclass(frozen=True, slots=True)
class Kept:
    """The tickets of a service that were issued in one hour: how many, how many were called within their p90, and the
    means of the minutes told (p50) and waited.
    """

    service: str
    hour: int
    count: int
    kept: int
    middle: float
    waited: float


def by_hour(told: Iterable[Told], zone: tzinfo) -> list[Kept]:
    groups: defaultdict[tuple[str, int], list[Told]] = defaultdict(list)
    for one in told:
        groups[one.service, one.at.astimezone(zone).hour].append(one)
    return [
        Kept(
            service,
            hour,
            len(group),
            sum(one.kept for one in group),
            fmean(one.middle for one in group),
            fmean(one.waited for one in group),
        )
        for (service, hour), group in sorted(groups.items())
    ]


class Record:
    """The last tickets that were told something and have been called, whatever the day.

    Where nothing was told because too little came true, what would have been told counts as well: else no hall could
    ever find out that it has become better. `today` holds only what citizens were told.
    """

    def __init__(self) -> None:
        self._open: dict[str, ev.TicketIssued] = {}
        self._recent: deque[Told] = deque(maxlen=_RECENT)
        self.today: list[Told] = []

    def observe(self, event: ev.Event) -> None:
        if isinstance(event, ev.DayOpened):
            self._open.clear()
            self.today = []
        elif isinstance(event, ev.TicketIssued) and (event.wait or event.withheld):
            self._open[event.ticket or ""] = event
        elif isinstance(event, ev.TicketCalled):
            issued = self._open.pop(event.ticket or "", None)
            if issued is not None:
                self._add(issued, event.at)

    def _add(self, issued: ev.TicketIssued, called: datetime) -> None:
        middle, late = issued.wait or issued.withheld
        told = Told(issued.at, issued.service, middle, late, (called - issued.at) / _MINUTE)
        self._recent.append(told)
        if issued.wait:
            self.today.append(told)

    @property
    def came_true(self) -> tuple[int, int]:
        """Of the last tickets, told or not: how many were called within their p90, and how many those tickets are."""
        return sum(told.kept for told in self._recent), len(self._recent)

    @property
    def coverage(self) -> float | None:
        """The same as a share; None: too few to say."""
        kept, count = self.came_true
        return None if count < _ENOUGH else kept / count

    @property
    def reliable(self) -> bool:
        coverage = self.coverage
        return coverage is None or coverage >= LEAST_KEPT
