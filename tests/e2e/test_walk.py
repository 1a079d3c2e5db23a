"""The main job, as a citizen, a clerk, the hall and a leader see it: one number from touch to vote."""

from __future__ import annotations

import re

from chromium import OpenPage, violations
from demo_process import Demo
from playwright.sync_api import Page, expect
from waiting import wait_until

KIOSK, BOARD, DESK, LEADER, PAD_SCREEN = (1080, 1920), (1920, 1080), (1366, 768), (1440, 900), (1024, 600)
BEST = 3


def sign_in(page: Page, demo: Demo, window: int) -> None:
    page.fill("input[name=username]", demo.about["login"]["username"])
    page.fill("input[name=password]", demo.about["login"]["password"])
    page.click("#sign-in")
    page.click(f"[data-window='{window}']")
    expect(page.locator("#desk")).to_have_attribute("data-link", "online")


def press_key(desk: Page, key: str) -> None:
    """Press a key as a clerk does: once its button can be pressed. Until the answer before it the desk is locked."""
    button = desk.locator(f'[data-action][aria-keyshortcuts="{key}"]')
    expect(button).not_to_have_attribute("aria-busy", "true")
    expect(button).not_to_have_attribute("aria-disabled", "true")
    desk.keyboard.press(key)


def test_one_number_from_touch_to_vote(demo: Demo, open_page: OpenPage) -> None:
    board = open_page(demo.page("/display/hall", "display"), BOARD)
    expect(board.locator("#board")).to_have_attribute("data-link", "online")
    kiosk = open_page(demo.page("/kiosk/1", "kiosk"), KIOSK)
    expect(kiosk.locator("#kiosk")).to_have_attribute("data-link", "online")
    desk = open_page(demo.page("/counter"), DESK)
    sign_in(desk, demo, window=3)

    # The citizen touches a department and a service, and gets A001 on screen and on paper.
    kiosk.locator("#tabs button", has_text="人社民政").click()
    kiosk.locator("#services button", has_text="社保医保").click()
    done = kiosk.locator("#screen-done")
    expect(done.locator("[data-fill=number]").first).to_have_text("A001")
    expect(done.locator("[data-fill=ahead]")).to_have_text("0")
    expect(kiosk.locator("#paper")).to_have_attribute("data-state", "ready")
    (paper,) = demo.papers()
    text = paper.read_text(encoding="utf-8")
    assert "A001" in text
    assert "社保医保" in text
    status = re.search(r"\[QR\] (\S+)", text)
    assert status is not None
    assert paper.with_suffix(".png").stat().st_size > 5_000
    assert len(paper.with_suffix(".bin").read_bytes()) <= 600

    # The clerk presses F8; the hall sees and hears it.
    expect(desk.locator("#waiting-line")).to_contain_text("A001")
    press_key(desk, "F8")
    expect(board.locator("#panel-number")).to_have_text("A001")
    expect(board.locator("#panel-window")).to_contain_text("3")
    phone = open_page(status[1], (390, 844))
    expect(phone.locator("#goto")).to_contain_text("3")
    spoken = "() => window.jiaohao.speaker.log.filter((line) => line.clip === 'zh/qing' && line.ended !== null).length"
    board.wait_for_function(f"() => ({spoken})() === 2", timeout=30_000)

    wait_until(lambda: demo.strip(3) == "请A001号 到3号窗口", "the strip over the window stands after its flashing")

    # Service begins and ends; the citizen presses 很好.
    press_key(desk, "F8")
    expect(desk.locator("#ticket")).to_have_attribute("data-state", "serving")
    press_key(desk, "F9")
    demo.pad(3).wait_for("please_evaluate")
    wait_until(lambda: demo.strip(3) == "热情为您服务 3号窗口", "the strip rests")
    demo.pad(3).press(BEST)
    demo.pad(3).wait_for("thank_you")
    ticket = demo.ticket(f"{_today(demo)}A001")
    assert ticket["state"] == "finished"
    assert [(vote["level"], vote["channel"]) for vote in demo.votes(ticket["id"])] == [(5, "pad")]
    assert (ticket["legs"][0]["window"], ticket["legs"][0]["staff"]) == (3, "demo")

    # The leader sees it.
    desk.goto(demo.page("/report"))
    expect(desk.locator("body")).to_contain_text("100")
    report = demo.api("GET", "report/today")
    assert report["tickets"]["finished"] == 1
    assert report["total"]["votes"]["satisfied"] == {"part": 1, "whole": 1, "percent": 100.0}
    (busy,) = [window for window in report["windows"] if window["finished"]]
    assert (busy["number"], busy["votes"]["levels"]["5"]) == (3, 1)

    for page in (kiosk, board, desk, phone):
        assert violations(page) == []


def _today(demo: Demo) -> str:
    day: str = demo.api("GET", "hall")["business_day"]
    return day.replace("-", "")[2:]


