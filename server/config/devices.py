"""The devices that people touch: kiosks, and at the windows pads for citizens and keypads for clerks."""

from __future__ import annotations

from typing import Annotated, Literal, Self

from pydantic import Field, ValidationInfo, field_validator, model_validator

from server.config.addresses import AGENT, INPUT, PadLink, SerialLine
from server.config.printers import PrinterSettings
from server.config.section import Code, Section, Text, WindowNumber
from server.config.spans import TimeOfDay
from server.config.staff_pin import StaffPin
from server.told import told

PadDialect = Literal["hallqueue", "hallqueuefront", "text", "template", "hid_keys"]
_PAD_KEYS = 256
_NUMBERED_DIFFERENTLY = ("hallqueue", "hallqueuefront")
"""Dialects of pads whose makers do not agree on which key is the best."""
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


PadKeys = dict[Annotated[int, Field(ge=0, lt=_PAD_KEYS)], Annotated[int, Field(ge=1, le=5)]]


class PadSettings(Section):
    """A pad at a window.

    `template` is a YAML file that describes another maker's frames, for the dialect of that name. `keys`: which level
    each raw key stands for, pressed and checked at set-up; None: as the dialect itself says, where it can. A USB keypad
    (`hid_keys`, at `input://…`) has no address. At `agent://NAME` it hangs on another PC, whose own file says how it is
    reached there, and how fast. `beep`: it sounds with each invitation.
    """

    window: WindowNumber
    link: PadLink
    baudrate: Annotated[int, Field(ge=1200, le=115200)] = 9600
    address: Annotated[int, Field(ge=0, le=255)] = 0
    dialect: PadDialect = "hallqueue"
    template: Annotated[str | None, Field(validate_default=True)] = None
    keys: Annotated[PadKeys | None, Field(validate_default=True)] = None
    beep: bool = False

    @field_validator("template")
    @classmethod
    def _belongs_to_its_dialect(cls, template: str | None, info: ValidationInfo) -> str | None:
        if "dialect" in info.data and (info.data["dialect"] == "template") != (template is not None):
            raise ValueError(told("dialect: template and the template's file belong together"))
        return template

    @field_validator("keys")
    @classmethod
    def _some(cls, keys: PadKeys | None, info: ValidationInfo) -> PadKeys | None:
        if keys is None and info.data.get("dialect") in _NUMBERED_DIFFERENTLY:
            raise ValueError(told("press every key of the pad and write down which level it is"))
        if keys is not None and not keys:
            raise ValueError(told("a pad without keys cannot be pressed"))
        return keys

    @property
    def agent(self) -> str | None:
        """The agent at whose PC it hangs; None for a pad on a line of the server's."""
        return self.link.removeprefix(AGENT) if self.link.startswith(AGENT) else None

    @model_validator(mode="after")
    def _is_where_it_can_be(self) -> Self:
        if self.agent is None and self.link.startswith(INPUT) != (self.dialect == "hid_keys"):
            raise ValueError(told("dialect hid_keys and a link such as input:///dev/input/… go together"))
        stated = "address" in self.model_fields_set
        if self.dialect == "hid_keys" and self.address != 0:
            raise ValueError(told("a USB keypad has no address"))
        if self.dialect != "hid_keys" and not stated:
            raise ValueError(told("a serial pad needs its address"))
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
            raise ValueError(
                told(
                    "a hallqueuefront keypad's address is below %(limit)s: from there on they are pads'",
                    limit=PADS_FROM,
                )
            )
        return self
