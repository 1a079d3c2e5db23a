"""What an agent may ask and tell over HTTP: one attempt begins a job, and what is said twice is said once."""

from __future__ import annotations

import json
import secrets
import socket
from base64 import b64decode
from collections.abc import Iterator
from typing import Any

import pytest
import requests
from hall_server import PATIENCE
from print_hall import PrintHall
from waiting import wait_until

READY = {"state": "ready"}


class FakeAgent:
    """The agent `east` as far as HTTP goes; kiosks 1 and 2 print on its printers, kiosk 3 on one of `west`."""

    def __init__(self, hall: PrintHall, token: str) -> None:
        self.hall = hall
        self.token = token
        self.run = secrets.token_hex(8)
        self.turn = 0

    def ask(self, path: str, token: str | None = None, **body: Any) -> requests.Response:
        return requests.post(
            f"{self.hall.server.base}/api/v1/agent/printing/{path}",
            json=body,
            headers={"Authorization": f"Bearer {token or self.token}"},
            timeout=PATIENCE,
        )

    def poll(self, *holding: str, **changes: Any) -> requests.Response:
        self.turn += 1
        body = {"agent": "east", "run": self.run, "turn": self.turn, "holding": holding, "printers": {"1": READY}}
        return self.ask("poll", **(body | changes))

    def offered(self, *holding: str) -> list[dict[str, Any]]:
        answer = self.poll(*holding)
        assert answer.status_code == 200, answer.text
        jobs: list[dict[str, Any]] = answer.json()["jobs"]
        return jobs

    def begin(self, job: str, attempt: str) -> int:
        return self.ask("begin", agent="east", run=self.run, job=job, attempt=attempt).status_code

    def tell(self, *letters: dict[str, Any]) -> int:
        answer = self.ask("letters", letters=letters)
        assert answer.status_code == 200, answer.text
        acknowledged: int = answer.json()["acknowledged"]
        return acknowledged


def letter(seq: int, job: str, state: str, reason: str | None = None) -> dict[str, Any]:
    return {"seq": seq, "id": secrets.token_hex(8), "body": {"job": job, "state": state, "reason": reason}}


@pytest.fixture(scope="module")
def shared_agent(tmp_path_factory: pytest.TempPathFactory) -> Iterator[FakeAgent]:
    """One life of it for all tests: another one has to wait until it is gone."""
    folder = tmp_path_factory.mktemp("hall")
    hall = PrintHall(folder, {"1": "agent://east", "2": "agent://east", "3": "agent://west"})
    token = hall.server.run("device", "add", "--kind", "agent", "--place", "east").strip()
    hall.server.start()
    hall.server.login()
    yield FakeAgent(hall, token)
    hall.server.kill()


@pytest.fixture
def agent(shared_agent: FakeAgent) -> FakeAgent:
    """It is there, and has printed what was left over; with something to print its poll is answered at once."""
    shared_agent.hall.take()
    for offered in shared_agent.offered():
        assert shared_agent.begin(offered["job"], "f" * 16) == 200
        shared_agent.tell(letter(1, offered["job"], "printed"))
    return shared_agent


def take(agent: FakeAgent) -> tuple[str, str]:
    """(ticket, the job that is offered for it)."""
    ticket = agent.hall.take()
    (job,) = agent.hall.jobs(ticket)
    assert job in [offered["job"] for offered in agent.offered()]
    return ticket, job


def test_a_job_is_offered_until_it_is_held(agent: FakeAgent) -> None:
    ticket, job = take(agent)
    (again,) = [offered for offered in agent.offered() if offered["job"] == job]
    assert (again["printer"], again["id4"]) == ("1", job[-4:])
    assert b64decode(again["body"]).startswith(b"\x1b@")
    assert agent.offered(job) == []
    assert agent.hall.paper(ticket)[0] == "queued"


def test_one_attempt_may_begin_and_may_ask_again(agent: FakeAgent) -> None:
    ticket, job = take(agent)
    assert [agent.begin(job, "a" * 16), agent.begin(job, "b" * 16), agent.begin(job, "a" * 16)] == [200, 409, 200]
    assert agent.hall.told(ticket) == ["queued", "sending"]


def test_what_is_told_twice_happens_once(agent: FakeAgent) -> None:
    ticket, job = take(agent)
    agent.begin(job, "a" * 16)
    letters = [letter(1, job, "await_ack"), letter(2, job, "paused", "paper_out"), letter(3, job, "await_ack")]
    assert [agent.tell(*letters), agent.tell(*letters), agent.tell(*letters, letter(4, job, "printed"))] == [3, 3, 4]
    assert agent.hall.told(ticket) == ["queued", "sending", "await_ack", "paused", "await_ack", "printed"]


