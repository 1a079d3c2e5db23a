"""预约: a slot is booked once for each of its places, and a booking becomes one ticket, in its turn."""

from __future__ import annotations

from datetime import UTC, datetime, time, timedelta
from typing import Any
from zoneinfo import ZoneInfo

import pytest
from small_hall import SmallHall, small_plan

from server.hall import Hall, errors
from server.hall import commands as cmd
from server.hall.appointment import BookingState, Mark
from server.hall.booking import BookingPlan, Slot
from server.hall.events import AppointmentBooked, AppointmentMissed, DayClosed, DayOpened
from server.hall.plan import Service
from server.hall.priority import APPOINTMENT, ORDINARY, Priorities, PriorityClass

SHANGHAI = ZoneInfo("Asia/Shanghai")
BOOKING = BookingPlan(
    (Slot(time(9), time(9, 30), 2), Slot(time(10), time(10, 30), 1)),
    days_ahead=3,
    early=timedelta(minutes=10),
    late=timedelta(minutes=15),
)


def at(hour: int, minute: int = 0, day: int = 23) -> datetime:
    return datetime(2026, 11, day, hour, minute, tzinfo=SHANGHAI).astimezone(UTC)


@pytest.fixture
def hall() -> SmallHall:
    """Monday, 08:00; insurance can be booked at 9 (two places) and at 10 (one)."""
    services = {
        "insurance": Service("insurance", "A", booking=BOOKING),
        "residence": Service("residence", "B"),
    }
    classes = Priorities((PriorityClass(ORDINARY), PriorityClass(APPOINTMENT, 1)))
    small = SmallHall(small_plan(services=services, priorities=classes))
    small.now = at(8)
    small.open(1, 2)
    return small


def book(hall: SmallHall, start: datetime, phone: str = "13800001234", **more: Any) -> dict[str, Any]:
    answer: dict[str, Any] = hall.do(cmd.BookAppointment("insurance", start, phone, "张*", **more))
    return answer


def come(hall: SmallHall, ref: str, when: datetime) -> dict[str, Any]:
    hall.now = when
    answer: dict[str, Any] = hall.do(cmd.CheckIn(ref, kiosk="1"))
    return answer


def calls(hall: SmallHall, count: int) -> list[str]:
    return [hall.do(cmd.CallNext(1, "chen"))["number"] for _ in range(count)]


def test_a_slot_has_so_many_places_and_no_more(hall: SmallHall) -> None:
    book(hall, at(9))
    second = book(hall, at(9))
    with pytest.raises(errors.SlotFull):
        book(hall, at(9))
    hall.do(cmd.CancelAppointment(second["id"]))
    assert book(hall, at(9))["state"] == BookingState.BOOKED


@pytest.mark.parametrize(
    ("service", "start"),
    [
        ("insurance", at(9, 15)),
        ("insurance", at(7)),
        ("insurance", at(9, day=27)),
        ("residence", at(9)),
    ],
)
def test_only_slots_to_come_of_the_next_days_can_be_booked(hall: SmallHall, service: str, start: datetime) -> None:
    with pytest.raises(errors.UnknownSlot):
        hall.do(cmd.BookAppointment(service, start, "1234"))


def test_a_slot_that_has_begun_cannot_be_booked(hall: SmallHall) -> None:
    hall.now = at(9)
    with pytest.raises(errors.UnknownSlot):
        book(hall, at(9))


def test_only_four_digits_of_the_phone_are_kept(hall: SmallHall) -> None:
    booked = book(hall, at(9))
    assert booked["phone"] == "1234"
    assert "0000" not in repr(hall.log[-1])
    assert len(booked["code"]) == 8


def test_the_booking_becomes_one_ticket_however_often_its_code_is_entered(hall: SmallHall) -> None:
    code = book(hall, at(9))["code"]
    first = come(hall, code, at(8, 55))
    assert (first["number"], first["priority"]) == ("A001", APPOINTMENT)
    assert come(hall, code, at(8, 56))["id"] == first["id"]
    assert hall.do(cmd.IssueTicket("insurance"))["number"] == "A002"


