"""The forms of the clerk's page: accessible in both languages, whole on the screen, and never for somebody else."""

from __future__ import annotations

from typing import Any

import pytest
from chromium import violations
from hall_server import HallServer, StartHall
from playwright.sync_api import Page, expect

WHEN_FREE = ("more", "direct", "resume", "rejoin", "priority", "bookings", "services")
WHILE_SERVING = ("hold", "transfer", "call")
KEYS = {"more": "Alt+M", "hold": "F7", "transfer": "F10"}
BAR = (320, 768)


def open_form(desk: Any, name: str) -> None:
    """By its key where it has a button, else by the menu."""
    if name in KEYS:
        desk.press(KEYS[name])
    else:
        desk.choose(name)
    expect(desk.page.locator(f"#{name}-dialog")).to_be_visible()


def fits(page: Page, name: str) -> bool:
    box, size = page.locator(f"#{name}-dialog").bounding_box(), page.viewport_size
    assert box is not None
    assert size is not None
    return box["x"] >= 0 and box["x"] + box["width"] <= size["width"] and box["y"] + box["height"] <= size["height"]


@pytest.mark.parametrize("language", ["zh", "en"])
def test_every_form_is_accessible_and_fits(ruled_hall: HallServer, open_desk: Any, language: str) -> None:
    ticket = ruled_hall.issue("general")
    other = ruled_hall.issue("general")
    desk = open_desk(ruled_hall)
    page = desk.page
    page.goto(f"{ruled_hall.base}/counter?window=3&lang={language}")
    page.wait_for_selector('#desk[data-link="online"]')
    desk.press("F8")
    desk.shows(ticket["number"], "called")
    desk.press("F4")
    desk.shows("", "open")
    assert violations(page) == []  # with the last step to take back, and one passed
    for name in WHEN_FREE:
        if name == "resume":
            desk.serve(other)
            open_form(desk, "hold")
            page.keyboard.press("Enter")
            desk.shows("", "open")
        open_form(desk, name)
        if name == "bookings":
            page.locator("#bookings-new").press("Enter")
            expect(page.locator("#booking-slot-options input").first).to_be_visible()
            assert violations(page) == []
            page.keyboard.press("Escape")
        assert violations(page) == [], name
        assert fits(page, name), name
        if name == "more":  # all of it is seen at once
            whole = "one => one.scrollHeight <= one.clientHeight"
            assert page.eval_on_selector("#more-dialog", whole)
        page.keyboard.press("Escape")
    page.locator("#aside-line li", has_text=other["number"]).locator("button").press("Enter")
    desk.shows(other["number"], "serving")
    for name in WHILE_SERVING:
        open_form(desk, name)
        assert violations(page) == [], name
        assert fits(page, name), name
        page.keyboard.press("Escape")
    desk.press("F9")
    desk.shows("", "open")


def test_as_a_bar_everything_is_within_reach(ruled_hall: HallServer, open_desk: Any) -> None:
    ticket = ruled_hall.issue("general")
    desk = open_desk(ruled_hall, size=BAR)
    page = desk.page
    tops = "all => all.map((one) => one.offsetTop)"
    free = page.eval_on_selector_all("[data-action]", tops)
    desk.serve(ticket)
    assert page.eval_on_selector_all("[data-action]", tops) == free
    for name in ("hold", "transfer", "more", "bookings"):
        open_form(desk, name)
        assert fits(page, name), name
        assert violations(page) == [], name
        page.keyboard.press("Escape")
    desk.press("F9")
    expect(page.locator("#undo-go")).to_be_visible()
    assert page.eval_on_selector_all("[data-action]", tops) == free
    assert violations(page) == []
    assert page.evaluate("() => document.documentElement.scrollWidth") == BAR[0]


def test_a_form_filled_in_for_one_citizen_never_hits_another(
    ruled_hall: HallServer, open_desk: Any, sign_in_at: Any
) -> None:
    """Another page of the same clerk has called meanwhile; this form was opened for the one before."""
    first, second = (ruled_hall.issue("general") for _ in range(2))
    desk = open_desk(ruled_hall)
    page = desk.page
    desk.serve(first)
    open_form(desk, "hold")
    sign_in_at(ruled_hall, "liu").done(3, "call-next", "start")
    desk.shows(second["number"], "serving")
    page.keyboard.press("Enter")
    expect(page.locator("#notice")).to_contain_text("stale_screen")
    expect(page.locator("#hold-dialog")).to_be_hidden()
    assert desk.kept(second)["state"] == "serving"


def test_a_form_sent_twice_acts_once_and_a_lost_line_sends_nothing_later(
    start_hall: StartHall, open_desk: Any, ruled_sections: dict[str, Any]
) -> None:
    hall = start_hall(**ruled_sections)
    hall.add_staff("liu", "刘伟")
    ticket = hall.issue("general")
    desk = open_desk(hall)
    page = desk.page
    desk.serve(ticket)
    open_form(desk, "hold")
    hall.kill()
    expect(page.locator("#link")).to_have_text("已断线")
    page.keyboard.press("Enter")
    expect(page.locator("#hold-notice")).to_have_text("已断线，恢复后才能操作")
    hall.start()
    expect(page.locator("#link")).to_have_text("已连接")
    desk.shows(ticket["number"], "serving")
    sent: list[str] = []
    page.on("request", lambda request: sent.append(request.url) if request.method == "POST" else None)
    page.evaluate("() => [1, 2].forEach(() => document.getElementById('hold-yes').click())")
    desk.shows("", "open")
    assert [url.rsplit("/", 1)[1] for url in sent] == ["hold"]
