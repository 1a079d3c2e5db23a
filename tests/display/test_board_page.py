"""The hall screen in Chromium: what citizens see of a call."""

from __future__ import annotations

from collections.abc import Callable
from itertools import pairwise

import pytest
from chromium import violations
from hall_server import HallServer, StartHall
from playwright.sync_api import Page, expect
from screen_layout import BOARDS, clipped, too_small, wait_for_rest

OpenScreen = Callable[..., Page]
Call = Callable[[str, int], str]


def test_a_call_shows_the_number_and_the_window(hall: HallServer, open_screen: OpenScreen, call: Call) -> None:
    page = open_screen(hall)
    expect(page.locator("#panel-idle")).to_be_visible()
    call("social-insurance", 3)
    expect(page.locator("#panel-number")).to_have_text("A001")
    expect(page.locator("#panel-window")).to_have_text("3号窗口")
    expect(page.locator("#panel-sentence")).to_have_text("请 A001 号到 3 号窗口办理")
    expect(page.locator("#panel-second")).to_have_text("Number A001, please go to window 3")
    row = page.locator("#windows > li").nth(2)
    expect(row).to_contain_text("正在呼叫A001")
    expect(row).to_have_class("window window-current just-called")


def test_the_screen_follows_the_hall(hall: HallServer, open_screen: OpenScreen, call: Call) -> None:
    page = open_screen(hall)
    call("social-insurance", 3)
    hall.post("windows/3/start")
    expect(page.locator("#panel-label")).to_have_text("刚才叫号")
    expect(page.locator("#windows > li").nth(2)).to_contain_text("正在办理A001")
    hall.post("windows/3/finish")
    expect(page.locator("#panel-idle")).to_be_visible()
    expect(page.locator("#recent > li")).to_have_text("A001到3号窗口")
    call("residence", 4)
    hall.post("windows/4/no-show")
    expect(page.locator("#passed")).to_have_text("B001")
    hall.post("windows/4/pause", {"reason": "设备检修"})
    expect(page.locator("#windows > li").nth(3)).to_contain_text("暂停服务设备检修")
    hall.issue("tax")
    expect(page.locator("#waiting > li").nth(3)).to_have_text("税务申报1 人")


def test_below_the_first_call_the_screen_does_not_say_that_there_was_none(
    hall: HallServer, open_screen: OpenScreen, call: Call
) -> None:
    page = open_screen(hall)
    expect(page.locator("#recent > li")).to_have_text("今天还没有叫号")
    call("social-insurance", 3)
    expect(page.locator("#recent > li")).to_have_text("前面没有叫过的号")
    hall.post("windows/3/start")
    hall.post("windows/3/finish")
    expect(page.locator("#recent > li")).to_have_text("A001到3号窗口")


def test_the_queues_take_the_room_that_the_windows_leave(hall: HallServer, open_screen: OpenScreen) -> None:
    """The windows' next page is longer or shorter, and brings nothing new by itself."""
    page = open_screen(hall)
    page.add_init_script("window.setInterval = () => 0")  # nothing is drawn anew because a page's time is over
    page.reload()
    queues, windows = page.locator("#waiting > li"), page.locator("section.windows")
    expect(queues.first).to_be_visible()
    roomy = queues.count()
    tall = windows.evaluate("(element) => element.getBoundingClientRect().height")
    line = queues.first.evaluate("(element) => element.getBoundingClientRect().height")
    windows.evaluate("(element, height) => { element.style.height = `${height}px`; }", tall + line)
    expect(queues).to_have_count(roomy - 2)
    assert clipped(page) == []
    windows.evaluate("(element) => { element.style.height = '' }")
    expect(queues).to_have_count(roomy)
    assert clipped(page) == []


