"""Waits as citizens, clerks and the leader see them, in a hall that too many came to: one server, looked at only."""

from __future__ import annotations

import re
from typing import Any

import pytest
import requests
from chromium import OpenPage, violations
from playwright.sync_api import Page, expect
from touch_page import clipped, small_targets

STANDING, LYING = (1080, 1920), (1920, 1080)
DESK = (1366, 768)
PATIENCE = 30_000


def services(waited: Any) -> dict[str, Any]:
    answer = requests.get(f"{waited.base}/api/v1/hall", timeout=30).json()
    return {service["code"]: service for service in answer["services"]}


def open_kiosk(open_page: OpenPage, waited: Any, size: tuple[int, int], query: str = "") -> Page:
    page = open_page(f"{waited.base}/kiosk/1?token={waited.kiosk}", size, reduced_motion="reduce")
    if query:
        page.goto(f"{waited.base}/kiosk/1?{query}")
    expect(page.locator("#kiosk")).to_have_attribute("data-link", "online", timeout=PATIENCE)
    return page


def touch(page: Page, name: str) -> None:
    page.locator(".service", has_text=name).click()


def test_the_hall_tells_the_wait_of_a_new_number_and_which_would_not_be_called_today(waited: Any) -> None:
    found = services(waited)
    wait = found["residence"]["wait"]
    assert 0 < wait["low"] <= wait["p50"] <= wait["p90"] <= wait["high"]
    assert (wait["low"] % 5, wait["high"] % 5) == (0, 0)
    assert found["residence"]["doubt"] is None
    assert found["social-insurance"]["wait"] is None
    assert found["social-insurance"]["doubt"]["why"] == "line"
    assert found["property"]["doubt"]["why"] == "no_window"
    assert (found["tax"]["wait"]["low"], found["tax"]["wait"]["high"]) == (0, 5)


def test_a_number_is_given_all_the_same_and_says_that_it_will_probably_not_be_called(waited: Any) -> None:
    doubt = waited.take("social-insurance")["doubt"]
    assert doubt["waiting"] >= 21
    assert (doubt["closes_at"], doubt["opens_at"]) == ("2026-11-23T17:30:00+08:00", "2026-11-24T07:45:00+08:00")
    assert waited.take("residence", then=["social-insurance"])["doubt"]["service"] == "social-insurance"
    assert waited.take("residence")["doubt"] is None


@pytest.mark.parametrize("size", [STANDING, LYING], ids=["standing", "lying"])
def test_the_kiosk_warns_before_the_number_in_words_that_can_be_read_and_reached(
    open_page: OpenPage, waited: Any, size: tuple[int, int]
) -> None:
    page = open_kiosk(open_page, waited, size)
    for language, big in (("zh", ""), ("en", ""), ("zh", "&big=1"), ("en", "&big=1")):
        page.goto(f"{waited.base}/kiosk/1?lang={language}{big}")
        expect(page.locator("#kiosk")).to_have_attribute("data-link", "online", timeout=PATIENCE)
        assert clipped(page) == [], (language, big, "home")
        for name in ("社保医保", "不动产登记") if language == "zh" else ("Social & health", "Property"):
            touch(page, name)
            expect(page.locator("#screen-doubt")).to_be_visible()
            assert (small_targets(page, size, 0), clipped(page)) == ([], []), (language, big, name)
            page.click("#doubt-back")
            expect(page.locator("#screen-home")).to_be_visible()
    touch(page, "Property")
    assert violations(page) == []


def test_the_warning_says_why_and_what_else_there_is_and_the_number_can_be_taken(
    open_page: OpenPage, waited: Any
) -> None:
    page = open_kiosk(open_page, waited, STANDING)
    expect(page.locator(".service", has_text="社保医保")).to_contain_text("今天可能轮不到")
    touch(page, "社保医保")
    expect(page.locator("#doubt-title")).to_have_text("今天可能轮不到您")
    expect(page.locator("#doubt-why")).to_contain_text("人在等，17:30 下班")
    ways = page.locator("#doubt-instead li")
    expect(ways).to_contain_text(["11月24日 07:45 开始取号", "城东便民服务中心办到 18:00", "请到服务台"])
    before = services(waited)["social-insurance"]["waiting"]
    page.click("#doubt-back")
    expect(page.locator("#screen-home")).to_be_visible()
    assert services(waited)["social-insurance"]["waiting"] == before
    touch(page, "社保医保")
    page.click("#doubt-take")
    expect(page.locator("#screen-nopaper, #screen-done").locator("visible=true")).to_have_count(1, timeout=PATIENCE)
    assert services(waited)["social-insurance"]["waiting"] == before + 1


