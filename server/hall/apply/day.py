"""A business day begins empty, but for what is booked for it and later ones, what screens show then, the votes that may
still be given for earlier ones, and the low ratings that are worked on.
"""

from __future__ import annotations

from datetime import timedelta

from server.hall import events as ev
from server.hall.apply.registry import applies
from server.hall.calendar import business_day, end_of_day, start_of_day
from server.hall.evaluation import BALLOT_DAYS
from server.hall.low_rating import CASE_DAYS, CLOSED_DAYS, Case
from server.hall.state import HallState

_KEPT = (
    *("plan", "seq", "now", "appointments", "codes", "notices", "roster"),
    *("ballots", "voters", "cases", "complainants"),
    *("touched", "touched_appointments", "touched_prints", "touched_evaluations", "touched_cases"),
)


@applies(ev.DayOpened)
def _day_opened(state: HallState, event: ev.DayOpened) -> None:
    fresh = HallState.of(state.plan)
    for name in HallState.__dataclass_fields__:
        if name not in _KEPT:
            setattr(state, name, getattr(fresh, name))
    state.day = event.day
    state.day_ends = end_of_day(event.day, state.plan.zone)
    zone = state.plan.zone
    past = [a for a in state.appointments.values() if business_day(a.start, zone) < event.day]
    for appointment in past:
        del state.appointments[appointment.id]
        # The code may be somebody else's by now: it was free again once this booking's day was over.
        if state.codes.get(appointment.code) == appointment.id:
            del state.codes[appointment.code]
    oldest = event.day - timedelta(days=BALLOT_DAYS)
    for ballot in [ballot for ballot in state.ballots.values() if ballot.day < oldest]:
        del state.ballots[ballot.ticket], state.voters[ballot.holder]
    for case in [case for case in state.cases.values() if _is_past(state, case, event)]:
        _forget(state, case)
    yesterday = start_of_day(event.day - timedelta(days=1), zone)
    for notice in [n for n in state.notices.values() if n.ends is not None and n.ends < yesterday]:
        del state.notices[notice.id]
    for day in [day for day in state.roster if day < event.day]:
        del state.roster[day]


@applies(ev.HallReplanned)
def _replanned(state: HallState, event: ev.HallReplanned) -> None:
    """Whoever replays the log has the plan already: it comes from the configuration."""


@applies(ev.DayClosed)
def _day_closed(state: HallState, event: ev.DayClosed) -> None:
    """A summary for the log; the day that opens next empties the hall."""


def _is_past(state: HallState, case: Case, opening: ev.DayOpened) -> bool:
    """Nobody can do anything about it any more."""
    zone = state.plan.zone
    if business_day(case.opened_at, zone) < opening.day - timedelta(days=CASE_DAYS):
        return True
    if case.ended_at is None or (case.again_until is not None and case.again_until > opening.at):
        return False
    return business_day(case.ended_at, zone) < opening.day - timedelta(days=CLOSED_DAYS)


def _forget(state: HallState, case: Case) -> None:
    del state.cases[case.id]
    rest = tuple(name for name in state.complainants.get(case.holder, ()) if name != case.id)
    if rest:
        state.complainants[case.holder] = rest
    else:
        state.complainants.pop(case.holder, None)