def test_calls_of_one_second_are_each_large_for_three_seconds(
    hall: HallServer, open_screen: OpenScreen, call: Call
) -> None:
    page = open_screen(hall)
    page.evaluate(
        """() => { window.shown = [];
          new MutationObserver(() => window.shown.push([document.getElementById("panel-number").textContent,
            performance.now()])).observe(document.getElementById("panel-number"), { childList: true }); }"""
    )
    numbers = [call("social-insurance", window) for window in (1, 2, 3)]
    listed = """(numbers) => shown.length < 3 && numbers.every(
      (number, place) => document.querySelectorAll("#windows > li")[place].textContent.includes(number))"""
    page.wait_for_function(listed, arg=numbers)
    page.wait_for_function("() => shown.length === 3")
    shown = page.evaluate("shown")
    assert [number for number, _ in shown] == numbers
    assert shown[1][1] - shown[0][1] >= 2990
    assert shown[2][1] - shown[1][1] >= 2990


def test_a_call_that_is_answered_gives_the_panel_to_the_next_at_once(
    hall: HallServer, open_screen: OpenScreen, call: Call
) -> None:
    page = open_screen(hall)
    call("social-insurance", 3)
    expect(page.locator("#panel-number")).to_have_text("A001")
    hall.post("windows/3/start")
    call("residence", 4)
    row = "document.querySelectorAll('#windows > li')[3].textContent.includes('B001')"
    panel = "document.getElementById('panel-number').textContent"
    shown = page.wait_for_function(f"() => {row} && {panel}")
    assert shown.json_value() == "B001"


def test_without_motion_a_gold_frame_marks_the_new_call(hall: HallServer, open_screen: OpenScreen, call: Call) -> None:
    page = open_screen(hall, reduced_motion="reduce")
    call("social-insurance", 3)
    expect(page.locator("#panel")).to_have_css("border-top-width", "12px")
    expect(page.locator("#panel")).to_have_css("border-top-color", "rgb(255, 211, 107)")
    expect(page.locator("#panel")).not_to_have_css("border-top-width", "12px")


def test_more_windows_than_fit_are_shown_page_by_page_and_a_call_turns_to_its_own(
    start_hall: StartHall, open_screen: OpenScreen
) -> None:
    windows = [
        {"number": n, "name": f"综合窗口{n}", "name_en": f"Window {n}", "services": ["all"]} for n in range(1, 13)
    ]
    hall = start_hall(windows=windows, pads=[])
    hall.open(11)
    page = open_screen(hall)
    expect(page.locator("#windows > li")).to_have_count(8)
    expect(page.locator("#windows-page")).to_have_text("第 1 / 2 页")
    hall.issue("general")
    hall.post("windows/11/call-next")
    expect(page.locator("#windows > li.window-current")).to_contain_text("正在呼叫H001")
    assert clipped(page) == []


def test_six_calls_of_one_second_are_all_gold_at_once_and_each_large_for_three_seconds(
    hall: HallServer, open_screen: OpenScreen
) -> None:
    page = open_screen(hall)
    page.evaluate(
        """() => { window.shown = [];
          const look = () => {
            const large = Array.from(document.querySelectorAll(".panel .panel-number"))
              .filter((number) => number.getBoundingClientRect().width > 0).map((number) => number.textContent);
            const last = window.shown[window.shown.length - 1];
            if (large.length === 0 || (last && String(last[0]) === String(large))) return;
            window.shown.push([large, performance.now()]);
          };
          new MutationObserver(look).observe(document.getElementById("panel"),
            { attributes: true, childList: true, subtree: true, characterData: true }); }"""
    )
    for service in ("general", "social-insurance", "social-insurance", "residence", "property", "tax"):
        hall.issue(service)
    numbers = [hall.post(f"windows/{window}/call-next")["ticket"]["number"] for window in (1, 2, 3, 4, 5, 6)]
    expect(page.locator("#windows > li.window-current")).to_have_count(6)
    page.wait_for_function("(last) => shown.length && shown[shown.length - 1][0].includes(last)", arg=numbers[-1])
    assert page.locator("#windows > li.window-current").count() == 6
    assert clipped(page) == []
    last = page.evaluate("performance.now()")
    page.wait_for_function("(from) => performance.now() - from >= 3000", arg=last)
    shown = page.evaluate("shown")
    assert [number for large, _ in shown for number in large] == numbers
    assert all(len(large) <= 2 for large, _ in shown)
    assert all(after - before >= 2990 for (_, before), (_, after) in pairwise(shown))


