"""A window's own screen in Chromium."""

from __future__ import annotations

import re
from collections.abc import Callable
from datetime import datetime, timedelta

import pytest
from chromium import violations
from hall_server import HallServer, StartHall
from playwright.sync_api import Page, WebSocketRoute, expect
from screen_layout import WINDOWS, clipped, too_small, wait_for_rest

OpenScreen = Callable[..., Page]
Call = Callable[[str, int], str]
SCREENS = [{"id": f"window-{number}", "name": f"{number} 号窗口屏", "window": number} for number in (2, 3, 4, 5)]


@pytest.fixture
def hall(start_hall: StartHall) -> HallServer:
    """A hall whose windows have screens of their own; window 5 is closed."""
    server = start_hall(displays=SCREENS, speakers=[])
    server.open(1, 2, 3, 4)
    return server


def test_a_window_is_free_calls_serves_and_is_free_again(hall: HallServer, open_screen: OpenScreen, call: Call) -> None:
    page = open_screen(hall, "window-3")
    expect(page.locator("#place-title")).to_have_text("3 号窗口")
    expect(page.locator("#place-idle")).to_contain_text("空闲")
    expect(page.locator("#place-idle")).to_contain_text("请取号或直接办理")
    expect(page.locator("#clerk")).to_contain_text("陈晓兰")
    expect(page.locator("#clerk-number")).to_have_text("0307")
    expect(page.locator("#clerk-picture .portrait")).to_be_visible()
    call("social-insurance", 3)
    expect(page.locator("#place-big")).to_have_text("A001")
    expect(page.locator("#place-label")).to_have_text("正在呼叫")
    expect(page.locator("#place-sentence")).to_have_text("请到本窗口办理")
    hall.post("windows/3/recall")
    expect(page.locator("#place-label")).to_have_text("再次叫号")
    hall.issue("social-insurance")
    hall.post("windows/3/start")
    expect(page.locator("#place-label")).to_have_text("正在办理")
    expect(page.locator("#place-number [data-line]")).to_have_text("等候 1 人：A002")
    hall.post("windows/3/finish")
    expect(page.locator("#place-idle [data-line]")).to_be_visible()


def test_each_call_flashes_and_its_number_stays_gold_until_it_is_answered(
    hall: HallServer, open_screen: OpenScreen, call: Call
) -> None:
    page = open_screen(hall, "window-3")
    call("social-insurance", 3)
    expect(page.locator("#place-number")).to_have_class("place-state place-number just-called")
    wait_for_rest(page)
    expect(page.locator("#place-big")).to_have_css("color", "rgb(255, 211, 107)")
    expect(page.locator("#place-number")).to_have_class("place-state place-number")
    hall.post("windows/3/recall")
    expect(page.locator("#place-number")).to_have_class("place-state place-number just-called")
    hall.post("windows/3/start")
    expect(page.locator("#place-big")).to_have_css("color", "rgb(243, 247, 253)")


def test_a_paused_window_says_why_until_when_and_where_else(hall: HallServer, open_screen: OpenScreen) -> None:
    page = open_screen(hall, "window-2")
    hall.post("windows/2/pause", {"reason": "设备检修", "minutes": 14})
    away = page.locator("#place-away")
    expect(away).to_contain_text("暂停服务")
    expect(away).to_contain_text("原因设备检修")
    expect(away).to_contain_text("还有14 分钟")
    expect(page.locator("#away-elsewhere")).to_contain_text("急办请到 13 号窗口")
    expect(page.locator("#clerk")).to_be_hidden()


def test_a_clerk_who_is_late_is_coming_back_and_no_minutes_are_counted_below_none(
    hall: HallServer, open_screen: OpenScreen
) -> None:
    hall.post("windows/2/pause", {"reason": "用餐", "minutes": 2})
    page = open_screen(hall, "window-2")
    expect(page.locator("#place-away")).to_contain_text("还有2 分钟")
    page.route_web_socket("**/socket.io/**", three_minutes_on)
    page.reload()
    expect(page.locator("#place-away")).to_contain_text("预计恢复正在返回")
    expect(page.locator("#place-away")).not_to_contain_text("还有")


def three_minutes_on(line: WebSocketRoute) -> None:
    """What the server says the time is, from the page's side; all else passes as it is."""
    server = line.connect_to_server()

    def later(told: re.Match[str]) -> str:
        return f'"now":"{datetime.fromisoformat(told[1]) + timedelta(minutes=3):%Y-%m-%dT%H:%M:%S.%f%z}"'

    server.on_message(lambda message: line.send(re.sub(r'"now":"([^"]+)"', later, str(message))))


def test_a_closed_window_says_so_and_where_else_to_go(hall: HallServer, open_screen: OpenScreen) -> None:
    page = open_screen(hall, "window-5")
    expect(page.locator("#place-away")).to_contain_text("暂未开放")
    expect(page.locator("#away-elsewhere")).to_contain_text("1 号窗口")


def test_a_dead_line_shows_no_old_number(hall: HallServer, open_screen: OpenScreen, call: Call) -> None:
    page = open_screen(hall, "window-3")
    call("social-insurance", 3)
    expect(page.locator("#place-big")).to_have_text("A001")
    hall.kill()
    page.wait_for_selector('#board[data-link="offline"]')
    expect(page.locator("#place-number")).to_be_hidden()
    expect(page.locator("#place-offline")).to_contain_text("您的号仍然有效")
    assert clipped(page) == []
    assert violations(page) == []
    hall.start()
    page.wait_for_selector('#board[data-link="online"]')
    expect(page.locator("#place-big")).to_be_visible()


@pytest.mark.parametrize("size", WINDOWS.values(), ids=WINDOWS.keys())
def test_every_state_fits_every_screen_and_axe_finds_nothing(
    hall: HallServer, open_screen: OpenScreen, call: Call, size: tuple[int, int]
) -> None:
    hall.post("windows/2/pause", {"reason": "办理业务系统升级", "minutes": 14})
    call("social-insurance", 3)
    call("residence", 4)
    hall.post("windows/4/start")
    for _ in range(4):
        hall.issue("residence")
    least = 20 * min(size) / 600
    for screen, state in (("window-2", "away"), ("window-3", "number"), ("window-4", "number"), ("window-5", "away")):
        page = open_screen(hall, screen, size=size)
        expect(page.locator(f"#place-{state}")).to_be_visible()
        wait_for_rest(page)
        assert clipped(page) == []
        assert too_small(page, least) == []
        assert violations(page) == []
        page.close()
