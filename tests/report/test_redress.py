"""差评 as leaders see it: what is due, what is late, what was handled in time, and who must not see it."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import UTC, date, datetime, timedelta
from typing import Any

import pytest
import requests
import socketio
from chromium import OpenPage, violations
from hall_server import HallServer
from leaders_room import CLERK, LEADERS_DESK, OTHER_LEADER, as_user
from playwright.sync_api import Page, expect

from server.engine.vote_days import VoteDays
from server.hall import commands as cmd
from server.hall.instant import to_microseconds
from server.hall.low_rating import Ground, Step
from server.hall.window import Clerk
from server.report.evaluations import count_votes, evaluations_out
from server.report.redress import redress_of, redresses
from server.report.redress_figures import redress_figures
from server.report.redress_messages import RedressesOut
from server.store.redress import opened_cases
from server.store.vote_sums import Grouping

LIU = Clerk("liu", "刘 伟", "0301", "综合岗")
WINDOW = 3
MONDAY = date(2026, 11, 23)
PATIENCE = 20_000
"""ms"""


class Complaints:
    """Low ratings of clerk liu at window 1 of the told hall, which opens on Monday 23 November."""

    def __init__(self, told_hall: Any) -> None:
        self.hall = told_hall
        self.do(cmd.OpenWindow(1, LIU))

    def do(self, command: cmd.Command[Any]) -> Any:
        return self.hall.engine.do(command)

    def come(self, level: int = 1) -> str:
        ticket = self.do(cmd.ServeDirectly(1, "liu", "social-insurance"))
        self.do(cmd.FinishTicket(1, "liu"))
        self.do(cmd.VoteByPhone(ticket["token"], 1, level))
        return f"{ticket['id']}-1"

    def close(self, case: str) -> None:
        for step, verdict in ((Step.VERIFY, False), (Step.ANSWER, None), (Step.REVIEW, True)):
            self.do(cmd.TakeStep(case, step, "已当面说明", "wang", verdict))

    def exclude(self, case: str) -> None:
        self.do(cmd.AppealRating(case, Ground.MISTAKEN, "评的是医院", "wang"))
        self.do(cmd.DecideAppeal(case, True, "录音为证", "zhao"))

    def pass_days(self, days: int) -> None:
        self.hall.clock.now += timedelta(days=days)
        self.do(cmd.PassTime())

    def seen(self, state: str = "open", reader: str = "wang") -> RedressesOut:
        engine, at = self.hall.engine, self.hall.clock()
        found: RedressesOut = engine.query(lambda c: redresses(c, engine.plan, at, state=state, days=31, reader=reader))
        return found


def test_days_left_and_what_is_late_follow_the_halls_working_days(told_hall: Any) -> None:
    """Rated on Monday: verified by Tuesday, closed by the Monday after; nobody works on the weekend between."""
    complaints = Complaints(told_hall)
    first = complaints.come()
    (case,) = complaints.seen().cases
    assert (case.case, case.days_left, case.soon, case.overdue) == (first, 1, True, False)
    complaints.pass_days(1)
    assert complaints.seen().cases[0].days_left == 0
    complaints.pass_days(1)
    late = complaints.seen("overdue")
    assert (late.open, late.overdue, late.cases[0].days_left) == (1, 1, -1)
    complaints.do(cmd.TakeStep(first, Step.VERIFY, "属实", "wang", True))
    (case,) = complaints.seen().cases
    assert (case.next, case.days_left, case.soon, case.overdue) == ("rectify", 3, False, False)
    complaints.pass_days(4)
    assert (complaints.seen().cases[0].days_left, complaints.seen().cases[0].soon) == (1, True)
    complaints.pass_days(2)
    assert [one.case for one in complaints.seen("overdue").cases] == [first]


def test_what_is_due_first_stands_first_and_what_was_closed_last(told_hall: Any) -> None:
    complaints = Complaints(told_hall)
    old, young = complaints.come(2), complaints.come()
    complaints.do(cmd.TakeStep(old, Step.VERIFY, "属实", "wang", True))
    assert [one.case for one in complaints.seen().cases] == [young, old]
    for case in (complaints.come(), young):
        complaints.close(case)
        told_hall.clock.now += timedelta(minutes=1)
    assert complaints.seen("closed").cases[0].case == young
    assert [one.case for one in complaints.seen().cases] == [old]


def test_the_handling_rate_is_what_was_closed_in_time_of_what_was_due(told_hall: Any) -> None:
    """One closed at once, one a day late, one never, one excluded; one that is not due yet counts in nothing."""
    complaints = Complaints(told_hall)
    in_time, late, _, excluded = (complaints.come() for _ in range(4))
    complaints.close(in_time)
    complaints.exclude(excluded)
    complaints.pass_days(9)
    complaints.do(cmd.OpenWindow(1, LIU))
    complaints.close(late)
    complaints.come(2)
    told = complaints.seen()
    assert (told.handled.part, told.handled.whole, told.handled.percent, told.excluded) == (1, 3, 33.3, 1)
    engine = told_hall.engine
    cases = engine.query(lambda c: opened_cases(c, engine.plan.id, 0))
    figures = redress_figures(cases, to_microseconds(told_hall.clock()))
    assert (figures.opened, figures.due, figures.in_time, figures.open, figures.overdue) == (5, 3, 1, 2, 1)
    assert (figures.excluded, figures.founded) == (1, 0)
    before = to_microseconds(datetime(2026, 11, 24, tzinfo=UTC))
    assert len(engine.query(lambda c: opened_cases(c, engine.plan.id, 0, before))) == 4


def test_an_excluded_vote_stays_in_sight_with_its_reason(told_hall: Any) -> None:
    complaints = Complaints(told_hall)
    complaints.exclude(complaints.come())
    (case,) = complaints.seen("closed").cases
    assert (case.excluded, case.level, case.next) == (True, 1, None)
    assert case.appeal is not None
    assert (case.appeal.words, case.appeal.decision, case.appeal.decided_by) == ("评的是医院", "录音为证", "zhao")


def test_an_excluded_vote_is_in_neither_the_live_figures_nor_those_of_days(told_hall: Any) -> None:
    complaints = Complaints(told_hall)
    excluded, _, _ = complaints.come(1), complaints.come(2), complaints.come(5)

    def both() -> list[tuple[dict[int, int], int, int, float | None, int]]:
        at = to_microseconds(told_hall.clock())
        counted = told_hall.engine.query(
            lambda c: count_votes(c, told_hall.engine.plan.id, Grouping.CLERK, MONDAY, MONDAY, at)
        )
        live, of_days = told_hall.report(MONDAY).total.votes, evaluations_out(counted, told_hall.settings).total
        return [
            (one.levels, one.voted, one.satisfied.part, one.satisfied.percent, one.excluded) for one in (live, of_days)
        ]

    assert both() == [({5: 1, 4: 0, 3: 0, 2: 1, 1: 1}, 3, 1, 33.3, 0)] * 2
    complaints.exclude(excluded)
    assert both() == [({5: 1, 4: 0, 3: 0, 2: 1, 1: 0}, 2, 1, 50.0, 1)] * 2
    votes = told_hall.report(MONDAY).windows[0].votes
    assert (votes.voted, votes.excluded) == (2, 1)
    complaints.pass_days(1)
    VoteDays(told_hall.engine).sum_days()
    assert both() == [({5: 1, 4: 0, 3: 0, 2: 1, 1: 0}, 2, 1, 50.0, 1)] * 2


def test_nobody_sees_or_counts_a_case_about_a_service_of_their_own(told_hall: Any) -> None:
    complaints = Complaints(told_hall)
    case = complaints.come()
    own = complaints.seen(reader="liu")
    assert (own.open, own.cases, own.handled.whole) == (0, [], 0)
    engine, at = told_hall.engine, told_hall.clock()
    for name, reader in ((case, "liu"), ("261123A999-1", "wang"), ("x", "wang"), ("261123A001-99999", "wang")):
        assert engine.query(lambda c, n=name, r=reader: redress_of(c, engine.plan, at, n, r)) is None


def test_the_second_vote_and_calls_are_figures_of_their_own(told_hall: Any) -> None:
    complaints = Complaints(told_hall)
    case = complaints.come()
    complaints.do(cmd.TakeStep(case, Step.VERIFY, "属实", "wang", True))
    complaints.do(cmd.RecordCallBack(case, False, None, "无人接听", "wang"))
    complaints.do(cmd.RecordCallBack(case, True, True, "满意", "wang"))
    complaints.do(cmd.TakeStep(case, Step.RECTIFY, "已换人", "wang"))
    complaints.do(cmd.TakeStep(case, Step.ANSWER, "已换人办理", "wang"))
    holder = told_hall.engine.read(lambda state: state.cases[case].holder)
    complaints.do(cmd.VoteAgain(holder, 1, 5))
    engine = told_hall.engine
    cases = engine.query(lambda c: opened_cases(c, engine.plan.id, 0))
    figures = redress_figures(cases, to_microseconds(told_hall.clock()))
    assert (figures.founded, figures.reached, figures.content, figures.again) == (1, 1, 1, {5: 1})
    (told,) = complaints.seen().cases
    assert told.again is not None
    assert (told.level, told.again.level) == (1, 5)


# Over HTTP, in one hall: its clerk at window 3 is liu; chen and wang lead.


@pytest.fixture(scope="module")
def hall(tmp_path_factory: pytest.TempPathFactory) -> Iterator[HallServer]:
    server = HallServer(tmp_path_factory.mktemp("redress"), evaluation={"timeout": 600})
    server.add_staff(CLERK, "刘伟")
    server.add_staff(OTHER_LEADER, "王强", role="leader")
    server.start()
    server.session = as_user(server, CLERK)
    server.open(WINDOW)
    yield server
    server.kill()


@pytest.fixture(scope="module")
def leader(hall: HallServer) -> requests.Session:
    return as_user(hall, "chen")


@pytest.fixture(scope="module")
def other(hall: HallServer) -> requests.Session:
    return as_user(hall, OTHER_LEADER)


def rated_low(hall: HallServer, level: int = 1, **reasons: Any) -> tuple[str, str]:
    """(case, the address of the ticket's page)."""
    ticket = hall.issue("social-insurance")
    hall.post(f"windows/{WINDOW}/call-next")
    hall.post(f"windows/{WINDOW}/finish")
    page: str = f"{hall.base}/t/{ticket['url'].rpartition('/')[2]}"
    assert requests.post(f"{page}/votes", json={"leg": 1, "level": level}).status_code == 200
    if reasons:
        assert requests.post(f"{page}/reasons", json={"leg": 1, **reasons}).status_code == 200
    return f"{ticket['id']}-1", page


def act(session: requests.Session, hall: HallServer, case: str, path: str, **body: Any) -> requests.Response:
    words = {"words": "已办", "seen": body.pop("seen", None)}
    if words["seen"] is None:
        words["seen"] = session.get(f"{hall.base}/api/v1/redress/{case}").json().get("revision", 0)
    return session.post(f"{hall.base}/api/v1/redress/{case}/{path}", json=words | body)


def code_of(answer: requests.Response) -> tuple[int, str]:
    return answer.status_code, answer.json()["error"]["code"]


def test_the_loop_over_http_from_the_vote_to_the_second_one(
    hall: HallServer, leader: requests.Session, other: requests.Session
) -> None:
    case, page = rated_low(hall, 2, reasons=["214"], words="等太久")
    told = leader.get(f"{hall.base}/api/v1/redress/{case}").json()
    assert (told["level"], told["reasons"], told["words"], told["name"]) == (2, ["214"], "等太久", "刘伟")
    assert code_of(requests.post(f"{page}/votes-again", json={"leg": 1, "level": 5})) == (409, "not_asked_again")
    assert act(leader, hall, case, "verify", verdict=True).json()["next"] == "rectify"
    assert code_of(act(leader, hall, case, "answer")) == (409, "wrong_step")
    assert act(leader, hall, case, "rectify").status_code == 200
    assert act(leader, hall, case, "answer", words="已增开窗口").status_code == 200
    (answer,) = requests.get(f"{page}.json").json()["answers"]
    assert (answer["words"], answer["state"]) == ("已增开窗口", "open")
    again = requests.post(f"{page}/votes-again", json={"leg": 1, "level": 4})
    assert [one["state"] for one in again.json()["answers"]] == ["voted"]
    assert code_of(requests.post(f"{page}/votes-again", json={"leg": 1, "level": 5})) == (409, "already_voted")
    call = {"reached": True, "content": True}
    assert act(other, hall, case, "calls", **call, called_at="0001-01-01T00:00").status_code == 400
    assert act(other, hall, case, "calls", **call, called_at=None).status_code == 200
    closed = act(other, hall, case, "review", verdict=True).json()
    assert (closed["next"], closed["in_time"], closed["level"], closed["again"]["level"]) == (None, True, 2, 4)
    assert [one["name"] for one in closed["steps"]] == ["陈晓兰", "陈晓兰", "陈晓兰", "王强"]
    listed = leader.get(f"{hall.base}/api/v1/redress?state=closed").json()["cases"]
    assert case in [one["case"] for one in listed]


def test_a_repeated_press_is_done_once_and_the_slower_leader_is_told(
    hall: HallServer, leader: requests.Session, other: requests.Session
) -> None:
    case, _ = rated_low(hall)
    address, body = f"{hall.base}/api/v1/redress/{case}/verify", {"seen": 0, "words": "属实", "verdict": True}
    for _ in range(2):
        assert leader.post(address, json=body, headers={"Idempotency-Key": "press"}).json()["revision"] == 1
    assert code_of(other.post(address, json=body)) == (409, "stale_case")
    assert code_of(act(other, hall, case, "appeal", ground="spite")) == (400, "bad_input")
    assert act(leader, hall, case, "appeal", ground="malicious").status_code == 200
    assert code_of(act(leader, hall, case, "appeal/decision", granted=True)) == (409, "own_appeal")
    assert act(other, hall, case, "appeal/decision", granted=True).json()["excluded"] is True


def test_what_is_excluded_leaves_the_live_page_at_once_and_is_named_there(
    hall: HallServer, leader: requests.Session, other: requests.Session, open_page: OpenPage
) -> None:
    case, _ = rated_low(hall)

    def votes() -> dict[str, Any]:
        told: dict[str, Any] = leader.get(f"{hall.base}/api/v1/report/today").json()["total"]["votes"]
        return told

    before = votes()
    page = signed_in(open_page(f"{hall.base}/report?lang=zh", LEADERS_DESK), OTHER_LEADER)
    expect(page.locator("#votes tr").nth(4)).to_contain_text(str(before["levels"]["1"]))
    act(leader, hall, case, "appeal", ground="malicious")
    act(other, hall, case, "appeal/decision", granted=True)
    assert (votes()["levels"]["1"], votes()["excluded"]) == (before["levels"]["1"] - 1, before["excluded"] + 1)
    expect(page.locator("#votes-excluded")).to_be_visible()
    expect(page.locator("#votes-excluded")).to_have_text(f"复核后排除 {before['excluded'] + 1} 件")
    expect(page.locator("#votes tr").nth(4)).to_contain_text(str(before["levels"]["1"] - 1))


def test_text_that_no_database_can_hold_is_refused_at_the_door(hall: HallServer, leader: requests.Session) -> None:
    """PostgreSQL would refuse the whole batch, and the hall would start anew by anybody's phone."""
    case, page = rated_low(hall)
    assert code_of(requests.post(f"{page}/reasons", json={"leg": 1, "words": "a\0b"})) == (400, "bad_input")
    assert code_of(requests.post(f"{page}/reasons", json={"leg": 1, "reasons": ["\0"]})) == (400, "bad_input")
    assert code_of(act(leader, hall, case, "verify", words="a\0b", verdict=True)) == (400, "bad_input")
    assert code_of(leader.get(f"{hall.base}/api/v1/redress/%00-1")) == (400, "bad_input")


def test_the_clerk_gets_nothing_of_it_anywhere(hall: HallServer, leader: requests.Session) -> None:
    case, page = rated_low(hall)
    act(leader, hall, case, "verify", verdict=False)
    act(leader, hall, case, "answer", words="保密的答复")
    for session, status in ((hall.session, 403), (requests.Session(), 401)):
        for path in ("redress", f"redress/{case}"):
            assert session.get(f"{hall.base}/api/v1/{path}").status_code == status
        for path in ("verify", "rectify", "answer", "review", "calls", "appeal", "appeal/decision"):
            body = {"seen": 0, "words": "x", "verdict": True, "reached": True, "ground": "malicious", "granted": True}
            known = session.post(f"{hall.base}/api/v1/redress/{case}/{path}", json=body)
            assert known.status_code in (status, 400)
    assert hall.session.get(f"{hall.base}/report/redress").status_code == 403
    assert hall.session.get(f"{page}.json").json()["answers"] == []
    assert "保密的答复" not in hall.session.get(page).text
    assert code_of(hall.session.post(f"{page}/votes-again", json={"leg": 1, "level": 5})) == (403, "forbidden")


def test_a_leader_who_served_is_not_told_of_that_case_either(hall: HallServer, leader: requests.Session) -> None:
    clerk, hall.session = hall.session, leader
    try:
        hall.open(2)
        ticket = hall.issue("social-insurance")
        hall.post("windows/2/call-next")
        hall.post("windows/2/finish")
    finally:
        hall.session = clerk
    token = ticket["url"].rpartition("/")[2]
    with socketio.SimpleClient(http_session=leader) as mine:
        mine.connect(hall.base, namespace="/report", transports=["websocket"], wait_timeout=20)
        before = mine.receive(timeout=20)[1]["view"]["redress"]
        assert requests.post(f"{hall.base}/t/{token}/votes", json={"leg": 1, "level": 1}).status_code == 200
        while "stale" not in (patch := mine.receive(timeout=20)[1]["set"]):
            continue
        assert "redress" not in patch
    assert f"{ticket['id']}-1" not in str(before)
    assert leader.get(f"{hall.base}/api/v1/redress/{ticket['id']}-1").status_code == 404


def signed_in(page: Page, username: str) -> Page:
    page.locator("input[name=username]").fill(username)
    page.locator("input[name=password]").fill("pw12345")
    page.locator("button[type=submit]").click()
    return page


def test_a_leader_hears_of_it_at_once_and_closes_it_by_keyboard(hall: HallServer, open_page: OpenPage) -> None:
    page = signed_in(open_page(f"{hall.base}/report?lang=zh", LEADERS_DESK), OTHER_LEADER)
    expect(page.locator("#link")).to_have_attribute("data-state", "online", timeout=PATIENCE)
    case, _ = rated_low(hall, 1, reasons=["115"])
    expect(page.locator("#redress-news")).to_contain_text("有新的差评", timeout=PATIENCE)
    assert violations(page) == []
    page.goto(f"{hall.base}/report/redress#{case}")
    number = case[6:-2]
    expect(page.locator("#case-title")).to_contain_text(number, timeout=PATIENCE)
    expect(page.locator("#case")).to_contain_text("服务态度差效率低")
    for verdict, words in (
        ("属实", "等候 40 分钟"),
        (None, "已增开 1 个窗口"),
        (None, "已增开窗口，致歉"),
        ("已解决，办结", "已复核"),
    ):
        form = page.locator(".case-forms > form").first
        if verdict is not None:
            form.get_by_label(verdict, exact=True).focus()
            page.keyboard.press("Space")
        form.locator("textarea").focus()
        page.keyboard.type(words)
        page.keyboard.press("Tab")
        page.keyboard.press("Enter")
        expect(page.locator(".case-history")).to_contain_text(words, timeout=PATIENCE)
    expect(page.locator("#case")).to_contain_text("按时办结")
    assert violations(page) == []
    page.get_by_role("button", name="近 31 天办结").click()
    expect(page.locator(f'#list [data-case="{case}"]')).to_have_attribute("aria-pressed", "true", timeout=PATIENCE)


def test_on_a_small_screen_in_english_nothing_runs_out_of_it(hall: HallServer, open_page: OpenPage) -> None:
    case, _ = rated_low(hall)
    page = signed_in(open_page(f"{hall.base}/report/redress?lang=en", (375, 812)), OTHER_LEADER)
    page.locator(f'#list [data-case="{case}"]').click(timeout=PATIENCE)
    expect(page.locator("#case-title")).to_be_focused()
    page.get_by_text("Record a call").click()
    assert page.evaluate("document.documentElement.scrollWidth") == 375
    assert violations(page) == []


def test_on_a_phone_a_refusal_is_seen_where_one_stands_and_many_cases_do_not_push_one_away(
    hall: HallServer, open_page: OpenPage
) -> None:
    cases = [rated_low(hall)[0] for _ in range(6)]
    other = as_user(hall, OTHER_LEADER)
    act(other, hall, cases[-1], "verify", verdict=False)
    act(other, hall, cases[-1], "answer")
    act(other, hall, cases[-1], "appeal", ground="mistaken")
    page = signed_in(open_page(f"{hall.base}/report/redress?lang=zh", (375, 812)), OTHER_LEADER)
    page.locator(f'#list [data-case="{cases[-1]}"]').click(timeout=PATIENCE)
    expect(page.locator("#case-title")).to_be_in_viewport()
    expect(page.locator("#case")).to_contain_text("手机")
    assert page.evaluate("document.querySelector('#list').getBoundingClientRect().height") < 812 / 2
    form = page.locator(".case-forms > form").first
    form.get_by_label("已解决，办结").check()
    form.locator("textarea").fill("已复核")
    form.locator("button").click()
    expect(page.locator("#strip")).to_be_in_viewport(timeout=PATIENCE)
    expect(form.locator("textarea")).to_have_value("已复核")
    assert violations(page) == []


def test_the_citizen_reads_the_answer_and_rates_once_more(
    hall: HallServer, leader: requests.Session, open_page: OpenPage
) -> None:
    case, address = rated_low(hall)
    act(leader, hall, case, "verify", verdict=False)
    act(leader, hall, case, "answer", words="系统故障，已修复，致歉")
    page = open_page(address, (390, 844))
    card = page.locator("[data-again]")
    expect(card).to_contain_text("系统故障，已修复，致歉", timeout=PATIENCE)
    assert violations(page) == []
    card.locator('[data-level="4"]').click()
    expect(card).to_have_attribute("data-state", "voted", timeout=PATIENCE)