def test_who_would_be_called_is_given_the_number_at_once_with_its_range(open_page: OpenPage, waited: Any) -> None:
    page = open_kiosk(open_page, waited, STANDING)
    touch(page, "户籍身份证")
    shown = page.locator("[data-fill=wait]:visible")
    expect(shown).to_have_text(re.compile(r"^\d+\u2013\d+$"), timeout=PATIENCE)
    low, high = map(int, shown.inner_text().split("\u2013"))
    assert (low % 5, high % 5) == (0, 0)
    assert low < high


def test_the_phone_tells_the_range_as_it_is_now(open_page: OpenPage, waited: Any) -> None:
    ticket = waited.take("tax")
    token = ticket["url"].rpartition("/")[2]
    page = open_page(f"{waited.base}/t/{token}", (390, 844))
    expect(page.locator("#facts")).to_contain_text("预计等候", timeout=PATIENCE)
    expect(page.locator("#facts")).to_contain_text("5 分钟内")


def test_the_leader_sees_what_was_told_and_kept_by_service_and_hour_and_which_window_to_open(
    open_page: OpenPage, waited: Any
) -> None:
    told = waited.session("leader").get(f"{waited.base}/api/v1/report/waits").json()
    assert told["promise"] == 20
    assert (told["hint"]["window"], told["hint"]["service"]) == (1, "social-insurance")
    assert {(one["service"], one["hour"], one["count"], one["kept"]) for one in told["told"]} == {
        ("social-insurance", 16, 2, 2),
        ("residence", 16, 1, 1),
    }
    page = open_page(f"{waited.base}/report", (1440, 900))
    _sign_in(page, "leader")
    expect(page.locator("#waits tr")).to_have_count(2, timeout=PATIENCE)
    cells = "rows => rows.map(row => [...row.cells].map(cell => cell.innerText.trim()))"
    rows = {tuple(row) for row in page.locator("#waits tr").evaluate_all(cells)}
    assert rows == {("社保医保", "16", "2", "0", "0", "100 %"), ("户籍身份证", "16", "1", "0", "0", "100 %")}
    expect(page.locator("#waits-hint")).to_contain_text("1")


def test_the_leader_reads_that_no_waits_are_told_and_how_few_came_true(open_page: OpenPage, waited: Any) -> None:
    """Cut, not rounded: 149 of 200 are not yet 75 %. Nothing else need be on the card."""
    withheld = {"kept": 149, "count": 200, "least": 75}
    body = {"promise": 20, "hint": None, "withheld": withheld, "told": []}
    page = open_page(f"{waited.base}/report", (1440, 900))
    page.route("**/api/v1/report/waits", lambda route: route.fulfill(json=body))
    _sign_in(page, "leader")
    expect(page.locator("#waits-hint")).to_have_text(
        "现在不报等候时间：最近 200 个号里只有 149 个（74 %）在预计时间内叫到，达到 75 % 后恢复。"
    )
    page.goto(f"{waited.base}/report?lang=en")
    expect(page.locator("#waits-hint")).to_contain_text("only 149 of the last 200 numbers (74 %)")


@pytest.mark.parametrize("username", [None, "chen"])
def test_what_was_told_is_the_leaders_alone(waited: Any, username: str | None) -> None:
    session = waited.session(username) if username else requests.Session()
    answer = session.get(f"{waited.base}/api/v1/report/waits")
    assert answer.status_code == (403 if username else 401)


def test_the_desk_tells_how_long_those_ahead_still_wait_and_warns_before_a_number_is_given(
    open_page: OpenPage, waited: Any
) -> None:
    page = open_page(f"{waited.base}/counter?window=4", DESK)
    _sign_in(page, "huang")
    first = page.locator("#waiting-line li").first
    expect(first).to_contain_text("还需", timeout=PATIENCE)
    assert page.evaluate("document.documentElement.scrollHeight") <= DESK[1]
    assert page.evaluate("document.documentElement.scrollWidth") <= DESK[0]
    assert violations(page) == []
    page.keyboard.press("Alt+Z")
    expect(page.locator("#issue-wait")).to_contain_text("预计等候")
    page.select_option("#issue-service", "social-insurance")
    expect(page.locator("#issue-wait")).to_have_text("今天可能轮不到，请先告诉办事人")


def _sign_in(page: Page, username: str) -> None:
    page.locator("input[name=username]").fill(username)
    page.locator("input[name=password]").fill("pw12345")
    page.locator("button[type=submit]").click()