def test_the_last_digits_of_the_phone_will_do_unless_two_have_the_same(hall: SmallHall) -> None:
    book(hall, at(9))
    assert come(hall, "1234", at(8, 55))["number"] == "A001"
    book(hall, at(9), phone="13711111234")
    book(hall, at(10), phone="13911111234")
    with pytest.raises(errors.SeveralAppointments):
        hall.do(cmd.CheckIn("1234"))
    with pytest.raises(errors.UnknownAppointment):
        hall.do(cmd.CheckIn("9999"))


def test_on_time_it_goes_before_who_came_earlier(hall: SmallHall) -> None:
    code = book(hall, at(9))["code"]
    for _ in range(2):
        hall.do(cmd.IssueTicket("insurance"))
    come(hall, code, at(8, 50))
    assert calls(hall, 3) == ["A003", "A001", "A002"]


def test_whoever_comes_early_waits_for_the_slot_unless_nobody_else_is_there(hall: SmallHall) -> None:
    code = book(hall, at(10))["code"]
    come(hall, code, at(8, 30))
    hall.do(cmd.IssueTicket("insurance"))
    hall.do(cmd.IssueTicket("insurance"))
    assert calls(hall, 1) == ["A002"]
    hall.now = at(9, 50)
    assert calls(hall, 2) == ["A001", "A003"]


def test_an_earlier_slot_goes_first_whoever_checked_in_first(hall: SmallHall) -> None:
    early, late = book(hall, at(9), phone="1111")["code"], book(hall, at(10), phone="2222")["code"]
    come(hall, late, at(8, 30))
    come(hall, early, at(8, 55))
    hall.now = at(9, 55)
    assert calls(hall, 2) == ["A002", "A001"]


def test_whoever_comes_too_late_queues_as_everybody_does(hall: SmallHall) -> None:
    code = book(hall, at(9))["code"]
    hall.now = at(9, 15)
    hall.do(cmd.IssueTicket("insurance"))
    assert come(hall, code, at(9, 16))["priority"] == ORDINARY
    assert calls(hall, 2) == ["A001", "A002"]


def test_who_never_comes_is_missed_when_the_day_closes(hall: SmallHall) -> None:
    booked = book(hall, at(9))
    tomorrow = book(hall, at(9, day=24))
    hall.now = at(8, day=24)
    hall.do(cmd.PassTime())
    assert [event.appointment for event in hall.events(AppointmentMissed)] == [booked["id"]]
    assert hall.events(DayClosed)[0].missed == 1
    assert list(hall.state.appointments) == [tomorrow["id"]]
    assert come(hall, tomorrow["code"], at(8, 55, day=24))["number"] == "A001"


def test_another_days_booking_is_not_for_today(hall: SmallHall) -> None:
    code = book(hall, at(9, day=24))["code"]
    with pytest.raises(errors.NotToday):
        hall.do(cmd.CheckIn(code))


def test_a_booking_can_be_moved_by_either_side_and_leaves_its_place(hall: SmallHall) -> None:
    booked = book(hall, at(10))
    moved = hall.do(cmd.MoveAppointment(booked["id"], at(9, day=24), reason="经办人请假", staff="chen"))
    assert datetime.fromisoformat(moved["start"]) == at(9, day=24)
    assert moved["code"] == booked["code"]
    assert book(hall, at(10))["state"] == BookingState.BOOKED
    with pytest.raises(errors.SlotFull):
        hall.do(cmd.MoveAppointment(booked["id"], at(10)))


