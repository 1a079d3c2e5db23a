"""What a desk shows of the rules: classes, holds, passed numbers, transfers, second thoughts and bookings."""

from __future__ import annotations

import time
from datetime import timedelta
from typing import Any

import pytest
from small_hall import MONDAY_9, SmallHall

from counter.booked import BookedToday
from counter.called_here import CalledHere
from counter.view import desk_view
from server.config import Settings
from server.config.loading import parse_settings
from server.hall import commands as cmd
from server.hall.hold import HoldKind
from server.hall.window import Clerk

CHEN, LI = Clerk("chen", "陈晓兰", "0307"), Clerk("li", "李静", "0302")
WINDOW, OTHER = 3, 1


@pytest.fixture(scope="module")
def settings(ruled_sections: dict[str, Any], sample: dict[str, Any]) -> Settings:
    hall = {**ruled_sections["hall"], "time_zone": "Asia/Shanghai"}
    return parse_settings({**sample, **ruled_sections, "hall": hall})


class Counter:
    """Window 3 of the sample hall with classes and bookings; 李静 sits at window 1, which handles everything."""

    def __init__(self, settings: Settings) -> None:
        self.settings = settings
        self.hall = SmallHall(settings.plan())
        self.called_here, self.booked = CalledHere(), BookedToday()
        self.hall.do(cmd.OpenWindow(WINDOW, CHEN))
        self.hall.do(cmd.OpenWindow(OTHER, LI))

    def view(self, window: int = WINDOW, clerk: Clerk = CHEN) -> dict[str, Any]:
        state, now = self.hall.state, self.hall.now
        here = self.called_here.tickets(state, window)
        expected = self.booked.expected(state, state.window(window).services, now)
        return desk_view(state, self.settings, window, clerk.username, here, None, (), expected, now)

    def take(self, service: str = "general", **more: Any) -> str:
        return str(self.hall.do(cmd.IssueTicket(service, **more))["id"])

    def serve(self, window: int = WINDOW, clerk: Clerk = CHEN) -> str:
        ticket = self.hall.do(cmd.CallNext(window, clerk.username))["id"]
        self.hall.do(cmd.Start(window, clerk.username))
        return str(ticket)


@pytest.fixture
def counter(settings: Settings) -> Counter:
    return Counter(settings)


def test_whoever_is_next_is_always_among_those_shown(counter: Counter) -> None:
    for _ in range(12):
        counter.take()
    elderly = counter.take(priority="elderly")
    waiting = counter.view()["waiting"]
    assert waiting["next"] == counter.hall.state.tickets[elderly].number
    assert (waiting["line"][0]["id"], waiting["line"][0]["priority"]) == (elderly, "elderly")
    assert (len(waiting["line"]), waiting["total"]) == (8, 13)
    assert waiting["oldest"] == MONDAY_9.isoformat()


def test_a_window_is_shown_only_whom_it_may_call(settings: Settings) -> None:
    windows = [w.model_copy(update={"classes": ("elderly",)}) if w.number == WINDOW else w for w in settings.windows]
    counter = Counter(settings.model_copy(update={"windows": tuple(windows)}))
    counter.take()
    elderly = counter.take(priority="elderly")
    waiting = counter.view()["waiting"]
    assert ([one["id"] for one in waiting["line"]], waiting["total"]) == ([elderly], 1)


def test_what_is_on_hold_is_shown_where_it_can_go_on(counter: Counter) -> None:
    kinds = (HoldKind.WITH_PAPERS, HoldKind.WITHOUT_PAPERS, HoldKind.WAITING)
    until = MONDAY_9 + timedelta(minutes=10)
    for kind in kinds:
        counter.take()
        counter.serve()
        counter.hall.do(cmd.HoldTicket(WINDOW, "chen", kind, "补材料", until))
        counter.hall.wait(1)
    assert [one["kind"] for one in counter.view()["held"]] == [kind.value for kind in kinds]
    first = counter.view()["held"][0]
    assert (first["reason"], first["since"], first["until"]) == ("补材料", MONDAY_9.isoformat(), until.isoformat())
    assert [one["kind"] for one in counter.view(OTHER, LI)["held"]] == ["without_papers"]
    counter.hall.wait(600)
    counter.hall.do(cmd.PassTime())
    assert [one["kind"] for one in counter.view()["held"]] == ["with_papers", "without_papers"]
    assert counter.view()["waiting"]["line"][0]["back"] == "held"


