"""Six windows calling as fast as they can: every citizen is called once, in order, to a window that can help."""

from __future__ import annotations

from concurrent.futures import ThreadPoolExecutor
from threading import Barrier
from typing import Any

from hall_server import USERNAME, HallServer

SERVICES = ("social-insurance", "residence", "property", "tax", "civil-affairs", "housing-fund", "company", "general")
ROUNDS = 15


def test_nobody_is_called_twice_and_nobody_is_forgotten(hall: HallServer, sign_in: Any) -> None:
    taken = [hall.issue(service) for _ in range(ROUNDS) for service in SERVICES]
    windows = {window["number"]: window["services"] for window in hall.call_api("GET", "hall").json()["windows"]}
    together = Barrier(len(windows))

    def call_until_nobody_waits(window: int) -> list[dict[str, Any]]:
        clerk = sign_in(USERNAME)
        clerk.done(window, "login")
        together.wait(timeout=30)
        called = []
        while (answer := clerk.at(window, "call-next")).status_code == 200:
            called.append(answer.json()["ticket"])
        assert answer.status_code == 204
        return called

    with ThreadPoolExecutor(len(windows)) as pool:
        called = dict(zip(windows, pool.map(call_until_nobody_waits, windows), strict=True))

    everybody = [ticket["id"] for tickets in called.values() for ticket in tickets]
    assert len(everybody) == len(set(everybody))
    assert set(everybody) == {ticket["id"] for ticket in taken}
    for window, tickets in called.items():
        assert all(ticket["service"] in windows[window] for ticket in tickets)
        order = [ticket["issued_at"] for ticket in tickets]
        assert order == sorted(order)
    # The general window did not do it all by itself: the others took part.
    assert sum(1 for tickets in called.values() if tickets) == len(windows)


def test_one_press_sent_from_many_sides_at_once_calls_one_citizen(hall: HallServer, clerk: Any) -> None:
    first = hall.issue("general")
    waiting = [hall.issue("general") for _ in range(7)]
    key = {"Idempotency-Key": f"at once {first['id']}"}
    with ThreadPoolExecutor(8) as pool:
        answers = list(pool.map(lambda _: clerk.at(3, "call-next", headers=key), range(8)))
    assert {answer.json()["ticket"]["id"] for answer in answers} == {first["id"]}
    states = {hall.call_api("GET", f"tickets/{ticket['id']}").json()["state"] for ticket in waiting}
    assert states == {"waiting"}
