"""Quotas, services that stop, and one number for one person."""

from __future__ import annotations

from datetime import UTC, datetime, time
from typing import Any
from zoneinfo import ZoneInfo

import pytest
from small_hall import SmallHall, small_plan

from server.hall import commands as cmd
from server.hall import errors
from server.hall.calendar import Hours, Span
from server.hall.plan import Quota, Service
from server.hall.rules import PersonRule, Rules

SHANGHAI = ZoneInfo("Asia/Shanghai")
HOURS = Hours((Span(time(8), time(12)), Span(time(14, 30), time(17, 30))))


def at(hour: int, minute: int = 0, day: int = 23) -> datetime:
    return datetime(2026, 11, day, hour, minute, tzinfo=SHANGHAI)


def hall_with(**quota: int) -> SmallHall:
    services = {"insurance": Service("insurance", "A", Quota(**quota)), "residence": Service("residence", "B")}
    return SmallHall(small_plan(services=services, hours=HOURS))


def take(hall: SmallHall, **more: Any) -> str:
    return str(hall.do(cmd.IssueTicket("insurance", **more))["number"])


def test_when_the_mornings_numbers_are_taken_the_afternoon_has_its_own() -> None:
    hall = hall_with(span=2)
    assert [take(hall), take(hall)] == ["A001", "A002"]
    with pytest.raises(errors.QuotaUsed) as refusal:
        take(hall)
    assert refusal.value.params["opens_at"] == at(14, 30)
    hall.now = at(14, 30).astimezone(UTC)
    assert take(hall) == "A003"


def test_when_the_days_numbers_are_taken_tomorrow_has_its_own() -> None:
    hall = hall_with(day=1)
    take(hall)
    with pytest.raises(errors.QuotaUsed) as refusal:
        take(hall)
    assert refusal.value.params["opens_at"] == at(8, day=24)
    hall.now = at(8, day=24).astimezone(UTC)
    assert take(hall) == "A001"


def test_a_number_given_back_makes_room_for_another() -> None:
    hall = hall_with(day=1)
    take(hall)
    hall.do(cmd.CancelTicket("261123A001"))
    assert take(hall) == "A002"


def test_but_not_once_a_service_was_given() -> None:
    limited = hall_with(day=1)
    limited.open(1)
    take(limited, then=("residence",))
    limited.do(cmd.CallNext(1, "chen"))
    limited.do(cmd.FinishTicket(1, "chen"))
    limited.do(cmd.CancelTicket("261123A001"))
    with pytest.raises(errors.QuotaUsed):
        take(limited)


def test_a_visit_of_several_services_needs_a_place_in_each() -> None:
    hall = hall_with(day=0)
    with pytest.raises(errors.QuotaUsed):
        hall.do(cmd.IssueTicket("residence", then=("insurance",)))


def test_whoever_is_served_directly_takes_no_place_and_needs_no_hours() -> None:
    hall = hall_with(day=1)
    hall.open(1)
    take(hall)
    hall.now = at(12, 30).astimezone(UTC)
    assert hall.do(cmd.ServeDirectly(1, "chen", "insurance"))["number"] == "A002"


def test_a_service_that_stops_gives_no_numbers_and_keeps_those_it_gave(hall: SmallHall) -> None:
    take(hall)
    hall.do(cmd.SuspendService("insurance", "chen", "系统升级"))
    with pytest.raises(errors.ServiceSuspended) as refusal:
        take(hall)
    assert refusal.value.params["reason"] == "系统升级"
    assert hall.do(cmd.CallNext(1, "chen"))["number"] == "A001"
    hall.do(cmd.ResumeService("insurance", "chen"))
    assert take(hall) == "A002"


def test_nor_is_it_a_later_part_of_a_visit(hall: SmallHall) -> None:
    hall.do(cmd.SuspendService("residence", "chen", "系统升级"))
    with pytest.raises(errors.ServiceSuspended):
        take(hall, then=("residence",))
    assert take(hall) == "A001"


def persons(**rule: Any) -> SmallHall:
    return SmallHall(small_plan(rules=Rules(person=PersonRule(**rule))))


def test_one_person_has_one_open_number_for_a_service() -> None:
    hall = persons()
    hall.open(1)
    take(hall, person="hash")
    with pytest.raises(errors.PersonHasNumber) as refusal:
        take(hall, person="hash")
    assert refusal.value.params["number"] == "A001"
    assert take(hall, person="other") == "A002"
    assert hall.do(cmd.IssueTicket("residence", person="hash"))["number"] == "B001"
    hall.do(cmd.CallNext(1, "chen"))
    hall.do(cmd.FinishTicket(1, "chen"))
    assert take(hall, person="hash") == "A003"


def test_so_many_a_day_and_one_given_back_does_not_count() -> None:
    hall = persons(open_per_service=None, per_day=2)
    take(hall, person="hash")
    take(hall, person="hash")
    with pytest.raises(errors.PersonLimit):
        take(hall, person="hash")
    hall.do(cmd.CancelTicket("261123A001"))
    assert take(hall, person="hash") == "A003"


def test_where_identities_are_required_only_staff_gives_a_number_without() -> None:
    hall = persons(required=True)
    with pytest.raises(errors.IdentityNeeded):
        take(hall, kiosk="1")
    assert take(hall, staff="chen") == "A001"


def test_an_exception_is_made_by_staff_with_a_reason() -> None:
    hall = persons()
    take(hall, person="hash")
    for nobody in ({"exception": "代办"}, {"exception": " ", "staff": "chen"}):
        with pytest.raises(errors.ReasonNeeded):
            take(hall, person="hash", **nobody)
    assert take(hall, person="hash", staff="chen", exception="代父亲办理") == "A002"
