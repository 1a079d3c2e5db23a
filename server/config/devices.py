"""The devices that people touch: kiosks, and at the windows pads for citizens and keypads for clerks."""

from __future__ import annotations

from typing import Annotated, Literal, Self

from pydantic import Field, field_validator, model_validator

from server.config.addresses import INPUT, PadLine, SerialLine
from server.config.printers import PrinterSettings
from server.config.section import Code, Section, Text, WindowNumber
from server.config.spans import TimeOfDay
from server.config.staff_pin import StaffPin

_PAD_KEYS = 256
PADS_FROM = 0x80
"""A hallqueuefront pad has the address of its keypad, and this on top."""


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
    """A pad at a window. `keys`: which level each raw key byte stands for, pressed and checked at set-up.

    A USB keypad (`hid_keys`, at `input://…`) has no address.
    """

    window: WindowNumber
    link: PadLine
    baudrate: Annotated[int, Field(ge=1200, le=115200)] = 9600
    address: Annotated[int, Field(ge=0, le=255)] = 0
    dialect: Literal["hallqueue", "hallqueuefront", "hid_keys"] = "hallqueue"
    keys: dict[Annotated[int, Field(ge=0, lt=_PAD_KEYS)], Annotated[int, Field(ge=1, le=5)]]

    @field_validator("keys")
    @classmethod
    def _some(cls, keys: dict[int, int]) -> dict[int, int]:
        if not keys:
            raise ValueError("a pad without keys cannot be pressed")
        return keys

    @model_validator(mode="after")
    def _is_where_it_can_be(self) -> Self:
        if self.link.startswith(INPUT) != (self.dialect == "hid_keys"):
            raise ValueError("dialect hid_keys and a link such as input:///dev/input/… go together")
        stated = "address" in self.model_fields_set
        if self.dialect == "hid_keys" and self.address != 0:
            raise ValueError("a USB keypad has no address")
        if self.dialect != "hid_keys" and not stated:
            raise ValueError("a serial pad needs its address")
        return self


class KeypadSettings(Section):
    """A clerk's hardware caller (硬件叫号器) at a window, on a line that pads and strips may share."""

    window: WindowNumber
    link: SerialLine
    baudrate: Annotated[int, Field(ge=1200, le=115200)] = 9600
    address: Annotated[int, Field(ge=0, le=255)]
    dialect: Literal["hallqueuefront", "queuesystem"] = "hallqueuefront"

    @model_validator(mode="after")
    def _leaves_room_for_pads(self) -> Self:
        if self.dialect == "hallqueuefront" and self.address >= PADS_FROM:
            raise ValueError(f"a hallqueuefront keypad's address is below {PADS_FROM}: from there on they are pads'")
        return self
