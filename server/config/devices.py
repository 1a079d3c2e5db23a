"""The devices that citizens touch: kiosks, and pads at the windows."""

from __future__ import annotations

from typing import Annotated, Literal

from pydantic import Field, field_validator

from server.config.addresses import SerialLine
from server.config.printers import PrinterSettings
from server.config.section import Code, Section, Text, WindowNumber
from server.config.spans import TimeOfDay
from server.config.staff_pin import StaffPin

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
