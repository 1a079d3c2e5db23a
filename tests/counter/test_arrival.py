"""The first citizen at an idle window: shown by every tab of the desk, sounded by one, if the clerk wants it."""

from __future__ import annotations

import re
from typing import Any

from chromium import violations
from hall_server import HallServer
from playwright.sync_api import Page, expect

LISTEN = """(() => {
  const start = OscillatorNode.prototype.start;
  window.tones = 0;
  OscillatorNode.prototype.start = function (...when) { window.tones += 1; return start.apply(this, when); };
})();"""
TOLD = """(() => {
  window.told = [];
  window.Notification = class extends EventTarget {
    static permission = "granted";
    static requestPermission = async () => "granted";
    constructor(title) { super(); window.told.push(title); }
    close() {}
  };
})();"""
GATHERED = 1000  # ms: long after the tabs of a desk have agreed on who sounds


def with_sound_heard(page: Page) -> None:
    page.context.add_init_script(LISTEN + TOLD)
    page.reload()
    page.wait_for_selector('#desk[data-link="online"]')


def another_tab(page: Page) -> Page:
    other = page.context.new_page()
    other.goto(page.url)
    other.wait_for_selector('#desk[data-link="online"]')
    return other


def hide(page: Page) -> None:
    """As when another tab lies over it, which a browser without a screen never says by itself."""
    page.evaluate(
        """() => {
          Object.defineProperty(document, "hidden", { value: true, configurable: true });
          document.dispatchEvent(new Event("visibilitychange"));
        }"""
    )


def tones(*tabs: Page) -> list[int]:
    return sorted(tab.evaluate("() => window.tones") for tab in tabs)


def test_every_tab_shows_it_and_one_of_them_sounds(hall: HallServer, open_desk: Any) -> None:
    page = open_desk(hall).page
    with_sound_heard(page)
    tabs = [page, another_tab(page), another_tab(page)]
    ticket = hall.issue("general")
    for tab in tabs:
        expect(tab.locator("#desk")).to_have_attribute("data-arrived", "")
        expect(tab.locator("#ticket-chip")).to_have_text("有人来了")
        expect(tab).to_have_title(re.compile(f"^● {ticket['number']} 来了"))
    assert violations(page) == []
    page.wait_for_timeout(GATHERED)
    assert tones(*tabs) == [0, 0, 2]
    hall.issue("general")  # the second is no arrival at an idle window
    expect(page.locator("#waiting-title")).to_have_text("等候 2 人")
    page.wait_for_timeout(GATHERED)
    assert tones(*tabs) == [0, 0, 2]
    page.keyboard.press("F8")
    for tab in tabs:
        expect(tab.locator("#desk")).not_to_have_attribute("data-arrived", "")


def test_who_wants_no_sound_has_none_tomorrow_either(hall: HallServer, open_desk: Any) -> None:
    page = open_desk(hall).page
    with_sound_heard(page)
    page.keyboard.press("Alt+U")
    page.keyboard.press("End")
    for _ in range(3):
        if page.evaluate("() => document.activeElement.id") != "sound":
            page.keyboard.press("ArrowUp")
    page.keyboard.press("Enter")
    expect(page.locator("#sound")).to_have_attribute("aria-pressed", "false")
    page.reload()
    page.wait_for_selector('#desk[data-link="online"]')
    hall.issue("general")
    expect(page.locator("#desk")).to_have_attribute("data-arrived", "")
    page.wait_for_timeout(GATHERED)
    assert tones(page) == [0]


def test_a_page_that_nobody_looks_at_tells_it_once_if_it_may(hall: HallServer, open_desk: Any) -> None:
    page = open_desk(hall).page
    with_sound_heard(page)
    page.keyboard.press("Alt+U")
    page.locator("#notify").press("Enter")
    expect(page.locator("#notify")).to_have_attribute("aria-pressed", "true")
    other = another_tab(page)
    for tab in (page, other):
        hide(tab)
    ticket = hall.issue("general")
    for tab in (page, other):
        expect(tab.locator("#desk")).to_have_attribute("data-arrived", "")
    page.wait_for_timeout(GATHERED)
    told = [*page.evaluate("() => window.told"), *other.evaluate("() => window.told")]
    assert told == [f"{ticket['number']} 来到 3 号窗口"]


def test_a_browser_that_keeps_silent_is_told_of_and_one_press_mends_it(hall: HallServer, open_page: Any) -> None:
    page = open_page(f"{hall.base}/counter", (1366, 768), touch=True)
    page.fill("[name=username]", "liu")
    page.fill("[name=password]", "pw12345")
    page.click("#sign-in")
    page.click('[data-window="3"]')
    page.wait_for_selector('#desk[data-link="online"]')
    address = page.url
    # Typed into the address by whoever comes back: nothing was pressed in this page yet.
    fresh = page.context.new_page()
    fresh.goto(address)
    fresh.wait_for_selector('#desk[data-link="online"]')
    expect(fresh.locator("#sound-blocked")).to_be_visible()
    assert violations(fresh) == []
    fresh.keyboard.press("F2")
    expect(fresh.locator("#sound-blocked")).to_be_hidden()


def test_nothing_blinks_for_whom_it_should_not(hall: HallServer, open_desk: Any) -> None:
    page = open_desk(hall).page
    page.emulate_media(reduced_motion="reduce")
    ticket = hall.issue("general")
    expect(page.locator("#desk")).to_have_attribute("data-arrived", "")
    assert page.evaluate("() => getComputedStyle(document.getElementById('main-action')).animationName") == "none"
    expect(page).to_have_title(re.compile(f"^● {ticket['number']} 来了"))
