"""Business hours and the business day, in the hall's own time zone."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date, datetime, time, timedelta
from zoneinfo import ZoneInfo

_DAYS_TO_LOOK_AHEAD = 14


@dataclass(frozen=True, slots=True)
class Span:
    """One stretch of a day, from `start` up to but not including `end`, local time."""

    start: time
    end: time


@dataclass(frozen=True, slots=True)
class Hours:
    """When numbers are given: spans of the day on certain weekdays (Monday is 0). No spans means always."""

    spans: tuple[Span, ...] = ()
    weekdays: frozenset[int] = frozenset(range(7))

    def span_at(self, local: datetime) -> Span | None:
        """The span that `local` lies in."""
        if local.weekday() not in self.weekdays:
            return None
        moment = local.time()
        return next((span for span in self.spans if span.start <= moment < span.end), None)

    def issuing_span_at(self, local: datetime) -> Span | None:
        """The span whose numbers are given at `local`."""
        return self.span_at(local)

    def is_open(self, local: datetime) -> bool:
        return not self.spans or self.span_at(local) is not None

    def opens_at(self, local: datetime) -> datetime | None:
        """The next opening after `local`; None when it is open now or never opens."""
        if self.is_open(local):
            return None
        for offset in range(_DAYS_TO_LOOK_AHEAD):
            day = local.date() + timedelta(days=offset)
            if day.weekday() not in self.weekdays:
                continue
            for span in self.spans:
                opening = datetime.combine(day, span.start, local.tzinfo)
                if opening > local:
                    return opening
        return None

    def closes_at(self, local: datetime) -> datetime | None:
        """The end of the span that `local` lies in; None when it is closed now or never closes."""
        span = self.span_at(local)
        return datetime.combine(local.date(), span.end, local.tzinfo) if span else None


def business_day(at: datetime, zone: ZoneInfo) -> date:
    """The hall's local date at the instant `at`."""
    return at.astimezone(zone).date()


def end_of_day(day: date, zone: ZoneInfo) -> datetime:
    """The instant at which the business day `day` is over: the next local midnight, whatever clocks did meanwhile."""
    return datetime.combine(day + timedelta(days=1), time.min, zone)


def start_of_day(day: date, zone: ZoneInfo) -> datetime:
    """The instant at which the business day `day` begins: its local midnight."""
    return datetime.combine(day, time.min, zone)
