"""取号, 纸号 and 交接班 on the clerk's page, by keys alone; and a sheet of numbers as paper."""

from __future__ import annotations

from typing import Any

import pytest
from chromium import OpenPage, violations
from hall_server import PASSWORD, HallServer
from playwright.sync_api import Page, expect

BAR = (320, 768)


def pick(desk: Any, name: str) -> None:
    desk.choose(name)
    expect(desk.page.locator(f"#{name}-dialog")).to_be_visible()


def test_a_number_is_given_from_the_desk_and_shown_large(paper_hall: HallServer, open_desk: Any) -> None:
    desk = open_desk(paper_hall)
    page = desk.page
    expect(page.locator(".foot-issue")).to_be_visible()  # no kiosk: it is at hand
    pick(desk, "issue")
    expect(page.locator("#issue-service")).to_be_focused()
    page.keyboard.press("Enter")
    expect(page.locator("#given-dialog")).to_be_visible()
    number = page.locator("#given-number").inner_text()
    expect(page.locator("#waiting-line li")).to_contain_text([number])
    expect(page.locator("#given-ahead")).to_have_text("前面还有 0 人")
    page.wait_for_function("() => document.querySelector('#given-qr').naturalWidth > 0")
    assert violations(page) == []
    page.keyboard.press("Enter")
    expect(page.locator("#given-dialog")).to_be_hidden()
    desk.press("F8")
    desk.shows(number, "called")


def test_several_services_under_one_number(paper_hall: HallServer, open_desk: Any) -> None:
    desk = open_desk(paper_hall)
    page = desk.page
    page.locator(".foot-issue").press("Enter")
    page.locator("#issue-visit summary").press("Enter")
    page.locator('#issue-then input[value="tax"]').press("Space")
    page.locator("#issue-yes").press("Enter")
    expect(page.locator("#given-dialog")).to_be_visible()
    page.keyboard.press("Escape")
    desk.press("F8")
    expect(page.locator("#ticket")).to_contain_text("税务")


def test_numbers_from_paper_stand_in_line_and_twice_is_named(paper_hall: HallServer, open_desk: Any) -> None:
    desk = open_desk(paper_hall)
    page = desk.page
    pick(desk, "paper")
    page.locator("#paper-service").select_option("general")
    page.keyboard.press("Tab")
    page.keyboard.insert_text("901-903")
    page.keyboard.press("Enter")
    expect(page.locator("#paper-dialog")).to_be_hidden()
    expect(page.locator("#notice")).to_contain_text("已录入 3 个号：H901 到 H903")
    expect(page.locator("#waiting-line li")).to_have_count(3)
    pick(desk, "paper")
    page.locator("#paper-service").select_option("general")
    page.locator("#paper-numbers").fill("903, 904")
    assert violations(page) == []
    page.keyboard.press("Enter")
    expect(page.locator("#paper-notice")).to_contain_text("H903")
    page.keyboard.press("Escape")
    expect(page.locator("#waiting-line li")).to_have_count(3)


def test_a_window_is_left_and_taken_over_with_the_citizen_there(paper_hall: HallServer, open_desk: Any) -> None:
    desk = open_desk(paper_hall)
    page = desk.page
    paper_hall.post("tickets", {"service": "general"})
    desk.press("F8")
    expect(page.locator("#ticket")).to_have_attribute("data-state", "called")
    desk.press("F8")
    expect(page.locator("#ticket")).to_have_attribute("data-state", "serving")
    pick(desk, "hand_over")
    expect(page.locator("#hand_over-to option")).to_have_count(3)
    number = page.locator("#ticket-number").inner_text()
    expect(page.locator("#hand_over-open")).to_contain_text(f"窗口前：{number}")
    assert violations(page) == []
    page.locator("#hand_over-to").select_option("li")
    page.keyboard.press("Tab")
    page.keyboard.insert_text("材料已核对，缺一份复印件")
    page.keyboard.press("Enter")
    expect(page.locator("#handed-main")).to_contain_text("等 李静 接班")
    expect(page.locator("#handed-read")).to_be_hidden()
    desk.shows(number, "serving")

    colleague = open_desk_over(open_desk, paper_hall)
    expect(colleague.locator("#handed-main")).to_contain_text("刘伟")
    expect(colleague.locator("#handed-note")).to_have_text("材料已核对，缺一份复印件")
    expect(page.locator("#gone-title")).to_contain_text("李静")
    assert violations(colleague) == []
    colleague.locator("#handed-read").press("Enter")
    expect(colleague.locator("#handed")).to_be_hidden()
    expect(colleague.locator("#ticket-number")).to_have_text(number)


def open_desk_over(open_desk: Any, hall: HallServer) -> Page:
    """李静 signs in at window 3, where 刘伟 still is."""
    page: Page = open_desk(hall, "li", window=1).page
    page.goto(f"{hall.base}/counter")
    page.click('[data-window="3"]')
    page.click("#takeover-yes")
    page.wait_for_selector('#desk[data-link="online"]')
    return page


def test_an_absence_says_how_long_and_how_much_of_it_is_too_long(paper_hall: HallServer, open_desk: Any) -> None:
    page = open_desk(paper_hall).page
    page.click("#pause")
    page.locator("#pause-yes").press("Enter")
    expect(page.locator("#paused-left")).to_have_text("已离开 0 分钟，还有 10 分钟")
    page.evaluate(
        """async () => {
          const { setServerTime } = await import("/static/web/js/clock.js");
          setServerTime(new Date(Date.now() + 25 * 60000).toISOString());
        }"""
    )
    expect(page.locator("#paused-left")).to_have_text("已离开 25 分钟，逾期 15 分钟")


@pytest.mark.parametrize("name", ["issue", "paper", "hand_over"])
def test_every_form_fits_the_docked_bar(paper_hall: HallServer, open_desk: Any, name: str) -> None:
    desk = open_desk(paper_hall, size=BAR)
    page = desk.page
    pick(desk, name)
    box = page.locator(f"#{name}-dialog").bounding_box()
    assert box is not None
    assert box["x"] >= 0
    assert box["x"] + box["width"] <= BAR[0]
    assert box["y"] + box["height"] <= BAR[1]
    assert violations(page) == []


def test_a_sheet_of_numbers_is_whole_pages_of_a4(paper_hall: HallServer, open_page: OpenPage) -> None:
    page = open_page(f"{paper_hall.base}/counter/paper?service=tax&from=801&to=830", (1366, 768))
    page.fill("[name=username]", "liu")
    page.fill("[name=password]", PASSWORD)
    page.click("#sign-in")
    expect(page.locator(".slip-number")).to_have_count(30)
    assert violations(page) == []
    paper = page.pdf(prefer_css_page_size=True)
    assert paper.count(b"/Type /Page\n") + paper.count(b"/Type /Page ") == 2
    page.emulate_media(media="print")
    expect(page.locator(".paper-head")).to_be_hidden()
    boxes = [one.bounding_box() for one in page.locator(".sheet").all()]
    # 210 mm by 297 mm with 10 mm around it, at 96 dots an inch.
    assert all(box is not None and box["width"] <= 190 * 96 / 25.4 + 1 for box in boxes)
    assert all(box is not None and box["height"] <= 277 * 96 / 25.4 + 1 for box in boxes)
    assert page.locator(".slip").evaluate_all("all => all.every(one => one.scrollHeight <= one.clientHeight)")
