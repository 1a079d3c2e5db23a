"""Everything at the desk by keys: as the hall has set them, shown on the buttons, and nothing behind an open form."""

from __future__ import annotations

from typing import Any

import pytest
from chromium import violations
from hall_server import PASSWORD, HallServer
from playwright.sync_api import Page, expect

SIZES = [(1366, 768), (300, 768)]
CUT = """() => {
  const width = document.documentElement.clientWidth;
  const wide = document.documentElement.scrollWidth > width ? ["the page scrolls sideways"] : [];
  const isSeen = (one) => one.offsetParent && !one.closest(".menu-sheet");
  const seen = Array.from(document.querySelectorAll("#desk *")).filter(isSeen);
  const out = seen.filter((one) => one.getBoundingClientRect().right > width + 1);
  const words = seen.filter((one) => !one.children.length && one.textContent.trim());
  const cut = words.filter((one) => one.scrollWidth > one.clientWidth + 1
    && getComputedStyle(one).overflowX !== "visible");
  return [...wide, ...[...out, ...cut].map((one) => `${one.id || one.className}: ${one.textContent.trim()}`)];
}"""


def test_what_the_hall_sets_is_shown_and_works_at_once(own_hall: HallServer, open_desk: Any) -> None:
    desk = open_desk(own_hall)
    page = desk.page
    ticket = own_hall.issue("general")
    expect(page.locator("#main-action .key")).to_have_text("F8")
    own_hall.edit_config(lambda content: content.update(counter={"keys": {"main": "Alt+1", "help": None}}))
    own_hall.hang_up()
    expect(page.locator("#main-action .key")).to_have_text("Alt 1")
    page.keyboard.press("F8")
    page.keyboard.press("Alt+K")
    expect(page.locator("dialog[open]")).to_have_count(0)
    desk.press("Alt+1")
    desk.shows(ticket["number"], "called")


@pytest.mark.parametrize("size", SIZES)
def test_every_form_opens_by_its_key_with_its_first_field_and_leaves_by_escape(
    ruled_hall: HallServer, open_desk: Any, size: tuple[int, int]
) -> None:
    ticket = ruled_hall.issue("general")
    desk = open_desk(ruled_hall, size=size)
    page = desk.page
    desk.serve(ticket)
    expect(page.locator("#main-action")).not_to_have_attribute("aria-disabled", "true")
    forms = {
        "hold": ("F7", "with_papers"),
        "transfer": ("F10", ""),
        "call": ("Alt+C", ""),
        "rejoin": ("Alt+J", ""),
        "priority": ("Alt+I", ""),
        "services": ("Alt+S", "social-insurance"),
        "pause": ("Alt+P", "临时离开"),
        "bookings": ("Alt+A", None),
        "help": ("Alt+K", None),
        "more": ("Alt+M", None),
    }
    for name, (key, value) in forms.items():
        page.keyboard.press(key)
        dialog = page.locator(f"#{name}-dialog")
        expect(dialog).to_be_visible()
        if value is not None:
            page.wait_for_function("(value) => document.activeElement.value === value", arg=value)
        page.keyboard.press("F8")  # behind a form nothing is pressed
        page.keyboard.press("F9")
        assert violations(page) == [], name
        page.keyboard.press("Escape")
        expect(dialog).to_be_hidden()
    assert desk.kept(ticket)["state"] == "serving"
    page.keyboard.press("Alt+L")
    expect(page.locator("#notice")).to_have_text("请先办结窗口前的号")
    desk.press("F9")
    desk.shows("", "open")
    expect(page.locator("#sign-out")).not_to_have_attribute("aria-disabled", "true")
    page.keyboard.press("Alt+O")
    expect(page.locator("#login")).to_be_visible()


