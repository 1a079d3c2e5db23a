"""What a simulated day refuses to begin with, in a line."""

from __future__ import annotations

import json

import pytest
from command import refusal
from hall_server import PASSWORD, USERNAME, HallServer, StartHall

from server.simulate.access import Access, check_loopback, read_access
from server.simulate.errors import AccessMissing, HallBusy, HallRefused, RemoteHall
from server.simulate.run import Wish, simulate

HERE = ("http://127.0.0.1:8000", "http://localhost", "http://[::1]:8000")
DEMO = {
    "base": "http://127.0.0.1:8000",
    "login": {"username": "demo", "password": "secret"},
    "tokens": {"kiosk": "k", "evaluator": "e"},
}


def test_a_hall_on_another_machine_is_left_alone() -> None:
    who = ("--username", "chen", "--password", "pw12345", "--kiosk-token", "token")
    line = refusal("simulate", "--base", "http://hall.example.org:8000", *who)
    assert line.startswith("http://hall.example.org:8000 is not on this machine")
    assert line.endswith("with --allow-remote it is done all the same")


@pytest.mark.parametrize("base", ["http://192.168.1.9:8000", "http://127.0.0.1.example.org", "http://[2001:db8::1]:80"])
def test_only_loopback_is_this_machine(base: str) -> None:
    check_loopback(HERE, allow_remote=False)
    check_loopback((*HERE, base), allow_remote=True)
    with pytest.raises(RemoteHall):
        check_loopback((*HERE, base), allow_remote=False)


def test_the_demo_says_all_that_is_needed_and_what_is_given_goes_before_it() -> None:
    found = read_access(json.dumps(DEMO), bases=(), username=None, kiosk="other")
    assert found == Access((DEMO["base"],), "demo", "secret", "other", "e")


@pytest.mark.parametrize("line", ["", "[]", "{}", json.dumps(DEMO | {"login": "demo"})])
def test_another_line_than_the_demos(line: str) -> None:
    with pytest.raises(AccessMissing, match="not the line"):
        read_access(line, bases=())


def test_what_is_missing_is_named() -> None:
    with pytest.raises(AccessMissing, match="give --password, --kiosk-token, --base, or"):
        read_access(None, bases=(), username="chen")


@pytest.fixture
def hall(start_hall: StartHall) -> HallServer:
    return start_hall()


def test_a_hall_that_does_not_let_the_simulation_in(hall: HallServer) -> None:
    base, few = (hall.base,), Wish(visits=20, speed=20_000)
    with pytest.raises(HallRefused, match="chen cannot sign in: wrong_password"):
        simulate(Access(base, USERNAME, "wrong", "token"), few)
    hall.add_staff("li", "李静")
    with pytest.raises(HallRefused, match="does not show report/today to li: forbidden"):
        simulate(Access(base, "li", PASSWORD, "token"), few)
    with pytest.raises(HallRefused, match="the kiosk's token is not known"):
        simulate(Access(base, USERNAME, PASSWORD, "token"), few)
    hall.issue("tax")
    with pytest.raises(HallBusy, match="1 numbers are still open"):
        simulate(Access(base, USERNAME, PASSWORD, hall.tokens["kiosk"]), few)
