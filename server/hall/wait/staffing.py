"""Which window to open now, so that nobody waits longer than the hall promises."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass, replace
from datetime import datetime, timedelta

from server.hall.instant import to_microseconds
from server.hall.plan import HallPlan
from server.hall.priority import ORDINARY
from server.hall.state import HallState
from server.hall.wait.forecast import Forecast
from server.hall.wait.outlook import NEVER, Outlook
from server.hall.window import WindowState

_WORTH = timedelta(minutes=5)


@dataclass(frozen=True, slots=True)
class Hint:
    """With `window` open, whoever takes a number of `service` now waits at most `then` instead of `late` minutes, in
    nine cases of ten; None: not until the hall has closed.
    """

    window: int
    service: str
    late: int | None
    then: int


def worst(state: HallState, forecast: Forecast) -> str | None:
    """The service whose citizens wait longest and longer than promised; None: all wait less, or nobody waits."""
    late = {service: forecast.new(service, ORDINARY) for service in state.plan.services if state.waiting(service)}
    waits = {
        service: timedelta.max if expected.late is None else expected.late - forecast.at
        for service, expected in late.items()
        if expected is not None
    }
    longest = max(waits, key=lambda service: waits[service], default=None)
    return longest if longest is not None and waits[longest] > state.plan.rules.promise else None


def could_open(state: HallState, service: str, at: datetime) -> list[int]:
    """The windows that handle it, lie within their hours and are closed or paused."""
    plan = state.plan
    return [
        window.number
        for window in state.windows.values()
        if service in window.services and window.state is not WindowState.OPEN and _closes(plan, window.number, at)
    ]


def opened(outlook: Outlook, plan: HallPlan, window: int, at: datetime) -> Outlook:
    """The same, had that window been opened at `at` for the rest of its stretch."""
    now, closes = to_microseconds(at), _closes(plan, window, at) or NEVER
    return replace(outlook, stretches={**outlook.stretches, window: lambda random: [(now, closes)]})


def best(service: str, now: Forecast, with_window: Callable[[int], Forecast], windows: list[int]) -> Hint | None:
    """The window that helps most, if one helps at all."""
    before = now.new(service, ORDINARY)
    hints = []
    for window in windows:
        opened_now = with_window(window)
        after = opened_now.new(service, ORDINARY)
        late = before.late if before else None
        if after is None or after.late is None or (late is not None and late - after.late < _WORTH):
            continue
        hints.append(Hint(window, service, _minutes(late, now.at), _minutes(after.late, now.at) or 0))
    return min(hints, key=lambda hint: (hint.then, hint.window), default=None)


def _minutes(late: datetime | None, at: datetime) -> int | None:
    return None if late is None else round((late - at) / timedelta(minutes=1))


def _closes(plan: HallPlan, window: int, at: datetime) -> int | None:
    hours, local = plan.window_hours(window), plan.local(at)
    if hours.always:
        return NEVER
    span = hours.span_at(local)
    return to_microseconds(span.on(local.date(), local.tzinfo)[1]) if span else None
