"""交接班, 取号 and 纸号 over HTTP, and one window for each person."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

import pytest
from hall_server import PATIENCE, HallServer

Known = Callable[[str], Any]


@pytest.fixture
def hall(paper_hall: HallServer) -> HallServer:
    return paper_hall


@pytest.fixture
def known(hall: HallServer, sign_in_at: Any) -> Known:
    """Somebody with a session, at no window yet."""
    return lambda username: sign_in_at(hall, username)


def code(answer: Any) -> tuple[int, str]:
    return answer.status_code, answer.json()["error"]["code"]


def post(clerk: Any, path: str, body: dict[str, Any], **more: Any) -> Any:
    return clerk.session.post(f"{clerk.hall.base}/api/v1/{path}", json=body, timeout=PATIENCE, **more)


def test_a_clerk_sits_at_one_window_and_a_leader_where_they_like(hall: HallServer, known: Known) -> None:
    liu, leader = known("liu"), known("chen")
    liu.done(3, "login")
    post(liu, "tickets", {"service": "general"})
    liu.done(3, "call-next")
    assert code(liu.at(2, "login")) == (409, "sits_elsewhere")
    liu.done(3, "finish")
    liu.done(2, "login")
    states = {w["number"]: w["clerk"] for w in leader.session.get(f"{hall.base}/api/v1/hall").json()["windows"]}
    assert (states[2], states[3]) == ("刘伟", None)
    leader.done(4, "login")
    leader.done(5, "login")
    states = {w["number"]: w["clerk"] for w in leader.session.get(f"{hall.base}/api/v1/hall").json()["windows"]}
    assert states[4] == states[5] == "陈晓兰"


def test_a_window_is_handed_over_with_all_that_is_open(hall: HallServer, known: Known, open_view: Any) -> None:
    liu, li = known("liu"), known("li")
    liu.done(3, "login")
    number = post(liu, "tickets", {"service": "general"}).json()["number"]
    liu.done(3, "call-next", "start")
    assert liu.at(3, "hold", {"kind": "with_papers", "reason": "缺复印件"}).ok
    left = liu.session.get(f"{hall.base}/api/v1/windows/3/hand-over", timeout=PATIENCE).json()
    assert [held["number"] for held in left["held"]] == [number]
    assert {one["username"] for one in left["colleagues"]} == {"chen", "li"}
    assert code(liu.at(3, "hand-over", {"to": "nobody"})) == (404, "unknown_target")
    assert liu.at(3, "hand-over", {"to": "li", "note": "等复印件"}).json()["state"] == "closed"
    li.done(3, "login")
    shown = open_view(li, 3).fresh()["hand_over"]
    assert (shown["name"], shown["note"], shown["held"], shown["own"]) == ("刘伟", "等复印件", [number], False)
    li.done(3, "receive")
    assert open_view(li, 3).fresh()["hand_over"] is None
    told = hall.call_api("GET", "report/attendance").json()["hand_overs"][-1]
    assert (told["window"], told["name"], told["to_name"], told["received_name"]) == (3, "刘伟", "李静", "李静")
    assert told["held"] == [number]


def test_a_number_given_at_the_desk_can_be_shown_to_its_citizen(hall: HallServer, known: Known) -> None:
    liu = known("liu")
    given = post(liu, "tickets", {"service": "general", "then": ["tax"]})
    assert given.status_code == 201
    ticket = given.json()
    assert (ticket["then"], ticket["print"]["state"], ticket["paper"]) == (["tax"], "none", False)
    picture = liu.session.get(f"{hall.base}{ticket['qr_svg_url']}", timeout=PATIENCE)
    assert picture.ok
    # Whoever looks it up later sees what staff sees, without the citizen's secret.
    assert liu.session.get(f"{hall.base}/api/v1/tickets/{ticket['id']}", timeout=PATIENCE).json()["url"] is None


def test_a_printer_that_is_not_there_is_named(hall: HallServer, known: Known) -> None:
    liu = known("liu")
    assert code(post(liu, "tickets", {"service": "general", "printer": "window:3"})) == (409, "no_printer")
    assert code(post(liu, "tickets", {"service": "general", "printer": "window:99"})) == (404, "not_found")


def test_numbers_on_paper_are_entered_once_all_or_none(hall: HallServer, known: Known) -> None:
    liu = known("liu")
    body = {"service": "tax", "numbers": "D801-803, 805", "taken_at": "00:00"}
    entered = post(liu, "paper-numbers", body, headers={"Idempotency-Key": "once"})
    assert entered.status_code == 201
    tickets = entered.json()["tickets"]
    assert [(t["number"], t["state"], t["paper"]) for t in tickets] == [
        (number, "waiting", True) for number in ("D801", "D802", "D803", "D805")
    ]
    assert post(liu, "paper-numbers", body, headers={"Idempotency-Key": "once"}).json() == entered.json()
    again = post(liu, "paper-numbers", {"service": "tax", "numbers": "803-804"})
    assert code(again) == (409, "numbers_entered")
    assert "D803" in again.json()["error"]["message"]
    assert liu.session.get(f"{hall.base}/api/v1/tickets/{tickets[0]['id'][:6]}D804").status_code == 404
    assert hall.call_api("GET", "report/today").json()["paper"] == 4


@pytest.mark.parametrize(
    ("numbers", "taken_at", "refusal"),
    [
        ("800", None, (400, "not_on_paper")),
        ("E806", None, (400, "unreadable_numbers")),
        ("806", "23:59", (400, "bad_taken_time")),
        ("801-1001", None, (400, "too_many_numbers")),
        ("", None, (400, "bad_input")),
    ],
)
def test_what_is_wrong_with_them_is_named(
    hall: HallServer, known: Known, numbers: str, taken_at: str | None, refusal: tuple[int, str]
) -> None:
    body = {"service": "tax", "numbers": numbers, "taken_at": taken_at}
    assert code(post(known("liu"), "paper-numbers", body)) == refusal


def test_strangers_may_do_none_of_this(hall: HallServer, known: Known) -> None:
    stranger = known("liu")
    stranger.session.cookies.clear()
    assert code(stranger.at(3, "hand-over", {})) == (401, "login_required")
    assert code(stranger.at(3, "receive")) == (401, "login_required")
    assert code(post(stranger, "paper-numbers", {"service": "tax", "numbers": "801"})) == (401, "login_required")
    assert code(post(stranger, "tickets", {"service": "tax"})) == (401, "device_unknown")
    clerk = known("li")
    refused = clerk.session.get(f"{hall.base}/api/v1/report/attendance", timeout=PATIENCE)
    assert code(refused) == (403, "forbidden")
