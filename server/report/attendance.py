"""A day at the windows for the leader: of the open day from the hall itself, of earlier ones from the log."""

from __future__ import annotations

from datetime import date, datetime, timedelta

from server.config import Settings
from server.engine import HallEngine
from server.hall.attendance import Absence, Attendance, Shift, SpanKept, WindowDay, days_work
from server.hall.calendar import business_day, end_of_day
from server.hall.facts import moment
from server.hall.hand_over import HandOver, hand_overs
from server.hall.plan import HallPlan
from server.report.messages import (
    AbsenceOut,
    AttendanceOut,
    AwayOut,
    HandedOverOut,
    ShiftOut,
    SpanKeptOut,
    StretchOut,
    WindowDayOut,
)
from server.store.desk_days import desk_events_of_day
from server.store.reports import StaffName, staff_names


def attendance_of(hall: HallEngine, settings: Settings, day: date) -> AttendanceOut:
    """Raises nothing for a day without any: it is empty."""
    now, plan = hall.clock(), hall.plan
    names = hall.query(lambda connection: staff_names(connection, plan.id))
    if day == business_day(now, plan.zone):
        told = _Told(plan, settings, names, day, now)
        return hall.read(
            lambda state: (
                told.out(state.attendance, state.hand_overs) if state.day == day else told.out(Attendance(), [])
            )
        )
    events = [*hall.query(lambda connection: [*desk_events_of_day(connection, plan.id, day)])]
    told = _Told(plan, settings, names, day, min(now, end_of_day(day, plan.zone)))
    return told.out(Attendance.of(events), hand_overs(events))


class _Told:
    """One day, as seen at `at`, in the words of the API."""

    def __init__(
        self, plan: HallPlan, settings: Settings, names: dict[str, StaffName], day: date, at: datetime
    ) -> None:
        self._plan = plan
        self._windows = {window.number: window for window in settings.windows}
        self._names = names
        self._day = day
        self._at = at

    def out(self, attendance: Attendance, handed: list[HandOver]) -> AttendanceOut:
        days = days_work(self._plan, attendance, self._day, self._at)
        return AttendanceOut(
            day=self._day.isoformat(),
            at=self._at.isoformat(),
            windows=[self._window(day) for day in days],
            hand_overs=[self._handed(one) for one in handed],
        )

    def _window(self, day: WindowDay) -> WindowDayOut:
        known = self._windows.get(day.window)
        absences = [self._absence(absence) for absence in day.absences]
        return WindowDayOut(
            number=day.window,
            name=known.name if known else "",
            name_en=known.name_en if known else "",
            spans=[_span(span) for span in day.spans],
            shifts=[self._shift(shift) for shift in day.shifts],
            away=AwayOut(
                count=len(absences),
                seconds=sum(absence.seconds for absence in absences),
                longest_seconds=max((absence.seconds for absence in absences), default=0),
                overdue=sum(absence.overdue_seconds > 0 for absence in absences),
            ),
            absences=absences,
            extra_seconds=_seconds(day.extra),
        )

    def _shift(self, shift: Shift) -> ShiftOut:
        known = self._name(shift.staff)
        return ShiftOut(
            staff=shift.staff,
            name=known.name,
            work_number=known.number,
            opened=shift.opened.isoformat(),
            closed=moment(shift.closed),
        )

    def _absence(self, absence: Absence) -> AbsenceOut:
        return AbsenceOut(
            staff=absence.staff,
            name=self._name(absence.staff).name,
            reason=absence.reason,
            since=absence.since.isoformat(),
            until=moment(absence.until),
            ended=moment(absence.ended),
            seconds=_seconds((absence.ended or self._at) - absence.since),
            overdue_seconds=_seconds(absence.overdue(self._at)),
        )

    def _handed(self, left: HandOver) -> HandedOverOut:
        receiver = self._name(left.received_by) if left.received_by else None
        return HandedOverOut(
            window=left.window,
            staff=left.staff,
            name=left.name,
            at=left.at.isoformat(),
            to=left.to,
            to_name=left.to_name,
            note=left.note,
            ticket=left.ticket and _number(left.ticket),
            held=[_number(ticket) for ticket in left.held],
            waiting=[_number(ticket) for ticket in left.waiting],
            received_by=left.received_by,
            received_name=receiver.name if receiver else None,
            received_at=moment(left.received_at),
        )

    def _name(self, username: str) -> StaffName:
        """An account that is gone by now keeps its work under its user name."""
        return self._names.get(username, StaffName(username, username, ""))


def _span(span: SpanKept) -> SpanKeptOut:
    start, end = span.planned
    return SpanKeptOut(
        start=start.isoformat(),
        end=end.isoformat(),
        opened=moment(span.opened),
        closed=moment(span.closed),
        late_seconds=_seconds(span.late),
        early_seconds=_seconds(span.early),
        uncovered=[StretchOut(start=gap[0].isoformat(), end=gap[1].isoformat()) for gap in span.uncovered],
    )


def _number(ticket: str) -> str:
    """An id is the day in six digits and the number."""
    return ticket[6:]


def _seconds(length: timedelta) -> int:
    return max(0, int(length.total_seconds()))
