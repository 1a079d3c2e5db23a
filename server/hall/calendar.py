"""Business hours and the business day, in the hall's own time zone."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field
from datetime import UTC, date, datetime, time, timedelta, tzinfo
from zoneinfo import ZoneInfo

_DAYS_TO_LOOK_AHEAD = 60
"""Farther than the longest holiday with its bridging days, and than a service that opens once a month."""

Stretch = tuple[datetime, datetime]
"""From the first instant up to but not including the second, both in UTC."""


@dataclass(frozen=True, slots=True)
class Span:
    """One stretch of a day, from `start` up to but not including `end`, local time."""

    start: time
    end: time

    def on(self, day: date, zone: tzinfo | None) -> Stretch:
        """The instants of the span on that day.

        A time that clocks show twice is meant the first time; one that they skip is as far behind the skip as it would
        have been before it.
        """
        start, end = (datetime.combine(day, moment, zone).astimezone(UTC) for moment in (self.start, self.end))
        return start, end


Spans = tuple[Span, ...]


@dataclass(frozen=True, slots=True)
class Season:
    """A part of every year with spans of its own, such as summer: from one (month, day) to another, both included.

    One that ends before it starts goes over New Year. `weekly` is as in Hours.
    """

    start: tuple[int, int]
    end: tuple[int, int]
    spans: Spans
    weekly: Mapping[int, Spans] = field(default_factory=dict)

    def __contains__(self, day: date) -> bool:
        place = (day.month, day.day)
        if self.start <= self.end:
            return self.start <= place <= self.end
        return place >= self.start or place <= self.end


@dataclass(frozen=True, slots=True)
class Hours:
    """The business hours of a hall, a service or a window, and when numbers are given. No spans means always.

    The first that says something about a day decides: `special`, `closed` and `working` by date, then the weekday's
    `weekly`, then, on `weekdays` (Monday is 0), `spans`. In a season its spans stand for `spans`, and its weekly comes
    before `weekly`. A `working` day, such as a Sunday worked for a holiday (调休), has an ordinary day's spans.

    Numbers are given from `early` before each span's start until `stop` before its end.
    """

    spans: Spans = ()
    weekdays: frozenset[int] = frozenset(range(7))
    weekly: Mapping[int, Spans] = field(default_factory=dict)
    seasons: tuple[Season, ...] = ()
    closed: frozenset[date] = frozenset()
    working: frozenset[date] = frozenset()
    special: Mapping[date, Spans] = field(default_factory=dict)
    early: timedelta = timedelta(0)
    stop: timedelta = timedelta(0)

    @property
    def always(self) -> bool:
        return not (self.spans or self.weekly or self.seasons or self.special)

    def spans_on(self, day: date) -> Spans:
        """The business hours of `day`; none when it is closed, or when the hours are always."""
        if day in self.special:
            return self.special[day]
        if day in self.closed:
            return ()
        season = next((season for season in self.seasons if day in season), None)
        ordinary = season.spans if season else self.spans
        if day in self.working:
            return ordinary
        for weekly in (season.weekly if season else {}, self.weekly):
            if day.weekday() in weekly:
                return weekly[day.weekday()]
        return ordinary if day.weekday() in self.weekdays else ()

    def next_working_day(self, day: date, most: int) -> date:
        """The next day after `day` on which anybody works, at most `most` days later."""
        days = (day + timedelta(days=ahead) for ahead in range(1, most))
        return next((later for later in days if self.always or self.spans_on(later)), day + timedelta(days=most))

    def span_at(self, local: datetime) -> Span | None:
        """The span of the business hours that `local` lies in."""
        day = local.date()
        return next((span for span in self.spans_on(day) if _holds(span.on(day, local.tzinfo), local)), None)

    def next_spans(self, day: date) -> Spans:
        """The spans of `day`, or of the next day that has any."""
        days = (day + timedelta(days=ahead) for ahead in range(_DAYS_TO_LOOK_AHEAD))
        return next((spans for spans in map(self.spans_on, days) if spans), ())

    def issuing_span_at(self, local: datetime) -> Span | None:
        """The span of today's whose numbers are given at `local`, perhaps before it begins."""
        day = local.date()
        for span in self.spans_on(day):
            start, end = span.on(day, local.tzinfo)
            if _holds((start - self.early, end - self.stop), local):
                return span
        return None

    def is_open(self, local: datetime) -> bool:
        """Whether numbers are given now."""
        return self.always or any(_holds(stretch, local) for stretch in self._issuing(local, 1))

    def opens_at(self, local: datetime) -> datetime | None:
        """When numbers are given again; None when they are given now, or not within two months."""
        if self.is_open(local):
            return None
        now = local.astimezone(UTC)
        start = next((start for start, _ in self._issuing(local, _DAYS_TO_LOOK_AHEAD) if start > now), None)
        return start.astimezone(local.tzinfo) if start else None

    def closes_at(self, local: datetime) -> datetime | None:
        """When numbers stop being given; None when they are not given now or never stop."""
        now = reached = local.astimezone(UTC)
        for start, end in self._issuing(local, _DAYS_TO_LOOK_AHEAD):
            # A stretch that begins before the last one is over continues it: early after a short break.
            if start > reached:
                break
            reached = max(reached, end)
        return reached.astimezone(local.tzinfo) if reached > now else None

    def _issuing(self, local: datetime, days: int) -> Iterator[Stretch]:
        """The stretches in which numbers are given around `local`, in order: from the day before it, `days` ahead."""
        for ahead in range(-1, days + 1):
            day = local.date() + timedelta(days=ahead)
            stretches = (span.on(day, local.tzinfo) for span in self.spans_on(day))
            issuing = ((start - self.early, end - self.stop) for start, end in stretches)
            yield from sorted((start, end) for start, end in issuing if start < end)


def business_day(at: datetime, zone: ZoneInfo) -> date:
    """The hall's local date at the instant `at`."""
    return at.astimezone(zone).date()


def end_of_day(day: date, zone: ZoneInfo) -> datetime:
    """The instant at which the business day `day` is over: the next local midnight, whatever clocks did meanwhile."""
    return datetime.combine(day + timedelta(days=1), time.min, zone)


def start_of_day(day: date, zone: ZoneInfo) -> datetime:
    """The instant at which the business day `day` begins: its local midnight."""
    return datetime.combine(day, time.min, zone)


def _holds(stretch: Stretch, moment: datetime) -> bool:
    # Compared as instants: two local times of one zone compare as clocks show them, which is wrong when clocks change.
    start, end = stretch
    return start <= moment.astimezone(UTC) < end
