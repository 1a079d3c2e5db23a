"""What a kiosk's page is told, from the hall's state alone."""

from __future__ import annotations

from datetime import UTC, datetime, timedelta
from pathlib import Path
from typing import Any

import pytest
import yaml
from small_hall import CHEN, MONDAY_9, SmallHall

from kiosk.view import kiosk_view
from server.config import Settings
from server.config.loading import parse_settings
from server.hall.commands import (
    CallNext,
    CancelTicket,
    IssueTicket,
    ReportPrint,
    ReprintTicket,
    ResumeService,
    SuspendService,
)
from server.hall.printing import PrintState

CONFIG = Path(__file__).parents[2] / "config.yaml"
WITH_OWN_HOURS = ("social-insurance", "company")
CLASS = {"code": "a", "name": "优先", "name_en": "Priority"}
ITS_OWN = {"panel": False, "reload_at": "03:30"}
READY: dict[str, str | None] = {"state": "ready", "reason": None}


def content_with(**changes: Any) -> dict[str, Any]:
    """The sample configuration with whole sections replaced."""
    content: dict[str, Any] = yaml.safe_load(CONFIG.read_text(encoding="utf-8"))
    return content | changes


class Kiosk:
    """The sample hall on a Monday at nine, and its kiosk 1."""

    def __init__(self, settings: Settings | None = None, **hours: Any) -> None:
        content = content_with()
        content["hall"]["hours"].update(hours)
        self.settings = settings or parse_settings(content)
        self.hall = SmallHall(plan=self.settings.plan())

    @property
    def view(self) -> dict[str, Any]:
        return kiosk_view(self.hall.state, self.settings, "1", READY, self.hall.now)

    def take(self, service: str = "social-insurance", kiosk: str | None = "1") -> str:
        ticket: str = self.hall.do(IssueTicket(service, kiosk=kiosk))["id"]
        return ticket

    def job(self, ticket: str) -> str:
        job: str = self.hall.state.tickets[ticket].prints[-1].id
        return job

    def service(self, code: str) -> dict[str, Any]:
        return next(service for service in self.view["services"] if service["code"] == code)


@pytest.fixture
def kiosk() -> Kiosk:
    return Kiosk()


def test_a_quiet_morning(kiosk: Kiosk) -> None:
    view = kiosk.view
    assert view["hall"]["name"] == "青禾镇便民服务中心"
    assert view["kiosk"] == {"id": "1", "name": "1 号取号机", "name_en": "Kiosk 1", "slot": "below", **ITS_OWN}
    assert [department["code"] for department in view["departments"]] == ["livelihood", "police", "housing", "business"]
    assert [service["code"] for service in view["services"]] == [s.code for s in kiosk.settings.services]
    assert (view["waiting"], view["last_call"], view["prints"], view["printer"]) == (0, None, {}, READY)


def test_each_service_says_where_it_is_served_by_which_windows(kiosk: Kiosk) -> None:
    fund = kiosk.service("housing-fund")
    assert (fund["windows"], fund["place"], fund["department"]) == ([1, 5], "一层西侧 A 等候区", "housing")
    assert (fund["name_en"], fund["hint_en"]) == ("Housing fund", "Withdrawal, loans, transfer")


def test_the_people_waiting_are_counted_by_service_and_in_all(kiosk: Kiosk) -> None:
    kiosk.hall.open(4)
    given_back = kiosk.take()
    kiosk.take()
    kiosk.take("residence")
    kiosk.hall.do(CancelTicket(given_back))
    assert (kiosk.service("social-insurance")["waiting"], kiosk.service("residence")["waiting"]) == (1, 1)
    assert kiosk.view["waiting"] == 2
    kiosk.hall.do(CallNext(4, CHEN.username))
    assert (kiosk.service("residence")["waiting"], kiosk.view["waiting"]) == (0, 1)
    assert kiosk.view["last_call"] == {"number": "B001", "window": 4}


@pytest.mark.parametrize(
    ("after", "is_open", "opens", "closes"),
    [
        (timedelta(hours=-1.25, microseconds=-1), False, "2026-11-23T07:45:00+08:00", None),
        (timedelta(hours=-1.25), True, None, "2026-11-23T11:50:00+08:00"),
        (timedelta(0), True, None, "2026-11-23T11:50:00+08:00"),
        (timedelta(hours=2, minutes=50), False, "2026-11-23T14:15:00+08:00", None),
        (timedelta(hours=5, minutes=30), True, None, "2026-11-23T17:20:00+08:00"),
        (timedelta(hours=8, minutes=20), False, "2026-11-24T07:45:00+08:00", None),
        (timedelta(days=4, hours=9), False, "2026-11-30T07:45:00+08:00", None),
    ],
)
def test_hours_of_a_day_and_of_a_week(after: timedelta, is_open: bool, opens: str | None, closes: str | None) -> None:
    kiosk = Kiosk()
    kiosk.hall.now = MONDAY_9 + after
    view = kiosk.view
    assert view["issuing"] == {"open": is_open, "opens_at": opens, "closes_at": closes}
    following = [s for s in view["services"] if s["code"] not in WITH_OWN_HOURS]
    assert {(service["open"], service["opens_at"]) for service in following} == {(is_open, opens)}
    assert view["hours"] == ["08:00-12:00", "14:30-17:30"]


def test_a_service_with_hours_of_its_own_opens_by_those(kiosk: Kiosk) -> None:
    kiosk.hall.now = MONDAY_9 + timedelta(days=5)  # Saturday
    assert not kiosk.view["issuing"]["open"]
    assert (kiosk.service("social-insurance")["open"], kiosk.service("social-insurance")["opens_at"]) == (True, None)
    kiosk.hall.now = MONDAY_9 + timedelta(hours=6)
    assert kiosk.view["issuing"]["open"]
    company = kiosk.service("company")
    assert (company["open"], company["opens_at"]) == (False, "2026-11-24T07:45:00+08:00")


