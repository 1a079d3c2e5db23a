"""The clerk's page in Chromium, before a real server: a morning at window 3 by keyboard, on a screen and as a bar."""

from __future__ import annotations

from typing import Any

import pytest
from chromium import violations
from hall_server import PASSWORD, HallServer
from playwright.sync_api import Page, expect

BAR = (320, 768)


def test_a_morning_by_keyboard(hall: HallServer, open_desk: Any) -> None:
    desk = open_desk(hall)
    page = desk.page
    expect(page.locator("#main-label")).to_have_text("叫下一位")
    expect(page.locator("#main-action")).to_have_attribute("aria-disabled", "true")
    expect(page.locator("#main-hint")).to_have_text("现在没有人等候")

    first, second, third = (hall.issue("social-insurance") for _ in range(3))
    expect(page.locator("#waiting-title")).to_have_text("等候 3 人")
    expect(page).to_have_title("(3) 3 号窗口 – 青禾镇便民服务中心")
    expect(page.locator("#desk")).to_have_attribute("data-arrived", "")

    desk.press("F8")
    desk.shows(first["number"], "called")
    expect(page.locator("#main-label")).to_have_text("开始办理")
    desk.press("F2")
    expect(page.locator("#facts")).to_contain_text("叫 2 次")
    desk.press("F8")
    desk.shows(first["number"], "serving")
    expect(page.locator("#main-label")).to_have_text("办结，叫下一位")
    expect(page.locator("#main-hint")).to_contain_text(f"下一位 {second['number']}")
    expect(page.locator("#why")).to_have_text("已开始办理，不能再重呼或过号")
    desk.press("F8")
    desk.shows(second["number"], "called")
    expect(page.locator("#asking")).to_contain_text(f"正在请 {first['number']} 评价")
    desk.press("F4")
    desk.shows("", "open")
    expect(page.locator("#aside-line")).to_contain_text(second["number"])
    desk.press("F8")
    desk.shows(third["number"], "called")
    desk.press("F8")
    desk.shows(third["number"], "serving")
    desk.press("F9")
    desk.shows("", "open")
    expect(page).to_have_title("3 号窗口 – 青禾镇便民服务中心")
    assert [desk.kept(t)["state"] for t in (first, second, third)] == ["finished", "no_show", "finished"]


def test_what_cannot_be_done_stays_in_its_place_and_says_why(hall: HallServer, open_desk: Any) -> None:
    desk = open_desk(hall)
    page = desk.page
    for action in ("finish", "recall", "no_show"):
        expect(page.locator(f'[data-action="{action}"]')).to_have_attribute("aria-disabled", "true")
    expect(page.locator("#why")).to_have_text("窗口前没有人，请先叫号")
    places = page.eval_on_selector_all("[data-action]", "all => all.map((one) => one.offsetTop)")
    sent: list[str] = []
    page.on("request", lambda request: sent.append(request.url) if request.method == "POST" else None)
    for key in ("F9", "F2", "F4", "F8"):
        page.keyboard.press(key)
    page.click('[data-action="recall"]', force=True)
    assert sent == []
    ticket = hall.issue("general")
    desk.press("F8")
    desk.shows(ticket["number"], "called")
    assert places == page.eval_on_selector_all("[data-action]", "all => all.map((one) => one.offsetTop)")


def test_a_pause_in_own_words_and_back(hall: HallServer, open_desk: Any) -> None:
    desk = open_desk(hall)
    page = desk.page
    ticket = hall.issue("general")
    expect(page.locator("#waiting-title")).to_have_text("等候 1 人")
    page.click("#pause")
    page.check("[name=reason][value=own]", force=True)
    page.fill("#pause-own", "去取档案")
    page.check('[name=minutes][value="15"]', force=True)
    page.keyboard.press("F8")  # behind a dialog nothing is called
    page.click("#pause-yes")
    expect(page.locator("#paused-main")).to_contain_text("去取档案")
    expect(page.locator("#paused-left")).to_have_text("已离开 0 分钟，还有 15 分钟")
    pause = hall.call_api("GET", "hall").json()["windows"][2]["pause"]
    assert pause["reason"] == "去取档案"
    assert desk.kept(ticket)["state"] == "waiting"
    expect(page.locator("#main-label")).to_have_text("恢复服务")
    desk.press("F8")
    expect(page.locator("#paused")).to_be_hidden()
    assert hall.call_api("GET", "hall").json()["windows"][2]["state"] == "open"


