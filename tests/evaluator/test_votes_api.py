"""`POST /api/v1/evaluations`: who may vote, and for what."""

from __future__ import annotations

from typing import Any

import pytest
import requests
import socketio
from hall_server import PASSWORD, PATIENCE, HallServer, StartHall


class Screen:
    """An on-screen evaluator's connection: the view as the feed tells it."""

    def __init__(self, hall: HallServer, window: int, token: str) -> None:
        self.view: dict[str, Any] = {}
        self._client = socketio.Client(handle_sigint=False)
        self._client.on("snapshot", self._snapshot, namespace="/evaluator")
        self._client.on("patch", self._patch, namespace="/evaluator")
        self._told = self._client.eio.create_event()
        self._client.connect(
            f"{hall.base}?window={window}",
            headers={"Authorization": f"Bearer {token}"},
            namespaces=["/evaluator"],
            transports=["websocket"],
        )

    def sees(self, wanted: Any) -> Any:
        """Wait until the view satisfies `wanted(view)`; the view."""
        while not (self.view and wanted(self.view)):
            assert self._told.wait(PATIENCE), self.view
            self._told.clear()
        return self.view

    def close(self) -> None:
        self._client.disconnect()

    def _snapshot(self, message: Any) -> None:
        self.view = message["view"]
        self._told.set()

    def _patch(self, message: Any) -> None:
        self.view = {**self.view, **message["set"]}
        self._told.set()


@pytest.fixture
def hall(start_hall: StartHall) -> HallServer:
    """A hall whose windows 2 and 3 are open; window 3 has just finished a service."""
    started = start_hall(evaluation={"timeout": 600})
    started.open(2, 3)
    serve(started, 3)
    return started


def serve(hall: HallServer, window: int) -> Any:
    hall.issue("social-insurance")
    hall.post(f"windows/{window}/call-next")
    return hall.post(f"windows/{window}/finish")["ticket"]


def token_of(hall: HallServer, window: int) -> str:
    screen = Screen(hall, window, hall.tokens["evaluator"])
    token: str = screen.sees(lambda view: view["evaluation"])["evaluation"]["token"]
    screen.close()
    return token


def vote(hall: HallServer, token: str, level: int | None, **more: Any) -> requests.Response:
    more.setdefault("headers", hall.device("evaluator"))
    return hall.call_api("POST", "evaluations", json={"token": token, "level": level}, **more)


def refusal(answer: requests.Response) -> tuple[int, str]:
    return answer.status_code, answer.json()["error"]["code"]


def test_every_level_is_taken_and_kept_as_it_was_given(hall: HallServer) -> None:
    """Also the lowest: a vote that cannot be given is the complaint of those who had one to give."""
    for place, level in enumerate((5, 4, 3, 2, 1), start=1):
        answer = vote(hall, token_of(hall, 3), level)
        assert (answer.status_code, answer.content) == (204, b"")
        told = hall.votes(day_ticket(hall, f"A00{place}"))
        assert [(vote["level"], vote["channel"]) for vote in told] == [(level, "screen")]
        serve(hall, 3)


def day_ticket(hall: HallServer, number: str) -> str:
    day: str = hall.call_api("GET", "hall").json()["business_day"]
    return day.replace("-", "")[2:] + number


def test_to_decline_is_no_vote(hall: HallServer) -> None:
    token = token_of(hall, 3)
    assert vote(hall, token, None).status_code == 204
    ticket = hall.call_api("GET", "tickets/" + day_ticket(hall, "A001")).json()
    assert (ticket["legs"][0]["evaluation"], ticket["evaluations"]) == ("unrated", [])
    assert refusal(vote(hall, token, 5)) == (409, "evaluation_closed")


def test_the_first_vote_wins(hall: HallServer) -> None:
    token = token_of(hall, 3)
    assert vote(hall, token, 2).status_code == 204
    assert refusal(vote(hall, token, 5)) == (409, "already_voted")
    assert [vote["level"] for vote in hall.votes(day_ticket(hall, "A001"))] == [2]


def test_a_touch_that_is_sent_again_under_its_key_is_the_same_touch(hall: HallServer) -> None:
    token = token_of(hall, 3)
    headers = hall.device("evaluator") | {"Idempotency-Key": "touch-1"}
    assert [vote(hall, token, 4, headers=headers).status_code for _ in range(2)] == [204, 204]


def test_no_member_of_the_staff_may_vote(hall: HallServer) -> None:
    """Neither the leader nor a clerk, though they got hold of the token."""
    token = token_of(hall, 3)
    assert refusal(vote(hall, token, 5, headers={})) == (401, "device_unknown")
    hall.add_staff("li", "李静")
    clerk = requests.Session()
    login = {"username": "li", "password": PASSWORD}
    assert clerk.post(f"{hall.base}/api/v1/login", json=login, timeout=PATIENCE).ok
    answer = clerk.post(f"{hall.base}/api/v1/evaluations", json={"token": token, "level": 5}, timeout=PATIENCE)
    assert refusal(answer) == (401, "device_unknown")


