"""The hall screen in Chromium when the server dies: no old call looks like one of now, or is heard."""

from __future__ import annotations

import os
import signal
import time
from collections.abc import Callable, Iterator
from contextlib import contextmanager

import pytest
from chromium import OpenPage, violations
from cut_wire import CutWire
from hall_server import HallServer, StartHall
from hall_voice import (
    assert_no_overlap,
    heard,
    ids,
    readings,
    speaker,
    spoken,
    wait_until_silent,
    wait_until_speaking,
)
from playwright.sync_api import Page, expect
from waiting import wait_until

OpenScreen = Callable[..., Page]
Call = Callable[[str, int], str]
OFFLINE = '#board[data-link="offline"]'
ONLINE = '#board[data-link="online"]'
RIGHT_AGAIN = 8.0
"""Seconds after which a screen must be right again, once it could be."""


@pytest.fixture
def once(start_hall: StartHall) -> HallServer:
    """A hall that speaks each call once."""
    server = start_hall(voice={"languages": ["zh"], "repeats": 1})
    server.open(1, 2, 3, 4, 5, 6)
    return server


@pytest.fixture
def wire(once: HallServer) -> Iterator[CutWire]:
    opened = CutWire(once.port)
    yield opened
    opened.close()


def call(hall: HallServer, service: str, window: int) -> None:
    hall.issue(service)
    hall.post(f"windows/{window}/call-next")


def test_a_killed_server_is_shown_at_once_and_the_old_data_stands_back(
    hall: HallServer, open_screen: OpenScreen, call: Call
) -> None:
    page = open_screen(hall)
    call("social-insurance", 3)
    expect(page.locator("#panel-number")).to_have_text("A001")
    hall.kill()
    page.wait_for_selector(OFFLINE)
    expect(page.locator("#panel")).to_contain_text("请听窗口人员叫号")
    expect(page.locator("#panel-call")).to_be_hidden()
    expect(page.locator("#link")).to_contain_text("网络中断")
    expect(page.locator("#recent-title")).to_have_text("断网前叫过的号")
    expect(page.locator("[data-as-of]").first).to_contain_text("截至")
    expect(page.locator("#windows")).to_have_css("opacity", "0.72")
    row = page.locator("#windows > li").nth(2)
    expect(row).not_to_have_css("background-color", "rgb(255, 211, 107)")
    expect(row.get_by_text("正在呼叫")).to_be_hidden()
    assert violations(page) == []


def test_what_sounds_when_the_server_is_killed_is_heard_to_its_end_and_never_again(
    once: HallServer, open_screen: OpenScreen
) -> None:
    page = open_screen(once)
    call(once, "social-insurance", 3)
    (first,) = ids(once)
    wait_until_speaking(page)
    once.kill()
    page.wait_for_selector(OFFLINE)
    once.start()
    begun = time.monotonic()
    page.wait_for_selector(ONLINE)
    expect(page.locator("#panel-number")).to_have_text("A001")
    assert time.monotonic() - begun < RIGHT_AGAIN
    wait_until_silent(page, 1)
    call(once, "residence", 4)
    second = ids(once)[-1]
    wait_until_silent(page, 2)
    assert readings(page) == [(first, 1), (second, 1)]
    assert_no_overlap(spoken(page))


def test_a_call_that_waits_when_the_server_is_killed_is_spoken_after_it_is_back(
    once: HallServer, open_screen: OpenScreen
) -> None:
    page = open_screen(once)
    call(once, "social-insurance", 3)
    wait_until_speaking(page)
    call(once, "residence", 4)
    first, second = ids(once)
    once.kill()
    once.start()
    page.wait_for_selector(ONLINE)
    wait_until_silent(page, 2)
    assert readings(page) == [(first, 1), (second, 1)]
    assert_no_overlap(spoken(page))


def test_a_call_that_was_begun_is_not_begun_by_another_screen_after_a_restart(
    once: HallServer, open_screen: OpenScreen
) -> None:
    page = open_screen(once)
    call(once, "social-insurance", 3)
    (first,) = ids(once)
    wait_until_speaking(page)
    assert heard(page) == [first]
    wait_until(lambda: f"call:{first}:" in (once.folder / "spoken.json").read_text(), "it is written down")
    once.kill()
    page.close()
    once.start()
    fresh = open_screen(once)
    assert ids(once) == [first]
    call(once, "residence", 4)
    second = ids(once)[-1]
    wait_until_silent(fresh, 1)
    assert heard(fresh) == [second]


