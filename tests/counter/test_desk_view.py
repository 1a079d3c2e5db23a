"""What a desk shows, from the hall's state alone."""

from __future__ import annotations

import json
from datetime import timedelta
from pathlib import Path
from typing import Any

import pytest
from small_hall import MONDAY_9, SmallHall

from counter.called_here import CalledHere
from counter.view import desk_view
from server.config import Settings, load_settings
from server.hall import commands as cmd
from server.hall.window import Clerk

CHEN = Clerk("chen", "陈晓兰", "0307")
LI = Clerk("li", "李静", "0302")
WINDOW = 3


@pytest.fixture(scope="module")
def settings() -> Settings:
    return load_settings(Path(__file__).parents[2] / "config.yaml")


class Counter:
    """Window 3 of the sample hall (社保医保、民政、综合) and what its desk shows."""

    def __init__(self, settings: Settings) -> None:
        self.settings = settings
        self.hall = SmallHall(settings.plan())
        self.called_here = CalledHere()
        self.hall.do(cmd.OpenWindow(WINDOW, CHEN))

    def view(self, clerk: Clerk = CHEN, window: int = WINDOW) -> dict[str, Any]:
        here = self.called_here.tickets(self.hall.state, window)
        return desk_view(self.hall.state, self.settings, window, clerk.username, here, None, (), 0, self.hall.now)

    def take(self, *services: str) -> list[str]:
        return [self.hall.do(cmd.IssueTicket(service, kiosk="1"))["number"] for service in services]

    def call(self, clerk: Clerk = CHEN) -> str:
        number: str = self.hall.do(cmd.CallNext(WINDOW, clerk.username))["number"]
        return number

    def serve(self, seconds: float, clerk: Clerk = CHEN) -> str:
        """Call, start, finish after `seconds`; the evaluation's token."""
        self.call(clerk)
        self.hall.do(cmd.Start(WINDOW, clerk.username))
        self.hall.wait(seconds)
        self.hall.do(cmd.FinishTicket(WINDOW, clerk.username))
        token: str = self.hall.state.windows[WINDOW].evaluation.token
        return token


@pytest.fixture
def counter(settings: Settings) -> Counter:
    return Counter(settings)


def test_the_line_is_everybody_the_window_handles_in_the_order_they_came(counter: Counter) -> None:
    services = ["social-insurance", "tax", "general", "civil-affairs", "social-insurance", "residence"]
    taken = counter.take(*services)
    waiting = counter.view()["waiting"]
    assert [one["number"] for one in waiting["line"]] == [taken[0], taken[2], taken[3], taken[4]]
    assert (waiting["total"], waiting["next"], waiting["oldest"]) == (4, taken[0], MONDAY_9.isoformat())
    assert counter.call() == waiting["next"]


def test_a_long_line_shows_its_head_and_counts_the_rest(counter: Counter) -> None:
    taken = counter.take(*["social-insurance"] * 20)
    waiting = counter.view()["waiting"]
    assert [one["number"] for one in waiting["line"]] == taken[:8]
    assert waiting["total"] == 20


def test_the_ticket_tells_where_and_when_it_was_taken_and_how_often_called(counter: Counter) -> None:
    counter.take("social-insurance")
    counter.hall.wait(1500)
    counter.call()
    counter.hall.wait(60)
    counter.hall.do(cmd.Recall(WINDOW, "chen"))
    ticket = counter.view()["ticket"]
    assert ticket == {
        "id": "261123A001",
        "number": "A001",
        "service": "social-insurance",
        "priority": "ordinary",
        "verified": None,
        "state": "called",
        "issued_at": MONDAY_9.isoformat(),
        "queued_at": MONDAY_9.isoformat(),
        "called_at": (MONDAY_9 + timedelta(seconds=1500)).isoformat(),
        "last_called_at": (MONDAY_9 + timedelta(seconds=1560)).isoformat(),
        "calls": 2,
        "started_at": None,
        "held_seconds": 0,
        "kiosk": {"name": "1 号取号机", "name_en": "Kiosk 1"},
        "note": None,
        "then": [],
        "returns_to": None,
        "first": None,
        "notices": [],
        "told_here": False,
    }


def test_the_day_is_told_in_totals_of_this_clerk_at_this_window(counter: Counter) -> None:
    counter.take(*["social-insurance"] * 5)
    token = counter.serve(300)
    counter.hall.do(cmd.CastVote(token, 5))
    counter.serve(600)
    counter.call()
    counter.hall.do(cmd.MarkNoShow(WINDOW, "chen"))
    counter.hall.do(cmd.OpenWindow(WINDOW, LI))
    counter.serve(60, LI)
    assert counter.view(LI)["today"] == {"finished": 1, "mean_seconds": 60, "rated": 0, "no_show": 0}
    counter.hall.do(cmd.OpenWindow(WINDOW, CHEN))
    assert counter.view()["today"] == {"finished": 2, "mean_seconds": 450, "rated": 1, "no_show": 1}


def test_passed_numbers_stay_with_the_window_the_latest_first(counter: Counter) -> None:
    taken = counter.take(*["general"] * 10)
    for _ in taken:
        counter.call()
        counter.hall.do(cmd.MarkNoShow(WINDOW, "chen"))
    passed = counter.view()["passed"]
    assert passed["total"] == 10
    assert [one["number"] for one in passed["line"]] == taken[::-1][:8]


@pytest.mark.parametrize("level", [5, 1])
def test_how_a_citizen_voted_cannot_be_told_from_the_desk(settings: Settings, level: int) -> None:
    def voted(with_level: int) -> str:
        counter = Counter(settings)
        counter.take("social-insurance")
        counter.hall.do(cmd.CastVote(counter.serve(60), with_level))
        assert counter.view()["evaluation"] == {"open": False, "number": "A001"}
        return json.dumps(counter.view())

    assert voted(level) == voted(3)


def test_while_a_citizen_is_asked_the_desk_knows_only_that(counter: Counter) -> None:
    assert counter.view()["evaluation"] is None
    counter.take("social-insurance")
    token = counter.serve(60)
    assert counter.view()["evaluation"] == {"open": True, "number": "A001"}
    assert token not in json.dumps(counter.view())


def test_the_citizens_secret_is_not_on_the_desk(counter: Counter) -> None:
    counter.take("social-insurance", "social-insurance")
    counter.call()
    shown = json.dumps(counter.view())
    assert all(token not in shown for token in counter.hall.state.tokens)


def test_whoever_has_been_replaced_sees_only_by_whom(counter: Counter) -> None:
    counter.hall.do(cmd.OpenWindow(WINDOW, LI))
    assert counter.view() == {"mine": False, "taken_by": "李静"}
    assert counter.view(LI)["mine"] is True
    counter.hall.do(cmd.CloseWindow(WINDOW, "li"))
    assert counter.view(LI) == {"mine": False, "taken_by": None}


def test_the_index_of_calls_says_what_looking_through_the_whole_day_says(counter: Counter) -> None:
    hall = counter.hall
    for day in (0, 1):
        hall.now = MONDAY_9 + timedelta(days=day)
        hall.do(cmd.OpenWindow(WINDOW, CHEN))
        hall.do(cmd.OpenWindow(1, LI))
        for step in range(12):
            counter.take("general", "general")
            hall.do(cmd.CallNext(1, "li"))
            counter.call()
            if step % 3 == 0:
                hall.do(cmd.Recall(WINDOW, "chen"))
            for window in (1, WINDOW):
                walked = dict.fromkeys(call.ticket.id for call in hall.state.calls if call.window == window)
                assert [t.id for t in counter.called_here.tickets(hall.state, window)] == list(walked)
