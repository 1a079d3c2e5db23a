"""The clerk's page when something goes wrong: a lost line, a lost answer, two presses, two people at one window."""

from __future__ import annotations

from typing import Any

from hall_server import PATIENCE, HallServer
from playwright.sync_api import Route, expect


def test_a_lost_server_stops_the_buttons_and_nothing_is_sent_later(own_hall: HallServer, open_desk: Any) -> None:
    desk = open_desk(own_hall)
    page = desk.page
    first, second = (own_hall.issue("general") for _ in range(2))
    desk.press("F8")
    desk.shows(first["number"], "called")
    own_hall.kill()
    expect(page.locator("#link")).to_have_text("已断线")
    expect(page.locator("#notice")).to_contain_text("断线时按的不会补发")
    expect(page.locator("#main-action")).to_have_attribute("aria-disabled", "true")
    for key in ("F8", "F2", "F9"):
        page.keyboard.press(key)
    own_hall.start()
    expect(page.locator("#link")).to_have_text("已连接")
    desk.shows(first["number"], "called")
    assert desk.kept(first)["legs"][0]["calls"] == 1
    desk.press("F8")
    desk.shows(first["number"], "serving")
    desk.press("F8")
    desk.shows(second["number"], "called")


def test_a_press_whose_answer_was_lost_with_the_server_calls_one_citizen(own_hall: HallServer, open_desk: Any) -> None:
    """The call was committed, then the power went before the clerk's page heard of it."""
    desk = open_desk(own_hall)
    page = desk.page
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
    desk.press("F8")
    page.wait_for_selector('#ticket[data-state="called"]', timeout=1000 * PATIENCE)  # a server starts meanwhile
    desk.shows(first["number"], "called")
    expect(page.locator("#link")).to_have_text("已连接")
    expect(page.locator("#main-label")).to_have_text("开始办理")
    expect(page.locator("#main-action")).not_to_have_attribute("aria-disabled", "true")
    assert len(keys) >= 2
    assert len(set(keys)) == 1
    assert [desk.kept(t)["state"] for t in (first, second, third)] == ["called", "waiting", "waiting"]


def test_pressing_again_after_no_answer_came_is_the_same_press(hall: HallServer, open_desk: Any) -> None:
    desk = open_desk(hall)
    page = desk.page
    ticket = hall.issue("general")
    desk.press("F8")
    desk.shows(ticket["number"], "called")

    def swallow_the_answer(route: Route) -> None:
        route.fetch()
        route.abort()

    page.route("**/recall", swallow_the_answer)
    desk.press("F2")
    expect(page.locator("#notice")).to_contain_text("服务器没有回答")
    page.unroute("**/recall")
    with page.expect_response("**/recall") as answered:
        desk.press("F2")
    assert answered.value.ok
    assert desk.kept(ticket)["legs"][0]["calls"] == 2
    with page.expect_response("**/recall"):
        desk.press("F2")
    assert desk.kept(ticket)["legs"][0]["calls"] == 3


def test_two_presses_in_a_row_are_one_call(hall: HallServer, open_desk: Any) -> None:
    desk = open_desk(hall)
    page = desk.page
    first, second = (hall.issue("general") for _ in range(2))
    expect(page.locator("#waiting-title")).to_have_text("等候 2 人")
    sent: list[str] = []
    page.on("request", lambda request: sent.append(request.url) if request.method == "POST" else None)
    page.evaluate(
        """() => { for (const _ of [1, 2]) {
             document.dispatchEvent(new KeyboardEvent("keydown", { key: "F8" }));
             document.getElementById("main-action").click();
           } }"""
    )
    desk.shows(first["number"], "called")
    expect(page.locator("#main-action")).not_to_have_attribute("aria-disabled", "true")
    assert [url.rsplit("/", 1)[1] for url in sent] == ["call-next"]
    assert desk.kept(first)["state"] == "called"
    assert desk.kept(second)["state"] == "waiting"


def test_a_screen_left_behind_is_told_and_shown_the_truth(hall: HallServer, open_desk: Any, sign_in: Any) -> None:
    """Another page of the same clerk has called meanwhile, and this page's line was too slow to tell it."""
    desk = open_desk(hall)
    page = desk.page
    first, second = (hall.issue("general") for _ in range(2))
    expect(page.locator("#waiting-title")).to_have_text("等候 2 人")

    def too_late(route: Route) -> None:
        sign_in("liu").done(3, "call-next")
        route.continue_()

    page.route("**/call-next", too_late, times=1)
    desk.press("F8")
    expect(page.locator("#notice")).to_contain_text("stale_screen")
    desk.shows(first["number"], "called")
    assert desk.kept(second)["state"] == "waiting"


def test_nobody_leaves_a_citizen_behind(hall: HallServer, open_desk: Any) -> None:
    desk = open_desk(hall)
    page = desk.page
    ticket = hall.issue("general")
    desk.press("F8")
    desk.shows(ticket["number"], "called")
    page.click("#menu summary")
    expect(page.locator("#leave-why")).to_have_text("请先办结窗口前的号")
    expect(page.locator("#sign-out")).to_have_attribute("aria-disabled", "true")
    page.keyboard.press("Escape")
    desk.press("F4")
    desk.shows("", "open")
    page.click("#menu summary")
    page.click("#sign-out")
    expect(page.locator("#login")).to_be_visible()
    assert hall.call_api("GET", "hall").json()["windows"][2]["state"] == "closed"


def test_taking_over_from_a_colleague_is_asked_first_and_told_to_both(hall: HallServer, open_desk: Any) -> None:
    desk = open_desk(hall)
    page = desk.page
    ticket = hall.issue("general")
    desk.press("F8")
    desk.shows(ticket["number"], "called")
    successor = open_desk(hall, "li", window=4)
    successor.page.goto(f"{hall.base}/counter?window=3")
    successor.page.click('[data-window="3"]')
    expect(successor.page.locator("#takeover-title")).to_have_text("3 号窗口现在由 刘伟 使用，由您接替？")
    successor.page.click("#takeover-yes")
    successor.shows(ticket["number"], "called")
    expect(page.locator("#gone-title")).to_have_text("李静 已接替 3 号窗口")
    expect(page.locator("#work")).to_be_hidden()


def test_a_page_kept_from_another_day_goes_back_to_the_choice(own_hall: HallServer, open_desk: Any) -> None:
    desk = open_desk(own_hall)
    page = desk.page
    page.context.set_offline(True)
    own_hall.kill()
    expect(page.locator("#link")).to_have_text("已断线")
    own_hall.start()
    own_hall.open(3)
    page.context.set_offline(False)
    expect(page.locator(".windows")).to_be_visible()
