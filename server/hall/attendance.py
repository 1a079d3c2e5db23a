"""考勤 as the windows tell it: who sat where from when to when, beside the hours that were planned.

Facts, never verdicts: nothing here weighs a minute, and nothing in the hall acts on one. Whoever stands in for a
colleague signs in as themselves, and the window was not left: windows are compared with their hours, people with
nothing.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from dataclasses import dataclass, field
from datetime import date, datetime, timedelta
from functools import singledispatchmethod

from server.hall.calendar import Stretch, end_of_day, start_of_day
from server.hall.events import Event, WindowClosed, WindowOpened, WindowPaused, WindowReopened
from server.hall.plan import HallPlan

BRIEF = timedelta(minutes=1)
"""A window that stands empty for less than this is changing hands."""


@dataclass(slots=True)
class Shift:
    """One person's time at one window. `closed` None: they sit there still."""

    window: int
    staff: str
    opened: datetime
    closed: datetime | None = None


@dataclass(slots=True)
class Absence:
    """暂停服务: why, and until when the clerk said. `exceeded` adds up what earlier return times, corrected since, were
    exceeded by.
    """

    window: int
    staff: str
    reason: str
    since: datetime
    until: datetime | None = None
    ended: datetime | None = None
    exceeded: timedelta = timedelta()

    def overdue(self, at: datetime) -> timedelta:
        """How much longer it was, or is at `at`, than was said."""
        return self.exceeded + _beyond(self.until, self.ended or at)


@dataclass(slots=True)
class Attendance:
    """A day's shifts and absences, in the order in which they began."""

    shifts: list[Shift] = field(default_factory=list)
    absences: list[Absence] = field(default_factory=list)

    @classmethod
    def of(cls, events: Iterable[Event]) -> Attendance:
        """As told by a day's log; what is no clerk's coming or going is passed over."""
        attendance = cls()
        for event in events:
            attendance.take(event)
        return attendance

    @singledispatchmethod
    def take(self, event: Event) -> None:
        """Whatever else happens in a hall."""

    @take.register
    def _(self, event: WindowOpened) -> None:
        self._end_absence(event)
        shift = self._present(event.window)
        if shift is not None and shift.staff == event.staff:
            return
        self._end_shift(event)
        self.shifts.append(Shift(event.window or 0, event.staff or "", event.at))

    @take.register
    def _(self, event: WindowClosed) -> None:
        self._end_absence(event)
        self._end_shift(event)

    @take.register
    def _(self, event: WindowPaused) -> None:
        """A second one corrects the first."""
        known = self._away(event.window)
        if known is None:
            staff, window = event.staff or "", event.window or 0
            self.absences.append(Absence(window, staff, event.reason, event.at, event.until))
            return
        known.exceeded += _beyond(known.until, event.at)
        known.reason, known.until = event.reason, event.until

    @take.register
    def _(self, event: WindowReopened) -> None:
        self._end_absence(event)

    def _present(self, window: int | None) -> Shift | None:
        return next((s for s in reversed(self.shifts) if s.window == window and s.closed is None), None)

    def _away(self, window: int | None) -> Absence | None:
        return next((a for a in reversed(self.absences) if a.window == window and a.ended is None), None)

    def _end_shift(self, event: Event) -> None:
        shift = self._present(event.window)
        if shift is not None:
            shift.closed = event.at

    def _end_absence(self, event: Event) -> None:
        absence = self._away(event.window)
        if absence is not None:
            absence.ended = event.at


@dataclass(frozen=True, slots=True)
class SpanKept:
    """A planned span beside what was seen of it.

    `opened`: since when somebody was there, perhaps from before its start; None: nobody yet. `closed`: until when,
    perhaps to after its end; None: somebody is there, or nobody was. `late` and `early` are nothing where nobody came,
    and where the span is not over.
    """

    planned: Stretch
    opened: datetime | None
    closed: datetime | None
    late: timedelta
    early: timedelta
    uncovered: tuple[Stretch, ...]


@dataclass(frozen=True, slots=True)
class WindowDay:
    """A window's day up to a moment. `extra`: how long somebody sat there outside its hours, where it has any."""

    window: int
    spans: tuple[SpanKept, ...]
    shifts: tuple[Shift, ...]
    absences: tuple[Absence, ...]
    extra: timedelta


def days_work(plan: HallPlan, attendance: Attendance, day: date, at: datetime) -> Iterator[WindowDay]:
    """Every window that was to be open on `day` or was, as seen at `at`; nothing of a holiday that nobody worked."""
    whole = start_of_day(day, plan.zone), end_of_day(day, plan.zone)
    for number in sorted({*plan.windows, *(shift.window for shift in attendance.shifts)}):
        hours = plan.window_hours(number) if number in plan.windows else plan.hours
        planned = tuple(span.on(day, plan.zone) for span in hours.spans_on(day))
        shifts = tuple(shift for shift in attendance.shifts if shift.window == number)
        absences = tuple(absence for absence in attendance.absences if absence.window == number)
        if planned or shifts:
            yield window_day(number, planned, shifts, absences, (whole[0], min(at, whole[1])))


def window_day(
    number: int,
    planned: tuple[Stretch, ...],
    shifts: tuple[Shift, ...],
    absences: tuple[Absence, ...],
    seen: Stretch,
) -> WindowDay:
    """`seen`: from the day's beginning to the moment it is looked at."""
    until = seen[1]
    covered = [*_joined(_clipped(((s.opened, s.closed or until) for s in shifts), seen))]
    present = any(shift.closed is None for shift in shifts)
    spans = tuple(_kept(span, covered, until, present) for span in planned)
    within = sum((_length(_clipped(covered, span)) for span in planned), timedelta())
    return WindowDay(number, spans, shifts, absences, _length(covered) - within if planned else timedelta())


def _kept(span: Stretch, covered: list[Stretch], until: datetime, present: bool) -> SpanKept:
    start, end = span
    over = until >= end
    there = [stretch for stretch in covered if stretch[0] < end and stretch[1] > start]
    opened = there[0][0] if there else None
    closed = there[-1][1] if there and not (present and there[-1][1] == until) else None
    late = max(opened - start, timedelta()) if opened else timedelta()
    early = max(end - closed, timedelta()) if closed and over else timedelta()
    gaps = _gaps((start, min(end, until)), there) if until > start else iter(())
    uncovered = tuple(gap for gap in gaps if gap[1] - gap[0] >= BRIEF)
    return SpanKept(span, opened, closed, late, early, uncovered)


def _gaps(whole: Stretch, covered: Iterable[Stretch]) -> Iterator[Stretch]:
    reached, end = whole
    for start, stop in covered:
        if start > reached:
            yield reached, min(start, end)
        reached = max(reached, stop)
    if reached < end:
        yield reached, end


def _joined(stretches: Iterable[Stretch]) -> Iterator[Stretch]:
    """Those that touch or overlap as one, in order."""
    current: Stretch | None = None
    for start, end in sorted(stretches):
        if current is not None and start <= current[1]:
            current = current[0], max(current[1], end)
            continue
        if current is not None:
            yield current
        current = start, end
    if current is not None:
        yield current


def _clipped(stretches: Iterable[Stretch], whole: Stretch) -> Iterator[Stretch]:
    clipped = ((max(start, whole[0]), min(end, whole[1])) for start, end in stretches)
    return ((start, end) for start, end in clipped if start < end)


def _length(stretches: Iterable[Stretch]) -> timedelta:
    return sum((end - start for start, end in stretches), timedelta())


def _beyond(until: datetime | None, at: datetime) -> timedelta:
    return timedelta() if until is None else max(at - until, timedelta())