def test_without_paper_the_number_stays_good_and_the_screen_says_what_to_do(demo: Demo, open_page: OpenPage) -> None:
    demo.printer(paper_out=True)
    kiosk = open_page(demo.page("/kiosk/1", "kiosk"), KIOSK)
    expect(kiosk.locator("#kiosk")).to_have_attribute("data-link", "online")
    kiosk.locator("#services button", has_text="社保医保").click()
    nopaper = kiosk.locator("#screen-nopaper")
    expect(nopaper).to_be_visible()
    expect(nopaper.locator("[data-fill=number]").first).to_have_text("A001")
    expect(nopaper.locator("[data-qr]").first).to_be_visible()
    expect(kiosk.locator("#result-title")).to_have_text("打印机没纸，号已取好")
    ticket = demo.ticket(f"{_today(demo)}A001")
    assert ticket["print"] == {"state": "blocked", "reason": "paper_out", "papers": 1}
    assert demo.papers() == []
    assert violations(kiosk) == []


def test_recall_no_show_pause_and_reopen_reach_board_and_pad(demo: Demo, open_page: OpenPage) -> None:
    demo.issue()
    demo.issue()
    board = open_page(demo.page("/display/hall", "display"), BOARD)
    desk = open_page(demo.page("/counter"), DESK)
    sign_in(desk, demo, window=3)
    press_key(desk, "F8")
    expect(desk.locator("#ticket")).to_have_attribute("data-state", "called")
    press_key(desk, "F2")
    expect(desk.locator("#facts")).to_contain_text("2")
    press_key(desk, "F4")
    expect(desk.locator("#aside-line")).to_contain_text("A001")
    expect(board.locator("#zones")).to_contain_text("A001")

    desk.click("#pause")
    desk.locator("#pause-dialog label", has_text="设备检修").click()
    desk.click("#pause-yes")
    demo.pad(3).wait_for("paused")
    expect(board.locator("#windows")).to_contain_text("设备检修")
    expect(desk.locator("#main-action")).to_contain_text("恢复服务")
    press_key(desk, "F8")
    demo.pad(3).wait_for("welcome")
    press_key(desk, "F8")
    expect(board.locator("#panel-number")).to_have_text("A002")


def test_presses_count_once_for_the_right_citizen_or_not_at_all(demo: Demo) -> None:
    pad = demo.pad(3)
    demo.api("POST", "windows/3/login")
    first, second = demo.issue(), demo.issue()
    pad.press(BEST)
    demo.api("POST", "windows/3/call-next")
    demo.api("POST", "windows/3/call-next")  # finishes the first and calls the second at once
    pad.wait_for("please_evaluate")
    pad.press(0)
    pad.wait_for("thank_you")
    pad.press(BEST)
    demo.api("POST", "windows/3/finish")
    pad.wait_for("please_evaluate")
    votes = {t["id"]: [v["level"] for v in demo.votes(t["id"])] for t in (first, second)}
    assert votes == {first["id"]: [2], second["id"]: []}


def test_a_kill_in_the_middle_loses_doubles_and_misattributes_nothing(demo: Demo, open_page: OpenPage) -> None:
    pad = demo.pad(3)
    board = open_page(demo.page("/display/hall", "display"), BOARD)
    kiosk = open_page(demo.page("/kiosk/1", "kiosk"), KIOSK)
    desk = open_page(demo.page("/counter"), DESK)
    sign_in(desk, demo, window=3)
    taken = [demo.issue()["number"] for _ in range(4)]
    press_key(desk, "F8")
    expect(desk.locator("#ticket-number")).to_have_text("A001")
    press_key(desk, "F8")
    expect(desk.locator("#ticket")).to_have_attribute("data-state", "serving")
    press_key(desk, "F9")
    pad.wait_for("please_evaluate")
    press_key(desk, "F8")
    expect(desk.locator("#ticket-number")).to_have_text("A002")

    demo.kill()
    pad.press(0)  # by whom, nobody can know
    for page, root in ((board, "#board"), (kiosk, "#kiosk"), (desk, "#desk")):
        expect(page.locator(root)).to_have_attribute("data-link", "offline")
    demo.start()
    for page, root in ((board, "#board"), (kiosk, "#kiosk"), (desk, "#desk")):
        expect(page.locator(root)).to_have_attribute("data-link", "online")
    expect(desk.locator("#ticket-number")).to_have_text("A002")

    hall = demo.api("GET", "hall")
    assert next(w["ticket"] for w in hall["windows"] if w["number"] == 3) == "A002"
    numbers = taken + [demo.issue()["number"] for _ in range(2)]
    assert numbers == [f"A{n:03d}" for n in range(1, 7)]
    called = [demo.api("POST", "windows/3/call-next")["ticket"]["number"] for _ in range(4)]
    assert called == ["A003", "A004", "A005", "A006"]
    day = _today(demo)
    assert [demo.ticket(f"{day}{number}")["evaluations"] for number in numbers] == [[]] * 6


def test_the_demo_goes_on_with_the_same_paper_pads_and_addresses_after_a_kill(demo: Demo) -> None:
    before = demo.about
    demo.issue()
    wait_until(lambda: len(demo.papers()) == 1, "the first paper")
    demo.kill()
    demo.start()
    assert demo.about == before
    demo.issue()
    wait_until(lambda: len(demo.papers()) == 2, "the second paper")
