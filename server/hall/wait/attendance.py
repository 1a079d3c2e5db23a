"""When windows really open, break and close, beside what their hours say.

Of each stretch of a window's hours one record is kept: how much later than its start somebody was there (None: nobody
came), and how much later than its end they left. What lies within a stretch is a break, and has a length of its own.
"""

from __future__ import annotations

from bisect import bisect_right
from collections import defaultdict, deque
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date, timedelta
from itertools import pairwise
from random import Random

from server.hall import events as ev
from server.hall.instant import to_microseconds, to_span
from server.hall.plan import HallPlan
from server.hall.wait.outlook import NEVER, Stretches
from server.hall.window import Window, WindowState

_REMEMBERED = 12
"""So many days of a window."""
_EARLY = to_span(timedelta(minutes=90))
"""Who leaves a stretch earlier than that before its end has not left for the day, but is on a break."""
_SOON = to_span(timedelta(minutes=5))
_BREAK = to_span(timedelta(minutes=15))
_OVERTIME = to_span(timedelta(minutes=10))
_AT_ONCE = to_span(timedelta(minutes=2))
_SHORTEST = to_span(timedelta(seconds=30))
_LATE = to_span(timedelta(minutes=30))
"""Whoever is later than on any day on record is still on the way for so long."""


@dataclass(frozen=True, slots=True)
class Attended:
    """`came`: after the stretch's start, None: nobody did. `left`: after its end.

    `early`: how long before its start the first one was called; 0: not before.
    """

    came: int | None
    left: int
    early: int = 0


