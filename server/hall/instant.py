"""Instants and spans as whole microseconds: how the log stores them and lines are ordered."""

from __future__ import annotations

from datetime import UTC, datetime, timedelta
from functools import lru_cache

_EPOCH = datetime(1970, 1, 1, tzinfo=UTC)
_MICROSECOND = timedelta(microseconds=1)


@lru_cache(maxsize=4096)
def to_microseconds(at: datetime) -> int:
    """Since 1970 UTC. Kept for a while, because every event and row of one command shares its instant."""
    return (at - _EPOCH) // _MICROSECOND


def from_microseconds(at: int) -> datetime:
    return _EPOCH + at * _MICROSECOND


def to_span(span: timedelta) -> int:
    return span // _MICROSECOND
