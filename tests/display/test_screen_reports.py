"""What screens tell of themselves, and how the leader sees it: over the wire, without a browser."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any

import pytest
from hall_server import HallServer, StartHall
from hall_voice import speaker
from live_page import LivePage
from waiting import wait_until

PATIENCE = 20.0


@pytest.fixture
def hall(start_hall: StartHall) -> HallServer:
    server = start_hall(voice={"languages": ["zh"], "repeats": 1})
    server.open(1, 2, 3, 4)
    return server


@pytest.fixture
def page(hall: HallServer) -> Iterator[LivePage]:
    opened = LivePage(hall, "display", display="hall", page="one")
    yield opened
    opened.leave()


def call(hall: HallServer, window: int = 3) -> None:
    hall.issue("social-insurance")
    hall.post(f"windows/{window}/call-next")


def screen(hall: HallServer) -> tuple[str, str | None]:
    devices = hall.call_api("GET", "devices").json()["devices"]
    return next((device["state"], device["detail"]) for device in devices if device["kind"] == "display")


def order_of(page: LivePage) -> Any:
    wait_until(lambda: page.view["speak"] is not None, "the page has an order")
    return page.view["speak"]


def test_an_order_names_its_page_and_what_to_play(hall: HallServer, page: LivePage) -> None:
    page.tell("sound", {"state": "running", "missing": 0})
    call(hall)
    order = order_of(page)
    assert (order["page"], order["chime"], order["volume"]) == ("one", True, 1.0)
    assert order["text"] == "请 A 零 零 一 号 到 三 号 窗口 办理"
    page.tell("spoke", {"order": order["id"], "phase": "began"})
    page.tell("spoke", {"order": order["id"], "phase": "ended"})
    wait_until(lambda: page.view["speak"] is None, "it is done")
    assert speaker(hall) == ("ready", None)


def test_a_call_that_is_answered_is_taken_from_the_page(hall: HallServer, page: LivePage) -> None:
    page.tell("sound", {"state": "running", "missing": 0})
    call(hall)
    order_of(page)
    hall.post("windows/3/start")
    wait_until(lambda: page.view["speak"] is None, "it is not to be spoken")


def test_a_page_that_never_answers_is_deaf_and_the_next_call_is_given_out_all_the_same(
    hall: HallServer, page: LivePage
) -> None:
    page.tell("sound", {"state": "running", "missing": 0})
    call(hall, 2)
    first = order_of(page)
    call(hall, 3)
    wait_until(lambda: speaker(hall) == ("blocked", "deaf"), "the leader is told", PATIENCE)
    wait_until(lambda: order_of(page)["id"] != first["id"], "the line goes on", PATIENCE)
    page.tell("spoke", {"order": order_of(page)["id"], "phase": "began"})
    wait_until(lambda: speaker(hall) == ("ready", None), "it answers again")


def test_words_that_make_no_sense_change_nothing(hall: HallServer, page: LivePage) -> None:
    page.tell("sound", {"state": "running", "missing": 0})
    call(hall)
    order = order_of(page)
    for event, message in (
        ("spoke", None),
        ("spoke", {"order": order["id"], "phase": "sung"}),
        ("spoke", {"order": "x" * 200, "phase": "ended"}),
        ("sound", {"state": "suspended", "missing": -1}),
        ("sound", "running"),
        ("shown", {"call": "A001", "at": None}),
    ):
        page.tell(event, message)
    stranger = LivePage(hall, "display", display="hall", page="two")
    stranger.tell("sound", {"state": "running", "missing": 0})
    stranger.tell("spoke", {"order": order["id"], "phase": "ended"})
    nameless = LivePage(hall, "display", display="hall")
    nameless.tell("spoke", {"order": order["id"], "phase": "ended"})
    assert hall.call_api("GET", "board/hall").ok
    assert page.view["speak"] == order
    page.tell("spoke", {"order": order["id"], "phase": "ended"})
    wait_until(lambda: page.view["speak"] is None, "its own word counts")
    for other in (stranger, nameless):
        other.leave()


def test_a_screen_that_does_not_show_the_call_is_blind_until_it_does(hall: HallServer, page: LivePage) -> None:
    call(hall)
    wait_until(lambda: bool(page.view["fresh"]), "the page has the call")
    assert screen(hall) == ("online", None)
    wait_until(lambda: screen(hall) == ("blocked", "blind"), "the leader is told", PATIENCE)
    alerts = hall.call_api("GET", "devices").json()["alerts"]
    assert ("display", "blind") in [(alert["device"], alert["what"]) for alert in alerts]
    shown = page.view["fresh"][-1]
    page.tell("shown", {"call": shown["id"], "at": shown["at"]})
    wait_until(lambda: screen(hall) == ("online", None), "it shows it after all")