@pytest.mark.parametrize("late", ["paused", "await_ack", "unknown", "blocked", "sending", "queued", "nonsense"])
def test_what_comes_too_late_or_may_not_be_told_comes_to_nothing(agent: FakeAgent, late: str) -> None:
    ticket, job = take(agent)
    agent.begin(job, "a" * 16)
    assert agent.tell(letter(1, job, "printed"), letter(2, job, late), letter(3, "nojob", "printed")) == 3
    assert agent.hall.told(ticket) == ["queued", "sending", "printed"]


def test_what_was_begun_and_is_not_held_is_unknown(agent: FakeAgent) -> None:
    ticket, job = take(agent)
    agent.begin(job, "a" * 16)
    agent.poll(job)
    assert agent.hall.paper(ticket) == ("sending", None)
    agent.poll()
    assert agent.hall.paper(ticket) == ("unknown", "restarted")


def test_a_poll_that_was_overtaken_changes_nothing(agent: FakeAgent) -> None:
    ticket, job = take(agent)
    late = agent.turn
    agent.begin(job, "a" * 16)
    agent.poll(job)
    assert agent.poll(turn=late).status_code == 409
    assert agent.hall.paper(ticket) == ("sending", None)


def test_an_earlier_life_may_not_begin_what_a_later_one_was_offered(agent: FakeAgent) -> None:
    ticket, job = take(agent)
    later = FakeAgent(agent.hall, agent.token)
    wait_until(lambda: later.poll().status_code == 200, "the later one is taken for the agent")
    assert agent.begin(job, "a" * 16) == 409
    assert agent.hall.paper(ticket)[0] in ("queued", "blocked")
    agent.run, agent.turn = later.run, later.turn


def test_nobody_speaks_for_another_agents_printer(agent: FakeAgent) -> None:
    ticket = agent.hall.take("3")
    (job,) = agent.hall.jobs(ticket)
    agent.hall.until(ticket)
    before = agent.hall.told(ticket)
    assert agent.begin(job, "a" * 16) == 409
    assert agent.tell(letter(1, job, "printed")) == 1
    assert agent.ask("checking", agent="west", job=job).status_code == 403
    assert agent.hall.told(ticket) == before


@pytest.mark.parametrize("path", ["poll", "conditions", "checking", "begin", "letters"])
def test_only_agents_are_listened_to(agent: FakeAgent, path: str) -> None:
    bodies: dict[str, dict[str, Any]] = {
        "poll": {"agent": "east", "run": agent.run, "turn": 99, "holding": [], "printers": {}},
        "conditions": {"agent": "east", "run": agent.run, "printers": {}},
        "checking": {"agent": "east", "job": "job1"},
        "begin": {"agent": "east", "run": agent.run, "job": "job1", "attempt": "a" * 16},
        "letters": {"letters": [letter(1, "job1", "printed")]},
    }
    tokens = ("nobody's", agent.hall.server.tokens["kiosk"])
    answers = [agent.ask(path, token, **bodies[path]).status_code for token in tokens]
    assert answers == [401, 401]


def test_a_printer_that_the_agent_does_not_have_gets_no_jobs(agent: FakeAgent) -> None:
    ticket = agent.hall.take("2")
    assert agent.hall.paper(ticket) == ("blocked", "no_printer")
    agent.hall.printer_becomes("blocked", "no_printer", "2")


def test_an_agent_that_hangs_up_is_away_before_its_poll_would_have_ended(agent: FakeAgent) -> None:
    with socket.create_connection(("127.0.0.1", agent.hall.server.port)) as line:
        agent.turn += 1
        asked = {"agent": "east", "run": agent.run, "turn": agent.turn, "holding": [], "printers": {"1": READY}}
        body = json.dumps(asked)
        line.sendall(
            f"POST /api/v1/agent/printing/poll HTTP/1.1\r\nHost: here\r\nAuthorization: Bearer {agent.token}\r\n"
            f"Content-Type: application/json\r\nContent-Length: {len(body)}\r\n\r\n{body}".encode()
        )
        agent.hall.printer_becomes("ready", None)
    ticket = agent.hall.take()
    assert agent.hall.until(ticket) == ("blocked", "unreachable")


def test_an_agent_that_falls_silent_is_noticed(agent: FakeAgent) -> None:
    agent.poll()
    ticket = agent.hall.take()
    assert agent.hall.until(ticket) == ("blocked", "unreachable")
    agent.hall.printer_becomes("blocked", "unreachable")
