"""Appointments and their slots."""

from __future__ import annotations

from typing import Annotated

from pydantic import AwareDatetime, Field, StringConstraints

from server.hall.appointment import Mark
from server.messages.message import Message, Reason

_PHONE_DIGITS = 4


class BookIn(Message):
    """`start`: an aware ISO 8601 time at which one of the service's slots begins."""

    service: str
    start: AwareDatetime
    phone: Annotated[str, StringConstraints(pattern=r"^[0-9]{4,15}$")] = Field(
        description="The last four digits are kept"
    )
    name: Annotated[str, StringConstraints(max_length=40, strip_whitespace=True)] = ""
    person: Annotated[str, StringConstraints(min_length=1, max_length=64)] | None = None
    mark: Mark | None = Field(default=None, description="home (上门) or extended (延时)")


class MoveIn(Message):
    start: AwareDatetime
    service: str | None = None
    reason: Reason = ""


class CancelAppointmentIn(Message):
    reason: Reason = ""


class CheckInIn(Message):
    ref: Annotated[str, StringConstraints(pattern=r"^([0-9]{4}|[0-9]{8})$")] = Field(
        description="The booking's code, or the last four digits of the phone"
    )

    @property
    def is_phone(self) -> bool:
        return len(self.ref) == _PHONE_DIGITS


class AppointmentOut(Message):
    """For staff and booking systems. `code` is what the citizen checks in with, `phone` the last four digits."""

    id: str
    code: str
    service: str
    start: str
    end: str
    state: str = Field(description="booked, arrived, done, missed or cancelled")
    phone: str
    name: str
    mark: str | None
    ticket: str | None


class AppointmentsOut(Message):
    appointments: list[AppointmentOut]


class SlotOut(Message):
    start: str
    end: str
    places: int
    left: int


class SlotsOut(Message):
    service: str
    slots: list[SlotOut]


class AppointmentPath(Message):
    ref: str = Field(description="An appointment's id")
