"""Whether a service gives numbers now: what the screens say before anybody asks for one."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime

from server.hall.decisions.decision import Now
from server.hall.decisions.quota import check_quota, places_left
from server.hall.errors import QuotaUsed
from server.hall.opening import gives_numbers, opens_at
from server.hall.state import HallState


@dataclass(frozen=True, slots=True)
class Offering:
    """`opens_at` is when numbers are given again, where that is known; `left` how many there are; None: no limit.

    `suspended` is the reason why the service gives none for now; None while it is not suspended.
    """

    open: bool
    opens_at: datetime | None = None
    left: int | None = None
    suspended: str | None = None


def offering(state: HallState, code: str, at: datetime) -> Offering:
    """What a citizen who asks for this service at `at` would hear, before the hall is asked."""
    service, local = state.service(code), state.plan.local(at)
    suspended = state.suspended.get(code)
    if suspended is not None:
        return Offering(open=False, suspended=suspended)
    if not gives_numbers(state.plan, code, local):
        return Offering(open=False, opens_at=opens_at(state.plan, code, local))
    left = places_left(state, service, at)
    try:
        check_quota(state, service, Now(at, ""))
    except QuotaUsed as used:
        more = used.params.get("opens_at")
        return Offering(open=False, opens_at=more if isinstance(more, datetime) else None, left=left)
    return Offering(open=True, left=left)
