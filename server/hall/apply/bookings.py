"""Appointments: booked, moved, turned into tickets, or come to nothing."""

from __future__ import annotations

from typing import Any

from server.hall import events as ev
from server.hall.apply.registry import applies
from server.hall.appointment import Appointment, BookingVerb
from server.hall.state import HallState


@applies(ev.AppointmentBooked)
def _booked(state: HallState, event: ev.AppointmentBooked) -> None:
    appointment = Appointment(
        id=event.appointment,
        code=event.code,
        service=event.service,
        start=event.start,
        end=event.end,
        phone=event.phone,
        name=event.name,
        person=event.person,
        mark=event.mark,
        booked_at=event.at,
        staff=event.staff,
    )
    state.appointments[appointment.id] = state.touched_appointments[appointment.id] = appointment
    state.codes[appointment.code] = appointment.id


@applies(ev.AppointmentMoved)
def _moved(state: HallState, event: ev.AppointmentMoved) -> None:
    appointment = _becomes(state, event, BookingVerb.MOVE)
    if appointment is None:
        return
    appointment.service, appointment.start, appointment.end = event.service, event.start, event.end
    appointment.moved += 1


@applies(ev.AppointmentArrived)
def _arrived(state: HallState, event: ev.AppointmentArrived) -> None:
    appointment = _becomes(state, event, BookingVerb.ARRIVE)
    if appointment is not None:
        appointment.ticket = event.ticket


@applies(ev.AppointmentClosed)
def _closed(state: HallState, event: ev.AppointmentClosed) -> None:
    _becomes(state, event, BookingVerb.CLOSE)


@applies(ev.AppointmentCancelled)
def _cancelled(state: HallState, event: ev.AppointmentCancelled) -> None:
    _becomes(state, event, BookingVerb.CANCEL)


@applies(ev.AppointmentMissed)
def _missed(state: HallState, event: ev.AppointmentMissed) -> None:
    _becomes(state, event, BookingVerb.MISS)


def _becomes(state: HallState, event: Any, verb: BookingVerb) -> Appointment | None:
    """None for a booking made so long ago that a rebuilt hall was not told of it: that must not end the hall."""
    appointment = state.appointments.get(event.appointment)
    if appointment is None:
        return None
    state.touched_appointments[appointment.id] = appointment
    appointment.state = appointment.after(verb)
    return appointment
