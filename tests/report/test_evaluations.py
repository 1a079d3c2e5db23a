"""评价统计 and 评价过程 as the leader gets them: by the API, as files, and on the pages."""

from __future__ import annotations

import csv
import io
import zipfile
from collections.abc import Callable
from datetime import UTC, date, datetime, timedelta
from pathlib import Path
from typing import Any

import pytest
from chromium import OpenPage, violations
from flask import Flask
from playwright.sync_api import Page, expect
from told_morning import LI

from server.config import load_settings
from server.hall import commands as cmd
from server.hall.evaluation import Unheard
from server.hall.instant import to_microseconds
from server.report.evaluations import Counted, evaluations_out, redress_by
from server.report.evidence_pages import unheard_words
from server.report.evidence_report import Asking, Seen, evidence_out, seen_out
from server.store.redress import RatedLow
from server.store.vote_sums import Grouping
from server.web.i18n import set_up_languages

CONFIG = Path(__file__).parents[2] / "config.yaml"
MONDAY = date(2026, 11, 23)
DAYS = "first=2026-11-20&last=2026-11-23"
Ask = Callable[..., Any]
GROUPINGS = ("window", "clerk", "service", "channel", "day")


@pytest.fixture(scope="module")
def ask(read_server: Any) -> Ask:
    """Asks the report's API, as the leader unless somebody else is named; each signs in once."""
    sessions = {who: read_server.session(who) for who in (None, "clerk", "leader")}
    return lambda path, who="leader": sessions[who].get(f"{read_server.base}/api/v1/report/{path}")


PAST = to_microseconds(datetime(2026, 11, 23, tzinfo=UTC))


def low_rating(**changes: Any) -> RatedLow:
    """Of window 3, due and closed a second before; `changes` of its fields."""
    plain = {
        **{"ticket": "261120A001", "leg": 1, "day": "2026-11-20", "service": "social-insurance", "window": 3},
        **{"staff": "li", "level": 2, "channel": "pad", "opened_at": PAST - 9, "verify_by": PAST - 5},
        **{"close_by": PAST - 1, "next": None, "ended_at": PAST - 2, "excluded": False, "again": None},
        **{"history": {"steps": [], "calls": []}, "reasons": (), "words": ""},
    }
    return RatedLow(**plain | changes)


def test_the_handling_rate_is_of_those_due_and_leaves_the_excluded_out() -> None:
    cases = [
        low_rating(),
        low_rating(window=4, ended_at=None, next="verify"),
        low_rating(window=4, ended_at=None, next="verify", close_by=PAST + 1),
        low_rating(window=4, excluded=True),
    ]
    whole, windows = redress_by(Grouping.WINDOW, cases, PAST)
    told = [(one.in_time, one.due, one.excluded) for one in (whole, windows["3"], windows["4"], windows["5"])]
    assert told == [(1, 2, 1), (1, 1, 0), (0, 1, 1), (0, 0, 0)]


@pytest.mark.parametrize("by", GROUPINGS)
def test_whoever_has_no_vote_but_an_excluded_one_has_a_line(by: str) -> None:
    """Else the lines have fewer excluded votes than the total."""
    settings = load_settings(CONFIG)
    low = [low_rating(channel="phone", excluded=True)]
    told = evaluations_out(Counted(MONDAY, MONDAY, Grouping(by), {}, low, PAST, {}), settings)
    key = {"window": "3", "clerk": "li", "service": "social-insurance", "channel": "phone", "day": "2026-11-20"}[by]
    assert [(line.key, line.voted, line.excluded, line.rank) for line in told.lines] == [(key, 0, 1, None)]
    assert (told.total.voted, told.total.excluded) == (0, 1)


def test_each_line_tells_how_its_low_ratings_were_handled(ask: Ask) -> None:
    told = ask(f"evaluations?{DAYS}&by=window").json()
    handled = [(line["handled"]["part"], line["handled"]["whole"]) for line in told["lines"]]
    total = told["total"]["handled"]
    assert (total["part"], total["whole"]) == (sum(part for part, _ in handled), sum(whole for _, whole in handled))
    rows = list(csv.DictReader(io.StringIO(ask(f"evaluations.csv?{DAYS}").content.decode("utf-8-sig"))))
    assert (rows[0]["差评应办结"], rows[0]["按时办结"]) == (str(total["whole"]), str(total["part"]))


@pytest.mark.parametrize("path", ["evaluations", "evaluations.csv", "evaluations.xlsx", "evidence", "evidence/votes"])
def test_figures_are_for_leaders_and_of_days_that_make_sense(ask: Ask, path: str) -> None:
    assert [ask(path, who).status_code for who in (None, "clerk", "leader")] == [401, 403, 200]
    wrong = [
        "first=2026-11-24&last=2026-11-23",
        "first=2020-01-01",
        "last=monday",
        "by=citizen",
        "by=window&last=1999-01-01",
    ]
    if path.endswith("xlsx"):
        wrong.remove("by=citizen")
    assert {ask(f"{path}?{query}").status_code for query in wrong} == {400}


