"""The hall itself: names, hours, departments, services and windows."""

from __future__ import annotations

from datetime import time
from typing import Annotated
from zoneinfo import ZoneInfo, available_timezones

from pydantic import Field, StringConstraints, field_validator

from server.config.section import Code, Section, Text, WindowNumber
from server.hall.calendar import Hours, Span

_WEEKDAYS = 7


class HoursSettings(Section):
    """Business hours: spans like `08:00-12:00`, and weekdays with Monday as 1. `always: true` ignores both."""

    spans: Annotated[tuple[str, ...], Field(min_length=1)] = ("08:00-12:00", "14:30-17:30")
    weekdays: Annotated[tuple[Annotated[int, Field(ge=1, le=_WEEKDAYS)], ...], Field(min_length=1)] = (1, 2, 3, 4, 5)
    always: bool = False

    @field_validator("spans")
    @classmethod
    def _in_order(cls, spans: tuple[str, ...]) -> tuple[str, ...]:
        moments = [moment for span in spans for moment in _span(span)]
        if moments != sorted(set(moments)):
            raise ValueError("each span must end after it starts, and before the next one starts")
        return spans

    def hours(self) -> Hours:
        if self.always:
            return Hours()
        spans = tuple(Span(*_span(span)) for span in self.spans)
        return Hours(spans, frozenset(day - 1 for day in self.weekdays))


def _span(text: str) -> tuple[time, time]:
    try:
        start, end = (time.fromisoformat(part.strip()) for part in text.split("-"))
    except ValueError:
        raise ValueError(f"{text!r} is not a span such as 08:00-12:00") from None
    return start, end


class HallSettings(Section):
    """The hall. `id` stands on every row of the database: never change it once numbers have been given."""

    id: Code
    name: Text
    name_en: Text
    time_zone: str = "Asia/Shanghai"
    hotline: Text = "12345"
    hours: HoursSettings = HoursSettings()

    @field_validator("time_zone")
    @classmethod
    def _known(cls, name: str) -> str:
        if name not in available_timezones():
            raise ValueError(f"{name!r} is not a time zone such as Asia/Shanghai")
        return name

    @property
    def zone(self) -> ZoneInfo:
        return ZoneInfo(self.time_zone)


class DepartmentSettings(Section):
    code: Code
    name: Text
    name_en: Text


class ServiceSettings(Section):
    """A service. `place` is where its citizens wait; `icon` names one of the kiosk's icons."""

    code: Code
    prefix: Annotated[str, StringConstraints(pattern=r"^[A-HJ-NP-Z]$")]
    """One letter, without I and O, which are read as 1 and 0."""
    department: Code
    name: Text
    name_en: Text
    hint: str = ""
    hint_en: str = ""
    icon: Code = "grid"
    place: Text = "大厅等候区"
    place_en: Text = "the waiting area"


class WindowSettings(Section):
    """A window and the codes of its services; `all` for a window that handles everything (综合窗口)."""

    number: WindowNumber
    name: Text
    name_en: Text
    services: Annotated[tuple[Code, ...], Field(min_length=1)]
