"""`/api/v1/windows/…` over HTTP: every verb, every refusal by its name, and each press counted once."""

from __future__ import annotations

from datetime import datetime
from typing import Any

import pytest
import requests
from hall_server import PATIENCE, HallServer

VERBS = ("login", "logout", "pause", "reopen", "call-next", "recall", "start", "no-show", "finish")
ON_TICKET = ("recall", "start", "no-show", "finish")


def code(answer: requests.Response) -> tuple[int, str]:
    return answer.status_code, answer.json()["error"]["code"]


def state_of(hall: HallServer, ticket: dict[str, Any]) -> str:
    state: str = hall.call_api("GET", f"tickets/{ticket['id']}").json()["state"]
    return state


def test_one_citizen_from_call_to_finish(hall: HallServer, clerk: Any) -> None:
    ticket = hall.issue("social-insurance")
    called = clerk.at(3, "call-next")
    assert called.status_code == 200
    assert called.json()["ticket"]["number"] == ticket["number"]
    assert called.json()["ticket"]["state"] == "called"
    assert clerk.done(3, "recall")["ticket"]["legs"][0]["calls"] == 2
    assert clerk.done(3, "start")["ticket"]["state"] == "serving"
    finished = clerk.done(3, "finish")["ticket"]
    assert (finished["state"], finished["legs"][0]["staff"]) == ("finished", "liu")
    assert finished["legs"][0]["evaluation"] == "open"
    assert clerk.session.get(f"{hall.base}/api/v1/windows/3", timeout=PATIENCE).json()["ticket"] is None


def test_calling_the_next_finishes_whoever_is_at_the_window(hall: HallServer, clerk: Any) -> None:
    first, second = hall.issue("general"), hall.issue("general")
    clerk.done(3, "call-next", "start")
    assert clerk.done(3, "call-next")["ticket"]["number"] == second["number"]
    assert state_of(hall, first) == "finished"


def test_when_nobody_waits_there_is_nothing_to_say(hall: HallServer, clerk: Any) -> None:
    assert clerk.at(3, "call-next").status_code == 204
    ticket = hall.issue("general")
    clerk.done(3, "call-next")
    assert clerk.at(3, "call-next").status_code == 204
    assert state_of(hall, ticket) == "finished"


def test_a_citizen_who_does_not_come_is_passed(hall: HallServer, clerk: Any) -> None:
    ticket = hall.issue("general")
    clerk.done(3, "call-next", "no-show")
    assert state_of(hall, ticket) == "no_show"


def test_a_pause_says_why_and_until_when_and_a_second_one_corrects_it(clerk: Any) -> None:
    pause = clerk.at(3, "pause", {"reason": "设备检修", "minutes": 10}).json()["pause"]
    minutes = (datetime.fromisoformat(pause["until"]) - datetime.fromisoformat(pause["since"])).total_seconds() / 60
    assert (pause["reason"], round(minutes, 1)) == ("设备检修", 10.0)
    corrected = clerk.at(3, "pause", {"reason": "开会"}).json()
    assert (corrected["state"], corrected["pause"]["reason"], corrected["pause"]["until"]) == ("paused", "开会", None)
    reopened = clerk.done(3, "reopen")
    assert (reopened["state"], reopened["pause"]) == ("open", None)


def test_signing_in_twice_changes_nothing_and_leaving_closes_the_window(hall: HallServer, clerk: Any) -> None:
    assert clerk.done(3, "login", "login")["staff"] == "liu"
    assert clerk.done(3, "logout")["state"] == "closed"
    assert hall.call_api("GET", "hall").json()["windows"][2]["clerk"] is None


def test_a_leader_serves_like_anybody_and_is_shown_no_level_there(hall: HallServer) -> None:
    hall.open(3)
    hall.issue("general")
    assert hall.post("windows/3/call-next")["ticket"]["state"] == "called"
    assert hall.post("windows/3/start")["ticket"]["state"] == "serving"
    assert all("level" not in str(vote) for vote in hall.post("windows/3/finish")["ticket"]["evaluations"])


@pytest.mark.parametrize("verb", [verb for verb in VERBS if verb != "login"])
def test_at_a_closed_window_nothing_is_done(hall: HallServer, verb: str, sign_in: Any) -> None:
    clerk = sign_in("liu")
    assert code(clerk.at(3, verb, {"reason": "开会"} if verb == "pause" else None)) == (409, "window_closed")


