"""A busy morning at three windows whose clerks have nothing but keypads, before a real server that is killed once."""

from __future__ import annotations

import json
import re
from collections import Counter
from collections.abc import Callable, Iterator
from concurrent.futures import ThreadPoolExecutor
from pathlib import Path
from typing import Any

import pytest
import requests
from hall_server import PASSWORD, PATIENCE, HallServer
from sqlalchemy import select
from waiting import wait_until

from counter.keypad.dialects import PAUSED_TEXT, SIGNED_OUT_TEXT
from counter.keypad.troubles import Trouble
from counter.virtual_keypad import VirtualKeypad
from server.store import tables
from server.store.database import Database
from server.web.keypad_codes import KeypadCodes

SECRET = "a secret of the tests, as long as one has to be"
COLLEAGUE = ("liwei", "李伟")
CLERKS = {2: ("wangfang", "王芳", "20406"), 4: ("huangzq", "黄志强", "40608"), 5: ("hejing", "何静", "50901")}
SERVICES = {2: "social-insurance", 4: "residence", 5: "property"}
DIALECTS = {2: "queuesystem", 4: "hallqueuefront", 5: "queuesystem"}
NO_SHOW = {"queuesystem": "6", "hallqueuefront": "5"}
HOLD = {"queuesystem": ("0", "function"), "hallqueuefront": ("0", "wait")}
PAUSE = {"queuesystem": ("", "pause"), "hallqueuefront": ("0", "function")}


class Desk:
    """A clerk with a keypad, who looks at it before and after each key."""

    def __init__(self, window: int, keypad: VirtualKeypad) -> None:
        self.window = window
        self.keypad = keypad
        self.dialect = DIALECTS[window]

    def press(self, key: str, digits: str = "") -> None:
        assert self.keypad.type(digits, key)

    def sees(self, what: Callable[[str], bool], hint: str) -> None:
        wait_until(lambda: what(self.keypad.state()["shown"]), f"window {self.window}: {hint}", timeout=20)

    def sees_text(self, text: str) -> None:
        self.sees(lambda shown: shown == text, text)

    def sees_number(self, number: str) -> None:
        """As its dialect shows it: on a queuesystem keypad, `004___` are four who wait."""
        digits = number[1:]
        if self.dialect == "queuesystem":
            self.sees_text(f"___{digits}")
        else:
            self.sees(lambda shown: shown.startswith(f"{digits}_"), number)

    def sees_nobody(self) -> None:
        """How many wait, and no number."""
        self.sees(lambda shown: re.fullmatch(r"\d{3}___|_\d{1,3}", shown) is not None, "nobody here")

    def sign_in(self) -> None:
        self.press("function", CLERKS[self.window][2])
        self.sees_nobody()

    def serve(self, number: str) -> None:
        self.press("call")
        self.sees_number(number)
        self.press("start")
        wait_until(lambda: bool(self.keypad.state()["acked"]), "started")
        self.press("wait")
        self.sees_nobody()


@pytest.fixture
def desks(tmp_path: Path) -> Iterator[dict[int, Desk]]:
    made = {}
    for window, dialect in DIALECTS.items():
        keypad = VirtualKeypad(window, window, dialect=dialect, link=tmp_path / f"keypad-{window}", control=None)
        keypad.start()
        made[window] = Desk(window, keypad)
    yield made
    for desk in made.values():
        desk.keypad.stop()


@pytest.fixture
def hall(tmp_path: Path, desks: dict[int, Desk]) -> Iterator[HallServer]:
    keypads = [
        {"window": window, "link": desk.keypad.link, "address": window, "dialect": desk.dialect}
        for window, desk in desks.items()
    ]
    server = HallServer(tmp_path, keypads=keypads)
    server.environment["JIAOHAO_SECRET_KEY"] = SECRET
    codes = KeypadCodes(Database(server.database_url), server.hall_id, SECRET)
    for username, name, code in CLERKS.values():
        server.add_staff(username, name)
        codes.give(username, code)
    server.add_staff(*COLLEAGUE)
    server.start()
    server.login()
    ready(server)
    yield server
    server.kill()


def ready(hall: HallServer) -> None:
    def settled() -> bool:
        devices = hall.call_api("GET", "hall").json()["devices"]
        return {device["state"] for device in devices if device["kind"] == "keypad"} == {"ready"}

    wait_until(settled, "the keypads are past their quarantine")


def events(hall: HallServer, *kinds: str) -> list[dict[str, Any]]:
    row = tables.event
    wanted = select(row).where(row.c.kind.in_(kinds)).order_by(row.c.seq)
    found = Database(hall.database_url).read(lambda connection: connection.execute(wanted).mappings().all())
    return [{**event, **json.loads(event["data"])} for event in found]