@pytest.mark.parametrize("ended", ["arrived", "cancelled"])
def test_what_has_ended_is_neither_moved_nor_cancelled(hall: SmallHall, ended: str) -> None:
    booked = book(hall, at(9))
    hall.do(cmd.CheckIn(booked["code"]) if ended == "arrived" else cmd.CancelAppointment(booked["id"]))
    for command in (cmd.MoveAppointment(booked["id"], at(10)), cmd.CancelAppointment(booked["id"])):
        with pytest.raises(errors.IllegalBooking):
            hall.do(command)


def test_nobody_checks_in_for_a_visit_at_home_and_staff_closes_it(hall: SmallHall) -> None:
    booked = book(hall, at(9), mark=Mark.HOME)
    with pytest.raises(errors.HomeVisit):
        hall.do(cmd.CheckIn(booked["code"]))
    assert hall.do(cmd.CloseAppointment(booked["id"], "chen"))["state"] == BookingState.DONE


def test_outside_the_slots_by_arrangement(hall: SmallHall) -> None:
    booked = book(hall, at(18, 30), mark=Mark.EXTENDED)
    assert come(hall, booked["code"], at(18, 25))["priority"] == APPOINTMENT


def test_a_code_that_is_given_again_once_its_day_is_over_stays_with_the_later_booking(hall: SmallHall) -> None:
    """A hall that is rebuilt hears of both bookings before it hears that the first one's day is over."""

    def book_with(nonce: str, start: datetime) -> dict[str, Any]:
        reply = hall.hall.handle(cmd.BookAppointment("insurance", start, "1234"), hall.now, nonce)
        hall.log += reply.events
        return dict(reply.answer or {})

    first = book_with("same", at(9))
    hall.now = at(8, day=24)
    hall.do(cmd.PassTime())
    second = book_with("same", at(9, day=25))
    assert first["code"] == second["code"]
    hall.now = at(8, day=25)
    hall.do(cmd.PassTime())
    opened = max(i for i, recorded in enumerate(hall.log) if isinstance(recorded.event, DayOpened))
    rebuilt = Hall(hall.plan)
    for recorded in [r for r in hall.log[:opened] if r.event.kind.startswith("appointment")] + hall.log[opened:]:
        rebuilt.apply(recorded)
    assert rebuilt.state.appointments == hall.state.appointments
    assert rebuilt.state.codes == hall.state.codes == {second["code"]: second["id"]}


def test_a_booking_from_before_what_is_read_back_does_not_end_the_hall(hall: SmallHall) -> None:
    booked = book(hall, at(9))
    hall.do(cmd.MoveAppointment(booked["id"], at(10)))
    rebuilt = Hall(hall.plan)
    for recorded in hall.log:
        if not isinstance(recorded.event, AppointmentBooked):
            rebuilt.apply(recorded)
    assert rebuilt.state.appointments == {}


def test_bookings_of_days_on_which_nothing_ran_are_missed_too(hall: SmallHall) -> None:
    booked = book(hall, at(9, day=24))
    hall.now = at(8, day=27)
    hall.do(cmd.PassTime())
    assert [event.appointment for event in hall.events(AppointmentMissed)] == [booked["id"]]


@pytest.mark.parametrize("start", ["0001-01-01T00:00:00+14:00", "9999-12-31T23:59:00-12:00"])
def test_times_at_the_ends_of_the_calendar_are_no_slots(hall: SmallHall, start: str) -> None:
    for mark in (None, Mark.EXTENDED):
        with pytest.raises(errors.UnknownSlot):
            book(hall, datetime.fromisoformat(start), mark=mark)


def test_facts_are_in_utc_whatever_the_booking_was_asked_in(hall: SmallHall) -> None:
    assert book(hall, at(9).astimezone(SHANGHAI))["start"] == at(9).isoformat()


def test_digits_that_one_has_already_used_are_the_others(hall: SmallHall) -> None:
    first = book(hall, at(9))
    book(hall, at(10), phone="13911111234")
    hall.do(cmd.CheckIn(first["code"]))
    assert hall.do(cmd.CheckIn("1234"))["number"] == "A002"