@pytest.mark.parametrize("verb", [verb for verb in VERBS if verb != "login"])
def test_after_a_colleague_took_the_window_over_nothing_is_done(
    hall: HallServer, clerk: Any, verb: str, sign_in: Any
) -> None:
    sign_in("li").done(3, "login")
    assert code(clerk.at(3, verb, {"reason": "开会"} if verb == "pause" else None)) == (409, "not_your_window")


@pytest.mark.parametrize("verb", ON_TICKET)
def test_without_a_citizen_there_is_nobody_to_do_it_to(clerk: Any, verb: str) -> None:
    assert code(clerk.at(3, verb)) == (409, "no_open_ticket")


@pytest.mark.parametrize("verb", ["recall", "start", "no-show"])
def test_once_service_has_started_it_cannot_be_undone(hall: HallServer, clerk: Any, verb: str) -> None:
    hall.issue("general")
    clerk.done(3, "call-next", "start")
    assert code(clerk.at(3, verb)) == (409, "illegal_transition")


def test_a_paused_window_calls_nobody_but_finishes(hall: HallServer, clerk: Any) -> None:
    hall.issue("general")
    clerk.done(3, "call-next", "start")
    clerk.at(3, "pause", {"reason": "停电"})
    assert code(clerk.at(3, "call-next")) == (409, "window_paused")
    assert clerk.done(3, "finish")["ticket"]["state"] == "finished"


def test_an_open_window_cannot_be_reopened_and_a_busy_one_not_left(hall: HallServer, clerk: Any) -> None:
    assert code(clerk.at(3, "reopen")) == (409, "window_not_paused")
    hall.issue("general")
    clerk.done(3, "call-next")
    assert code(clerk.at(3, "logout")) == (409, "window_busy")


@pytest.mark.parametrize("verb", ["call-next", *ON_TICKET])
def test_a_press_from_a_screen_that_shows_somebody_else_hits_nobody(hall: HallServer, clerk: Any, verb: str) -> None:
    first, second = hall.issue("general"), hall.issue("general")
    clerk.done(3, "call-next")
    for seen in ("", second["id"]):
        answer = clerk.at(3, verb, {"seen": seen})
        assert code(answer) == (409, "stale_screen")
    assert state_of(hall, first) == "called"
    assert clerk.at(3, verb, {"seen": first["id"]}).status_code == 200


def test_an_idle_screen_says_so_with_an_empty_seen(hall: HallServer, clerk: Any) -> None:
    hall.issue("general")
    assert clerk.at(3, "call-next", {"seen": ""}).status_code == 200


def test_a_body_may_be_missing_empty_or_without_a_content_type_but_not_nonsense(hall: HallServer, clerk: Any) -> None:
    ticket = hall.issue("general")
    clerk.done(3, "call-next")
    url = f"{hall.base}/api/v1/windows/3/recall"
    said = f'{{"seen": "{ticket["id"]}"}}'
    for data in (None, b"", b"{}", said.encode()):
        assert clerk.session.post(url, data=data, timeout=PATIENCE).status_code == 200
    wrong = '{"seen": "somebody else"}'
    assert code(clerk.session.post(url, data=wrong.encode(), timeout=PATIENCE)) == (409, "stale_screen")
    for nonsense in (b"{", b"[]", b'{"sene": ""}', b'{"seen": 1}'):
        assert code(clerk.session.post(url, data=nonsense, timeout=PATIENCE)) == (400, "bad_input")


@pytest.mark.parametrize("body", [{}, {"reason": " "}, {"reason": "x" * 41}, {"reason": "开会", "minutes": 0}])
def test_a_pause_needs_a_reason_that_fits_the_screens(clerk: Any, body: dict[str, Any]) -> None:
    assert code(clerk.at(3, "pause", body)) == (400, "bad_input")


@pytest.mark.parametrize("verb", VERBS)
def test_a_window_that_is_not_there(clerk: Any, verb: str) -> None:
    assert code(clerk.at(99, verb, {"reason": "开会"} if verb == "pause" else None)) == (404, "unknown_window")


