"""The live view over its connection: for the clerk at that window alone, always in step."""

from __future__ import annotations

from typing import Any

import pytest
import requests
import socketio.exceptions
from hall_server import PATIENCE, HallServer


def test_the_desk_follows_what_happens(hall: HallServer, clerk: Any, open_view: Any) -> None:
    desk = open_view(clerk, 3)
    assert desk.fresh()["ticket"] is None
    ticket = hall.issue("general")
    assert desk.fresh()["waiting"]["next"] == ticket["number"]
    clerk.done(3, "call-next")
    assert desk.fresh()["ticket"]["id"] == ticket["id"]
    assert desk.fresh()["actions"]["primary"] == "start"
    clerk.done(3, "start")
    clerk.at(3, "pause", {"reason": "开会", "minutes": 5})
    assert desk.fresh()["window"]["pause"]["reason"] == "开会"
    clerk.done(3, "finish")
    assert desk.fresh()["today"]["finished"] >= 1
    assert desk.fresh()["evaluation"] == {"open": True, "number": ticket["number"]}


@pytest.mark.parametrize("window", [4, 5, 99, "x", ""])
def test_no_other_window_can_be_watched(
    hall: HallServer, clerk: Any, open_view: Any, window: Any, sign_in: Any
) -> None:
    sign_in("li").done(4, "login")
    with pytest.raises(socketio.exceptions.ConnectionError):
        open_view(clerk, window)


def test_a_stranger_or_a_device_watches_nothing(hall: HallServer, clerk: Any, open_view: Any) -> None:
    clerk.session.cookies.clear()
    with pytest.raises(socketio.exceptions.ConnectionError):
        open_view(clerk, 3)
    clerk.session.cookies.set("jiaohao_evaluator", hall.tokens["evaluator"])
    with pytest.raises(socketio.exceptions.ConnectionError):
        open_view(clerk, 3)


def test_whoever_is_replaced_is_told_by_whom_and_nothing_more(
    hall: HallServer, clerk: Any, open_view: Any, sign_in: Any
) -> None:
    desk = open_view(clerk, 3)
    successor = sign_in("li")
    successor.done(3, "login")
    assert {key: desk.fresh()[key] for key in ("mine", "taken_by")} == {"mine": False, "taken_by": "李静"}
    hall.issue("general")
    successor.done(3, "call-next")
    assert desk.fresh()["ticket"] is None
    assert open_view(successor, 3).fresh()["ticket"]["state"] == "called"


def test_two_pages_of_one_clerk_show_the_same(hall: HallServer, clerk: Any, open_view: Any, sign_in: Any) -> None:
    one, other = open_view(clerk, 3), open_view(sign_in("liu"), 3)
    hall.issue("general")
    clerk.done(3, "call-next")
    assert one.fresh()["ticket"]["state"] == "called"
    assert other.fresh()["ticket"] == one.fresh()["ticket"]


def test_a_vote_reaches_the_desk_as_a_number_of_votes(hall: HallServer, clerk: Any, open_view: Any) -> None:
    desk = open_view(clerk, 3)
    rated = desk.fresh()["today"]["rated"]
    hall.issue("general")
    clerk.done(3, "call-next", "start", "finish")
    vote(hall, level=1)
    assert desk.fresh()["today"]["rated"] == rated + 1
    assert "level" not in str(desk.fresh())


def vote(hall: HallServer, level: int) -> None:
    """As the evaluator on the desk of window 3 does: it alone is told the evaluation's token."""
    client = socketio.Client(reconnection=False)
    views: list[dict[str, Any]] = []
    client.on("snapshot", views.append, namespace="/evaluator")
    headers = {"Cookie": f"jiaohao_evaluator={hall.tokens['evaluator']}"}
    url = f"{hall.base}?window=3"
    client.connect(url, headers=headers, namespaces=["/evaluator"], transports=["websocket"], wait_timeout=PATIENCE)
    token = client.call("snapshot", namespace="/evaluator", timeout=PATIENCE)["view"]["evaluation"]["token"]
    client.disconnect()
    body = {"token": token, "level": level}
    answer = requests.post(
        f"{hall.base}/api/v1/evaluations", json=body, headers=hall.device("evaluator"), timeout=PATIENCE
    )
    assert answer.status_code == 204, answer.text
