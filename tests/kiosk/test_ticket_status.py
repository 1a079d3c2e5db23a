"""What a ticket's holder is told on the phone, from the hall's state alone."""

from __future__ import annotations

from datetime import UTC, datetime, timedelta
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
    HoldTicket,
    IssueTicket,
    MarkNoShow,
    PassTime,
    RejoinTicket,
    Start,
    TransferTicket,
)
from server.hall.errors import UnknownTicket
from server.hall.hold import HoldKind

SETTINGS = load_settings(Path(__file__).parents[2] / "config.yaml")


class Hall(SmallHall):
    """The sample hall; tickets are known by their secret."""

    def __init__(self) -> None:
        super().__init__(plan=SETTINGS.plan())

    def take(self, service: str = "social-insurance", **more: Any) -> str:
        self.wait(1)
        token: str = self.do(IssueTicket(service, **more))["token"]
        return token

    def steps(self, token: str) -> list[tuple[str, str]]:
        return [(step["name"], step["state"]) for step in self.see(token)["steps"]]

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
        "guide": "social-insurance",
        "near": 3,
        "every": 10,
        "priority": None,
        "ahead": 0,
        "wait": None,
        "before": [],
        "window": None,
        "hold": None,
        "missed": None,
        "steps": [],
        "votes": [],
        "answers": [],
        "updated_at": "2026-11-23T01:00:01+00:00",
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
    assert hall.see(token)["missed"] == {"here": True, "until": "2026-11-23T02:00:01+00:00", "void": False}
    hall.now += timedelta(minutes=60)
    assert hall.see(token)["missed"]["void"] is False
    hall.now += timedelta(seconds=1)
    assert hall.see(token)["missed"]["void"] is True


def test_whoever_is_back_in_line_is_told_of_the_line_again(hall: Hall) -> None:
    token = hall.take()
    others = [hall.take() for _ in range(4)]
    hall.do(CallNext(2, CHEN.username))
    hall.do(MarkNoShow(2, CHEN.username))
    hall.do(RejoinTicket(token, kiosk="1"))
    seen = hall.see(token)
    assert (seen["state"], seen["ahead"], seen["missed"]) == ("waiting", 3, None)
    assert hall.see(others[-1])["ahead"] == 4


def test_a_ticket_on_hold_says_to_which_window_and_until_when(hall: Hall) -> None:
    token = hall.take()
    hall.do(CallNext(2, CHEN.username))
    hall.do(Start(2, CHEN.username))
    until = datetime(2026, 11, 23, 2, 30, tzinfo=UTC)
    hall.do(HoldTicket(2, CHEN.username, HoldKind.WAITING, "等传真", until))
    seen = hall.see(token)
    assert (seen["state"], seen["hold"]) == ("held", {"window": 2, "until": until.isoformat()})
    assert "等传真" not in str(seen)
    hall.now = until
    hall.do(PassTime())
    seen = hall.see(token)
    assert (seen["state"], seen["hold"], seen["windows"]) == ("waiting", None, [2])


def test_a_ticket_sent_on_says_where_it_goes_now(hall: Hall) -> None:
    hall.open(5)
    token = hall.take()
    hall.do(CallNext(2, CHEN.username))
    hall.do(TransferTicket(2, CHEN.username, service="property", to_window=5, note="缺房产证"))
    seen = hall.see(token)
    assert (seen["service"], seen["place"], seen["windows"]) == ("不动产登记", "一层西侧 A 等候区", [5])
    assert hall.steps(token) == [("社保医保", "done"), ("不动产登记", "now")]
    assert "缺房产证" not in str(seen)


def test_a_combined_visit_shows_how_far_it_has_come(hall: Hall) -> None:
    hall.open(4)
    token = hall.take(then=("residence",), priority="elderly")
    assert hall.steps(token) == [("社保医保", "now"), ("户籍身份证", "next")]
    assert hall.see(token)["priority"] == {"name": "高龄老人", "name_en": "Aged 70 or over"}
    hall.do(CallNext(2, CHEN.username))
    hall.do(FinishTicket(2, CHEN.username))
    assert hall.steps(token) == [("社保医保", "done"), ("户籍身份证", "now")]
    assert hall.states(token) == ("waiting", None)
    hall.do(CallNext(4, CHEN.username))
    hall.do(FinishTicket(4, CHEN.username))
    assert hall.steps(token) == [("社保医保", "done"), ("户籍身份证", "done")]
    assert hall.states(token) == ("finished", None)


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