@pytest.mark.parametrize("verb", VERBS)
def test_a_stranger_is_asked_to_sign_in(hall: HallServer, verb: str) -> None:
    body = {"reason": "开会"} if verb == "pause" else None
    answer = requests.post(f"{hall.base}/api/v1/windows/3/{verb}", json=body, timeout=PATIENCE)
    assert code(answer) == (401, "login_required")
    assert code(requests.get(f"{hall.base}/api/v1/windows/3", timeout=PATIENCE)) == (401, "login_required")


@pytest.mark.parametrize("verb", VERBS)
def test_a_device_is_no_clerk(hall: HallServer, verb: str) -> None:
    body = {"reason": "开会"} if verb == "pause" else None
    answer = hall.call_api("POST", f"windows/3/{verb}", json=body, headers=hall.device("evaluator"))
    assert code(answer) == (401, "login_required")


@pytest.mark.parametrize("headers", [{"Origin": "http://elsewhere.test"}, {"Sec-Fetch-Site": "cross-site"}])
def test_another_site_cannot_press_the_buttons(hall: HallServer, clerk: Any, headers: dict[str, str]) -> None:
    ticket = hall.issue("general")
    assert code(clerk.at(3, "call-next", headers=headers)) == (403, "cross_origin")
    assert state_of(hall, ticket) == "waiting"


def test_the_same_press_sent_twice_calls_once_and_gets_the_same_answer(hall: HallServer, clerk: Any) -> None:
    first, second = hall.issue("general"), hall.issue("general")
    key = {"Idempotency-Key": first["id"]}
    answers = [clerk.at(3, "call-next", {"seen": ""}, headers=key) for _ in range(3)]
    assert {answer.content for answer in answers} == {answers[0].content}
    assert answers[0].json()["ticket"]["number"] == first["number"]
    assert state_of(hall, second) == "waiting"
    assert clerk.at(3, "call-next", headers={"Idempotency-Key": second["id"]}).json()["ticket"]["id"] == second["id"]


@pytest.mark.parametrize(("verb", "before"), [("recall", ()), ("start", ()), ("no-show", ()), ("finish", ("start",))])
def test_each_press_on_a_ticket_counts_once(hall: HallServer, clerk: Any, verb: str, before: tuple[str, ...]) -> None:
    ticket = hall.issue("general")
    clerk.done(3, "call-next", *before)
    key = {"Idempotency-Key": f"{ticket['id']} {verb}"}
    first, again = (clerk.at(3, verb, {"seen": ticket["id"]}, headers=key) for _ in range(2))
    assert (first.status_code, again.content) == (200, first.content)
    assert first.json()["ticket"]["legs"][0]["calls"] == (2 if verb == "recall" else 1)


def test_two_clerks_who_happen_on_the_same_key_are_two_presses(hall: HallServer, clerk: Any, sign_in: Any) -> None:
    first, second = hall.issue("general"), hall.issue("general")
    other = sign_in("li")
    other.done(1, "login")
    key = {"Idempotency-Key": f"shared {first['id']}"}
    assert clerk.at(3, "call-next", headers=key).json()["ticket"]["id"] == first["id"]
    assert other.at(1, "call-next", headers=key).json()["ticket"]["id"] == second["id"]


def test_a_press_that_finished_and_found_nobody_calls_nobody_later(hall: HallServer, clerk: Any) -> None:
    last = hall.issue("general")
    clerk.done(3, "call-next", "start")
    key = {"Idempotency-Key": f"finish {last['id']}"}
    assert clerk.at(3, "call-next", headers=key).status_code == 204
    ticket = hall.issue("general")
    assert clerk.at(3, "call-next", headers=key).status_code == 204
    assert state_of(hall, ticket) == "waiting"


def test_a_key_that_is_no_key_is_refused(clerk: Any) -> None:
    assert code(clerk.at(3, "call-next", headers={"Idempotency-Key": "k" * 129})) == (400, "bad_input")


def test_the_api_document_says_that_the_body_may_be_left_out(hall: HallServer) -> None:
    paths = requests.get(f"{hall.base}/api/v1/openapi.json", timeout=PATIENCE).json()["paths"]
    for verb in ("call-next", *ON_TICKET):
        operation = paths[f"/api/v1/windows/{{number}}/{verb}"]["post"]
        assert not operation["requestBody"].get("required")
        assert "seen" in operation["requestBody"]["content"]["application/json"]["schema"]["properties"]
