"""The device board, the clerk's strip and the leader's panel in Chromium, with a printer whose paper is pulled out."""

from __future__ import annotations

from typing import Any

import pytest
from chromium import OpenPage, violations
from hall_server import PASSWORD, PATIENCE
from playwright.sync_api import Page, expect
from print_hall import PrintHall, texts, with_number

from kiosk.virtual_printer import Faults, PowerOff, VirtualPrinter

SOON = PATIENCE * 1000
CARD = '[data-printer="1"]'


@pytest.fixture
def open_desk(open_page: OpenPage, hall: PrintHall) -> Any:
    """A clerk's desk at a window, live."""

    def opened(window: int, username: str = "liu") -> Page:
        page = open_page(f"{hall.server.base}/counter", (1366, 768))
        _sign_in(page, username)
        page.click(f'[data-window="{window}"]')
        page.wait_for_selector('#desk[data-link="online"]')
        return page

    return opened


def _sign_in(page: Page, username: str) -> None:
    page.fill("[name=username]", username)
    page.fill("[name=password]", PASSWORD)
    page.click("#sign-in")


def test_paper_that_runs_out_shows_on_the_board_and_at_the_desks_until_it_is_there_again(
    hall: PrintHall, printer: VirtualPrinter, open_board: Any, open_desk: Any
) -> None:
    board, desk = open_board("liu"), open_desk(1)
    expect(board.locator(f"{CARD} .printer-head .chip")).to_have_text("就绪")
    expect(desk.locator("#devices")).to_be_hidden()

    printer.faults = Faults(paper_out=True)
    expect(board.locator(f"{CARD} .printer-head .chip")).to_have_text("没纸了", timeout=SOON)
    expect(board.locator(f"{CARD} .printer-do")).to_have_text("打开上盖，换一卷 80 mm 热敏纸")
    expect(board.locator("#alerts .wrong").first).to_contain_text("1 号取号机 没纸了")
    expect(desk.locator("#devices")).to_be_visible(timeout=SOON)
    expect(desk.locator("#devices .strip-words")).to_contain_text("1 号取号机 没纸了")
    expect(desk.locator("#devices a")).to_have_attribute("href", "/devices")
    assert violations(board) == []
    assert violations(desk) == []

    printer.reload_paper()
    expect(board.locator(f"{CARD} .printer-head .chip")).to_have_text("就绪", timeout=SOON)
    expect(board.locator(f"{CARD} .printer-do")).to_have_count(0)
    expect(desk.locator("#devices")).to_be_hidden(timeout=SOON)


def test_the_strip_moves_none_of_the_desks_buttons(hall: PrintHall, printer: VirtualPrinter, open_desk: Any) -> None:
    desk = open_desk(1)
    places = "all => all.map((one) => [one.offsetLeft, one.getBoundingClientRect().top])"
    before = desk.eval_on_selector_all("[data-action], .today .button", places)
    printer.faults = Faults(cover_open=True)
    expect(desk.locator("#devices")).to_be_visible(timeout=SOON)
    assert desk.eval_on_selector_all("[data-action], .today .button", places) == before


def test_a_roll_that_is_nearly_used_up_is_a_warning_and_goes_on_printing(
    hall: PrintHall, printer: VirtualPrinter, open_board: Any, open_desk: Any
) -> None:
    board, desk = open_board("liu"), open_desk(1)
    printer.faults = Faults(paper_near=True)
    expect(board.locator(f"{CARD} .printer-do")).to_contain_text("请备好一卷", timeout=SOON)
    expect(board.locator(f"{CARD} .printer-head .chip")).to_have_text("就绪")
    expect(desk.locator("#devices .strip-words")).to_contain_text("纸快用完了", timeout=SOON)
    assert hall.until(hall.take()) == ("printed", None)
    expect(board.locator(CARD)).to_contain_text("已打印")


def test_put_aside_it_stays_away_from_this_clerk_unless_it_gets_worse(
    hall: PrintHall, printer: VirtualPrinter, open_desk: Any
) -> None:
    desk = open_desk(1)
    printer.faults = Faults(paper_near=True)
    expect(desk.locator("#devices")).to_be_visible(timeout=SOON)
    desk.click("#device-later")
    expect(desk.locator("#devices")).to_be_hidden()
    desk.reload()
    desk.wait_for_selector('#desk[data-link="online"]')
    expect(desk.locator("#ticket")).to_be_visible()
    expect(desk.locator("#devices")).to_be_hidden()
    printer.faults = Faults(paper_out=True)
    expect(desk.locator("#devices .strip-words")).to_contain_text("没纸了", timeout=SOON)


def test_a_clerk_is_told_of_the_pad_at_the_own_window_alone(open_desk: Any, open_board: Any) -> None:
    expect(open_desk(3).locator("#devices .strip-words")).to_contain_text("3 号窗口 评价器未连接", timeout=SOON)
    expect(open_desk(4).locator("#devices")).to_be_hidden()


