"""差评 as a leader sees it: cases from the database in the words of the API. Blocks: run it off the hub."""

from __future__ import annotations

from datetime import datetime, timedelta

from sqlalchemy import Connection

from server.hall.instant import from_microseconds, to_microseconds
from server.hall.plan import HallPlan
from server.report.day_report import share
from server.report.redress_figures import due_at, is_overdue, redress_figures
from server.report.redress_messages import (
    AppealOut,
    CallBackOut,
    RedressesOut,
    RedressOut,
    SecondVoteOut,
    StepTakenOut,
)
from server.report.redress_view import days_left
from server.store.redress import RatedLow, ended_cases, find_case, open_cases, opened_cases
from server.store.reports import StaffName, staff_names


def redresses(
    connection: Connection, plan: HallPlan, at: datetime, *, state: str, days: int, reader: str
) -> RedressesOut:
    """`state`: open, overdue or closed. `reader` sees no case about a service of their own, nor is it counted."""
    now, since = to_microseconds(at), to_microseconds(at - timedelta(days=days))
    unended = _others(open_cases(connection, plan.id), reader)
    overdue = [case for case in unended if is_overdue(case, now)]
    figures = redress_figures(_others(opened_cases(connection, plan.id, since), reader), now)
    if state == "closed":
        shown = _others(ended_cases(connection, plan.id, since), reader)
    else:
        shown = sorted(overdue if state == "overdue" else unended, key=due_at)
    told = _Told(plan, staff_names(connection, plan.id), at)
    return RedressesOut(
        at=at.isoformat(),
        days=days,
        open=len(unended),
        overdue=len(overdue),
        handled=share(figures.in_time, figures.due),
        excluded=figures.excluded,
        cases=[told.case(case) for case in shown],
    )


def redress_of(connection: Connection, plan: HallPlan, at: datetime, name: str, reader: str) -> RedressOut | None:
    """None for what is no case, or one about a service of the reader's own."""
    ticket, _, leg = name.rpartition("-")
    found = find_case(connection, plan.id, ticket, int(leg)) if leg.isdecimal() and len(leg) < 4 else None
    if found is None or found.staff == reader:
        return None
    return _Told(plan, staff_names(connection, plan.id), at).case(found)


def _others(cases: list[RatedLow], reader: str) -> list[RatedLow]:
    return [case for case in cases if case.staff != reader]


class _Told:
    def __init__(self, plan: HallPlan, names: dict[str, StaffName], at: datetime) -> None:
        self._plan = plan
        self._names = names
        self._at = at

    def case(self, case: RatedLow) -> RedressOut:
        history, known = case.history, self._name(case.staff)
        overdue = is_overdue(case, to_microseconds(self._at))
        rest = None if case.ended_at else days_left(self._plan, from_microseconds(due_at(case)), self._at)
        soon = rest is not None and 0 <= rest <= self._plan.rules.redress.soon_days
        return RedressOut(
            case=case.id,
            revision=history["revision"],
            ticket=case.ticket,
            number=case.ticket[6:],
            leg=case.leg,
            day=case.day,
            service=case.service,
            window=case.window,
            staff=case.staff,
            name=known.name,
            work_number=known.number,
            level=case.level,
            channel=case.channel,
            reasons=list(case.reasons),
            words=case.words,
            opened_at=_moment(case.opened_at),
            verify_by=_moment(case.verify_by),
            close_by=_moment(case.close_by),
            next=case.next,
            overdue=overdue,
            days_left=rest,
            soon=soon,
            ended_at=None if case.ended_at is None else _moment(case.ended_at),
            in_time=None if case.ended_at is None else case.ended_at <= case.close_by,
            excluded=case.excluded,
            steps=[StepTakenOut(**taken, name=self._name(taken["staff"]).name) for taken in history["steps"]],
            calls=[CallBackOut(**call, name=self._name(call["staff"]).name) for call in history["calls"]],
            appeal=self._appeal(case),
            again_until=history["again_until"],
            again=None if history["again"] is None else SecondVoteOut(**history["again"]),
        )

    def _appeal(self, case: RatedLow) -> AppealOut | None:
        appeal = case.history["appeal"]
        if appeal is None:
            return None
        decided_by = self._name(appeal["decided_by"]).name
        return AppealOut(**appeal, name=self._name(appeal["staff"]).name, decided_by_name=decided_by)

    def _name(self, username: str) -> StaffName:
        """An account that is gone by now keeps its work under its user name."""
        return self._names.get(username, StaffName(username, username, ""))


def _moment(at: int) -> str:
    return from_microseconds(at).isoformat()
