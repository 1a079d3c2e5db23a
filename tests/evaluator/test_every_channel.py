"""All five levels over every channel that is no pad, one vote for a service, and nobody on the staff can give one."""

from __future__ import annotations

from datetime import datetime
from typing import Any

import pytest
import requests
from hall_server import PASSWORD, PATIENCE, HallServer, StartHall
from waiting import wait_until

WINDOW = 3
LEVELS = (1, 2, 3, 4, 5)
CLERK = "zhou"


@pytest.fixture
def hall(start_hall: StartHall) -> HallServer:
    """Its clerk at window 3 is not the leader."""
    started = start_hall(evaluation={"timeout": 600})
    started.add_staff(CLERK, "周明")
    started.session = clerk_session(started)
    started.open(WINDOW)
    return started


def clerk_session(hall: HallServer, username: str = CLERK) -> requests.Session:
    session = requests.Session()
    answer = session.post(f"{hall.base}/api/v1/login", json={"username": username, "password": PASSWORD})
    assert answer.ok
    return session


def serve(hall: HallServer) -> dict[str, Any]:
    ticket = hall.issue("social-insurance")
    hall.post(f"windows/{WINDOW}/call-next")
    hall.post(f"windows/{WINDOW}/finish")
    return ticket


def by_phone(hall: HallServer, ticket: dict[str, Any], path: str, **body: Any) -> requests.Response:
    token = ticket["url"].rpartition("/")[2]
    return requests.post(f"{hall.base}/t/{token}/{path}", json={"leg": 1, **body}, timeout=PATIENCE)


def on_paper(session: requests.Session, hall: HallServer, ticket: str, **body: Any) -> requests.Response:
    form = {"ticket": ticket, "leg": 1, "level": 1, "given_on": today(hall), "why": "意见箱"} | body
    return session.post(f"{hall.base}/api/v1/report/paper-votes", json=form, timeout=PATIENCE)


def today(hall: HallServer) -> str:
    day: str = hall.call_api("GET", "hall").json()["business_day"]
    return day


def code_of(answer: requests.Response) -> tuple[int, str]:
    return answer.status_code, answer.json()["error"]["code"]


@pytest.fixture
def leader(hall: HallServer) -> requests.Session:
    return clerk_session(hall, "chen")


def test_every_level_over_every_channel_is_kept_as_it_was_given(hall: HallServer, leader: requests.Session) -> None:
    for level in LEVELS:
        phone, paper, screen = serve(hall), serve(hall), serve(hall)
        token = hall.evaluation_token(WINDOW)
        assert by_phone(hall, phone, "votes", level=level).status_code == 200
        assert on_paper(leader, hall, paper["id"], level=level).status_code == 204
        touch = {"token": token, "level": level}
        assert hall.call_api("POST", "evaluations", json=touch, headers=hall.device("evaluator")).status_code == 204
        given = [[(v["level"], v["channel"]) for v in hall.votes(t["id"])] for t in (phone, paper, screen)]
        assert given == [[(level, "phone")], [(level, "paper")], [(level, "screen")]]
    report = leader.get(f"{hall.base}/api/v1/report/today").json()["total"]["votes"]
    assert report["levels"] == {str(level): 3 for level in LEVELS}


def test_the_first_vote_wins_however_it_came(hall: HallServer, leader: requests.Session) -> None:
    ticket = serve(hall)
    token = hall.evaluation_token(WINDOW)
    assert by_phone(hall, ticket, "votes", level=1).status_code == 200
    assert code_of(by_phone(hall, ticket, "votes", level=5)) == (409, "already_voted")
    assert code_of(on_paper(leader, hall, ticket["id"], level=5)) == (409, "already_voted")
    touch = {"token": token, "level": 5}
    answer = hall.call_api("POST", "evaluations", json=touch, headers=hall.device("evaluator"))
    assert code_of(answer) == (409, "already_voted")
    assert [v["level"] for v in hall.votes(ticket["id"])] == [1]


def test_the_phone_is_told_that_it_was_rated_and_never_how(hall: HallServer) -> None:
    ticket = serve(hall)
    before = requests.get(f"{ticket['url']}.json", timeout=PATIENCE)
    assert [(v["leg"], v["state"]) for v in before.json()["votes"]] == [(1, "open")]
    assert datetime.fromisoformat(before.json()["votes"][0]["until"]).tzinfo is not None
    told = by_phone(hall, ticket, "votes", level=2).json()
    assert [(v["leg"], v["state"]) for v in told["votes"]] == [(1, "voted")]
    assert "level" not in str(told)
    again = requests.get(f"{ticket['url']}.json", headers={"If-None-Match": before.headers["ETag"]}, timeout=PATIENCE)
    assert again.status_code == 200


