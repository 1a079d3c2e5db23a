"""Times of day and days of the year as config.yaml writes them: `08:00-12:00`, `06-01`."""

from __future__ import annotations

from datetime import date, time
from typing import Annotated

from pydantic import AfterValidator, Field

from server.hall.calendar import Span
from server.told import told

_LEAP_YEAR = 2000


def to_spans(texts: tuple[str, ...]) -> tuple[Span, ...]:
    return tuple(Span(*_moments(text)) for text in texts)


def to_month_day(text: str) -> tuple[int, int]:
    """Raises ValueError. The 29th of February is a day of the year too."""
    month, day = (int(part) for part in text.split("-"))
    date(_LEAP_YEAR, month, day)
    return month, day


def _in_order(texts: tuple[str, ...]) -> tuple[str, ...]:
    moments = [moment for text in texts for moment in _moments(text)]
    if moments != sorted(set(moments)):
        raise ValueError(told("each span must end after it starts, and before the next one starts"))
    return texts


def _moments(text: str) -> tuple[time, time]:
    try:
        start, end = (time.fromisoformat(part.strip()) for part in text.split("-"))
    except ValueError:
        raise ValueError(told("%(text)r is not a span such as 08:00-12:00", text=text)) from None
    if start.tzinfo or end.tzinfo:
        raise ValueError(told("%(text)r must be in the hall's own time, without a zone", text=text))
    return start, end


def _time_of_day(text: str) -> str:
    try:
        return f"{time.fromisoformat(text).replace(tzinfo=None):%H:%M}"
    except ValueError:
        raise ValueError(told("%(text)r is not a time of day such as 03:30", text=text)) from None


def _month_day(text: str) -> str:
    try:
        to_month_day(text)
    except ValueError:
        raise ValueError(told("%(text)r is not a day of the year such as 06-01", text=text)) from None
    return text


NoSpans = Annotated[tuple[str, ...], AfterValidator(_in_order)]
"""Spans, or an empty list for a day that is closed."""
Spans = Annotated[NoSpans, Field(min_length=1)]
TimeOfDay = Annotated[str, AfterValidator(_time_of_day)]
MonthDay = Annotated[str, AfterValidator(_month_day)]
Weekday = Annotated[int, Field(ge=1, le=7)]
"""Monday is 1."""
