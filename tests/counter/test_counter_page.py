"""The clerk's page in Chromium, before a real server: a morning at window 3 by keyboard, and what goes wrong with it."""

from __future__ import annotations

from typing import Any

import pytest
from chromium import violations
from hall_server import PASSWORD, HallServer
from playwright.sync_api import Page, Route, expect

BAR = (320, 768)


def shows(page: Page, number: str, state: str) -> None:
    """The page shows this citizen in this state."""
    expect(page.locator("#ticket")).to_have_attribute("data-state", state)
    expect(page.locator("#ticket-number")).to_have_text(number)


def press(page: Page, key: str) -> None:
    """A key once the page would take it: the buttons are locked while an answer is on its way."""
    page.wait_for_selector('#main-action:not([aria-busy="true"])')
    page.wait_for_function("() => !document.querySelector('[data-action][aria-busy]')")
    page.keyboard.press(key)


def ticket_of(hall: HallServer, ticket: dict[str, Any]) -> dict[str, Any]:
    shown: dict[str, Any] = hall.call_api("GET", f"tickets/{ticket['id']}").json()
    return shown


def test_a_morning_by_keyboard(hall: HallServer, open_desk: Any) -> None:
    page = open_desk(hall)
    expect(page.locator("#main-label")).to_have_text("叫下一位")
    expect(page.locator("#main-action")).to_have_attribute("aria-disabled", "true")
    expect(page.locator("#main-hint")).to_have_text("现在没有人等候")

    first, second, third = (hall.issue("social-insurance") for _ in range(3))
    expect(page.locator("#waiting-title")).to_have_text("等候 3 人")
    expect(page).to_have_title("(3) 3 号窗口 – 青禾镇便民服务中心")
    expect(page.locator("#desk")).to_have_attribute("data-arrived", "")

    press(page, "F8")
    shows(page, first["number"], "called")
    expect(page.locator("#main-label")).to_have_text("开始办理")
    press(page, "F2")
    expect(page.locator("#facts")).to_contain_text("叫 2 次")
    press(page, "F8")
    shows(page, first["number"], "serving")
    expect(page.locator("#main-label")).to_have_text("办结，叫下一位")
    expect(page.locator("#main-hint")).to_contain_text(f"下一位 {second['number']}")
    expect(page.locator("#why")).to_have_text("已开始办理，不能再重呼或过号")
    press(page, "F8")
    shows(page, second["number"], "called")
    expect(page.locator("#asking")).to_contain_text(f"正在请 {first['number']} 评价")
    press(page, "F4")
    shows(page, "", "open")
    expect(page.locator("#passed-line")).to_contain_text(second["number"])
    press(page, "F8")
    shows(page, third["number"], "called")
    press(page, "F8")
    shows(page, third["number"], "serving")
    press(page, "F9")
    shows(page, "", "open")
    expect(page).to_have_title("3 号窗口 – 青禾镇便民服务中心")
    assert [ticket_of(hall, t)["state"] for t in (first, second, third)] == ["finished", "no_show", "finished"]


def test_what_cannot_be_done_stays_in_its_place_and_says_why(hall: HallServer, open_desk: Any) -> None:
    page = open_desk(hall)
    for action in ("finish", "recall", "no_show"):
        expect(page.locator(f'[data-action="{action}"]')).to_have_attribute("aria-disabled", "true")
    expect(page.locator("#why")).to_have_text("窗口前没有人，请先叫号")
    places = page.eval_on_selector_all("[data-action]", "all => all.map((one) => one.getBoundingClientRect().top)")
    sent: list[str] = []
    page.on("request", lambda request: sent.append(request.url) if request.method == "POST" else None)
    for key in ("F9", "F2", "F4", "F8"):
        press(page, key)
    page.click('[data-action="recall"]')
    assert sent == []
    hall.issue("general")
    press(page, "F8")
    shows(page, page.inner_text("#ticket-number"), "called")
    assert places == page.eval_on_selector_all(
        "[data-action]", "all => all.map((one) => one.getBoundingClientRect().top)"
    )


def test_a_pause_in_own_words_and_back(hall: HallServer, open_desk: Any) -> None:
    page = open_desk(hall)
    page.click("#pause")
    page.check('[name=reason][value=""]', force=True)
    page.fill("#own-reason", "去取档案")
    page.check('[name=minutes][value="15"]', force=True)
    page.keyboard.press("F8")  # behind a dialog nothing is called
    page.click("#pause-yes")
    expect(page.locator("#paused-main")).to_contain_text("去取档案")
    expect(page.locator("#paused-left")).to_have_text("还有 15 分钟")
    pause = hall.call_api("GET", "hall").json()["windows"][2]["pause"]
    assert pause["reason"] == "去取档案"
    expect(page.locator("#main-label")).to_have_text("恢复服务")
    press(page, "F8")
    expect(page.locator("#paused")).to_be_hidden()
    assert hall.call_api("GET", "hall").json()["windows"][2]["state"] == "open"


