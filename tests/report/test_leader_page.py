"""The leader's screen in real Chromium, at 10:24 of the busy morning."""

from __future__ import annotations

import re
from collections.abc import Callable
from typing import Any

import pytest
from chromium import OpenPage, violations
from playwright.sync_api import ConsoleMessage, Page, expect

SIZE = (1440, 900)
PATIENCE = 15_000
OpenReport = Callable[..., Page]


@pytest.fixture
def open_report(open_page: OpenPage, told_server: Any) -> OpenReport:
    """Opens the page; for an account, waits until it is live and its figures are there."""

    def opened(username: str | None, query: str = "") -> Page:
        page = open_page(f"{told_server.base}/report{query}", SIZE)
        if username is not None:
            _sign_in(page, username, "pw12345")
            expect(page.locator("#link")).to_have_attribute("data-state", "online", timeout=PATIENCE)
            expect(page.locator("#tickets-issued")).not_to_be_empty(timeout=PATIENCE)
        return page

    return opened


@pytest.fixture
def report(told_server: Any) -> dict[str, Any]:
    found: dict[str, Any] = told_server.session("leader").get(f"{told_server.base}/api/v1/report/today").json()
    return found


def _sign_in(page: Page, username: str, password: str) -> None:
    page.locator("input[name=username]").fill(username)
    page.locator("input[name=password]").fill(password)
    page.locator("button[type=submit]").click()


def _rows(page: Page, table: str) -> list[list[str]]:
    cells = "rows => rows.map(row => [...row.cells].map(cell => cell.innerText.trim()))"
    rows: list[list[str]] = page.locator(f"#{table} tr").evaluate_all(cells)
    return rows


def test_the_page_shows_the_figures_of_the_api(open_report: OpenReport, report: dict[str, Any]) -> None:
    page = open_report("leader")
    tickets, votes = report["tickets"], report["total"]["votes"]
    expect(page.locator("#waiting-count")).to_have_text(str(tickets["waiting"]))
    expect(page.locator("#tickets-issued")).to_have_text(str(tickets["issued"]))
    expect(page.locator("#satisfied-percent")).to_have_text(str(votes["satisfied"]["percent"]))
    satisfied = f"满意 {votes['satisfied']['part']} / 评价 {votes['voted']} / 办结 {tickets['finished']}"
    expect(page.locator("#satisfied-note")).to_have_text(satisfied)
    minutes = -(-report["total"]["wait"]["p90"] // 60)
    expect(page.locator("#wait-p90")).to_have_text(f"{minutes:.0f}")


def test_each_window_shows_what_goes_on_and_what_was_done(open_report: OpenReport, report: dict[str, Any]) -> None:
    rows = _rows(open_report("leader"), "windows")
    assert [row[0] for row in rows] == ["1", "2", "3", "4", "5", "6"]
    assert rows[0][1] == "刘 伟"
    assert rows[3][2].startswith("暂停")
    assert re.fullmatch(r"[A-H]\d{3}", rows[0][3])
    assert re.fullmatch(r"\d\d:\d\d", rows[0][4])
    shown = {(row[0], row[5], row[7]) for row in rows}
    assert shown == {
        (str(w["number"]), str(w["finished"]), f"{w['votes']['voted']} / {w['finished']}") for w in report["windows"]
    }


def test_silence_stands_apart_from_the_votes(open_report: OpenReport, report: dict[str, Any]) -> None:
    page = open_report("leader")
    votes = report["total"]["votes"]
    counts = {row[0]: int(row[2]) for row in _rows(page, "votes")}
    assert list(counts) == ["非常满意", "满意", "基本满意", "不满意", "非常不满意", "未评价"]
    assert list(counts.values()) == [*(votes["levels"][level] for level in "54321"), votes["unrated"]]
    assert page.locator(".bar-hatched").count() == 1


def test_the_chart_has_a_table_and_differs_by_pattern(open_report: OpenReport, report: dict[str, Any]) -> None:
    page = open_report("leader")
    expect(page.locator("#chart svg pattern path").first).to_be_attached(timeout=PATIENCE)
    expect(page.locator("#chart svg text", has_text="现在")).to_have_count(1)
    expect(page.locator("#half-hours tr").first).to_be_hidden()
    page.locator(".twin-summary").click()
    rows = _rows(page, "half-hours")
    assert rows[0][0] == "08:00"
    assert [(int(row[1]), int(row[2])) for row in rows] == [(h["issued"], h["finished"]) for h in report["half_hours"]]


def test_a_number_taken_elsewhere_appears_by_itself(
    open_report: OpenReport, told_server: Any, report: dict[str, Any]
) -> None:
    page = open_report("leader")
    told_server.session("leader").post(f"{told_server.base}/api/v1/tickets", json={"service": "tax"})
    waiting, issued = report["tickets"]["waiting"], report["tickets"]["issued"]
    expect(page.locator("#waiting-count")).to_have_text(str(waiting + 1), timeout=PATIENCE)
    expect(page.locator("#tickets-issued")).to_have_text(str(issued + 1), timeout=PATIENCE)


def test_a_server_that_is_gone_leaves_figures_with_their_time(open_report: OpenReport, told_server: Any) -> None:
    page = open_report("leader")
    told_server.stop()
    expect(page.locator("#strip")).to_be_visible(timeout=PATIENCE)
    expect(page.locator("#strip-words")).to_contain_text("截至 10:2")
    expect(page.locator("#link")).to_have_attribute("data-state", "offline")
    expect(page.locator("#tickets-issued")).not_to_be_empty()


def test_a_clerk_is_told_that_the_page_is_for_leaders(open_report: OpenReport) -> None:
    page = open_report(None)
    assert violations(page) == []
    _sign_in(page, "leader", "wrong")
    expect(page.locator("#notice")).to_have_text("用户名或密码不对。", timeout=PATIENCE)
    _sign_in(page, "clerk", "pw12345")
    expect(page.locator("#notice")).to_contain_text("领导", timeout=PATIENCE)
    assert violations(page) == []


@pytest.mark.parametrize("query", ["", "?lang=en"])
def test_the_page_fits_its_screen_and_everybody_can_use_it(open_page: OpenPage, told_server: Any, query: str) -> None:
    complaints: list[str] = []
    page = open_page("about:blank", SIZE)

    def heard(message: ConsoleMessage) -> None:
        complaints.append(message.text)

    page.on("console", heard)
    page.goto(f"{told_server.base}/report{query}")
    _sign_in(page, "leader", "pw12345")
    expect(page.locator("#chart svg")).to_be_visible(timeout=PATIENCE)
    expect(page.locator("#link")).to_have_attribute("data-state", "online", timeout=PATIENCE)
    assert page.evaluate("document.documentElement.scrollWidth") == SIZE[0]
    assert page.evaluate("document.documentElement.scrollHeight") == SIZE[1]
    assert violations(page) == []
    # The content security policy complains to the console.
    assert complaints == []


def test_a_chinese_page_is_chinese_throughout(open_report: OpenReport) -> None:
    page = open_report("leader")
    words = set(re.findall(r"[A-Za-z]{2,}", page.locator("body").inner_text()))
    assert words == set()