def test_a_call_answered_while_the_screen_was_away_is_never_spoken(once: HallServer, open_screen: OpenScreen) -> None:
    page = open_screen(once)
    call(once, "social-insurance", 3)
    wait_until_speaking(page)
    call(once, "residence", 4)
    first, _ = ids(once)
    page.context.set_offline(True)
    once.kill()
    page.wait_for_selector(OFFLINE)
    once.start()
    once.post("windows/4/start")
    page.context.set_offline(False)
    page.wait_for_selector(ONLINE)
    call(once, "property", 5)
    third = ids(once)[-1]
    wait_until_silent(page, 2)
    assert heard(page) == [first, third]


def test_the_line_may_go_in_the_middle_of_a_sentence(wire: CutWire, once: HallServer, open_screen: OpenScreen) -> None:
    page = open_screen(once, base=wire.base)
    call(once, "social-insurance", 3)
    wait_until_speaking(page)
    call(once, "residence", 4)
    first, second = ids(once)
    wire.cut()
    page.wait_for_selector(OFFLINE)
    wire.mend()
    page.wait_for_selector(ONLINE)
    wait_until_silent(page, 2)
    assert readings(page) == [(first, 1), (second, 1)]
    assert_no_overlap(spoken(page))
    assert speaker(once) == ("ready", None)


def test_a_screen_that_slept_is_right_again_and_speaks_what_is_still_awaited(
    once: HallServer, open_screen: OpenScreen
) -> None:
    page = open_screen(once)
    with asleep(page):
        wait_until(lambda: speaker(once) == ("offline", None), "it is missed")
        call(once, "social-insurance", 3)
        once.post("windows/3/start")
        call(once, "residence", 4)
        (awaited,) = ids(once)
    woken = time.monotonic()
    expect(page.locator("#panel-number")).to_have_text("B001")
    assert time.monotonic() - woken < RIGHT_AGAIN
    wait_until_silent(page, 1)
    assert heard(page) == [awaited]


def test_a_screen_that_only_dozed_looks_at_the_hall_anew(once: HallServer, open_screen: OpenScreen) -> None:
    """Its connection has outlived the sleep; whatever it may have missed comes with the whole view."""
    page = open_screen(once)
    frames: list[str] = []
    page.on("websocket", lambda socket: socket.on("framesent", lambda frame: frames.append(str(frame))))
    page.reload()
    page.wait_for_selector(ONLINE)
    asked = len([frame for frame in frames if "snapshot" in frame])
    with asleep(page):
        time.sleep(4.5)  # so long it sleeps
    wait_until(lambda: turn(page) and len([one for one in frames if "snapshot" in one]) > asked, "it asks again")


@pytest.mark.timeout(60)
def test_a_frozen_server_is_noticed(hall: HallServer, open_screen: OpenScreen) -> None:
    page = open_screen(hall)
    assert hall.process is not None
    hall.process.send_signal(signal.SIGSTOP)
    frozen = time.monotonic()
    try:
        page.wait_for_selector(OFFLINE, timeout=20_000)
        noticed = time.monotonic() - frozen
    finally:
        os.kill(hall.process.pid, signal.SIGCONT)
    page.wait_for_selector(ONLINE)
    assert noticed <= 8


def test_the_halls_time_is_the_servers_whatever_the_screens_pc_believes(
    once: HallServer, open_screen: OpenScreen, open_page: OpenPage
) -> None:
    page = open_page("about:blank", (1920, 1080))
    page.add_init_script("""{
      const Real = Date;
      const skewed = () => Real.now() + 3600000;
      window.Date = class extends Real {
        constructor(...parts) { if (parts.length) super(...parts); else super(skewed()); }
        static now() { return skewed(); }
      };
    }""")
    page.goto(f"{once.base}/display/hall?token={once.tokens['display']}")
    page.wait_for_selector(ONLINE)
    right = open_screen(once).locator("#clock-time").inner_text
    wait_until(lambda: page.locator("#clock-time").inner_text() == right(), "both show the hall's time")
    page.context.set_offline(False)


def turn(page: Page) -> bool:
    """Let the driver hear what the page has done meanwhile."""
    return bool(page.evaluate("true"))


@contextmanager
def asleep(page: Page) -> Iterator[None]:
    """The browser's pages stand still, as those of a PC do that sleeps; their connections stay for a while."""
    browser = page.context.browser
    assert browser is not None
    session = browser.new_browser_cdp_session()
    processes = session.send("SystemInfo.getProcessInfo")["processInfo"]
    pages = [process["id"] for process in processes if process["type"] == "renderer"]
    for process in pages:
        os.kill(process, signal.SIGSTOP)
    try:
        yield
    finally:
        for process in pages:
            os.kill(process, signal.SIGCONT)
        session.detach()