def test_a_pause_may_come_in_the_middle_of_a_service(hall: HallServer, open_desk: Any) -> None:
    page = open_desk(hall)
    ticket = hall.issue("general")
    hall.issue("general")
    press(page, "F8")
    shows(page, ticket["number"], "called")
    press(page, "F8")
    shows(page, ticket["number"], "serving")
    page.click("#pause")
    page.check('[name=minutes][value=""]', force=True)
    page.click("#pause-yes")
    expect(page.locator("#main-label")).to_have_text("办结")
    press(page, "F8")
    expect(page.locator("#main-label")).to_have_text("恢复服务")
    page.click("#reopen")
    expect(page.locator("#main-label")).to_have_text("叫下一位")


def test_a_lost_server_stops_the_buttons_and_nothing_is_sent_later(own_hall: HallServer, open_desk: Any) -> None:
    page = open_desk(own_hall)
    first, second = (own_hall.issue("general") for _ in range(2))
    press(page, "F8")
    shows(page, first["number"], "called")
    own_hall.kill()
    expect(page.locator("#link")).to_have_text("已断线")
    expect(page.locator("#notice")).to_contain_text("断线时按的不会补发")
    expect(page.locator("#main-action")).to_have_attribute("aria-disabled", "true")
    for key in ("F8", "F2", "F9"):
        page.keyboard.press(key)
    own_hall.start()
    expect(page.locator("#link")).to_have_text("已连接", timeout=15_000)
    shows(page, first["number"], "called")
    assert ticket_of(own_hall, first)["legs"][0]["calls"] == 1
    press(page, "F8")
    shows(page, first["number"], "serving")
    press(page, "F8")
    shows(page, second["number"], "called")


def test_a_press_whose_answer_was_lost_with_the_server_calls_one_citizen(own_hall: HallServer, open_desk: Any) -> None:
    """The call was committed, then the power went before the clerk's page heard of it."""
    page = open_desk(own_hall)
    first, second, third = (own_hall.issue("general") for _ in range(3))
    expect(page.locator("#waiting-title")).to_have_text("等候 3 人")
    keys: list[str] = []

    def lose_the_answer(route: Route) -> None:
        keys.append(route.request.headers["idempotency-key"])
        if len(keys) == 1:
            route.fetch()
            own_hall.kill()
            own_hall.start()
            route.abort()
        else:
            route.continue_()

    page.route("**/call-next", lose_the_answer)
    press(page, "F8")
    shows(page, first["number"], "called")
    expect(page.locator("#link")).to_have_text("已连接", timeout=15_000)
    expect(page.locator("#main-label")).to_have_text("开始办理")
    assert len(keys) >= 2
    assert len(set(keys)) == 1
    assert [ticket_of(own_hall, t)["state"] for t in (first, second, third)] == ["called", "waiting", "waiting"]


def test_two_presses_in_a_row_are_one_call(hall: HallServer, open_desk: Any) -> None:
    page = open_desk(hall)
    first, second = (hall.issue("general") for _ in range(2))
    expect(page.locator("#waiting-title")).to_have_text("等候 2 人")
    page.evaluate(
        """() => { for (const _ of [1, 2]) {
             document.dispatchEvent(new KeyboardEvent("keydown", { key: "F8" }));
             document.getElementById("main-action").click();
           } }"""
    )
    shows(page, first["number"], "called")
    expect(page.locator("#main-action")).not_to_have_attribute("aria-busy", "true")
    assert ticket_of(hall, first)["state"] == "called"
    assert ticket_of(hall, second)["state"] == "waiting"


def test_a_screen_left_behind_is_told_and_shown_the_truth(hall: HallServer, open_desk: Any, sign_in: Any) -> None:
    """Another page of the same clerk has called meanwhile, and this page's line was too slow to tell it."""
    page = open_desk(hall)
    first, second = (hall.issue("general") for _ in range(2))
    expect(page.locator("#waiting-title")).to_have_text("等候 2 人")

    def too_late(route: Route) -> None:
        sign_in("liu").done(3, "call-next")
        route.continue_()

    page.route("**/call-next", too_late, times=1)
    press(page, "F8")
    expect(page.locator("#notice")).to_contain_text("stale_screen")
    shows(page, first["number"], "called")
    assert ticket_of(hall, second)["state"] == "waiting"


