"""差评 on the leader's live page: how many wait, and what is due first."""

from __future__ import annotations

from datetime import datetime, timedelta
from typing import Any

from server.hall.calendar import business_day
from server.hall.facts import moment
from server.hall.low_rating import Case
from server.hall.plan import HallPlan
from server.hall.state import HallState
from server.hall.working_days import left

_SHOWN = 1
"""On a page that has to fit its screen; the list has the others."""
_INSTANT = timedelta(microseconds=1)


def redress_view(state: HallState, reader: str) -> dict[str, Any]:
    """Without the cases about a service of the reader's own. `changed`: when one last changed; None: there is none."""
    known = [case for case in state.cases.values() if case.staff != reader]
    waiting = sorted((case for case in known if case.is_open), key=lambda case: (case.due_at, case.opened_at))
    now = state.now
    return {
        "open": len(waiting),
        "overdue": 0 if now is None else sum(case.is_overdue(now) for case in waiting),
        "newest": moment(max((case.opened_at for case in waiting), default=None)),
        "changed": moment(max((case.changed_at for case in known if case.changed_at), default=None)),
        "cases": [] if now is None else [_shown(case, state.plan, now) for case in waiting[:_SHOWN]],
    }


def days_left(plan: HallPlan, due_at: datetime, now: datetime) -> int:
    """A deadline is the end of a business day: the day that it is the end of is the last one in time."""
    return left(plan.hours, business_day(now, plan.zone), business_day(due_at - _INSTANT, plan.zone))


def _shown(case: Case, plan: HallPlan, now: datetime) -> dict[str, Any]:
    rest = days_left(plan, case.due_at, now)
    return {
        "case": case.id,
        "number": case.ticket[6:],
        "window": case.window,
        "next": case.next,
        "days_left": rest,
        "soon": 0 <= rest <= plan.rules.redress.soon_days,
        "opened_at": case.opened_at.isoformat(),
    }