def test_a_call_that_is_answered_at_once_is_marked_for_eight_seconds_all_the_same(
    hall: HallServer, open_screen: OpenScreen, call: Call
) -> None:
    page = open_screen(hall)
    row = page.locator("#windows > li").nth(2)
    call("social-insurance", 3)
    expect(row).to_have_class("window window-current just-called")
    marked = page.evaluate("performance.now()")
    hall.post("windows/3/start")
    expect(row).to_have_class("window just-called")
    expect(row).to_have_class("window")
    assert page.evaluate("performance.now()") - marked >= 7500


def test_how_a_missed_number_comes_back_is_what_the_rules_of_the_day_say(
    hall: HallServer, open_screen: OpenScreen
) -> None:
    page = open_screen(hall)
    expect(page.locator("#passed-hint")).to_have_text("到取号机或服务台续号，3 个号后叫您")
    hall.edit_config(lambda content: content["rules"]["no_show"].update(rejoin_after=None, at_kiosk=False))
    hall.post("config/reload")
    expect(page.locator("#passed-hint")).to_have_text("到服务台续号，排到队尾")


def test_a_zones_screen_names_its_zone_and_shows_its_windows(start_hall: StartHall, open_screen: OpenScreen) -> None:
    zone = {"id": "east", "name": "一层东侧 B 等候区", "name_en": "Area B, east side", "windows": [2, 3]}
    hall = start_hall(zones=[zone], displays=[{"id": "east", "name": "东屏", "zone": "east"}], speakers=[])
    page = open_screen(hall, "east")
    expect(page.locator(".head-zone")).to_contain_text("一层东侧 B 等候区")
    expect(page.locator("#windows > li")).to_have_count(2)


def keep_busy(hall: HallServer, call: Call) -> None:
    """Every kind of row, full lists, and two windows that call."""
    for service, window in (("residence", 4), ("company", 6), ("property", 5), ("social-insurance", 2), ("tax", 1)):
        call(service, window)
        hall.post(f"windows/{window}/start")
    hall.post("windows/5/finish")
    for _ in range(3):
        call("property", 5)
        hall.post("windows/5/no-show")
    hall.post("windows/4/finish")
    hall.post("windows/4/pause", {"reason": "设备检修", "minutes": 20})
    call("social-insurance", 3)
    hall.post("windows/2/finish")
    call("social-insurance", 2)


@pytest.mark.parametrize("size", BOARDS.values(), ids=BOARDS.keys())
def test_a_busy_hall_fits_the_screen_and_axe_finds_nothing(
    hall: HallServer, open_screen: OpenScreen, call: Call, size: tuple[int, int]
) -> None:
    keep_busy(hall, call)
    page = open_screen(hall, size=size)
    expect(page.locator("#panel-number")).to_have_text("A003")
    wait_for_rest(page)
    assert clipped(page) == []
    assert too_small(page, 20 * min(size) / (600 if max(size) <= 1024 else 1080)) == []
    assert violations(page) == []


@pytest.mark.parametrize("size", BOARDS.values(), ids=BOARDS.keys())
def test_twelve_windows_that_all_call_fit_the_screen(
    start_hall: StartHall, open_screen: OpenScreen, size: tuple[int, int]
) -> None:
    windows = [
        {"number": n, "name": f"综合窗口{n}", "name_en": f"Window {n}", "services": ["all"]} for n in range(1, 13)
    ]
    hall = start_hall(windows=windows, pads=[])
    page = open_screen(hall, size=size)
    for number in range(1, 13):
        hall.open(number)
        hall.issue("general")
        hall.post(f"windows/{number}/call-next")
    expect(page.locator("#windows > li.window-current").first).to_be_visible()
    page.wait_for_selector("#panel[data-state=pair]")
    assert clipped(page) == []
