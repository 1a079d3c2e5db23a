"""A business day begins empty, but for what is booked for it and later ones, what screens show then, and the votes that
may still be given for earlier ones.
"""

from __future__ import annotations

from datetime import timedelta

from server.hall import events as ev
from server.hall.apply.registry import applies
from server.hall.calendar import business_day, end_of_day, start_of_day
from server.hall.evaluation import BALLOT_DAYS
from server.hall.state import HallState

_KEPT = (
    *("plan", "seq", "now", "appointments", "codes", "notices", "roster", "ballots", "voters"),
    *("touched", "touched_appointments", "touched_prints", "touched_evaluations"),
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