def test_reasons_complete_the_vote_and_wrong_ones_are_refused_by_name(hall: HallServer) -> None:
    ticket = serve(hall)
    by_phone(hall, ticket, "votes", level=2)
    wrong = by_phone(hall, ticket, "reasons", reasons=["108"])
    assert code_of(wrong) == (400, "wrong_reason")
    assert "108" in wrong.json()["error"]["message"]
    assert code_of(by_phone(hall, ticket, "reasons", words="好" * 201)) == (400, "text_length")
    assert by_phone(hall, ticket, "reasons", reasons=["214", "207"], words="等太久").status_code == 200
    (told,) = hall.votes(ticket["id"])
    assert (told["level"], told["reasons"], told["words"]) == (2, ["214", "207"], "等太久")
    (seen,) = hall.call_api("GET", f"tickets/{ticket['id']}").json()["evaluations"]
    assert (seen["level"], seen["reasons"], seen["words"]) == (None, [], "")


def test_the_phone_may_vote_after_the_window_stopped_asking_and_a_kill(start_hall: StartHall) -> None:
    hall = start_hall(evaluation={"timeout": 0.5})
    hall.open(WINDOW)
    ticket = serve(hall)
    path = f"tickets/{ticket['id']}"
    wait_until(lambda: hall.call_api("GET", path).json()["legs"][0]["evaluation"] == "unrated", "the time-out")
    hall.kill()
    hall.start()
    assert by_phone(hall, ticket, "votes", level=1).status_code == 200
    hall.kill()
    hall.start()
    assert hall.call_api("GET", path).json()["legs"][0]["evaluation"] == "voted"
    assert hall.run("verify-log").splitlines()[1] == "votes of 1 services: as the log tells"


def test_a_form_is_entered_by_a_leader_and_by_nobody_for_themselves(hall: HallServer, leader: requests.Session) -> None:
    ticket = serve(hall)["id"]
    assert code_of(on_paper(hall.session, hall, ticket)) == (403, "forbidden")
    assert code_of(on_paper(requests.Session(), hall, ticket)) == (401, "login_required")
    assert code_of(on_paper(leader, hall, ticket, why="")) == (400, "bad_input")
    assert code_of(on_paper(leader, hall, "261127A999")) == (404, "unknown_ticket")
    hall.session = leader
    hall.open(2)
    own = hall.issue("social-insurance")["id"]
    hall.post("windows/2/call-next")
    hall.post("windows/2/finish")
    assert code_of(on_paper(leader, hall, own)) == (409, "own_service")
    assert hall.votes(ticket) == []


def test_no_call_of_the_api_gives_a_clerk_a_vote(hall: HallServer) -> None:
    """Every route that changes anything, asked with a clerk's session and a body made for giving votes."""
    ticket = serve(hall)
    token = hall.evaluation_token(WINDOW)
    holder = ticket["url"].rpartition("/")[2]
    body = {
        "token": token,
        "ticket": ticket["id"],
        "holder": holder,
        "leg": 1,
        "level": 5,
        "reasons": ["517"],
        "given_on": today(hall),
        "why": "x",
    }
    document = requests.get(f"{hall.base}/api/v1/openapi.json", timeout=PATIENCE).json()
    asked = set()
    for path, methods in document["paths"].items():
        for method, route in methods.items():
            if method == "get" or path.endswith("/logout") or path.endswith("/login"):
                continue
            address = path
            for name in [part[1:-1] for part in path.split("/") if part.startswith("{")]:
                address = address.replace(f"{{{name}}}", {"number": str(WINDOW)}.get(name, ticket["id"]))
            for sent in (body, fitting(document, route, body), {}):
                hall.session.request(method, f"{hall.base}{address}", json=sent, timeout=PATIENCE)
            asked.add(path)
    for path in ("votes", "reasons"):
        answer = hall.session.post(f"{hall.base}/t/{holder}/{path}", json={"leg": 1, "level": 5}, timeout=PATIENCE)
        assert code_of(answer) == (403, "forbidden")
    assert {"/api/v1/evaluations", "/api/v1/evaluations/reasons", "/api/v1/report/paper-votes"} <= asked
    assert len(asked) > 30
    assert hall.votes(ticket["id"]) == []


def fitting(document: dict[str, Any], route: dict[str, Any], body: dict[str, Any]) -> dict[str, Any]:
    """The part of `body` that the route's schema knows: an extra field would be refused before anything else."""
    content = route.get("requestBody", {}).get("content", {}).get("application/json", {})
    name = content.get("schema", {}).get("$ref", "").rpartition("/")[2]
    known = document["components"]["schemas"].get(name, {}).get("properties", {})
    return {key: value for key, value in body.items() if key in known}
