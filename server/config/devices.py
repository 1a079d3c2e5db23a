"""The devices that citizens touch: kiosks, and pads at the windows; and how the hall sounds."""

from __future__ import annotations

from typing import Annotated, Literal

from pydantic import Field, StringConstraints, field_validator

from server.config.addresses import SerialLine
from server.config.printers import PrinterSettings
from server.config.section import Code, Section, Text, WindowNumber
from server.config.spans import NoSpans, TimeOfDay
from server.config.staff_pin import StaffPin
from server.hall.announcement import LONGEST_ANNOUNCEMENT

_PAD_KEYS = 256


class KioskSettings(Section):
    """A kiosk. `slot`: where its paper comes out, seen from the screen.

    `staff_pin` opens the staff's panel on it; without one there is none. `reload_at`: the hall's time at which its page
    loads itself anew every night, once nobody is at it.
    """

    id: Code
    name: Text
    name_en: Text
    slot: Literal["below", "right"] = "below"
    printer: PrinterSettings | None = None
    staff_pin: StaffPin | None = None
    reload_at: TimeOfDay = "03:30"


class PadSettings(Section):
    """A serial pad at a window. `keys`: which level each raw key byte stands for, pressed and checked at set-up."""

    window: WindowNumber
    link: SerialLine
    baudrate: Annotated[int, Field(ge=1200, le=115200)] = 9600
    address: Annotated[int, Field(ge=0, le=255)]
    dialect: Literal["hallqueue", "hallqueuefront"] = "hallqueue"
    keys: dict[Annotated[int, Field(ge=0, lt=_PAD_KEYS)], Annotated[int, Field(ge=1, le=5)]]

    @field_validator("keys")
    @classmethod
    def _some(cls, keys: dict[int, int]) -> dict[int, int]:
        if not keys:
            raise ValueError("a pad without keys cannot be pressed")
        return keys


class KioskVoiceSettings(Section):
    """How kiosks sound. `muted`: times of day at which they make no sound at all."""

    muted: NoSpans = ()
    volume: Annotated[float, Field(ge=0, le=1)] = 0.8


AnnouncementText = Annotated[
    str, StringConstraints(min_length=1, max_length=LONGEST_ANNOUNCEMENT, strip_whitespace=True)
]


class VoiceSettings(Section):
    """How calls are spoken, and kiosks read aloud.

    `recordings`: a folder whose `<language>/<clip>.wav` replace the made clips. `announcements`: texts that a leader
    may choose instead of typing one.
    """

    languages: Annotated[tuple[Literal["zh", "en"], ...], Field(min_length=1)] = ("zh",)
    one: Literal["yi", "yao"] = "yi"
    repeats: Annotated[int, Field(ge=1, le=3)] = 2
    recordings: str | None = None
    announcements: tuple[AnnouncementText, ...] = ()
    kiosk: KioskVoiceSettings = KioskVoiceSettings()
