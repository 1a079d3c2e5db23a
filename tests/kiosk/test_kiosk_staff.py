"""The staff's panel at the touch page: hidden, behind a PIN, and closed again by itself."""

from __future__ import annotations

from collections.abc import Callable

import pytest
import requests
from chromium import OpenPage, violations
from hall_server import PATIENCE
from playwright.sync_api import Page, Route, expect
from print_hall import PIN, PrintHall, texts

from kiosk.virtual_printer import Faults, VirtualPrinter

SIZE = (1080, 1920)
CORNER = (SIZE[0] - 20, 20)
OpenKiosk = Callable[..., Page]


@pytest.fixture
def page(guarded: PrintHall, open_kiosk: OpenKiosk) -> Page:
    return open_kiosk(guarded)


def touch_corner(page: Page, times: int = 5) -> None:
    for _ in range(times):
        page.mouse.click(*CORNER)


def enter(page: Page, pin: str) -> None:
    for digit in pin:
        page.locator("#screen-pin .pad-digit", has_text=digit).click()
    page.click("#pin-send")


def unlock(page: Page) -> None:
    touch_corner(page)
    enter(page, PIN)
    expect(page.locator("#screen-staff")).to_be_visible()


def test_five_touches_and_the_pin_open_the_panel(page: Page, guarded: PrintHall) -> None:
    number = guarded.server.issue("tax")["number"]
    touch_corner(page, 4)
    expect(page.locator("#screen-home")).to_be_visible()
    touch_corner(page, 1)
    expect(page.locator("#screen-pin")).to_be_visible()
    page.locator("#screen-pin .pad-digit", has_text="2").click()
    expect(page.locator("#pin-field")).to_have_text("●")
    assert violations(page) == []
    page.keyboard.type("580")  # a reader is no finger
    page.keyboard.press("Enter")
    expect(page.locator("#pin-field")).to_have_text("●")
    enter(page, "580")
    expect(page.locator("#staff-printer")).to_contain_text("打印机正常")
    expect(page.locator("#staff-last")).to_contain_text(number)
    expect(page.locator("#staff-jobs")).to_contain_text("已打印 1")
    assert violations(page) == []
    assert PIN not in page.content()
    page.click("#staff-close")
    expect(page.locator("#screen-home")).to_be_visible()


def test_what_is_wrong_with_the_printer_is_said_with_what_to_do(
    page: Page, guarded_printer: VirtualPrinter, guarded: PrintHall
) -> None:
    guarded_printer.faults = Faults(paper_out=True)
    guarded.printer_becomes("blocked", "paper_out")
    unlock(page)
    expect(page.locator("#staff-printer")).to_contain_text("没纸")
    expect(page.locator("#staff-printer")).to_contain_text("换上新纸卷")


def test_a_test_slip_comes_out_of_this_machine(page: Page, guarded_printer: VirtualPrinter) -> None:
    before = len(texts(guarded_printer))
    unlock(page)
    page.click("#staff-test")
    slip = texts(guarded_printer, before + 1)[-1]
    assert "1 号取号机" in slip
    expect(page.locator("#screen-staff")).to_be_visible()


def test_a_paused_kiosk_gives_no_numbers_and_names_the_others(page: Page, guarded: PrintHall) -> None:
    unlock(page)
    page.click("#staff-pause")
    expect(page.locator("#staff-pause")).to_have_attribute("aria-pressed", "true")
    page.click("#staff-close")
    expect(page.locator("#screen-paused")).to_contain_text("请到旁边的2 号取号机")
    assert violations(page) == []
    page.reload()
    expect(page.locator("#screen-paused")).to_be_visible()
    server = guarded.server
    refused = server.call_api("POST", "tickets", json={"service": "tax"}, headers=server.device("kiosk"))
    assert (refused.status_code, refused.json()["error"]["code"]) == (409, "kiosk_paused")
    guarded.take("2", "tax")  # the other one goes on
    expect(page.locator("#kiosk")).to_have_attribute("data-link", "online")
    unlock(page)
    page.click("#staff-pause")
    expect(page.locator("#staff-pause")).to_have_attribute("aria-pressed", "false")
    page.click("#staff-close")
    expect(page.locator("#screen-home")).to_be_visible()
    server.issue("tax")


def test_a_panel_that_nobody_touches_closes(guarded: PrintHall, open_page: OpenPage) -> None:
    page = open_page(guarded.page("1"), SIZE)
    page.clock.install()
    page.reload()
    expect(page.locator("#kiosk")).to_have_attribute("data-link", "online")
    unlock(page)
    page.clock.fast_forward(50_000)
    page.locator("#staff-title").click()
    page.clock.fast_forward(50_000)
    expect(page.locator("#screen-staff")).to_be_visible()
    page.clock.fast_forward(11_000)
    expect(page.locator("#screen-home")).to_be_visible()


def test_a_pin_answered_after_the_panel_was_left_opens_nothing(page: Page) -> None:
    held: list[Route] = []
    page.route("**/api/v1/kiosk/unlock", lambda route: held.append(route))
    touch_corner(page)
    expect(page.locator("#tools")).to_be_hidden()
    with page.expect_request("**/api/v1/kiosk/unlock"):
        enter(page, PIN)
    page.click("#pin-back")
    expect(page.locator("#tools")).to_be_visible()
    with page.expect_response("**/api/v1/kiosk/unlock") as answer:
        held[0].continue_()
    assert answer.value.status == 200
    answer.value.finished()
    page.unroute("**/api/v1/kiosk/unlock")
    touch_corner(page)
    expect(page.locator("#screen-pin")).to_be_visible()
    enter(page, PIN)
    expect(page.locator("#screen-staff")).to_be_visible()
    expect(page.locator("#tools")).to_be_hidden()


def test_the_way_out_leads_to_the_map_of_the_hall(page: Page, guarded: PrintHall) -> None:
    unlock(page)
    page.click("#staff-exit")
    page.wait_for_url(f"{guarded.server.base}/")


def test_a_kiosk_without_a_pin_has_no_panel(guarded: PrintHall, open_kiosk: OpenKiosk) -> None:
    page = open_kiosk(guarded, "2")
    touch_corner(page, 10)
    expect(page.locator("#screen-home")).to_be_visible()


def test_nothing_of_the_panel_is_done_without_a_permit_of_this_kiosk(guarded: PrintHall) -> None:
    server = guarded.server
    for path, body in (("panel", {}), ("pause", {"paused": True})):
        for permit in ("made-up", "IjIi.aaaa.bbbb"):
            headers = server.device("kiosk")
            answer = server.call_api("POST", f"kiosk/{path}", json={"permit": permit, **body}, headers=headers)
            assert (answer.status_code, answer.json()["error"]["code"]) == (403, "panel_closed")
    assert server.call_api("POST", "kiosk/unlock", json={"pin": PIN}).status_code == 401  # a clerk is no kiosk


def test_guesses_are_slowed_down_and_then_even_the_right_one_is_refused(guarded: PrintHall) -> None:
    def guess(pin: str) -> int:
        address = f"{guarded.server.base}/api/v1/kiosk/unlock"
        headers = guarded.server.device("kiosk")
        return requests.post(address, json={"pin": pin}, headers=headers, timeout=PATIENCE).status_code

    assert guess(PIN) == 200
    assert [guess(f"{n:04}") for n in range(5)] == [403] * 5
    assert [guess("9999"), guess(PIN)] == [429, 429]
