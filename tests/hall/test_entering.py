"""Pre-numbered paper: the machine passes over it, and what was given out is entered afterwards."""

from __future__ import annotations

from datetime import timedelta
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st
from small_hall import SmallHall, small_plan

from server.hall import commands as cmd
from server.hall import errors, events
from server.hall.plan import HallPlan, Quota, Service
from server.hall.rules import PaperRange, Rules


def plan(**more: Any) -> HallPlan:
    return small_plan(rules=Rules(paper=PaperRange(3, 5)), **more)


@pytest.fixture
def hall() -> SmallHall:
    small = SmallHall(plan())
    small.open(1)
    return small


def take(hall: SmallHall, service: str = "insurance") -> str:
    return str(hall.do(cmd.IssueTicket(service))["number"])


def enter(hall: SmallHall, *serials: int, **more: Any) -> list[str]:
    return [ticket["number"] for ticket in hall.do(cmd.EnterPaper("insurance", serials, "chen", **more))]


def test_the_machine_passes_over_the_numbers_on_paper(hall: SmallHall) -> None:
    assert [take(hall) for _ in range(4)] == ["A001", "A002", "A006", "A007"]
    assert [take(hall, "residence") for _ in range(3)] == ["B001", "B002", "B006"]


def test_entered_numbers_queue_by_the_time_they_were_taken(hall: SmallHall) -> None:
    take(hall)
    hall.wait(600)
    take(hall)
    assert enter(hall, 4, 3, taken_at=hall.now - timedelta(minutes=5)) == ["A004", "A003"]
    called = []
    while (ticket := hall.do(cmd.CallNext(1, "chen"))) is not None:
        called.append(ticket["number"])
    assert called == ["A001", "A004", "A003", "A002"]
    first = hall.state.tickets["261123A004"]
    assert (first.paper, first.ahead) == (True, 1)
    assert first.issued_at == first.legs[0].queued_at == hall.now - timedelta(minutes=5)
    assert [(e.paper, e.number) for e in hall.events(events.TicketIssued) if e.paper] == [
        (True, "A004"),
        (True, "A003"),
    ]


def test_each_number_once_and_all_of_them_or_none(hall: SmallHall) -> None:
    enter(hall, 3)
    with pytest.raises(errors.NumbersEntered) as refusal:
        enter(hall, 3, 4)
    assert refusal.value.params == {"numbers": "A003"}
    assert "261123A004" not in hall.state.tickets
    assert enter(hall, 4, 4) == ["A004"]


def test_only_what_is_kept_for_paper(hall: SmallHall) -> None:
    with pytest.raises(errors.NotOnPaper) as refusal:
        enter(hall, 5, 6, 7)
    assert refusal.value.params == {"numbers": "A006、A007", "first": "A003", "last": "A005"}
    with pytest.raises(errors.TooManyNumbers):
        enter(hall)
    without = SmallHall(small_plan())
    with pytest.raises(errors.NoPaperNumbers):
        enter(without, 3)


def test_taken_today_and_not_later_than_now(hall: SmallHall) -> None:
    for wrong in (hall.now + timedelta(seconds=1), hall.now - timedelta(hours=10)):
        with pytest.raises(errors.BadTakenTime):
            enter(hall, 3, taken_at=wrong)


def test_who_is_not_there_is_passed_like_anybody_else(hall: SmallHall) -> None:
    enter(hall, 3)
    hall.do(cmd.CallNext(1, "chen"))
    assert hall.do(cmd.MarkNoShow(1, "chen"))["state"] == "no_show"


def test_the_quota_counts_them_and_refuses_none() -> None:
    services = {"insurance": Service("insurance", "A", Quota(day=2)), "residence": Service("residence", "B")}
    hall = SmallHall(plan(services=services))
    enter(hall, 3, 4, 5)
    with pytest.raises(errors.QuotaUsed):
        take(hall)


def test_every_ticket_has_a_secret_of_its_own(hall: SmallHall) -> None:
    enter(hall, 3, 4, 5)
    assert len(hall.state.tokens) == 3


def test_when_the_hall_keeps_other_numbers_no_number_is_given_twice(hall: SmallHall) -> None:
    enter(hall, 3, 4)
    hall.hall.replan(small_plan(), None, hall.now)
    assert [take(hall) for _ in range(4)] == ["A001", "A002", "A005", "A006"]


@given(
    first=st.integers(1, 12),
    length=st.integers(1, 12),
    steps=st.lists(st.booleans(), min_size=1, max_size=30),
)
def test_outside_the_paper_range_numbers_have_no_gap(first: int, length: int, steps: list[bool]) -> None:
    kept = PaperRange(first, first + length - 1)
    hall = SmallHall(small_plan(rules=Rules(paper=kept)))
    paper = iter(range(kept.first, kept.last + 1))
    given_by_machine, entered = [], []
    for by_machine in steps:
        if by_machine:
            given_by_machine.append(int(take(hall)[1:]))
        elif (serial := next(paper, None)) is not None:
            entered += [int(number[1:]) for number in enter(hall, serial)]
    outside = [serial for serial in range(1, 100) if serial not in kept]
    assert given_by_machine == outside[: len(given_by_machine)]
    assert set(entered) <= set(range(kept.first, kept.last + 1))
    assert hall.replayed().state == hall.state
