"""Several tabs of one desk, a line that drops, a computer that sleeps, a session that ends: never a double call."""

from __future__ import annotations

from typing import Any

from cut_wire import CutWire
from hall_server import PASSWORD, HallServer
from playwright.sync_api import Page, expect


def another_tab(page: Page) -> Page:
    other = page.context.new_page()
    other.goto(page.url)
    other.wait_for_selector('#desk[data-link="online"]')
    return other


def calls(hall: HallServer, tickets: list[dict[str, Any]]) -> list[int]:
    """How often each was called."""
    kept = [hall.call_api("GET", f"tickets/{ticket['id']}").json() for ticket in tickets]
    return [sum(leg["calls"] for leg in ticket["legs"]) for ticket in kept]


def test_two_tabs_pressed_in_one_moment_are_one_call(hall: HallServer, open_desk: Any) -> None:
    tickets = [hall.issue("general") for _ in range(3)]
    desk = open_desk(hall)
    tabs = [desk.page, another_tab(desk.page)]
    held: list[Any] = []
    for tab in tabs:
        expect(tab.locator("#waiting-title")).to_have_text("等候 3 人")
        tab.route("**/call-next", lambda route: held.append(route), times=1)
    for tab in tabs:
        tab.keyboard.press("F8")
    while len(held) < 2:
        tabs[0].wait_for_timeout(20)
    for route in held:  # both were on their way before either was answered
        route.continue_()
    for tab in tabs:
        expect(tab.locator("#ticket-number")).to_have_text(tickets[0]["number"])
        expect(tab.locator("#main-action")).not_to_have_attribute("aria-disabled", "true")
    assert calls(hall, tickets) == [1, 0, 0]


def test_two_presses_within_a_twentieth_of_a_second_are_one(hall: HallServer, open_desk: Any) -> None:
    """Also where the server answers faster than the finger bounces: called, but not started by the second."""
    tickets = [hall.issue("general") for _ in range(2)]
    desk = open_desk(hall)
    page = desk.page
    expect(page.locator("#waiting-title")).to_have_text("等候 2 人")
    page.evaluate(
        """() => {
          const press = () => document.dispatchEvent(new KeyboardEvent("keydown", { key: "F8", code: "F8" }));
          press();
          for (const ms of [1, 20, 50]) setTimeout(press, ms);
        }"""
    )
    desk.shows(tickets[0]["number"], "called")
    expect(page.locator("#main-action")).not_to_have_attribute("aria-disabled", "true")
    desk.shows(tickets[0]["number"], "called")
    assert calls(hall, tickets) == [1, 0]


def test_a_line_that_drops_refuses_with_words_and_sends_nothing_later(hall: HallServer, open_page: Any) -> None:
    tickets = [hall.issue("general") for _ in range(2)]
    wire = CutWire(hall.port)
    page: Page = open_page(f"{wire.base}/counter", (1366, 768))
    page.fill("[name=username]", "liu")
    page.fill("[name=password]", PASSWORD)
    page.click("#sign-in")
    page.click('[data-window="3"]')
    page.wait_for_selector('#desk[data-link="online"]')
    wire.cut()
    expect(page.locator("#link")).to_have_text("已断线")
    sent: list[str] = []
    page.on("request", lambda request: sent.append(request.url) if request.method == "POST" else None)
    for key in ("F8", "F8", "Alt+P", "Alt+C"):
        page.keyboard.press(key)
    expect(page.locator("#notice")).to_contain_text("断线时按的不会补发")
    expect(page.locator("dialog[open]")).to_have_count(0)
    wire.mend()
    expect(page.locator("#link")).to_have_text("已连接")
    expect(page.locator("#ticket")).to_have_attribute("data-state", "open")
    assert sent == []
    assert calls(hall, tickets) == [0, 0]
    page.keyboard.press("F8")
    expect(page.locator("#ticket-number")).to_have_text(tickets[0]["number"])
    assert calls(hall, tickets) == [1, 0]
    wire.close()


def test_a_computer_that_slept_shows_the_truth_before_anything_is_pressed(
    hall: HallServer, open_desk: Any, sign_in: Any
) -> None:
    first, second = (hall.issue("general") for _ in range(2))
    desk = open_desk(hall)
    page = desk.page
    expect(page.locator("#waiting-title")).to_have_text("等候 2 人")
    devtools = page.context.new_cdp_session(page)
    devtools.send("Page.setWebLifecycleState", {"state": "frozen"})
    sign_in("liu").done(3, "call-next")  # from another computer, meanwhile
    devtools.send("Page.setWebLifecycleState", {"state": "active"})
    page.evaluate("() => { const now = Date.now; Date.now = () => now() + 3600000; }")
    expect(page.locator("#link")).to_have_text("已连接")
    desk.shows(first["number"], "called")
    # The clock is the hall's again, although the computer's has jumped by an hour.
    expect(page.locator("#elapsed")).to_contain_text("00:")
    assert calls(hall, [first, second]) == [1, 0]


def test_a_session_that_ended_elsewhere_leads_to_the_login_with_words(hall: HallServer, open_desk: Any) -> None:
    ticket = hall.issue("general")
    desk = open_desk(hall)
    page = desk.page
    expect(page.locator("#waiting-title")).to_have_text("等候 1 人")
    page.evaluate("() => fetch('/api/v1/logout', { method: 'POST' })")
    desk.press("F8")
    expect(page.locator("#notice")).to_contain_text("这里已退出登录")
    page.fill("[name=username]", "liu")
    page.fill("[name=password]", PASSWORD)
    page.keyboard.press("Enter")
    page.wait_for_selector('#desk[data-link="online"]')
    desk.press("F8")
    desk.shows(ticket["number"], "called")
    assert calls(hall, [ticket]) == [1]
