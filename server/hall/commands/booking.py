"""预约."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime

from server.hall.appointment import Mark
from server.hall.commands.command import Command
from server.hall.facts import AppointmentFacts, TicketFacts


@dataclass(frozen=True, slots=True)
class BookAppointment(Command[AppointmentFacts]):
    """预约, for a slot of the service that begins at `start`. `phone`: the last four digits."""

    service: str
    start: datetime
    phone: str
    name: str = ""
    person: str | None = None
    mark: Mark | None = None
    staff: str | None = None


@dataclass(frozen=True, slots=True)
class MoveAppointment(Command[AppointmentFacts]):
    """改约, also by the hall when a clerk is absent. `service` None: the same."""

    appointment: str
    start: datetime
    service: str | None = None
    reason: str = ""
    staff: str | None = None


@dataclass(frozen=True, slots=True)
class CancelAppointment(Command[AppointmentFacts]):
    appointment: str
    reason: str = ""
    staff: str | None = None


@dataclass(frozen=True, slots=True)
class CloseAppointment(Command[AppointmentFacts]):
    """上门 is done."""

    appointment: str
    staff: str


@dataclass(frozen=True, slots=True)
class CheckIn(Command[TicketFacts]):
    """签到: the booking becomes its ticket; asked again, it is the same ticket.

    `ref`: the code, or the last four digits of the phone. With `printed`, a job for the kiosk's printer is queued.
    """

    ref: str
    kiosk: str | None = None
    printed: bool = True
    staff: str | None = None