class Attendance:
    def __init__(self) -> None:
        self._there: defaultdict[int, list[list[int]]] = defaultdict(list)
        self._calls: defaultdict[int, list[int]] = defaultdict(list)
        self._freed: dict[int, int] = {}
        self._decided: dict[tuple[int, int], int] = {}
        self._until: dict[int, int] = {}
        self._announced: list[tuple[int, int, int]] = []
        """(window, when it was to be back, when it was): today's, of every pause that named a time."""
        self._records: defaultdict[tuple[int, int], deque[Attended]] = defaultdict(lambda: deque(maxlen=_REMEMBERED))
        self._breaks: deque[int] = deque(maxlen=200)
        self._overruns: deque[int] = deque(maxlen=100)
        self._day: date | None = None

    @property
    def breaks(self) -> Sequence[int]:
        """How long breaks within a stretch were, in rising order."""
        return sorted(self._breaks) or (_BREAK,)

    def observe(self, event: ev.Event) -> None:
        if event.window is None:
            return
        number, at = event.window, to_microseconds(event.at)
        if isinstance(event, ev.WindowOpened | ev.WindowReopened):
            self._come(number, at)
        elif isinstance(event, ev.WindowPaused | ev.WindowClosed):
            self._leave(number, at)
            until = event.until if isinstance(event, ev.WindowPaused) else None
            if until is not None:
                self._until[number] = to_microseconds(until)
        elif isinstance(event, ev.TicketCalled):
            self._calls[number].append(at)
        elif isinstance(event, ev.TicketFinished | ev.TicketNoShow | ev.TicketHeld | ev.TicketTransferred):
            self._freed[number] = at

    def new_day(self, plan: HallPlan, day: date) -> int:
        """Put the day before on record, and begin `day`; how many breaks there were."""
        breaks = 0
        if self._day is not None and any(self._calls.values()):
            for number in plan.windows:
                breaks += self._record(plan, number, self._day)
        self._there.clear()
        self._calls.clear()
        self._freed.clear()
        self._decided.clear()
        self._until.clear()
        self._announced.clear()
        self._day = day
        return breaks

    def stretches(self, plan: HallPlan, window: Window, now: int, random: Random) -> Stretches:
        """When the window will call, from now to the end of the day, as one of the days that may come of it."""
        spans = _spans(plan, window.number, self._day)
        if not spans:
            return ((now, NEVER),) if window.state is WindowState.OPEN else ()
        here = window.state is WindowState.OPEN
        until = None if here else self._back_at(window, spans, now, random)
        drawn = []
        for index, (start, end) in enumerate(spans):
            following = spans[index + 1][0] if index + 1 < len(spans) else NEVER
            if now >= following:
                continue
            attended = self._draw(window.number, index, random, beyond=now - end if here else None)
            leaves = end + attended.left
            if here and now > end and not self._works_on(window, end, now):
                continue  # signed in over the break, and comes back to work after it
            if here and now < following and now >= start - _EARLY:
                leaves = leaves if leaves > now else now + int(random.expovariate(1 / _SOON))
                begun = now >= start or self._called(window, since=start - _before(index))
                drawn.append((now if begun else max(now, start - attended.early), leaves))
                here = False
            elif until is not None and start < until < leaves:
                drawn.append((until, leaves))
                until = None
            elif until is None or until <= start:
                came = self._comes(window, index, now - start, random)
                if came is not None and max(start + came, now) < leaves:
                    drawn.append((max(start + came, now), leaves))
        return drawn

    def _called(self, window: Window, since: int) -> bool:
        return window.ticket is not None or any(at >= since for at in self._calls[window.number])

    def _works_on(self, window: Window, end: int, now: int) -> bool:
        """Whether the window goes on after its hours: somebody is there, was called since, or has just gone."""
        return self._called(window, since=end) or now - max(end, self._freed.get(window.number, 0)) < _AT_ONCE

    def _back_at(self, window: Window, spans: Sequence[tuple[int, int]], now: int, random: Random) -> int | None:
        """When a paused window is back: as it says, and as much later as such announcements usually are. Away until a
        stretch begins, it comes as it does to that.
        """
        pause = window.pause
        if pause is None:
            return None
        since = to_microseconds(pause.since)
        if pause.until is not None:
            until = to_microseconds(pause.until)
            begins = _begins(spans, until)
            if begins is not None:
                return begins
            return until + int(_beyond(sorted(self._overruns) or (0,), now - until, random))
        return since + int(_beyond(self.breaks, now - since, random))

    def _draw(self, number: int, index: int, random: Random, beyond: int | None) -> Attended:
        """One of the days on record; `beyond`: of those on which the window was still there then."""
        known = [record for record in self._records[number, index] if record.came is not None]
        if beyond is not None and beyond > 0:
            known = [record for record in known if record.left > beyond]
            return random.choice(known) if known else Attended(0, beyond + int(random.expovariate(1 / _SOON)))
        return random.choice(known) if known else Attended(0, 0)

    def _comes(self, window: Window, index: int, passed: int, random: Random) -> int | None:
        """How much after the stretch's start somebody will come who is not there yet; None: nobody will.

        Whoever is signed in comes back; where nobody was this morning, it is as on days when that was so. In a hall
        where everybody always comes in time no day is like that: until `_LATE` such a window is only late.
        """
        signed_in = window.clerk is not None
        records = [record for record in self._records[window.number, index] if record.came is not None or not signed_in]
        if not records:
            return max(0, passed) if signed_in or self._there[window.number] else None
        known = [record.came for record in records if record.came is None or record.came > passed]
        if signed_in and not known:
            return passed + int(random.expovariate(1 / _SOON))
        if not signed_in and 0 <= passed < _LATE and not any(known):
            return None if random.choice(records).came is None else passed + int(random.expovariate(1 / _SOON))
        return random.choice(known) if known else None

    def _come(self, number: int, at: int) -> None:
        there = self._there[number]
        if there and there[-1][1] == NEVER:
            return
        until = self._until.pop(number, None)
        if until is not None and there:
            self._announced.append((number, until, at))
        there.append([at, NEVER])

    def _leave(self, number: int, at: int) -> None:
        there = self._there[number]
        if there and there[-1][1] == NEVER:
            there[-1][1] = at
            if self._calls[number] and at - self._freed.get(number, 0) < _AT_ONCE:
                self._decided[number, at] = self._calls[number][-1]

    def _record(self, plan: HallPlan, number: int, day: date) -> int:
        there, breaks = self._there[number], 0
        spans = _spans(plan, number, day)
        for window, until, back in self._announced:
            if window == number and _begins(spans, until) is None:
                self._overruns.append(back - until)
        for index, (start, end) in enumerate(spans):
            before = spans[index - 1][1] if index else 0
            following = spans[index + 1][0] if index + 1 < len(spans) else NEVER
            own = [(a, b) for a, b in there if b > max(before, start - _EARLY) and a < end]
            if not own:
                self._records[number, index].append(Attended(None, 0))
                continue
            came = max(0, own[0][0] - start)
            left = self._left(number, own[-1][1], end, following)
            since = start - _before(index)
            early = next((start - at for at in self._calls[number] if since < at < start), 0)
            self._records[number, index].append(Attended(came, left, early))
            for (_, gone), (back, _) in pairwise(own):
                if back - gone > _SHORTEST:
                    self._breaks.append(back - gone)
                    breaks += 1
        return breaks

    def _left(self, number: int, gone: int, end: int, following: int) -> int:
        """A window that nobody closed was left when it no longer called."""
        if gone < following:
            return max(self._stopped(number, gone, end) - end, -_EARLY)
        after = [at for at in self._calls[number] if end < at < following - _OVERTIME]
        return max(after) - end + _SHORTEST if after else 0

    def _stopped(self, number: int, gone: int, end: int) -> int:
        """When it stopped calling: whoever leaves with the end of a service had made up their mind before, some time
        after they called it, and at the end of their hours if those lie between.
        """
        called = self._decided.get((number, gone))
        if called is None:
            return gone
        return end if called <= end <= gone else (called + gone) // 2


def _spans(plan: HallPlan, number: int, day: date | None) -> list[tuple[int, int]]:
    if day is None:
        return []
    spans = plan.window_hours(number).spans_on(day)
    return [
        (to_microseconds(start), to_microseconds(end)) for start, end in (span.on(day, plan.zone) for span in spans)
    ]


def _before(index: int) -> int:
    """How long before a stretch a call belongs to it: one soon after an earlier stretch is that one's overtime."""
    return _OVERTIME if index else _EARLY


def _begins(spans: Sequence[tuple[int, int]], at: int) -> int | None:
    """When the stretch begins that does so about then: a break until then is the one between two."""
    return next((start for start, _ in spans if abs(at - start) < _SOON), None)


def _beyond(values: Sequence[int], floor: int, random: Random) -> float:
    first = bisect_right(values, floor)
    if first < len(values):
        return values[random.randrange(first, len(values))]
    return max(floor, 0) + random.expovariate(1 / _SOON)
