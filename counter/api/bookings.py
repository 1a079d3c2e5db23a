"""`/api/v1/appointments`: 预约, made and changed by staff or by a booking system that the hall knows."""

from __future__ import annotations

from datetime import date, datetime
from typing import Any

from flask import request

from counter.api.blueprint import api, do
from counter.slots import free_slots
from server.hall import commands as cmd
from server.hall.appointment import Appointment
from server.hall.calendar import business_day
from server.hall.facts import AppointmentFacts, appointment_facts
from server.hall.state import HallState
from server.messages import (
    AppointmentOut,
    AppointmentPath,
    AppointmentsOut,
    BookIn,
    CancelAppointmentIn,
    MoveIn,
    ServicePath,
    SlotsOut,
)
from server.web.access import device, signed_in, staff
from server.web.answer import answer
from server.web.context import context
from server.web.devices import Kind
from server.web.errors import Refused
from server.web.identity import hashed_person

_FIRST_YEAR, _LAST_YEAR = 2000, 2200


@api.get("/services/<code>/slots", responses={"200": SlotsOut})
def slots(path: ServicePath) -> Any:
    """The places left on `?day=YYYY-MM-DD`, today without it. Anybody may ask."""
    hall = context().hall
    day = _day(request.args.get("day"))
    found = hall.read(lambda state: free_slots(state, path.code, day, hall.clock()))
    return answer(SlotsOut(service=path.code, slots=found))


@api.get("/appointments", responses={"200": AppointmentsOut})
def of_day() -> Any:
    """Who is booked for `?day=`, today without it, in the order of the slots. For staff."""
    signed_in()
    day = _day(request.args.get("day"))
    found = context().hall.read(lambda state: [appointment_facts(a) for a in _on(state, day)])
    return answer(AppointmentsOut(appointments=[_out(facts) for facts in found]))


@api.post("/appointments", responses={"201": AppointmentOut})
def book(body: BookIn) -> Any:
    """预约. 404 `unknown_slot` where no slot begins then, 409 `slot_full` when it has no place left."""
    command = cmd.BookAppointment(
        service=body.service,
        start=body.start,
        phone=body.phone[-4:],
        name=body.name,
        person=hashed_person(body.person),
        mark=body.mark,
        staff=_booker(),
    )
    return answer(_out(do(command)), 201)


@api.post("/appointments/<ref>/move", responses={"200": AppointmentOut})
def move(path: AppointmentPath, body: MoveIn) -> Any:
    """改约, also by the hall when a clerk is absent."""
    command = cmd.MoveAppointment(path.ref, body.start, body.service, body.reason, _booker())
    return answer(_out(do(command)))


@api.post("/appointments/<ref>/cancel", responses={"200": AppointmentOut})
def cancel(path: AppointmentPath, body: CancelAppointmentIn) -> Any:
    """取消预约: its place is free again."""
    return answer(_out(do(cmd.CancelAppointment(path.ref, body.reason, _booker()))))


@api.post("/appointments/<ref>/close", responses={"200": AppointmentOut})
def close(path: AppointmentPath) -> Any:
    """上门 is done."""
    return answer(_out(do(cmd.CloseAppointment(path.ref, signed_in().username))))


def _booker() -> str | None:
    """The clerk's name, None for a booking system. Raises Refused for anybody else."""
    person = staff()
    if person is not None:
        return person.username
    if device(Kind.BOOKING) is None:
        raise Refused(401, "login_required")
    return None


def _day(text: str | None) -> date:
    hall = context().hall
    if text is None:
        return business_day(hall.clock(), hall.plan.zone)
    try:
        day = date.fromisoformat(text)
    except ValueError:
        raise Refused(400, "bad_input") from None
    if not _FIRST_YEAR <= day.year <= _LAST_YEAR:
        raise Refused(400, "bad_input")
    return day


def _on(state: HallState, day: date) -> list[Appointment]:
    zone = state.plan.zone

    def when(appointment: Appointment) -> datetime:
        return appointment.start

    return sorted((a for a in state.appointments.values() if business_day(a.start, zone) == day), key=when)


def _out(facts: AppointmentFacts) -> AppointmentOut:
    return AppointmentOut(**facts)
