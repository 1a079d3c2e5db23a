"""Appointments."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime

from server.hall.appointment import Mark
from server.hall.events.event import Event


@dataclass(frozen=True, slots=True, kw_only=True)
class AppointmentBooked(Event):
    kind = "appointment_booked"
    appointment: str
    code: str
    service: str
    start: datetime
    end: datetime
    phone: str
    name: str
    person: str | None = None
    mark: Mark | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class AppointmentMoved(Event):
    kind = "appointment_moved"
    appointment: str
    service: str
    start: datetime
    end: datetime
    reason: str = ""


@dataclass(frozen=True, slots=True, kw_only=True)
class AppointmentArrived(Event):
    """The booking became a ticket. `late`: after its time, so that it queues as everybody does."""

    kind = "appointment_arrived"
    appointment: str
    late: bool = False


@dataclass(frozen=True, slots=True, kw_only=True)
class AppointmentClosed(Event):
    """Staff went there (上门), and it is done."""

    kind = "appointment_closed"
    appointment: str


@dataclass(frozen=True, slots=True, kw_only=True)
class AppointmentCancelled(Event):
    kind = "appointment_cancelled"
    appointment: str
    reason: str = ""


@dataclass(frozen=True, slots=True, kw_only=True)
class AppointmentMissed(Event):
    """Its day was closed, and nobody had come."""

    kind = "appointment_missed"
    appointment: str