def test_a_reload_keeps_the_desk_and_the_computer_remembers_its_window(hall: HallServer, open_desk: Any) -> None:
    page = open_desk(hall)
    ticket = hall.issue("general")
    press(page, "F8")
    shows(page, ticket["number"], "called")
    page.reload()
    shows(page, ticket["number"], "called")
    press(page, "F9")
    shows(page, "", "open")
    page.click("#menu summary")
    page.click("#leave")
    expect(page.locator('[data-window="3"]')).to_be_focused()
    expect(page.locator('[data-window="3"] .window-last')).to_be_visible()
    assert hall.call_api("GET", "hall").json()["windows"][2]["state"] == "closed"


def test_nobody_leaves_a_citizen_behind(hall: HallServer, open_desk: Any) -> None:
    page = open_desk(hall)
    ticket = hall.issue("general")
    press(page, "F8")
    shows(page, ticket["number"], "called")
    page.click("#menu summary")
    expect(page.locator("#leave-why")).to_have_text("请先办结窗口前的号")
    expect(page.locator("#sign-out")).to_have_attribute("aria-disabled", "true")
    page.keyboard.press("Escape")
    press(page, "F4")
    shows(page, "", "open")
    page.click("#menu summary")
    page.click("#sign-out")
    expect(page.locator("#login")).to_be_visible()
    assert hall.call_api("GET", "hall").json()["windows"][2]["state"] == "closed"


def test_taking_over_from_a_colleague_is_asked_first_and_told_to_both(hall: HallServer, open_desk: Any) -> None:
    page = open_desk(hall)
    ticket = hall.issue("general")
    press(page, "F8")
    shows(page, ticket["number"], "called")
    successor = open_desk(hall, "li", window=4)
    successor.goto(f"{hall.base}/counter?window=3")
    successor.click('[data-window="3"]')
    expect(successor.locator("#takeover-title")).to_have_text("3 号窗口现在由 刘伟 使用，由您接替？")
    successor.click("#takeover-yes")
    shows(successor, ticket["number"], "called")
    expect(page.locator("#gone-title")).to_have_text("李静 已接替 3 号窗口")
    expect(page.locator("#work")).to_be_hidden()


def test_a_page_kept_from_another_day_goes_back_to_the_choice(own_hall: HallServer, open_desk: Any) -> None:
    page = open_desk(own_hall)
    own_hall.kill()
    expect(page.locator("#link")).to_have_text("已断线")
    own_hall.start()
    own_hall.open(3)
    expect(page.locator(".windows")).to_be_visible(timeout=15_000)


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
    page = open_desk(hall)
    expect(page.locator("#waiting-line li")).to_have_count(8)
    expect(page.locator("#waiting-more")).to_have_text("还有 12 人")
    fits = "() => [document.documentElement.scrollHeight <= innerHeight, document.documentElement.scrollWidth <= innerWidth]"
    assert page.evaluate(fits) == [True, True]
    foot = page.locator(".waiting .list-foot").bounding_box()
    more = page.locator("#waiting-more").bounding_box()
    assert foot["y"] + foot["height"] <= 768
    assert more["y"] + more["height"] <= foot["y"] + 1


def test_as_a_bar_the_main_things_are_seen_at_once(hall: HallServer, open_desk: Any) -> None:
    ticket = hall.issue("social-insurance")
    hall.issue("social-insurance")
    page = open_desk(hall, size=BAR)
    press(page, "F8")
    shows(page, ticket["number"], "called")
    assert page.evaluate("() => document.documentElement.scrollWidth") == BAR[0]
    for part in ("#ticket-number", "#main-action", '[data-action="no_show"]', "#waiting-title", "#pause", "#finished"):
        box = page.locator(part).bounding_box()
        assert box["y"] + box["height"] <= BAR[1], part
        assert box["x"] + box["width"] <= BAR[0], part
    assert violations(page) == []


@pytest.mark.parametrize("situation", ["free", "called", "serving", "paused", "pausing", "menu", "offline"])
def test_every_state_of_the_desk_is_accessible(own_hall: HallServer, open_desk: Any, situation: str) -> None:
    page = open_desk(own_hall)
    if situation in ("called", "serving"):
        ticket = own_hall.issue("general")
        for _ in range(1 + (situation == "serving")):
            page.wait_for_selector('#main-action:not([aria-disabled="true"])')
            press(page, "F8")
            shows(page, ticket["number"], page.locator("#ticket").get_attribute("data-state"))
        expect(page.locator("#ticket")).to_have_attribute("data-state", situation)
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
