"""A wait as it is told: a range, rounded outward; by the clock where it goes over a break or the close of day."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime, timedelta

from server.hall.calendar import Hours

_STEP, _LONG_STEP = 5, 10
_HOUR = 60


@dataclass(frozen=True, slots=True)
class Said:
    """Minutes from `low` to `high`, in fives and above an hour in tens; `low` 0: within `high`. `start` and `end`: the
    same as times of day, in fives, where minutes would mislead because the hall is closed meanwhile; else None.
    """

    low: int
    high: int
    start: str | None = None
    end: str | None = None


def said(minutes: tuple[int, ...], local: datetime, hours: Hours) -> Said | None:
    """What to tell of (p50, p90) reckoned from `local` on, in a hall with these hours; None of an empty estimate."""
    if not minutes:
        return None
    middle, late = minutes
    low, high = _down(middle), _up(late)
    if late < _STEP:
        return Said(0, _STEP)
    span = hours.span_at(local)
    ends = span.on(local.date(), local.tzinfo)[1] if span else None
    if hours.always or (ends is not None and local + timedelta(minutes=late) <= ends):
        return Said(min(low, high - _STEP), high)
    start, end = _clock(local, middle), _clock(local, late, up=True)
    if end == start:
        end = _clock(local, late + _STEP)
    return Said(min(low, high - _STEP), high, start, end)


def _down(minutes: int) -> int:
    step = _LONG_STEP if minutes > _HOUR else _STEP
    return minutes // step * step


def _up(minutes: int) -> int:
    step = _LONG_STEP if minutes > _HOUR else _STEP
    return -(-minutes // step) * step


def _clock(local: datetime, minutes: int, *, up: bool = False) -> str:
    """The time of day so many minutes later, in fives."""
    then = local + timedelta(minutes=minutes)
    over = then.minute % _STEP
    then += timedelta(minutes=_STEP - over if up and over else -over)
    return f"{then:%H:%M}"
