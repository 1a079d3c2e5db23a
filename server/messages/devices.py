"""How the hall's devices are, and what is left for a person to do."""

from __future__ import annotations

from typing import Literal

from pydantic import Field

from server.messages.message import Message


class PlaceOut(Message):
    """Where a device stands. `kind`: kiosk, window, display, or the kind of a device that has no place of its own."""

    kind: str
    id: str
    name: str
    name_en: str


class AlertOut(Message):
    """Something to be mended. `what` names it, whatever the device; `id` is the same for as long as it lasts."""

    id: str
    device: str = Field(description="The kind of device: printer, pad, display…")
    what: str = Field(examples=["paper_out", "paper_near", "cover_open", "pad_offline"])
    stops: bool = Field(description="False for a warning: the device goes on working")
    places: list[PlaceOut] = Field(description="Several when they share the device")


class LinkOut(Message):
    kind: str = Field(description="tcp, serial, file, usb, cups or agent")
    address: str | None = Field(description="For leaders; null for clerks")


class LastPrintOut(Message):
    slip: str
    number: str | None
    state: str
    at: str = Field(description="When it came to that state")


class PrintCountsOut(Message):
    """Today's print jobs by what is known of them."""

    printed: int = 0
    sent: int = 0
    unknown: int = 0
    blocked: int = 0
    dropped: int = 0
    under_way: int = 0


class PrinterOut(Message):
    """`state`: ready, blocked or unknown. `paper` and `cover` are null where the printer does not tell."""

    id: str
    places: list[PlaceOut]
    state: str
    reason: str | None
    since: str | None
    paper: Literal["ok", "near", "out"] | None
    cover: Literal["open", "closed"] | None
    width: int | None = Field(description="Of the paper, in mm")
    link: LinkOut | None
    last: LastPrintOut | None
    jobs: PrintCountsOut


class DeviceOut(Message):
    """A pad, a screen, or whatever else is attached."""

    kind: str
    id: str
    places: list[PlaceOut]
    state: str
    since: str | None
    detail: str | None = Field(description="What the line said of itself, for leaders; null for clerks")
    shut_out: bool = Field(description="Whether its presses count for nobody until it rests, or a leader takes it back")


class DeviceIn(Message):
    """A device by its kind and id, as `GET /devices` names it."""

    kind: str
    id: str


class PendingPrintOut(Message):
    """A paper that a person has to look after: unknown, blocked, or long paused."""

    job: str
    slip: str
    ticket: str | None
    number: str | None
    places: list[PlaceOut]
    state: str
    reason: str | None
    at: str = Field(description="When it came to that state")
    again: str | None = Field(description="Where to POST for 补打; null where that cannot be had")
    ready: bool = Field(description="Whether its printer could print now")


class PendingPrintsOut(Message):
    total: int
    newest: list[PendingPrintOut]


class DevicesOut(Message):
    alerts: list[AlertOut] = Field(description="Worst first")
    printers: list[PrinterOut]
    devices: list[DeviceOut]
    pending: PendingPrintsOut


class DevicesNowOut(DevicesOut):
    at: str