def test_a_pause_may_come_in_the_middle_of_a_service(hall: HallServer, open_desk: Any) -> None:
    desk = open_desk(hall)
    page = desk.page
    ticket = hall.issue("general")
    hall.issue("general")
    desk.press("F8")
    desk.shows(ticket["number"], "called")
    desk.press("F8")
    desk.shows(ticket["number"], "serving")
    page.click("#pause")
    page.check('[name=minutes][value=""]', force=True)
    page.click("#pause-yes")
    expect(page.locator("#main-label")).to_have_text("办结")
    desk.press("F8")
    expect(page.locator("#main-label")).to_have_text("恢复服务")
    page.click("#reopen")
    expect(page.locator("#main-label")).to_have_text("叫下一位")


def test_a_paused_citizen_with_priority_is_whole_under_the_strip(ruled_hall: HallServer, open_desk: Any) -> None:
    elderly = ruled_hall.post("tickets", {"service": "general", "priority": "elderly"})
    desk = open_desk(ruled_hall)
    desk.press("F8")
    desk.shows(elderly["number"], "called")
    desk.press("Alt+P")
    desk.page.keyboard.press("Enter")
    expect(desk.page.locator("#paused")).to_be_visible()
    card, line, number, answers, tear = (
        desk.page.locator(f"#ticket{part}").bounding_box()
        for part in ("", " .ticket-line", " .ticket-number", " .verify", " .ticket-tear")
    )
    assert line["y"] + line["height"] <= number["y"] + 8  # its line is taller than its figures
    assert number["y"] + number["height"] <= tear["y"] + 8
    assert answers["x"] + answers["width"] <= card["x"] + card["width"]


def test_a_reload_keeps_the_desk_and_the_computer_remembers_its_window(hall: HallServer, open_desk: Any) -> None:
    desk = open_desk(hall)
    page = desk.page
    ticket = hall.issue("general")
    desk.press("F8")
    desk.shows(ticket["number"], "called")
    page.reload()
    desk.shows(ticket["number"], "called")
    desk.press("F9")
    desk.shows("", "open")
    page.click("#menu summary")
    page.click("#leave")
    expect(page.locator('[data-window="3"]')).to_be_focused()
    expect(page.locator('[data-window="3"] .window-last')).to_be_visible()
    assert hall.call_api("GET", "hall").json()["windows"][2]["state"] == "closed"


def test_a_wrong_password_is_told_on_the_same_page(hall: HallServer, open_page: Any) -> None:
    page = open_page(f"{hall.base}/counter", (1366, 768))
    page.fill("[name=username]", "liu")
    page.fill("[name=password]", PASSWORD + "x")
    page.keyboard.press("Enter")
    expect(page.locator("#notice")).to_be_visible()
    expect(page.locator("#sign-in")).not_to_have_attribute("aria-busy", "true")
    assert violations(page) == []


def test_the_desk_fits_its_screen_without_scrolling(hall: HallServer, open_desk: Any) -> None:
    for _ in range(20):
        hall.issue("social-insurance")
    desk = open_desk(hall)
    page = desk.page
    expect(page.locator("#waiting-line li")).to_have_count(8)
    expect(page.locator("#waiting-more")).to_have_text("还有 12 人")
    size = "({ scrollWidth, scrollHeight }) => [scrollWidth, scrollHeight]"
    assert page.locator("html").evaluate(size) == [1366, 768]
    foot = page.locator(".waiting .list-foot").bounding_box()
    more = page.locator("#waiting-more").bounding_box()
    assert foot["y"] + foot["height"] <= 768
    assert more["y"] + more["height"] <= foot["y"] + 1


def test_the_number_is_whole_below_what_the_desk_has_to_say(hall: HallServer, open_desk: Any) -> None:
    """A refusal, a pause, and both at once, above somebody whose number is read across the desk."""
    ticket = hall.issue("social-insurance")
    desk = open_desk(hall)
    page = desk.page
    desk.serve(ticket)
    page.keyboard.press("F2")
    expect(page.locator("#notice")).to_be_visible()
    assert _outside(page, ".ticket-body") == []
    page.click("#pause")
    page.click("#pause-yes")
    expect(page.locator("#reopen")).to_be_visible()
    expect(page.locator("#notice")).to_be_hidden()
    expect(page.locator("#paused")).to_be_visible()
    assert _outside(page, ".ticket-body") == []
    page.keyboard.press("F2")
    expect(page.locator("#notice")).to_be_visible()
    assert _outside(page, ".ticket-body") == []
    assert page.locator("html").evaluate("({ scrollHeight }) => scrollHeight") == 768


def test_as_a_bar_the_main_things_are_seen_at_once(hall: HallServer, open_desk: Any) -> None:
    ticket = hall.issue("social-insurance")
    hall.issue("social-insurance")
    desk = open_desk(hall, size=BAR)
    page = desk.page
    desk.press("F8")
    desk.shows(ticket["number"], "called")
    assert page.evaluate("() => document.documentElement.scrollWidth") == BAR[0]
    for part in ("#ticket-number", "#main-action", '[data-action="no_show"]', "#waiting-title", "#pause", "#finished"):
        box = page.locator(part).bounding_box()
        assert box["y"] + box["height"] <= BAR[1], part
        assert box["x"] + box["width"] <= BAR[0], part
    assert violations(page) == []


