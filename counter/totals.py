"""A clerk's day at a window, in totals: single votes are for the citizen who gave them and for the leader."""

from __future__ import annotations

from collections.abc import Iterable
from typing import TypedDict

from server.hall.evaluation import Outcome
from server.hall.ticket import Finish, Leg, State, Ticket


class Totals(TypedDict):
    """`mean_seconds`: the mean service, None before the first one. `rated`: how many of the finished were voted on."""

    finished: int
    mean_seconds: int | None
    rated: int
    no_show: int


def totals(tickets: Iterable[Ticket], staff: str, window: int) -> Totals:
    """What `staff` did at `window`. A service that only the end of the day ended was not finished by anybody."""
    here = [t for t in tickets if t.leg.staff == staff and t.leg.window == window]
    finished = [t.leg for t in here if t.state is State.FINISHED and t.leg.finish is not Finish.DAY_CLOSED]
    seconds = [_service_seconds(leg) for leg in finished]
    return {
        "finished": len(finished),
        "mean_seconds": round(sum(seconds) / len(seconds)) if seconds else None,
        "rated": sum(leg.evaluation is not None and leg.evaluation.outcome is Outcome.VOTED for leg in finished),
        "no_show": sum(t.state is State.NO_SHOW for t in here),
    }


def _service_seconds(leg: Leg) -> float:
    if leg.started_at is None or leg.ended_at is None:
        raise ValueError(leg)
    return (leg.ended_at - leg.started_at).total_seconds()
