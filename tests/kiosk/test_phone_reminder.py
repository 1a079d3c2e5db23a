"""A phone says when it is nearly its owner's turn, as loud as it may, and asks the server for little."""

from __future__ import annotations

import re

import pytest
import requests
from chromium import OpenPage, violations
from hall_server import PATIENCE, HallServer
from playwright.sync_api import Page, expect
from print_hall import PrintHall

PHONE = (390, 844)
WINDOW = 5
# What the phone was told to do, written down: a test has no ears and no pocket.
LISTEN = """() => {
  window.shaken = [];
  window.noticed = [];
  window.rung = 0;
  navigator.vibrate = (pattern) => window.shaken.push(pattern);
  window.Notification = class { constructor(words) { window.noticed.push(words); } };
  window.Notification.permission = 'granted';
  const start = OscillatorNode.prototype.start;
  OscillatorNode.prototype.start = function (...more) { window.rung += 1; return start.apply(this, more); };
}"""


@pytest.fixture
def server(hall: PrintHall) -> HallServer:
    """The shared hall, with the window free and nobody in line for it."""
    return hall.clear(WINDOW)


def open_phone(open_page: OpenPage, address: str) -> Page:
    page = open_page(address, PHONE, reduced_motion="reduce")
    page.clock.install()
    page.reload()
    page.evaluate(LISTEN)
    return page


def next_question(page: Page) -> None:
    with page.expect_response(re.compile(r"/t/.*\.json")):
        page.clock.fast_forward(10_100)


def test_it_rings_shakes_and_notifies_when_near_and_again_when_called(server: HallServer, open_page: OpenPage) -> None:
    for _ in range(4):
        server.issue("property")
    ticket = server.issue("property")
    page = open_phone(open_page, ticket["url"])
    expect(page.locator("#reminder-how")).to_contain_text("前面剩 3 人时响铃和震动")
    page.click("#reminder-switch")
    expect(page.locator("#reminder-switch")).to_have_attribute("aria-checked", "true")
    assert violations(page) == []
    assert page.evaluate("window.rung") == 0
    server.post(f"windows/{WINDOW}/call-next")
    next_question(page)
    expect(page.locator("#note")).to_have_text("快到您了，请在窗口附近等候")
    assert page.evaluate("[window.rung, window.shaken.length]") == [2, 1]
    assert page.evaluate("window.noticed") == [f"{ticket['number']} 前面还有 3 人，快到了"]
    server.post(f"windows/{WINDOW}/call-next")
    next_question(page)
    expect(page.locator("#facts")).to_contain_text("2 人")
    assert page.evaluate("window.rung") == 2  # nearer is no other news
    for _ in range(3):
        server.post(f"windows/{WINDOW}/call-next")
    next_question(page)
    expect(page.locator("#goto")).to_be_visible()
    assert page.evaluate("[window.rung, window.shaken.length]") == [4, 2]
    page.clock.run_for(1_100)
    expect(page).to_have_title(f"{ticket['number']} 请到 {WINDOW} 号窗口")
    server.post(f"windows/{WINDOW}/start")
    next_question(page)
    expect(page).to_have_title(re.compile(f"^{ticket['number']} – "))


def test_without_being_asked_to_it_is_silent_and_says_it_on_the_page(server: HallServer, open_page: OpenPage) -> None:
    ticket = server.issue("property")
    page = open_phone(open_page, ticket["url"])
    server.post(f"windows/{WINDOW}/call-next")
    next_question(page)
    expect(page.locator("#goto")).to_contain_text(f"请到 {WINDOW} 号窗口")
    expect(page.locator("#reminder")).to_be_hidden()
    assert page.evaluate("[window.rung, window.shaken.length, window.noticed.length]") == [0, 0, 0]


def test_a_phone_that_knows_how_it_stands_is_told_so_in_a_few_bytes(server: HallServer) -> None:
    address = f"{server.issue('property')['url']}.json"
    first = requests.get(address, timeout=PATIENCE)
    assert (first.status_code, first.headers["Cache-Control"]) == (200, "private, no-cache")
    known = {"If-None-Match": first.headers["ETag"]}
    server.issue("tax")  # what happens elsewhere in the hall is no news here
    again = requests.get(address, headers=known, timeout=PATIENCE)
    assert (again.status_code, again.content) == (304, b"")
    server.post(f"windows/{WINDOW}/call-next")
    called = requests.get(address, headers=known, timeout=PATIENCE)
    assert (called.status_code, called.json()["state"]) == (200, "called")


def test_a_phone_far_back_in_line_asks_seldom(server: HallServer, open_page: OpenPage) -> None:
    for _ in range(11):
        server.issue("property")
    page = open_phone(open_page, server.issue("property")["url"])
    expect(page.locator("#updated")).to_contain_text("每 30 秒")
    server.post(f"windows/{WINDOW}/call-next")
    with page.expect_response(re.compile(r"/t/.*\.json")):
        page.clock.fast_forward(30_100)
    expect(page.locator("#updated")).to_contain_text("每 10 秒")
