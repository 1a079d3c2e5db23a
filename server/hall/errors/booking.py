"""What is wrong with an appointment."""

from __future__ import annotations

from server.hall.errors.base import Conflict, HallError, NotFound


class UnknownAppointment(NotFound):
    code = "unknown_appointment"


class UnknownSlot(NotFound):
    """The service cannot be booked then."""

    code = "unknown_slot"


class BadPhone(HallError):
    """Not the last four digits of a phone's number."""

    code = "bad_phone"


class SlotFull(Conflict):
    code = "slot_full"


class SeveralAppointments(Conflict):
    """More than one booking of today ends in these digits: the code tells them apart."""

    code = "several_appointments"


class NotToday(Conflict):
    """The booking is for another day; `start` says which."""

    code = "not_today"


class HomeVisit(Conflict):
    """上门: staff come to the citizen, so there is nothing to check in for."""

    code = "home_visit"


class IllegalBooking(Conflict):
    """The booking's state does not allow the verb (`server.hall.appointment.BOOKINGS`)."""

    code = "illegal_booking"
