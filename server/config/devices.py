"""The devices that people touch: kiosks, and at the windows pads for citizens and keypads for clerks."""

from __future__ import annotations

from typing import Annotated, Literal, Self

from pydantic import Field, field_validator, model_validator

from server.config.addresses import AGENT, PadLink, SerialLine
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
    """A serial pad at a window. `keys`: which level each raw key byte stands for, pressed and checked at set-up.

    At `agent://NAME` it hangs on another PC, whose own file says how it is reached there, and how fast.
    """

    window: WindowNumber
    link: PadLink
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

    @property
    def agent(self) -> str | None:
        """The agent at whose PC it hangs; None for a pad on a line of the server's."""
        return self.link.removeprefix(AGENT) if self.link.startswith(AGENT) else None


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