def test_a_paper_that_nobody_is_certain_of_is_printed_again_and_marked(
    hall: PrintHall, printer: VirtualPrinter, open_board: Any
) -> None:
    board = open_board("liu")
    printer.faults = Faults(power_off_after_bytes=200, power_off=PowerOff.RST)
    ticket = hall.take()
    assert hall.until(ticket)[0] == "unknown"
    row = board.locator(".paper", has_text=ticket[-4:])
    expect(row).to_contain_text("不确定", timeout=SOON)
    expect(row.locator("button")).to_have_attribute("aria-disabled", "true", timeout=SOON)

    printer.faults = Faults()
    expect(row.locator("button")).not_to_have_attribute("aria-disabled", "true", timeout=SOON)
    assert violations(board) == []
    row.locator("button").click()
    expect(board.locator("#papers-answer")).to_contain_text(f"{ticket[-4:]} 正在补打")
    expect(row).to_have_count(0, timeout=SOON)
    assert hall.until(ticket, "printed") == ("printed", None)
    (paper,) = with_number(printer, ticket)
    assert "补打" in paper


def test_a_test_slip_for_everybody_and_the_day_on_paper_for_a_leader(printer: VirtualPrinter, open_board: Any) -> None:
    clerk, leader = open_board("liu"), open_board("chen")
    before = len(texts(printer))
    clerk.locator(CARD).get_by_role("button", name="打印自检").click()
    expect(clerk.locator("#papers-answer")).to_contain_text("正在打印")
    expect(clerk.locator(CARD).get_by_role("button", name="打印当日小结")).to_have_count(0)
    assert "打印机自检" in texts(printer, before + 1)[-1]
    leader.locator(CARD).get_by_role("button", name="打印当日小结").click()
    assert "当日小结" in texts(printer, before + 2)[-1]
    assert violations(leader) == []


def test_a_clerk_sees_no_address_and_a_leader_does(open_board: Any, printer: VirtualPrinter) -> None:
    clerk, leader = open_board("liu"), open_board("chen")
    expect(clerk.locator(CARD)).to_contain_text("网络")
    assert str(printer.port) not in clerk.content()
    expect(leader.locator(CARD)).to_contain_text(f"tcp://127.0.0.1:{printer.port}")


def test_the_leaders_panel_warns_of_the_roll(hall: PrintHall, printer: VirtualPrinter, open_page: OpenPage) -> None:
    page = open_page(f"{hall.server.base}/report", (1440, 900))
    _sign_in(page, "chen")
    expect(page.locator("#devices")).to_contain_text("1 号取号机 就绪", timeout=SOON)
    printer.faults = Faults(paper_near=True)
    expect(page.locator("#devices .device-unsure")).to_contain_text("1 号取号机 纸快用完了", timeout=SOON)
    expect(page.locator("#devices .device-ill", has_text="5 号窗口")).to_contain_text("连不上")
    printer.reload_paper()
    expect(page.locator("#devices")).not_to_contain_text("纸快用完了", timeout=SOON)


@pytest.mark.parametrize("size", [(1920, 1080), (1366, 768), (390, 844)])
@pytest.mark.parametrize("query", ["", "?lang=en"])
def test_the_board_fits_its_screen_and_everybody_can_use_it(
    open_board: Any, printer: VirtualPrinter, size: tuple[int, int], query: str
) -> None:
    page = open_board("chen", query, size)
    expect(page.locator(CARD)).to_be_visible()
    assert page.evaluate("document.documentElement.scrollWidth") == size[0]
    assert violations(page) == []
    title = "devices? need" if query else "台设备需要处理"
    expect(page.locator("#printers-title")).to_have_text("Printers" if query else "打印机")
    assert page.evaluate(f"/{title}/.test(document.getElementById('verdict-title').textContent)")


def test_the_way_in_is_for_staff_and_the_map_shows_it(hall: PrintHall, open_page: OpenPage) -> None:
    page = open_page(f"{hall.server.base}/", (1366, 768))
    page.click("text=设备")
    expect(page.locator("[name=password]")).to_be_visible()
    assert page.locator("#printers").count() == 0


SHUT_OUT = """device => import("/devices/static/others.js").then(board => board.showOthers(
  [device], "Asia/Shanghai", (words, good) => { document.title = `${good} ${words}`; }))"""


def test_a_leader_has_a_button_for_a_pad_that_is_shut_out_and_a_clerk_the_news(open_board: Any) -> None:
    """The hall's pad is not there and so never shut out: the page is shown one that is."""
    device = {
        "kind": "pad",
        "id": "3",
        "places": [{"kind": "window", "id": "3", "name": "", "name_en": ""}],
        "state": "blocked",
        "since": None,
        "detail": "chattering",
        "shut_out": True,
    }
    board = open_board()
    row = board.locator('[data-device="pad/3"]')
    board.evaluate(SHUT_OUT, device)
    expect(row).to_contain_text("评价器自己乱发，按键暂不计数")
    expect(row).to_contain_text("安静十秒后自动恢复计数")
    assert violations(board) == []
    row.get_by_role("button", name="恢复计数").click()
    expect(board).to_have_title("true 3 号窗口：按键恢复计数", timeout=SOON)
    board.evaluate(SHUT_OUT, {**device, "detail": None})
    expect(row.locator(".chip")).to_have_text("有故障")
    expect(row).to_contain_text("安静十秒后自动恢复计数")
    expect(row.get_by_role("button")).to_have_count(0)
