"""The hall itself: names, departments, services and windows."""

from __future__ import annotations

from typing import Annotated, Self
from zoneinfo import ZoneInfo, available_timezones

from pydantic import Field, StringConstraints, field_validator, model_validator

from server.config.booking import BookingSettings
from server.config.guide import GuideSettings
from server.config.hours import HoursSettings
from server.config.printers import PrinterSettings
from server.config.section import Code, Section, Text, WindowNumber
from server.hall.result import ResultKind
from server.told import told


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
            raise ValueError(told("%(name)r is not a time zone such as Asia/Shanghai", name=name))
        return name

    @property
    def zone(self) -> ZoneInfo:
        return ZoneInfo(self.time_zone)


class DepartmentSettings(Section):
    code: Code
    name: Text
    name_en: Text


class QuotaSettings(Section):
    """How many numbers a day, and in each stretch of the day's hours; null: any. Bookings have their own places."""

    day: Annotated[int, Field(ge=0, le=100_000)] | None = None
    span: Annotated[int, Field(ge=0, le=100_000)] | None = None


class ServiceSettings(Section):
    """A service. `place` is where its citizens wait; `icon` names one of the kiosk's icons.

    `hours` where they are not the hall's: what they do not state is the hall's all the same. `result`: what a finish
    comes to when the clerk does not say, where that is not the hall's default.
    """

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
    quota: QuotaSettings = QuotaSettings()
    booking: BookingSettings | None = None
    hours: HoursSettings | None = None
    guide: GuideSettings | None = None
    result: ResultKind | None = None


class OverflowSettings(Section):
    """A service that the window takes on when more than `waiting` wait, or somebody longer than `longest` minutes."""

    service: Code
    waiting: Annotated[int, Field(ge=1, le=10_000)] | None = None
    longest: Annotated[int, Field(ge=1, le=24 * 60)] | None = None

    @model_validator(mode="after")
    def _some(self) -> Self:
        if self.waiting is None and self.longest is None:
            raise ValueError(told("says neither how many must wait nor how long"))
        return self


class WindowSettings(Section):
    """A window and the codes of its services; `all` for a window that handles everything (综合窗口).

    `weights`: a wait for that service counts so many times. `classes`: only numbers of these priority classes are
    called here (绿色通道); with `others_when_free` others too, while none of those waits. `printer`: for slips that are
    given out at the window.
    """

    number: WindowNumber
    name: Text
    name_en: Text
    services: Annotated[tuple[Code, ...], Field(min_length=1)]
    weights: dict[Code, Annotated[int, Field(ge=1, le=100)]] = Field(default_factory=dict)
    overflow: tuple[OverflowSettings, ...] = ()
    classes: tuple[Code, ...] = ()
    others_when_free: bool = False
    hours: HoursSettings | None = None
    printer: PrinterSettings | None = None
