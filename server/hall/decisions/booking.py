"""预约, 改约, 取消 and 签到: a booking is one visit, and becomes at most one ticket."""

from __future__ import annotations

from datetime import UTC, datetime, timedelta

from server.hall import commands as cmd
from server.hall import events as ev
from server.hall.appointment import Appointment, BookingState, BookingVerb, Mark
from server.hall.booking import BookingPlan, Slot
from server.hall.calendar import business_day
from server.hall.decisions.decision import Decision, Now, drawn
from server.hall.decisions.issuing import next_number, with_paper
from server.hall.errors import (
    HomeVisit,
    NotToday,
    SeveralAppointments,
    SlotFull,
    UnknownAppointment,
    UnknownSlot,
)
from server.hall.facts import appointment_facts, ticket_facts
from server.hall.plan import Service
from server.hall.priority import APPOINTMENT, ORDINARY
from server.hall.state import HallState

_PHONE_DIGITS = 4
_CODES = 10**8
_FARTHEST = timedelta(days=366)


def book_appointment(state: HallState, command: cmd.BookAppointment, now: Now) -> Decision:
    service = state.service(command.service)
    start, slot = find_slot(state, service, command.start, now.at, by_arrangement=command.mark is Mark.EXTENDED)
    check_place(state, service, start, slot)
    appointment = f"{state.plan.local(start):%y%m%d}R{drawn(now.nonce, 10**9):09d}"
    event = ev.AppointmentBooked(
        at=now.at,
        staff=command.staff,
        appointment=appointment,
        code=_free_code(state, now.nonce),
        service=service.code,
        start=start,
        end=_end(start, slot),
        phone=command.phone[-_PHONE_DIGITS:],
        name=command.name,
        person=command.person,
        mark=command.mark,
    )
    return Decision([event], lambda: appointment_facts(state.appointments[appointment]))


def move_appointment(state: HallState, command: cmd.MoveAppointment, now: Now) -> Decision:
    appointment = state.appointment(command.appointment)
    appointment.after(BookingVerb.MOVE)
    service = state.service(command.service or appointment.service)
    start, slot = find_slot(state, service, command.start, now.at, by_arrangement=appointment.mark is Mark.EXTENDED)
    if (service.code, start) == (appointment.service, appointment.start):
        return Decision(answer=lambda: appointment_facts(appointment))
    check_place(state, service, start, slot)
    event = ev.AppointmentMoved(
        at=now.at,
        staff=command.staff,
        appointment=appointment.id,
        service=service.code,
        start=start,
        end=_end(start, slot),
        reason=command.reason,
    )
    return Decision([event], lambda: appointment_facts(appointment))


def cancel_appointment(state: HallState, command: cmd.CancelAppointment, now: Now) -> Decision:
    appointment = state.appointment(command.appointment)
    appointment.after(BookingVerb.CANCEL)
    event = ev.AppointmentCancelled(at=now.at, staff=command.staff, appointment=appointment.id, reason=command.reason)
    return Decision([event], lambda: appointment_facts(appointment))


def close_appointment(state: HallState, command: cmd.CloseAppointment, now: Now) -> Decision:
    appointment = state.appointment(command.appointment)
    appointment.after(BookingVerb.CLOSE)
    event = ev.AppointmentClosed(at=now.at, staff=command.staff, appointment=appointment.id)
    return Decision([event], lambda: appointment_facts(appointment))


def check_in(state: HallState, command: cmd.CheckIn, now: Now) -> Decision:
    """The booking's one ticket: made now, or the one it became before.

    Until `late` after its start the ticket has the class of those who booked, with a turn that counts from its slot;
    later it queues as everybody does. A booking counts for nobody's quota: its slot had one.
    """
    appointment = _find(state, command.ref, now.at)
    if appointment.ticket is not None:
        made = state.tickets[appointment.ticket]
        return Decision(answer=lambda: ticket_facts(made))
    appointment.after(BookingVerb.ARRIVE)
    if appointment.mark is Mark.HOME:
        raise HomeVisit
    service = state.service(appointment.service)
    late = service.booking is not None and now.at > appointment.start + service.booking.late
    issued = next_number(
        state,
        service,
        now,
        staff=command.staff,
        kiosk=command.kiosk,
        priority=ORDINARY if late or APPOINTMENT not in state.plan.priorities else APPOINTMENT,
        person=appointment.person,
        appointment=appointment.id,
        turn=None if late else appointment.start,
    )
    given = with_paper(state, issued, now, printed=command.printed)
    arrived = ev.AppointmentArrived(at=now.at, ticket=issued.ticket, appointment=appointment.id, late=late)
    return Decision([*given.events, arrived], given.answer)


def find_slot(
    state: HallState, service: Service, start: datetime, now: datetime, *, by_arrangement: bool
) -> tuple[datetime, Slot | None]:
    """(the instant, its slot). By arrangement (延时) any time that is still to come will do. Raises UnknownSlot."""
    # Before anything is reckoned with it: a clock's very first and last times cannot be converted.
    if not now < start < now + _FARTHEST:
        raise UnknownSlot(service=service.code)
    if by_arrangement:
        return start.astimezone(UTC), None
    plan, local = service.booking, state.plan.local(start)
    slot = plan.slot(local.time()) if plan is not None else None
    if plan is None or slot is None or not _is_bookable(state, service, plan, local, now):
        raise UnknownSlot(service=service.code)
    return start.astimezone(UTC), slot


def _is_bookable(state: HallState, service: Service, plan: BookingPlan, local: datetime, now: datetime) -> bool:
    last = business_day(now, state.plan.zone) + timedelta(days=plan.days_ahead)
    hours = state.plan.service_hours(service.code)
    return local.date() <= last and (hours.always or hours.span_at(local) is not None)


def check_place(state: HallState, service: Service, start: datetime, slot: Slot | None) -> None:
    """Raises SlotFull."""
    if slot is not None and booked(state, service.code, start) >= slot.places:
        raise SlotFull(service=service.code, start=start)


def booked(state: HallState, service: str, start: datetime) -> int:
    """How many hold a place in that slot."""
    return sum(
        1
        for known in state.appointments.values()
        if known.service == service and known.start == start and known.state is not BookingState.CANCELLED
    )


def _end(start: datetime, slot: Slot | None) -> datetime:
    if slot is None:
        return start + timedelta(minutes=30)
    minutes = (slot.end.hour - slot.start.hour) * 60 + slot.end.minute - slot.start.minute
    return start + timedelta(minutes=minutes)


def _find(state: HallState, ref: str, now: datetime) -> Appointment:
    """Today's booking with that code or, where only one has them, those last digits of a phone."""
    today = business_day(now, state.plan.zone)
    if len(ref) == _PHONE_DIGITS:
        same = [
            known
            for known in state.appointments.values()
            if known.phone == ref
            and known.state in (BookingState.BOOKED, BookingState.ARRIVED)
            and business_day(known.start, state.plan.zone) == today
        ]
        same = [known for known in same if known.state is BookingState.BOOKED] or same
        if len(same) > 1:
            raise SeveralAppointments
        if not same:
            raise UnknownAppointment(appointment=ref)
        return same[0]
    appointment = state.appointment(ref)
    if business_day(appointment.start, state.plan.zone) != today:
        raise NotToday(start=state.plan.local(appointment.start))
    return appointment


def _free_code(state: HallState, nonce: str) -> str:
    """Eight digits that no open booking has, from the command's randomness alone."""
    code = drawn(nonce, _CODES)
    while f"{code:08d}" in state.codes:
        code = (code + 1) % _CODES
    return f"{code:08d}"