def test_digits_choose_in_a_form_and_arrows_in_a_list(ruled_hall: HallServer, open_desk: Any) -> None:
    tickets = [ruled_hall.issue("general") for _ in range(4)]
    desk = open_desk(ruled_hall)
    page = desk.page
    expect(page.locator("#waiting-line li")).to_have_count(4)
    page.keyboard.press("Alt+W")
    desk.type("ArrowDown", "ArrowDown", "ArrowUp", "Enter")
    expect(page.locator("#call-number")).to_have_value(tickets[2]["number"])
    desk.type("Escape")
    expect(page.locator(":focus")).to_have_attribute("aria-label", f"叫 {tickets[2]['number']}")
    desk.press("F8")
    desk.shows(tickets[0]["number"], "called")
    desk.press("F8")
    desk.shows(tickets[0]["number"], "serving")
    desk.press("F7")
    page.keyboard.press("2")
    desk.type("Tab")
    page.keyboard.press("3")
    desk.type("Tab")
    page.keyboard.press("1")
    desk.type("Enter")
    desk.shows("", "open")
    hold = desk.kept(tickets[0])["hold"]
    assert (hold["kind"], hold["reason"]) == ("without_papers", "去缴费")
    page.keyboard.press("Alt+H")
    desk.type("Enter")
    desk.shows(tickets[0]["number"], "serving")


def test_a_key_works_whatever_the_input_method_makes_of_it_and_once_however_long_it_is_held(
    hall: HallServer, open_desk: Any
) -> None:
    first, second = (hall.issue("general") for _ in range(2))
    desk = open_desk(hall)
    page = desk.page
    expect(page.locator("#waiting-title")).to_have_text("等候 2 人")
    down = (
        "(given) => document.dispatchEvent(new KeyboardEvent('keydown', { bubbles: true, cancelable: true, ...given }))"
    )
    page.evaluate(down, {"key": "Process", "code": "KeyK", "altKey": True})
    expect(page.locator("#help-dialog")).to_be_visible()
    page.keyboard.press("Escape")
    page.evaluate(down, {"key": "F8", "code": "F8"})
    for _ in range(5):
        page.evaluate(down, {"key": "F8", "code": "F8", "repeat": True})
    desk.shows(first["number"], "called")
    expect(page.locator("#main-action")).not_to_have_attribute("aria-disabled", "true")
    assert [desk.kept(one)["state"] for one in (first, second)] == ["called", "waiting"]


def test_while_an_answer_is_awaited_the_keys_of_the_page_itself_still_work(hall: HallServer, open_desk: Any) -> None:
    ticket = hall.issue("general")
    desk = open_desk(hall)
    page = desk.page
    held: list[Any] = []
    page.route("**/call-next", lambda route: held.append(route), times=1)
    desk.press("F8")
    expect(page.locator("#desk[data-busy]")).to_have_count(1)
    page.keyboard.press("Alt+P")  # asks the server: not heard
    page.keyboard.press("Alt+K")
    expect(page.locator("#help-dialog")).to_be_visible()
    expect(page.locator("dialog[open]")).to_have_count(1)
    held[0].continue_()
    desk.shows(ticket["number"], "called")


@pytest.mark.parametrize(("width", "height", "zoom"), [(340, 1080, 1), (300, 768, 1), (240, 614, 1.25)])
@pytest.mark.parametrize("language", ["zh", "en"])
def test_a_docked_bar_cuts_no_word(
    ruled_hall: HallServer, open_page: Any, width: int, height: int, zoom: float, language: str
) -> None:
    page: Page = open_page(f"{ruled_hall.base}/counter?lang={language}", (width, height), device_scale_factor=zoom)
    page.fill("[name=username]", "liu")
    page.fill("[name=password]", PASSWORD)
    page.click("#sign-in")
    page.click('[data-window="3"]')
    page.wait_for_selector('#desk[data-link="online"]')
    for _ in range(3):
        ruled_hall.issue("social-insurance")
    expect(page.locator("#waiting-line li")).to_have_count(3)
    assert page.evaluate(CUT) == []
    for state in ("called", "serving"):
        page.keyboard.press("F8")
        expect(page.locator("#ticket")).to_have_attribute("data-state", state)
        assert page.evaluate(CUT) == []
        expect(page.locator("#main-action")).not_to_have_attribute("aria-disabled", "true")
    assert violations(page) == []
    page.keyboard.press("F9")
    expect(page.locator("#undo-go")).to_be_visible()
    assert page.evaluate(CUT) == []
