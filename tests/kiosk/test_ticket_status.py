"""What a ticket's holder is told on the phone, from the hall's state alone."""

from __future__ import annotations

from datetime import timedelta
from pathlib import Path
from typing import Any

import pytest
from small_hall import CHEN, SmallHall

from kiosk.status import ticket_status
from server.config import load_settings
from server.hall.commands import (
    CallNext,
    CancelTicket,
    FinishTicket,
    IssueTicket,
    MarkNoShow,
    PassTime,
    Start,
)
from server.hall.errors import UnknownTicket

SETTINGS = load_settings(Path(__file__).parents[2] / "config.yaml")


class Hall(SmallHall):
    """The sample hall; tickets are known by their secret."""

    def __init__(self) -> None:
        super().__init__(plan=SETTINGS.plan())

    def take(self, service: str = "social-insurance") -> str:
        token: str = self.do(IssueTicket(service))["token"]
        return token

    def see(self, token: str) -> dict[str, Any]:
        return ticket_status(self.state, SETTINGS, token, self.now)

    def states(self, token: str) -> tuple[str, int | None]:
        seen = self.see(token)
        return seen["state"], seen["window"]


@pytest.fixture
def hall() -> Hall:
    made = Hall()
    made.open(2)
    return made


def test_a_fresh_ticket(hall: Hall) -> None:
    assert hall.see(hall.take()) == {
        "number": "A001",
        "state": "waiting",
        "service": "社保医保",
        "service_en": "Social & health insurance",
        "ahead": 0,
        "before": [],
        "window": None,
        "updated_at": "2026-11-23T01:00:00+00:00",
        "place": "一层东侧 B 等候区",
        "place_en": "Area B, east side, floor 1",
        "windows": [1, 2, 3],
    }


def test_the_line_before_it_is_told_by_its_nearest_numbers(hall: Hall) -> None:
    tokens = [hall.take() for _ in range(6)]
    other = hall.take("residence")
    last = hall.see(tokens[-1])
    assert (last["ahead"], last["before"]) == (5, ["A003", "A004", "A005"])
    assert (hall.see(tokens[1])["ahead"], hall.see(tokens[1])["before"]) == (1, ["A001"])
    assert (hall.see(other)["ahead"], hall.see(other)["before"]) == (0, [])
    hall.do(CallNext(2, CHEN.username))
    hall.do(CancelTicket(tokens[3]))
    last = hall.see(tokens[-1])
    assert (last["ahead"], last["before"]) == (3, ["A002", "A003", "A005"])


def test_from_the_call_to_the_end_the_window_is_told_only_while_it_matters(hall: Hall) -> None:
    token = hall.take()
    hall.do(CallNext(2, CHEN.username))
    assert hall.states(token) == ("called", 2)
    hall.do(Start(2, CHEN.username))
    assert hall.states(token) == ("serving", 2)
    hall.do(FinishTicket(2, CHEN.username))
    assert hall.states(token) == ("finished", None)
    assert hall.see(token)["before"] == []


def test_a_ticket_that_was_missed(hall: Hall) -> None:
    token = hall.take()
    hall.do(CallNext(2, CHEN.username))
    hall.do(MarkNoShow(2, CHEN.username))
    assert hall.states(token) == ("no_show", None)


def test_a_ticket_that_was_given_back(hall: Hall) -> None:
    first, second = hall.take(), hall.take()
    hall.do(CancelTicket(first))
    assert hall.states(first) == ("cancelled", None)
    assert hall.see(second)["ahead"] == 0


def test_a_ticket_of_yesterday_is_not_known(hall: Hall) -> None:
    token = hall.take()
    hall.now += timedelta(days=1)
    hall.do(PassTime())
    with pytest.raises(UnknownTicket):
        hall.see(token)


def test_only_the_secret_opens_it(hall: Hall) -> None:
    token = hall.take()
    ticket = hall.state.ticket(token)
    for guess in (ticket.id, ticket.number, token[:-1], token + "x", ""):
        with pytest.raises(UnknownTicket):
            hall.see(guess)