def test_other_devices_may_not_vote(hall: HallServer) -> None:
    token = token_of(hall, 3)
    for kind in ("kiosk", "display"):
        assert refusal(vote(hall, token, 5, headers=hall.device(kind))) == (401, "device_unknown")


def test_the_screen_of_another_window_may_not_vote(hall: HallServer) -> None:
    token = token_of(hall, 3)
    other = hall.run("device", "add", "--kind", "evaluator", "--place", "2").strip()
    assert refusal(vote(hall, token, 5, headers={"Authorization": f"Bearer {other}"})) == (403, "forbidden")
    own = hall.run("device", "add", "--kind", "evaluator", "--place", "3").strip()
    assert vote(hall, token, 5, headers={"Authorization": f"Bearer {own}"}).status_code == 204


def test_what_is_no_level_and_what_is_no_token(hall: HallServer) -> None:
    assert refusal(vote(hall, token_of(hall, 3), 6)) == (400, "unknown_level")
    assert refusal(vote(hall, "nobody's", 5)) == (409, "evaluation_closed")
    missing = hall.call_api("POST", "evaluations", json={"level": 5}, headers=hall.device("evaluator"))
    assert refusal(missing) == (400, "bad_input")


def test_a_vote_reaches_the_screen_without_its_level(hall: HallServer) -> None:
    screen = Screen(hall, 3, hall.tokens["evaluator"])
    view = screen.sees(lambda view: view["evaluation"])
    assert view["clerk"]["name"] == "陈晓兰"
    assert view["evaluation"]["ticket"]["number"] == "A001"
    assert vote(hall, view["evaluation"]["token"], 1).status_code == 204
    view = screen.sees(lambda view: view["evaluation"] is None)
    screen.close()
    assert view["received"] is not None
    assert "level" not in str(view)


def test_the_clerks_pages_never_see_the_token(hall: HallServer) -> None:
    """Whoever has it could vote from a stolen device's cookie."""
    token = token_of(hall, 3)
    for path in ("hall", "windows/3", "tickets/" + day_ticket(hall, "A001")):
        assert token not in hall.call_api("GET", path).text


def test_a_colleague_who_took_over_is_not_named_beside_the_question(hall: HallServer) -> None:
    hall.add_staff("li", "李静")
    clerk = requests.Session()
    login = {"username": "li", "password": PASSWORD}
    assert clerk.post(f"{hall.base}/api/v1/login", json=login, timeout=PATIENCE).ok
    assert clerk.post(f"{hall.base}/api/v1/windows/3/login", timeout=PATIENCE).ok
    screen = Screen(hall, 3, hall.tokens["evaluator"])
    assert screen.sees(lambda view: view["evaluation"])["clerk"] is None
    assert vote(hall, screen.view["evaluation"]["token"], 4).status_code == 204
    assert screen.sees(lambda view: view["evaluation"] is None)["clerk"]["name"] == "李静"
    screen.close()


def test_a_stranger_sees_neither_page_nor_feed(hall: HallServer) -> None:
    assert requests.get(f"{hall.base}/evaluator/3", timeout=PATIENCE).status_code == 401
    assert hall.session.get(f"{hall.base}/evaluator/3", timeout=PATIENCE).status_code == 401
    refuses_feed(hall, "3", headers={})


def test_a_clerk_who_is_signed_in_in_the_evaluators_browser_rates_nothing(hall: HallServer) -> None:
    """Neither with the cookie that the page keeps nor with the device's header: page, feed, vote and reasons."""
    token, cookies = token_of(hall, 3), requests.Session()
    cookies.cookies.update(hall.session.cookies)
    cookies.cookies.set("jiaohao_evaluator", hall.tokens["evaluator"])
    for asker, headers in ((cookies, {}), (hall.session, hall.device("evaluator"))):
        page = asker.get(f"{hall.base}/evaluator/3", headers=headers, timeout=PATIENCE)
        assert (page.status_code, token in page.text) == (403, False)
        for path, body in (("", {"level": 5}), ("", {"level": None}), ("/reasons", {"reasons": ["11"]})):
            address = f"{hall.base}/api/v1/evaluations{path}"
            refused = asker.post(address, json={"token": token, **body}, headers=headers, timeout=PATIENCE)
            assert (refused.status_code, refused.json()["error"]["code"]) == (403, "staff_signed_in")
        sent = "; ".join(f"{cookie.name}={cookie.value}" for cookie in asker.cookies)
        refuses_feed(hall, "3", headers={**headers, "Cookie": sent})
    assert vote(hall, token, 4).status_code == 204


def test_a_window_that_is_not_there_has_no_screen(hall: HallServer) -> None:
    page = requests.get(f"{hall.base}/evaluator/99", headers=hall.device("evaluator"), timeout=PATIENCE)
    assert page.status_code == 404
    for window in ("99", "x", ""):
        refuses_feed(hall, window, headers=hall.device("evaluator"))


def refuses_feed(hall: HallServer, window: str, headers: dict[str, str]) -> None:
    client = socketio.Client(handle_sigint=False)
    with pytest.raises(socketio.exceptions.ConnectionError):
        client.connect(
            f"{hall.base}?window={window}", headers=headers, namespaces=["/evaluator"], transports=["websocket"]
        )
    client.disconnect()