@pytest.mark.parametrize(("username", "status"), [(None, 200), ("clerk", 403)])
def test_others_get_the_way_in_instead_of_the_pages(read_server: Any, username: str | None, status: int) -> None:
    for path in ("evaluations", "evidence", "evidence/votes"):
        answer = read_server.session(username).get(f"{read_server.base}/report/{path}")
        assert (answer.status_code, 'name="password"' in answer.text) == (status, True)
        assert "<table" not in answer.text


@pytest.mark.parametrize("by", GROUPINGS)
def test_every_grouping_is_the_day_as_the_live_report_has_it(ask: Ask, by: str) -> None:
    told = ask(f"evaluations?{DAYS}&by={by}").json()
    today = ask("today").json()["total"]["votes"]
    assert {name: told["total"][name] for name in today} == today
    total = told["total"]
    assert total["asked"] == total["voted"] + total["unrated"] + total["open"]
    assert total["participation"] == {
        "part": total["voted"],
        "whole": total["asked"],
        "percent": round(100 * total["voted"] / total["asked"], 1),
    }
    for name in ("voted", *(["unrated", "open", "asked"] if by != "channel" else [])):
        assert sum(line[name] for line in told["lines"]) == total[name]
    points = {int(level): points for level, points in told["points"].items()}
    assert points == {5: 10, 4: 8, 3: 6, 2: 3, 1: 0}
    score = sum(points[int(level)] * count for level, count in total["levels"].items()) / total["voted"]
    assert total["score"] == round(score, 2)


def test_who_has_few_votes_has_no_rank(ask: Ask) -> None:
    lines = ask(f"evaluations?{DAYS}&by=clerk").json()["lines"]
    assert {line["few"] for line in lines} == {True, False}
    assert all((line["rank"] is None) == line["few"] == (line["voted"] < 10) for line in lines)
    assert all(line["work_number"] for line in lines)


def test_the_csv_is_the_table_in_the_readers_language(ask: Ask) -> None:
    answer = ask(f"evaluations.csv?{DAYS}&by=service")
    assert (
        answer.headers["Content-Disposition"] == 'attachment; filename="evaluations-service-2026-11-20-2026-11-23.csv"'
    )
    rows = list(csv.DictReader(io.StringIO(answer.content.decode("utf-8-sig"))))
    lines = ask(f"evaluations?{DAYS}&by=service").json()["lines"]
    assert [row["业务"] for row in rows] == ["全部", *(line["name"] for line in lines)]
    assert [(row["满意率 %"], row["已评价"], row["邀请评价"]) for row in rows[1:]] == [
        (str(line["satisfied"]["percent"]), str(line["voted"]), str(line["asked"])) for line in lines
    ]
    english = ask(f"evaluations.csv?{DAYS}&by=service&lang=en").content.decode("utf-8-sig")
    assert english.startswith("Service,Rank,")


def test_the_workbook_has_a_sheet_for_each_grouping_and_one_by_window_and_day(ask: Ask) -> None:
    answer = ask(f"evaluations.xlsx?{DAYS}")
    with zipfile.ZipFile(io.BytesIO(answer.content)) as book:
        names = book.read("xl/workbook.xml").decode()
        texts = book.read("xl/sharedStrings.xml").decode()
    assert names.count("<sheet ") == len(GROUPINGS) + 1
    assert all(f'name="{name}"' in names for name in ("窗口", "人员", "业务", "渠道", "日期", "各窗口每日"))
    assert "2026-11-20 – 2026-11-23" in texts


