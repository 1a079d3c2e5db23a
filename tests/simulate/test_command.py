"""What `jiaohao simulate` refuses to do, in a line."""

from __future__ import annotations

import json
from pathlib import Path

import pytest
from command import jiaohao, refusal
from hall_server import StartHall, free_port

WHO = ("--username", "chen", "--password", "pw12345", "--kiosk-token", "token")


def test_a_hall_on_another_machine_is_left_alone() -> None:
    line = refusal("simulate", "--base", "http://hall.example.org:8000", *WHO)
    assert line.startswith("http://hall.example.org:8000 is not on this machine")
    assert line.endswith("with --allow-remote it is done all the same")


@pytest.mark.parametrize("base", ["http://192.168.1.9:8000", "http://127.0.0.1.example.org", "http://[2001:db8::1]:80"])
def test_only_loopback_is_this_machine(base: str) -> None:
    assert "is not on this machine" in refusal("simulate", "--base", base, *WHO)


def test_what_is_missing_is_named(tmp_path: Path) -> None:
    assert refusal("simulate").startswith("give --username, --password, --kiosk-token, --base, or --demo-json")
    half = tmp_path / "demo.json"
    half.write_text(json.dumps({"base": "http://127.0.0.1:1"}), encoding="utf-8")
    assert refusal("simulate", "--demo-json", str(half)) == "this is not the line that jiaohao demo --json prints"


def test_a_hall_in_use_is_left_alone(start_hall: StartHall) -> None:
    server = start_hall()
    server.issue("tax")
    who = ("--username", "chen", "--password", "pw12345", "--kiosk-token", server.tokens["kiosk"])
    assert refusal("simulate", "--base", server.base, *who).startswith("1 numbers are still open in this hall")


def test_a_wrong_password(start_hall: StartHall) -> None:
    server = start_hall()
    who = ("--username", "chen", "--password", "wrong", "--kiosk-token", "token")
    assert refusal("simulate", "--base", server.base, *who) == "chen cannot sign in: wrong_password"


def test_somebody_elses_numbers_do_not_add_up(start_hall: StartHall) -> None:
    """A kiosk token that is not known: nobody gets a number, and that is said instead of an empty day that adds up."""
    server = start_hall()
    who = ("--username", "chen", "--password", "pw12345", "--kiosk-token", "unknown")
    done = jiaohao("simulate", "--base", server.base, "--visits", "20", "--speed", "20000", *who)
    assert (done.returncode, done.stderr) == (2, "the kiosk's token is not known to the hall\n")


def test_nobody_answers() -> None:
    assert free_port()