def test_time_on_hold_is_no_service(counter: Counter) -> None:
    counter.take()
    ticket = counter.serve()
    counter.hall.do(cmd.HoldTicket(WINDOW, "chen", HoldKind.WITH_PAPERS))
    counter.hall.wait(300)
    counter.hall.do(cmd.ResumeTicket(WINDOW, "chen", ticket))
    assert counter.view()["ticket"]["held_seconds"] == 300


def test_a_passed_number_says_how_long_it_may_come_back(counter: Counter) -> None:
    ticket = counter.take()
    counter.hall.do(cmd.CallNext(WINDOW, "chen"))
    counter.hall.do(cmd.MarkNoShow(WINDOW, "chen"))
    until = MONDAY_9 + timedelta(minutes=60)
    assert counter.view()["passed"]["line"][0]["until"] == until.isoformat()
    counter.hall.now = until
    counter.hall.do(cmd.RejoinTicket(ticket, "chen"))
    assert counter.view()["passed"]["total"] == 0


def test_the_last_step_can_be_taken_back_until_something_else_happens(counter: Counter) -> None:
    counter.take()
    counter.take()
    ticket = counter.serve()
    counter.hall.do(cmd.FinishTicket(WINDOW, "chen"))
    until = (MONDAY_9 + timedelta(seconds=30)).isoformat()
    number = counter.hall.state.tickets[ticket].number
    assert counter.view()["undo"] == {"ticket": ticket, "number": number, "state": "finished", "until": until}
    assert counter.view(OTHER, LI)["undo"] is None
    counter.hall.do(cmd.CallNext(WINDOW, "chen"))
    assert counter.view()["undo"] is None


def test_a_sent_ticket_brings_its_note_and_where_it_goes_back_to(counter: Counter) -> None:
    ticket = counter.take(then=("civil-affairs",))
    counter.serve()
    assert counter.view()["ticket"]["then"] == ["civil-affairs"]
    assert [(one["window"], one["staff"], one["clerk"]) for one in counter.view()["colleagues"]] == [(1, "li", "李静")]
    counter.hall.do(cmd.TransferTicket(WINDOW, "chen", to_window=OTHER, returns=True, note="缺复印件"))
    assert counter.view(OTHER, LI)["waiting"]["line"][0]["back"] == "sent"
    assert counter.serve(OTHER, LI) == ticket
    shown = counter.view(OTHER, LI)["ticket"]
    assert (shown["note"], shown["returns_to"]) == ({"text": "缺复印件", "window": WINDOW}, WINDOW)


def test_bookings_of_today_are_counted_until_they_come(counter: Counter) -> None:
    start = MONDAY_9 + timedelta(hours=1)
    booked = [
        counter.hall.do(cmd.BookAppointment("civil-affairs", start + timedelta(days=days), f"100{days}"))
        for days in (0, 0, 1)
    ]
    assert counter.view()["expected"] == 2
    counter.hall.do(cmd.CheckIn(booked[0]["code"]))
    assert counter.view()["expected"] == 1
    row = counter.view()["waiting"]["line"][0]
    assert (row["priority"], row["booked_for"]) == ("appointment", start.isoformat())


def test_a_view_costs_the_same_however_many_wait(counter: Counter) -> None:
    def fastest() -> float:
        times = []
        for _ in range(30):
            begun = time.perf_counter()
            counter.view()
            times.append(time.perf_counter() - begun)
        return min(times)

    for _ in range(10):
        counter.take()
    few = fastest()
    for _ in range(2000):
        counter.take()
    assert fastest() < few * 2


def test_what_the_hall_calls_things_and_asks_for(counter: Counter) -> None:
    hall = counter.view()["hall"]
    assert [one["code"] for one in hall["classes"]] == ["ordinary", "appointment", "elderly", "disabled"]
    assert [one["shown"] for one in hall["classes"]] == [False, False, True, True]
    assert hall["classes"][2]["proof"] == "老年证"
    assert {one["code"] for one in hall["services"] if one["bookable"]} == {"social-insurance", "civil-affairs"}
    assert hall["rules"] == {"calls": 1, "rejoin_after": 3, "rejoin_within": 60, "undo": 30, "paper": None}
