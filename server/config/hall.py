"""The hall itself: names, departments, services and windows."""

from __future__ import annotations

from typing import Annotated
from zoneinfo import ZoneInfo, available_timezones

from pydantic import Field, StringConstraints, field_validator

from server.config.hours import HoursSettings
from server.config.section import Code, Section, Text, WindowNumber


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
    """A service. `place` is where its citizens wait; `icon` names one of the kiosk's icons.

    `hours` where they are not the hall's: what they do not state is the hall's all the same.
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
    hours: HoursSettings | None = None


class WindowSettings(Section):
    """A window and the codes of its services; `all` for a window that handles everything (综合窗口)."""

    number: WindowNumber
    name: Text
    name_en: Text
    services: Annotated[tuple[Code, ...], Field(min_length=1)]
    hours: HoursSettings | None = None
