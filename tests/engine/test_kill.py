"""SIGKILL under load, again and again: whatever was acknowledged is there, once."""

from __future__ import annotations

import threading
import time
import uuid
from collections import Counter
from concurrent.futures import ThreadPoolExecutor
from typing import Any

import requests
from child_hall import ChildHall
from engines import log_of, projection_of, replayed, stored_projection, wide_plan
from hall_server import HallServer, StartHall

from server.config import load_settings
from server.hall.events import TicketCalled, TicketIssued
from server.hall.log import Row, from_row
from server.hall.plan import HallPlan
from server.store.database import Database

ROUNDS = 8
LINES_A_ROUND = 600


def check(database: Database, plan: HallPlan) -> tuple[set[str | None], dict[str | None, int | None]]:
    """(issued tickets, window by called ticket) by the log, after finding no gap, no duplicate and no double call."""
    log: list[Row] = log_of(database, plan.id)
    events = [from_row(row).event for row in log]
    issued = [event for event in events if isinstance(event, TicketIssued)]
    calls = [event for event in events if isinstance(event, TicketCalled)]
    assert [row.seq for row in log] == list(range(1, len(log) + 1))
    for prefix in {event.prefix for event in issued}:
        serials = [event.serial for event in issued if event.prefix == prefix]
        assert serials == list(range(1, len(serials) + 1))
    assert all(times == 1 for times in Counter(call.ticket for call in calls).values())
    told = replayed(plan, log)
    assert stored_projection(database) == projection_of(told)
    return {event.ticket for event in issued}, {call.ticket: call.window for call in calls}


def test_engine_killed_again_and_again(database_url: str) -> None:
    database = Database(database_url)
    database.prepare()
    issued: list[str] = []
    called: dict[str, int] = {}
    for turn in range(ROUNDS):
        child = ChildHall(database_url, ttl=0.2)
        assert child.ask(f"load {turn}") == {"working": True}
        lines = [child.hear() for _ in range(LINES_A_ROUND)]
        child.process.kill()
        while (line := child.hear()) is not None:
            lines.append(line)
        child.process.wait()
        issued += [line["issued"] for line in lines if "issued" in line]
        called |= {line["called"]: line["window"] for line in lines if "called" in line}
    assert len(issued) > ROUNDS * LINES_A_ROUND // 4
    assert len(issued) == len(set(issued))
    stored, calls = check(database, wide_plan())
    assert set(issued) <= stored
    assert called.items() <= calls.items()
    database.close()


class Citizens:
    """Thirty-two kiosks and clerks that press the same button with the same key until they are answered."""

    def __init__(self, server: HallServer) -> None:
        self.server = server
        self.ended = threading.Event()
        self.tickets: list[str] = []
        self.calls: dict[str, int] = {}
        self.presses = 0

    def kiosk(self, _: int) -> None:
        session = requests.Session()
        session.headers.update(self.server.device("kiosk"))
        while not self.ended.is_set():
            ticket = self._press(session, "tickets", {"service": "social-insurance"})
            self.tickets.append(ticket["id"])

    def clerk(self, window: int) -> None:
        session = requests.Session()
        session.cookies.update(self.server.session.cookies)
        while not self.ended.is_set():
            answer = self._press(session, f"windows/{window}/call-next", {})
            if answer is not None:
                self.calls[answer["ticket"]["id"]] = window

    def _press(self, session: requests.Session, path: str, body: dict[str, Any]) -> Any:
        key = uuid.uuid4().hex
        self.presses += 1
        while True:
            try:
                answer = session.post(
                    f"{self.server.base}/api/v1/{path}", json=body, headers={"Idempotency-Key": key}, timeout=5
                )
            except requests.RequestException:
                time.sleep(0.05)
                continue
            if answer.status_code < 300:
                return answer.json() if answer.content else None
            assert answer.status_code == 503, answer.text
            time.sleep(0.05)


def test_server_killed_again_and_again(start_hall: StartHall) -> None:
    """Over HTTP, with keys: not only is nothing lost, but one press is one ticket, however often it was repeated."""
    server = start_hall()
    windows = (1, 2, 3)
    server.open(*windows)
    citizens = Citizens(server)
    with ThreadPoolExecutor(32) as pool:
        pressing = [pool.submit(citizens.kiosk, n) for n in range(29)]
        pressing += [pool.submit(citizens.clerk, window) for window in windows]
        for turn in range(1, 5):
            while len(citizens.tickets) < turn * 60:
                time.sleep(0.01)
            server.kill()
            server.start()
        citizens.ended.set()
        for done in pressing:
            done.result()
    server.kill()
    settings = load_settings(server.config)
    database = Database(settings.server.database)
    stored, calls = check(database, settings.plan())
    assert len(citizens.tickets) == len(stored)
    assert set(citizens.tickets) == stored
    assert citizens.calls == calls
    database.close()