def numbers(hall: HallServer, window: int, count: int) -> list[str]:
    return [str(hall.issue(SERVICES[window])["number"]) for _ in range(count)]


def morning(desk: Desk, own: list[str]) -> None:
    """Whatever a clerk does in a morning, by keys alone; six citizens are done with in the end."""
    first, second, third, fourth, *_ = own
    desk.sign_in()
    desk.press("call")
    desk.sees_number(first)
    desk.press("recall")
    wait_until(lambda: bool(desk.keypad.state()["acked"]), "recalled")
    desk.press("start")
    wait_until(lambda: bool(desk.keypad.state()["acked"]), "started")
    desk.press("wait")
    desk.sees_nobody()
    desk.press("call")
    desk.sees_number(second)
    desk.press("function", NO_SHOW[desk.dialect])
    desk.sees_nobody()
    desk.press("call")
    desk.sees_number(third)
    digits, key = HOLD[desk.dialect]
    desk.press(key, digits)
    desk.sees_nobody()
    digits, key = PAUSE[desk.dialect]
    desk.press(key, digits)
    desk.sees_text(PAUSED_TEXT)
    desk.press("call")
    desk.sees_text(Trouble.WINDOW_PAUSED.text)
    desk.press("function", "2")
    desk.sees_nobody()
    desk.press("function", "3")
    desk.sees_number(third)
    desk.press("wait")
    desk.sees_nobody()
    desk.press("call", fourth[1:])
    desk.press("call", fourth[1:])  # a nervous finger
    desk.sees_number(fourth)
    desk.press("wait")
    desk.sees_nobody()


def test_a_busy_morning_by_keypad(hall: HallServer, desks: dict[int, Desk]) -> None:
    own = {window: numbers(hall, window, 7) for window in desks}
    with ThreadPoolExecutor(3) as clerks:
        list(clerks.map(lambda window: morning(desks[window], own[window]), desks))

    # The server is killed while a citizen is at each window; what is pressed meanwhile is done by nobody.
    for window, desk in desks.items():
        desk.press("call")
        desk.sees_number(own[window][4])
    called = len(events(hall, "ticket_called"))
    hall.kill()
    desks[2].press("call")
    desks[5].keypad.unplug()
    hall.start()
    desks[5].keypad.plug()
    ready(hall)
    assert len(events(hall, "ticket_called")) == called
    for window, desk in desks.items():
        desk.sees_number(own[window][4])  # whoever was signed in still is
        desk.press("wait")
        desk.sees_nobody()

    # A colleague takes window 4 over on the page: the keypad is not the right person's any more.
    desks[4].press("call")
    desks[4].sees_number(own[4][5])
    colleague = requests.Session()
    login = {"username": COLLEAGUE[0], "password": PASSWORD}
    assert colleague.post(f"{hall.base}/api/v1/login", json=login, timeout=PATIENCE).ok
    assert colleague.post(f"{hall.base}/api/v1/windows/4/login", timeout=PATIENCE).ok
    desks[4].sees_text(Trouble.NOT_YOURS.text)
    desks[4].sees_text(SIGNED_OUT_TEXT)
    desks[4].press("wait")
    desks[4].sees_text(Trouble.NOT_SIGNED_IN.text)
    desks[4].press("function", CLERKS[4][2])
    desks[4].sees_number(own[4][5])

    # Window 5 gets window 4's citizen, serves them, and everybody goes home.
    desks[4].press("transfer", "5")
    desks[4].sees_nobody()
    desks[5].serve(own[4][5])
    for window, rest in ((2, own[2][5:]), (4, own[4][6:]), (5, own[5][5:])):
        for number in rest:
            desks[window].serve(number)
    for desk in desks.values():
        desk.press("function", "4")
        desk.sees_text(SIGNED_OUT_TEXT)
    check(hall, own)


def check(hall: HallServer, own: dict[int, list[str]]) -> None:
    """Nobody was called twice but for the one who was passed on, and the credit is whose keys they were."""
    calls = Counter((event["ticket"], event["leg"]) for event in events(hall, "ticket_called"))
    assert set(calls.values()) == {1}
    passed_on = Counter(ticket for ticket, _ in calls)
    assert sorted(passed_on.values()) == [1] * 20 + [2]
    assert len(events(hall, "ticket_no_show")) == len(own)
    assert len(events(hall, "ticket_recalled")) == len(own)
    finished = Counter(event["staff"] for event in events(hall, "ticket_finished"))
    assert finished == {"wangfang": 6, "huangzq": 5, "hejing": 7}
    assert len(events(hall, "evaluation_opened")) >= 18
    assert events(hall, "evaluation_voted") == []
    assert {event["staff"] for event in events(hall, "window_closed")} == {"wangfang", "huangzq", "hejing"}