def test_in_a_low_bar_a_form_is_sent_and_left_without_scrolling(hall: HallServer, open_desk: Any) -> None:
    """A screen of 768 lines whose system makes everything a quarter larger."""
    ticket = hall.issue("social-insurance")
    desk = open_desk(hall, size=(300, 614))
    page = desk.page
    desk.serve(ticket)
    forms = {"F10": "transfer", "F7": "hold", "Alt+P": "pause", "Shift+F9": "outcome", "Alt+Z": "issue"}
    for key, form in forms.items():
        page.keyboard.press(key)
        dialog = page.locator(f"#{form}-dialog")
        expect(dialog).to_be_visible()
        assert dialog.evaluate("({ scrollWidth, clientWidth }) => scrollWidth <= clientWidth")
        frame = dialog.bounding_box()
        for way in ("yes", "no"):
            button = page.locator(f"#{form}-{way}").bounding_box()
            assert button["y"] + button["height"] <= frame["y"] + frame["height"], (form, way)
        page.keyboard.press("Escape")
        expect(dialog).to_be_hidden()


@pytest.mark.parametrize("situation", ["free", "called", "serving", "paused", "pausing", "menu", "offline"])
def test_every_state_of_the_desk_is_accessible(own_hall: HallServer, open_desk: Any, situation: str) -> None:
    desk = open_desk(own_hall)
    page = desk.page
    if situation in ("called", "serving"):
        ticket = own_hall.issue("general")
        desk.press("F8")
        desk.shows(ticket["number"], "called")
    if situation == "serving":
        desk.press("F8")
        desk.shows(ticket["number"], "serving")
    if situation in ("pausing", "paused"):
        page.click("#pause")
    if situation == "paused":
        page.click("#pause-yes")
        expect(page.locator("#paused")).to_be_visible()
    if situation == "menu":
        page.click("#menu summary")
    if situation == "offline":
        own_hall.kill()
        expect(page.locator("#link")).to_have_text("已断线")
    assert violations(page) == []


def test_choosing_a_window_is_accessible_and_speaks_english_if_asked(hall: HallServer, open_page: Any) -> None:
    page = open_page(f"{hall.base}/counter?lang=en", (1366, 768))
    page.fill("[name=username]", "liu")
    page.fill("[name=password]", PASSWORD)
    page.click("#sign-in")
    expect(page.locator("h1")).to_have_text("Which window are you at?")
    assert violations(page) == []
    page.click('[data-window="3"]')
    expect(page.locator("#main-label")).to_have_text("Call next")
    expect(page.locator("#link")).to_have_text("Connected")
    assert violations(page) == []


@pytest.mark.parametrize("size", [(1366, 768), BAR], ids=["desk", "bar"])
@pytest.mark.parametrize("language", ["zh", "en"])
def test_who_sits_at_a_window_does_not_cover_its_name(
    hall: HallServer, open_page: Any, size: tuple[int, int], language: str
) -> None:
    hall.open(1, 2, 3, 4, 5, 6)
    hall.post("windows/2/pause", {"reason": "设备检修"})
    page = open_page(f"{hall.base}/counter?lang={language}", size)
    page.fill("[name=username]", "liu")
    page.fill("[name=password]", PASSWORD)
    page.click("#sign-in")
    expect(page.locator(".window-card .chip:visible")).to_have_count(7)
    covered = """() => Array.from(document.querySelectorAll(".window-card")).filter((card) => {
      const words = document.createRange();
      words.selectNodeContents(card.querySelector(".window-words"));
      const lines = Array.from(words.getClientRects());
      return Array.from(card.querySelectorAll(".chip:not([hidden])")).some((chip) => {
        const { left, right, top, bottom } = chip.getBoundingClientRect();
        return lines.some((line) => line.left < right && left < line.right && line.top < bottom && top < line.bottom);
      });
    }).map((card) => card.dataset.window)"""
    assert page.evaluate(covered) == []


def _outside(page: Page, frame: str) -> list[str]:
    """The texts that leave the frame above or below; of a large number its figures, lower than its line."""
    outside: list[str] = page.evaluate(
        """(frame) => {
          const outer = document.querySelector(frame).getBoundingClientRect();
          return Array.from(document.querySelectorAll(`${frame} p`)).filter((part) => {
            const { top, bottom, height } = part.getBoundingClientRect();
            const air = part.id === "ticket-number" ? 0.12 * height : 0;
            return height > 0 && (top + air < outer.top - 1 || bottom - air > outer.bottom + 1);
          }).map((part) => part.id);
        }""",
        frame,
    )
    return outside
