"""The hall screen in Chromium: what citizens see of a call."""

from __future__ import annotations

from collections.abc import Callable

import pytest
from chromium import violations
from hall_server import HallServer, StartHall
from playwright.sync_api import Page, expect

OpenScreen = Callable[..., Page]
Call = Callable[[str, int], str]

SIZES = {"full HD": (1920, 1080), "4K": (3840, 2160), "HD ready": (1366, 768), "upright": (1080, 1920)}

# Boxes, not scroll sizes: the line of a large number is taller than its figures, which harms nobody.
CLIPPED = """() => [[".zone-calls", "section, p, li"], [".zone-hall", "section, p, li"],
    [".panel", "p, .panel-big > *"], [".waiting", "li"],
    [".window", ":scope > *"], [".recent-call", ":scope > *"], [".head", ":scope > *"]]
  .flatMap(([frames, parts]) => Array.from(document.querySelectorAll(frames)).flatMap((frame) => {
    const outer = frame.getBoundingClientRect();
    return Array.from(frame.querySelectorAll(parts)).filter((part) => {
      const inner = part.getBoundingClientRect();
      return inner.width > 0 && !part.closest(".visually-hidden") && (inner.left < outer.left - 1
        || inner.right > outer.right + 1 || inner.top < outer.top - 1 || inner.bottom > outer.bottom + 1);
    }).map((part) => `${part.className || part.textContent} leaves ${frame.className}`);
  }))"""


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
    for place, number in enumerate(numbers):
        expect(page.locator("#windows > li").nth(place)).to_contain_text(number, timeout=2000)
    page.wait_for_function("() => shown.length === 3", timeout=10_000)
    shown = page.evaluate("shown")
    assert [number for number, _ in shown] == numbers
    assert shown[1][1] - shown[0][1] >= 2990
    assert shown[2][1] - shown[1][1] >= 2990


def test_without_motion_a_gold_frame_marks_the_new_call(hall: HallServer, open_screen: OpenScreen, call: Call) -> None:
    page = open_screen(hall, reduced_motion="reduce")
    call("social-insurance", 3)
    expect(page.locator("#panel")).to_have_css("border-top-width", "12px")
    expect(page.locator("#panel")).to_have_css("border-top-color", "rgb(255, 211, 107)")
    expect(page.locator("#panel")).not_to_have_css("border-top-width", "12px", timeout=9000)


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
    expect(page.locator("#windows > li.window-current")).to_contain_text("正在呼叫H001", timeout=2000)
    assert page.evaluate(CLIPPED) == []


@pytest.mark.parametrize("size", SIZES.values(), ids=SIZES.keys())
def test_a_busy_hall_fits_the_screen_and_axe_finds_nothing(
    hall: HallServer, open_screen: OpenScreen, call: Call, size: tuple[int, int]
) -> None:
    for service, window in (("residence", 4), ("company", 6), ("property", 5), ("social-insurance", 2)):
        call(service, window)
        hall.post(f"windows/{window}/start")
    hall.post("windows/4/finish")
    hall.post("windows/4/pause", {"reason": "设备检修", "minutes": 20})
    call("social-insurance", 3)
    page = open_screen(hall, size=size)
    expect(page.locator("#panel-number")).to_have_text("A002")
    assert page.evaluate(CLIPPED) == []
    page.wait_for_function("() => document.getAnimations().every((a) => a.animationName === 'notices-run')")
    assert violations(page) == []