def test_evidence_counts_presses_by_time_reason_and_window(told_hall: Any) -> None:
    """Window 2: one vote after 0.5 s, one after 4 s, silence, and two presses that nobody had asked for."""
    do, clock, engine = told_hall.engine.do, told_hall.clock, told_hall.engine
    do(cmd.OpenWindow(2, LI))
    for after in (0.5, 4.0, None):
        do(cmd.IssueTicket("social-insurance"))
        do(cmd.CallNext(2, LI.username))
        clock.now += timedelta(minutes=8)
        do(cmd.FinishTicket(2, LI.username))
        do(cmd.PressKey(2, 1, 5, ""))
        clock.now += timedelta(seconds=after or 40)
        if after:
            do(cmd.PressKey(2, 1, 5, engine.read(lambda state: state.windows[2].evaluation.token)))
        do(cmd.PassTime())
    do(cmd.PressKey(2, 9, None, ""))

    def told(by: Any) -> Any:
        asking = Asking(MONDAY, MONDAY, by)
        return engine.query(lambda c: evidence_out(c, engine.plan, told_hall.settings, asking))

    def listed(what: Any, place: str | None = None, viewer: str = "leader") -> Any:
        asking, seen = Asking(MONDAY, MONDAY, "window"), Seen("2", what, place, viewer)
        return engine.query(lambda c: seen_out(c, engine.plan, told_hall.settings, asking, seen))

    (line,) = told("window").lines
    assert (line.asked, line.presses, line.unrated.part, line.fast.part, line.median_seconds) == (3, 2, 1, 1, 2.2)
    assert line.stretches == [1, 0, 1, 0, 0, 0]
    assert line.unheard == {"before_invitation": 3, "unknown_key": 1}
    assert (line.run.length, line.run.level, line.run.chance) == (2, 5, 1.0)
    (clerk,) = told("clerk").clerks
    assert (clerk.username, clerk.hours) == ("li", {8: 2})
    assert [vote.seconds for vote in listed("fast").votes] == [0.5]
    assert [vote.outcome for vote in listed("unrated").votes] == ["unrated"]
    assert [press.why for press in listed("unheard").presses] == ["unknown_key", *["before_invitation"] * 3]
    assert listed("unheard", "unknown_key").count == 1
    own = listed("fast", viewer="li")
    assert (own.count, own.own, own.votes) == (1, 1, [])
    assert (listed("hour", "8").count, listed("hour", "9").count, listed("stretch", "2").count) == (2, 0, 1)


def test_each_figure_of_the_evidence_is_its_list_and_says_nothing_of_the_citizen(ask: Ask) -> None:
    told = ask(f"evidence?{DAYS}").json()
    for line in told["lines"]:
        figures = {"asked": line["asked"], "presses": line["presses"], "run": line["run"]["length"]}
        figures |= {name: line[name]["part"] for name in ("unrated", "fast")}
        for what, figure in figures.items():
            found = ask(f"evidence/votes?{DAYS}&key={line['key']}&what={what}").json()
            assert (found["count"], len(found["votes"])) == (figure, figure)
            assert {vote["window"] for vote in found["votes"]} <= {int(line["key"])}
    assert set(found["votes"][0]) == {"at", "window", "clerk", "service", "outcome", "level", "channel", "seconds"}
    for query in ("what=verdict", "what=stretch&place=6", "what=hour", "what=hour&place=x"):
        assert ask(f"evidence/votes?{query}").status_code == 400


def test_every_reason_why_a_press_is_not_counted_has_words() -> None:
    app = Flask(__name__)
    set_up_languages(app)
    with app.test_request_context():
        assert set(unheard_words()) == set(Unheard)


@pytest.fixture
def leaders_page(open_page: OpenPage, read_server: Any) -> Page:
    page = open_page(f"{read_server.base}/report/evaluations?{DAYS}", (1440, 900))
    page.locator("input[name=username]").fill("leader")
    page.locator("input[name=password]").fill("pw12345")
    page.locator("button[type=submit]").click()
    expect(page.locator("#lines tr").first).to_be_visible()
    return page


def test_the_pages_lead_from_figures_to_votes_and_back_and_everybody_can_read_them(
    leaders_page: Page, read_server: Any, ask: Ask
) -> None:
    page = leaders_page
    total = ask(f"evaluations?{DAYS}").json()["total"]
    expect(page.locator("#satisfied-of")).to_have_text(f"满意 {total['satisfied']['part']} / 评价 {total['voted']}")
    page.get_by_role("link", name="人员", exact=True).click()
    expect(page.locator("#lines tr.few")).to_have_count(1)
    with page.expect_download() as download:
        page.locator("#csv").click()
    assert download.value.suggested_filename == "evaluations-clerk-2026-11-20-2026-11-23.csv"
    assert violations(page) == []
    page.get_by_role("link", name="评价过程").click()
    expect(page.locator("#lines .middle")).to_be_visible()
    assert violations(page) == []
    line = page.locator("#lines tr[data-key='1']")
    asked = line.locator("td a").first
    count = int(asked.inner_text())
    asked.click()
    expect(page.locator("#votes tr")).to_have_count(count)
    assert violations(page) == []
    page.locator("#back").click()
    expect(page.locator("#lines .middle")).to_be_visible()
    for address in ("evaluations", "evidence"):
        page.set_viewport_size({"width": 375, "height": 800})
        page.goto(f"{read_server.base}/report/{address}?{DAYS}&lang=en")
        assert page.evaluate("document.documentElement.scrollWidth") == 375
    assert violations(page) == []
