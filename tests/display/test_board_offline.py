"""The hall screen in Chromium when the server dies: no old call looks like one of now, or is heard."""

from __future__ import annotations

import os
import signal
import time
from collections.abc import Callable

import pytest
from chromium import violations
from hall_server import HallServer
from playwright.sync_api import Page, expect

OpenScreen = Callable[..., Page]
Call = Callable[[str, int], str]
OFFLINE = '#board[data-link="offline"]'
ONLINE = '#board[data-link="online"]'
ALL_SPOKEN = "() => jiaohao.speaker.log.length > 0 && jiaohao.speaker.pending.length === 0"


def heard(page: Page) -> list[int]:
    ids: list[int] = page.evaluate("Array.from(new Set(jiaohao.speaker.log.map((line) => line.announcement)))")
    return ids


def test_a_killed_server_is_shown_at_once_and_the_old_data_stands_back(
    hall: HallServer, open_screen: OpenScreen, call: Call
) -> None:
    page = open_screen(hall)
    call("social-insurance", 3)
    expect(page.locator("#panel-number")).to_have_text("A001")
    hall.kill()
    page.wait_for_selector(OFFLINE, timeout=8000)
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


def test_the_screen_comes_back_by_itself_with_what_is_true_now_and_repeats_nothing(
    hall: HallServer, open_screen: OpenScreen, call: Call
) -> None:
    page = open_screen(hall)
    call("social-insurance", 3)
    page.wait_for_function("() => jiaohao.speaker.log.length > 0")
    (first,) = heard(page)
    hall.kill()
    page.wait_for_selector(OFFLINE)
    page.wait_for_function(ALL_SPOKEN, timeout=20_000)
    passes = page.evaluate("jiaohao.speaker.log.length")
    hall.start()
    page.wait_for_selector(ONLINE, timeout=10_000)
    expect(page.locator("#panel-number")).to_have_text("A001")
    expect(page.locator("#panel-call")).to_be_visible()
    assert page.evaluate("jiaohao.speaker.log.length") == passes
    hall.post("windows/3/finish")
    call("residence", 4)
    expect(page.locator("#panel-number")).to_have_text("B001")
    page.wait_for_function("() => jiaohao.speaker.pending.length > 0")
    page.wait_for_function(ALL_SPOKEN, timeout=20_000)
    assert len(heard(page)) == 2
    assert heard(page)[0] == first
    assert page.evaluate(f"jiaohao.speaker.log.filter((line) => line.announcement === {first}).length") == passes


def test_a_call_answered_while_the_screen_was_away_is_never_spoken(
    hall: HallServer, open_screen: OpenScreen, call: Call
) -> None:
    page = open_screen(hall)
    call("social-insurance", 3)
    call("residence", 4)
    page.wait_for_function("() => jiaohao.speaker.pending.length === 2")
    _, missed = page.evaluate("jiaohao.speaker.pending")
    page.context.set_offline(True)
    hall.kill()
    page.wait_for_selector(OFFLINE)
    hall.start()
    hall.post("windows/4/start")
    page.context.set_offline(False)
    page.wait_for_selector(ONLINE, timeout=10_000)
    call("property", 5)
    page.wait_for_function("() => new Set(jiaohao.speaker.log.map((line) => line.announcement)).size === 2")
    page.wait_for_function(ALL_SPOKEN, timeout=20_000)
    assert missed not in heard(page)


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
    page.wait_for_selector(ONLINE, timeout=10_000)
    assert noticed <= 8
