"""Outcomes, second returns and first contacts, as the leader sees them, also when their day is over."""

from __future__ import annotations

import json
from datetime import date, timedelta
from typing import Any

import pytest
from chromium import OpenPage, violations
from playwright.sync_api import expect

from server.hall import commands as cmd
from server.hall.document_notice import MissingPaper
from server.hall.result import Result, ResultKind
from server.hall.window import Clerk
from server.report.first_contacts import first_contacts
from server.report.results import result_figures
from server.report.second_returns import is_second_return, second_returns
from server.store.reports import legs_of_day
from server.store.returns import return_of_notice

LIU = Clerk("liu", "刘 伟", "0301", "综合岗")
LI = Clerk("li", "李 静", "0302", "社保医保经办岗")
MONDAY = date(2026, 11, 23)
PAPERS = (MissingPaper("居住证", "residence-permit", "外地户籍"), MissingPaper("近期一寸照片"))


class Visits:
    """One citizen after the other at window 1 of the told hall."""

    def __init__(self, told_hall: Any, clerk: Clerk = LIU) -> None:
        self.hall = told_hall
        self.clerk = clerk
        self.do(cmd.OpenWindow(1, clerk))

    def do(self, command: cmd.Command[Any]) -> Any:
        return self.hall.engine.do(command)

    def begin(self, person: str | None = None, service: str = "social-insurance") -> str:
        ticket: str = self.do(cmd.IssueTicket(service, person=person, staff="liu"))["id"]
        self.do(cmd.CallTicket(1, self.clerk.username, ticket, "带着婴儿"))
        self.do(cmd.Start(1, self.clerk.username))
        return ticket

    def name(self, earlier: str | None = None) -> str:
        number: str = self.do(cmd.NameDocuments(1, self.clerk.username, PAPERS, earlier=earlier))["number"]
        return number

    def finish(self, kind: ResultKind, quantity: int = 1) -> None:
        self.do(cmd.FinishTicket(1, self.clerk.username, result=Result(kind, quantity)))

    def sent_back(self, person: str | None = None, earlier: str | None = None) -> str:
        ticket = self.begin(person)
        self.name(earlier)
        self.finish(ResultKind.SUPPLEMENT)
        return ticket

    def returns(self, first: date = MONDAY, last: date = MONDAY) -> list[Any]:
        engine, settings = self.hall.engine, self.hall.settings
        found: list[Any] = engine.query(lambda c: second_returns(c, engine.plan, settings, first, last))
        return found


def test_outcomes_are_counted_with_their_quantity_and_as_corrected(told_hall: Any) -> None:
    visits = Visits(told_hall)
    visits.begin()
    visits.finish(ResultKind.ACCEPTED, 3)
    ticket = visits.begin(service="residence")
    visits.finish(ResultKind.DONE)
    visits.do(cmd.CorrectResult(ticket, 1, Result(ResultKind.ACCEPTED, 2), "点错了", "liu"))
    abandoned = visits.begin()
    figures = told_hall.engine.query(lambda c: result_figures(legs_of_day(c, told_hall.engine.plan.id, MONDAY)))
    assert figures.total.services == {"accepted": 2}
    assert figures.total.quantity == {"accepted": 5}
    assert figures.windows[1].quantity == figures.clerks["liu"].quantity == {"accepted": 5}
    assert figures.services["residence"].quantity == {"accepted": 2}
    told_hall.clock.now += timedelta(days=1)
    told_hall.engine.do(cmd.PassTime())
    after = told_hall.engine.query(lambda c: legs_of_day(c, told_hall.engine.plan.id, MONDAY))
    assert {(leg.ticket, leg.result) for leg in after if leg.finish == "day_closed"} == {(abandoned, None)}


def test_the_same_person_sent_back_again_is_a_second_return_also_days_later(told_hall: Any) -> None:
    visits = Visits(told_hall)
    first = visits.sent_back("wang")
    visits.sent_back("zhao")
    told_hall.clock.now += timedelta(days=9)
    later = Visits(told_hall, LI)
    second = later.sent_back("wang")
    day = MONDAY + timedelta(days=9)
    (found,) = later.returns(day, day)
    assert (found.present.ticket, found.earlier.ticket) == (second, first)
    assert (found.present.notices[0].name, found.earlier.notices[0].name) == ("李 静", "刘 伟")
    assert [paper.name for paper in found.earlier.notices[0].documents] == ["居住证", "近期一寸照片"]
    assert found.looked_into is None
    assert later.returns(MONDAY, MONDAY) == []


@pytest.mark.parametrize("kind", [ResultKind.DONE, ResultKind.ACCEPTED])
def test_a_matter_that_went_its_way_is_no_return(told_hall: Any, kind: ResultKind) -> None:
    visits = Visits(told_hall)
    visits.sent_back("wang")
    visits.begin("wang")
    visits.name()
    visits.finish(kind)
    assert visits.returns() == []