def test_the_hours_told_are_those_of_the_day_or_of_the_next_that_has_any(kiosk: Kiosk) -> None:
    kiosk.hall.now = datetime(2026, 8, 3, 9, tzinfo=UTC)
    assert kiosk.view["hours"] == ["08:00-12:00", "15:00-18:00"]
    kiosk.hall.now = datetime(2026, 10, 2, 9, tzinfo=UTC)  # in a holiday that began after the summer
    assert kiosk.view["hours"] == ["08:00-12:00", "14:30-17:30"]


def test_a_hall_without_hours_is_always_open() -> None:
    kiosk = Kiosk(always=True)
    kiosk.hall.now = MONDAY_9 + timedelta(days=6, hours=12)
    assert kiosk.view["issuing"] == {"open": True, "opens_at": None, "closes_at": None}


def test_the_papers_of_this_kiosk_as_they_are_known(kiosk: Kiosk) -> None:
    first, second, third = kiosk.take(), kiosk.take(kiosk=None), kiosk.take()
    kiosk.hall.do(ReportPrint(kiosk.job(first), PrintState.BLOCKED, "paper_out"))
    kiosk.hall.do(ReportPrint(kiosk.job(third), PrintState.SENDING, None))
    assert kiosk.view["prints"] == {
        first: {"papers": 1, "state": "blocked", "reason": "paper_out"},
        third: {"papers": 1, "state": "sending", "reason": None},
    }
    assert second not in kiosk.view["prints"]
    kiosk.hall.do(ReprintTicket(first, "1"))
    assert kiosk.view["prints"][first] == {"papers": 2, "state": "queued", "reason": None}


def test_a_paper_printed_again_at_another_kiosk_is_that_kiosks_news(kiosk: Kiosk) -> None:
    ticket = kiosk.take()
    kiosk.hall.do(ReportPrint(kiosk.job(ticket), PrintState.BLOCKED, "cover_open"))
    kiosk.hall.do(ReprintTicket(ticket, "2"))
    assert kiosk.view["prints"] == {ticket: {"papers": 1, "state": "blocked", "reason": "cover_open"}}


def test_of_a_long_day_only_the_latest_papers_are_told(kiosk: Kiosk) -> None:
    tickets = [kiosk.take() for _ in range(30)]
    assert set(kiosk.view["prints"]) == set(tickets[10:])


def test_the_view_says_nothing_that_only_a_ticket_holder_may_know(kiosk: Kiosk) -> None:
    ticket = kiosk.take()
    assert kiosk.hall.state.tickets[ticket].token not in str(kiosk.view)


def test_the_classes_that_citizens_choose_themselves_with_their_proof() -> None:
    kiosk = Kiosk()
    classes = kiosk.view["classes"]
    assert [known["code"] for known in classes] == [
        "elderly",
        "disabled",
        "pregnant",
        "military",
        "firefighter",
        "infant",
    ]
    assert classes[0] == {
        "code": "elderly",
        "name": "高龄老人",
        "name_en": "Aged 70 or over",
        "proof": "身份证，满 70 岁",
        "proof_en": "ID card, 70 or over",
    }
    secret = parse_settings(content_with(priority={"classes": [{**CLASS, "kiosk": False}, {**CLASS, "code": "b"}]}))
    kiosk = Kiosk(settings=secret)
    assert [known["code"] for known in kiosk.view["classes"]] == ["b"]


def test_what_else_a_kiosk_offers() -> None:
    view = Kiosk().view
    assert view["booking"] is True
    assert view["rejoin"] == {"here": True, "minutes": 60, "prefixes": list("ABCDEFGH")}
    services = [{**service, "booking": None} for service in content_with()["services"]]
    rules = {"no_show": {"at_kiosk": False, "rejoin_within": None}}
    view = Kiosk(settings=parse_settings(content_with(services=services, rules=rules))).view
    assert view["booking"] is False
    assert (view["rejoin"]["here"], view["rejoin"]["minutes"]) == (False, None)


def test_a_service_counts_down_its_numbers_then_says_when_there_are_more() -> None:
    services = content_with()["services"]
    services[0]["quota"] = {"day": 3, "span": 2}
    kiosk = Kiosk(settings=parse_settings(content_with(services=services)))
    assert kiosk.service("residence")["left"] is None
    seen = []
    for _ in range(3):
        service = kiosk.service("social-insurance")
        seen.append((service["left"], service["open"], service["opens_at"]))
        if service["open"]:
            given = kiosk.take()
    assert seen == [(2, True, None), (1, True, None), (0, False, "2026-11-23T14:15:00+08:00")]
    kiosk.hall.do(CancelTicket(given))
    assert kiosk.service("social-insurance")["left"] == 1
    kiosk.hall.now = MONDAY_9 + timedelta(hours=6)
    for _ in range(2):
        kiosk.take()
    used = kiosk.service("social-insurance")
    assert (used["left"], used["open"], used["opens_at"]) == (0, False, "2026-11-24T07:45:00+08:00")


def test_a_suspended_service_says_why_until_it_goes_on(kiosk: Kiosk) -> None:
    kiosk.hall.do(SuspendService("residence", CHEN.username, "设备检修"))
    service = kiosk.service("residence")
    assert (service["open"], service["suspended"], service["opens_at"]) == (False, "设备检修", None)
    assert (kiosk.service("tax")["open"], kiosk.service("tax")["suspended"]) == (True, None)
    kiosk.hall.do(ResumeService("residence", CHEN.username))
    assert (kiosk.service("residence")["open"], kiosk.service("residence")["suspended"]) == (True, None)
