"""Another plan in the middle of the day: the numbers stay, and the log tells of it."""

from __future__ import annotations

from datetime import time
from typing import Any

import pytest
from small_hall import CHEN, SmallHall, small_plan

from server.hall import commands as cmd
from server.hall.calendar import Hours, Span
from server.hall.errors import HallClosed, UnknownWindow
from server.hall.events import HallReplanned
from server.hall.log import from_row, to_row
from server.hall.plan import HallPlan, Service, WindowPlan
from server.hall.replanning import digest_of
from server.hall.window import WindowState

NEW = small_plan(
    services={
        "tax": Service("tax", "C"),
        "insurance": Service("insurance", "A"),
        "residence": Service("residence", "B"),
    },
    windows={4: WindowPlan(4, ("tax",)), 2: WindowPlan(2, ("insurance", "tax")), 1: WindowPlan(1, ("residence",))},
)


@pytest.fixture
def hall() -> SmallHall:
    hall = SmallHall()
    hall.open(1, 2)
    for service in ("insurance", "insurance", "residence"):
        hall.do(cmd.IssueTicket(service))
    hall.do(cmd.CallNext(2, CHEN.username))
    return hall


def replan(hall: SmallHall, plan: HallPlan) -> None:
    hall.plan = plan
    hall.log += hall.hall.replan(plan, "chen", hall.now)


def test_what_goes_on_goes_on_and_what_is_new_works(hall: SmallHall) -> None:
    before = hall.state.tickets.copy()
    replan(hall, NEW)
    assert hall.state.tickets == before
    assert (hall.state.windows[2].ticket.number, hall.state.windows[1].state) == ("A001", WindowState.OPEN)
    assert hall.do(cmd.IssueTicket("tax"))["number"] == "C001"
    assert hall.do(cmd.IssueTicket("insurance"))["number"] == "A003"
    hall.open(4)
    assert hall.do(cmd.CallNext(4, CHEN.username))["number"] == "C001"
    assert hall.do(cmd.CallNext(1, CHEN.username))["number"] == "B001"
    with pytest.raises(UnknownWindow):
        hall.open(3)


def test_the_log_and_the_new_plan_give_the_same_hall(hall: SmallHall) -> None:
    replan(hall, NEW)
    hall.open(4)
    hall.do(cmd.IssueTicket("tax"))
    rebuilt = hall.replayed().state
    assert rebuilt == hall.state
    assert list(rebuilt.windows) == list(hall.state.windows) == [4, 2, 1]


def test_new_hours_hold_from_the_next_number_on(hall: SmallHall) -> None:
    replan(hall, small_plan(hours=Hours((Span(time(14), time(17)),))))
    with pytest.raises(HallClosed):
        hall.do(cmd.IssueTicket("insurance"))
    assert hall.do(cmd.CallNext(2, CHEN.username))["number"] == "A002"


def test_the_event_says_who_and_to_what(hall: SmallHall) -> None:
    replan(hall, NEW)
    (event,) = hall.events(HallReplanned)
    assert (event.kind, event.staff, event.digest) == ("plan_changed", "chen", digest_of(NEW))
    assert from_row(to_row(hall.log[-1])) == hall.log[-1]


def test_time_passes_before_the_plan_changes() -> None:
    hall = SmallHall()
    replan(hall, NEW)
    assert [recorded.event.kind for recorded in hall.log] == ["day_opened", "plan_changed"]


@pytest.mark.parametrize(
    "changes",
    [
        {"hours": Hours((Span(time(8), time(12)),))},
        {"hours": Hours(weekdays=frozenset({0, 1}))},
        {"services": {"insurance": Service("insurance", "C"), "residence": Service("residence", "B")}},
        {"windows": {1: WindowPlan(1, ("residence", "insurance"))}},
        {"number_width": 4},
    ],
)
def test_another_plan_has_another_digest(changes: dict[str, Any]) -> None:
    assert digest_of(small_plan()) == digest_of(small_plan())
    assert digest_of(small_plan(**changes)) != digest_of(small_plan())