def test_a_finish_taken_back_is_no_return_any_more(told_hall: Any) -> None:
    visits = Visits(told_hall)
    visits.sent_back("wang")
    ticket = visits.begin("wang")
    visits.finish(ResultKind.RETURNED)
    assert len(visits.returns()) == 1
    visits.do(cmd.UndoLast(1, "liu", ticket))
    assert visits.returns() == []


def test_the_number_of_the_earlier_notice_does_for_somebody_unknown(told_hall: Any) -> None:
    visits = Visits(told_hall)
    first = visits.sent_back()
    told_hall.clock.now += timedelta(days=200)
    later = Visits(told_hall)
    second = later.sent_back(earlier=f"{first}-1")
    day = MONDAY + timedelta(days=200)
    (found,) = later.returns(day, day)
    assert (found.present.ticket, found.earlier.ticket) == (second, first)
    engine = told_hall.engine
    for number in (f"{first}-2", "260111A012-1", "none"):
        assert engine.query(lambda c, number=number: return_of_notice(c, engine.plan.id, number)) is None


def test_beyond_the_halls_days_it_is_another_matter(told_hall: Any) -> None:
    Visits(told_hall).sent_back("wang")
    told_hall.clock.now += timedelta(days=91)
    later = Visits(told_hall)
    later.sent_back("wang")
    day = MONDAY + timedelta(days=91)
    assert later.returns(day, day) == []


def test_a_leader_looks_into_one_of_an_earlier_day(told_hall: Any) -> None:
    visits = Visits(told_hall)
    visits.sent_back("wang")
    second = visits.sent_back("wang")
    told_hall.clock.now += timedelta(days=3)
    engine, settings = told_hall.engine, told_hall.settings
    assert engine.query(lambda c: is_second_return(c, engine.plan, settings, second, 1))
    assert not engine.query(lambda c: is_second_return(c, engine.plan, settings, second, 2))
    for words in ("已批评", "已当面说明，上次漏告照片"):
        engine.do(cmd.LookIntoReturn(second, 1, words, "wang"))
    (found,) = visits.returns()
    assert found.looked_into.words == "已当面说明，上次漏告照片"
    assert found.looked_into.staff == "wang"


def test_first_contacts_tell_what_became_of_each(told_hall: Any) -> None:
    visits = Visits(told_hall)
    visits.begin()
    visits.do(cmd.ReferCitizen(1, "liu", service="tax", note="先核税"))
    visits.do(cmd.ReferCitizen(1, "liu", service="property", phone="1234"))
    Visits(told_hall, LI)
    served = visits.do(cmd.ReferCitizen(1, "li", service="civil-affairs"))["id"]
    visits.do(cmd.CallTicket(1, "li", served, "首问"))
    visits.do(cmd.FinishTicket(1, "li", result=Result(ResultKind.CONSULTATION)))
    engine = told_hall.engine
    found = engine.query(lambda c: first_contacts(c, engine.plan, MONDAY))
    assert [(one.first.name, one.state, one.service, one.result and one.result.kind) for one in found] == [
        ("刘 伟", "waiting", "tax", None),
        ("刘 伟", "waiting", "property", None),
        ("李 静", "finished", "civil-affairs", "consultation"),
    ]


@pytest.mark.parametrize(
    "path", ["results", "second-returns", "first-contacts", "second-returns?first=2026-01-01&last=2026-11-23"]
)
def test_figures_are_for_leaders_and_spans_are_bounded(told_server: Any, path: str) -> None:
    url = f"{told_server.base}/api/v1/report/{path}"
    assert told_server.session().get(url).status_code == 401
    assert told_server.session("clerk").get(url).status_code == 403
    answer = told_server.session("leader").get(url)
    assert answer.status_code == (400 if "first=2026-01-01" in path else 200), answer.text
    assert told_server.session("leader").get(f"{url.partition('?')[0]}?day=x&last=x").status_code == 400
    look = f"{told_server.base}/api/v1/report/second-returns/261123A001/1/looked-into"
    assert told_server.session("clerk").post(look, json={"words": "x"}).status_code == 403
    unknown = told_server.session("leader").post(look, json={"words": "x"})
    assert (unknown.status_code, unknown.json()["error"]["code"]) == (404, "unknown_return")


def test_the_day_of_outcomes_agrees_with_what_was_finished(told_server: Any) -> None:
    leader = told_server.session("leader")
    results = leader.get(f"{told_server.base}/api/v1/report/results").json()
    today = leader.get(f"{told_server.base}/api/v1/report/today").json()
    assert sum(one["services"] for one in results["total"]["results"].values()) == today["total"]["finished"]
    assert json.dumps(results["total"]["results"]).count("services") == len(ResultKind)


@pytest.mark.parametrize("language", ["zh", "en"])
def test_the_page_shows_all_three_and_is_accessible(open_page: OpenPage, told_server: Any, language: str) -> None:
    page = open_page(f"{told_server.base}/report/results?lang={language}", (1440, 900))
    page.locator("input[name=username]").fill("leader")
    page.locator("input[name=password]").fill("pw12345")
    page.locator("button[type=submit]").click()
    expect(page.locator("#results tr").first).to_be_visible()
    assert page.locator("#results tr").count() > 6
    assert violations(page) == []
