"""What is typed or scanned at the touch page: a booking becomes its ticket, a missed number is back in line."""

from __future__ import annotations

import re
from collections.abc import Callable
from datetime import UTC, datetime, timedelta
from typing import Any

import pytest
from hall_server import HallServer
from playwright.sync_api import Page, expect
from print_hall import PrintHall, with_number

from kiosk.guesses import MOST
from kiosk.virtual_printer import VirtualPrinter

OpenKiosk = Callable[..., Page]
WINDOW = 6
SOON = timedelta(minutes=1)


@pytest.fixture
def server(hall: PrintHall) -> HallServer:
    """The shared hall with the tax window free and nobody in line for it."""
    return hall.clear(WINDOW)


def book(server: HallServer, phone: str, **more: Any) -> dict[str, Any]:
    """A booking for a minute from now, by arrangement, whatever time of the day it is."""
    start = (datetime.now(UTC) + SOON).isoformat()
    wish = {"service": "tax", "start": start, "phone": phone, "name": "王小明", "mark": "extended", **more}
    booking: dict[str, Any] = server.post("appointments", wish)
    return booking


def pass_somebody(server: HallServer) -> dict[str, Any]:
    """A ticket whose holder did not come."""
    ticket = server.issue("tax")
    server.post(f"windows/{WINDOW}/call-next")
    server.post(f"windows/{WINDOW}/no-show")
    return ticket


def press(page: Page, keys: str) -> None:
    for key in keys:
        page.locator(".pad-key:visible", has_text=re.compile(f"^{key}$")).click()


def scan(page: Page, text: str) -> None:
    """As a reader does that types what it reads."""
    page.keyboard.type(text)
    page.keyboard.press("Enter")


def with_paper(page: Page) -> str:
    """Wait for the paper of the number on the screen, not of the one before; the number."""
    expect(page.locator("#screen-done")).to_be_visible()
    expect(page.locator("#paper")).to_have_attribute("data-state", "ready")
    return page.locator("#screen-done [data-fill=number]").first.inner_text()


def back_in_line(page: Page, number: str, ahead: int, title: str = "续号成功，请继续等候") -> None:
    expect(page.locator("#screen-back")).to_be_visible()
    expect(page.locator("#result-title")).to_have_text(title)
    expect(page.locator("#back-number")).to_have_text(number)
    expect(page.locator("#back-ahead")).to_have_text(str(ahead))


def missed(page: Page, number: str) -> None:
    expect(page.locator("#result-title")).to_have_text("这个号已过号")
    expect(page.locator("#back-number")).to_have_text(number)
    expect(page.locator("#back-rejoin")).to_be_visible()
    expect(page.locator("#back-home")).to_be_hidden()


def state_of(server: HallServer, ticket: dict[str, Any]) -> str:
    state: str = server.call_api("GET", f"tickets/{ticket['id']}").json()["state"]
    return state


def test_a_booking_becomes_its_ticket_by_its_code(
    server: HallServer, hall: PrintHall, open_kiosk: OpenKiosk, printers: dict[str, VirtualPrinter]
) -> None:
    booking = book(server, "13800001111")
    page = open_kiosk(hall)
    page.click("#way-checkin")
    press(page, booking["code"])
    expect(page.locator("#checkin-field")).to_have_text(f"{booking['code'][:4]} {booking['code'][4:]}")
    page.click("#checkin-send")
    number = with_paper(page)
    expect(page.locator("#screen-done .ticket-class")).to_have_text("预约")
    assert "王小明" not in page.locator("body").inner_text()
    (paper,) = with_number(printers["1"], number)
    assert "预约号" in paper


def test_one_visit_is_one_number_however_often_it_checks_in(
    server: HallServer, hall: PrintHall, open_kiosk: OpenKiosk
) -> None:
    book(server, "13800002222")
    page = open_kiosk(hall)
    before = hall.waiting()
    page.click("#way-checkin")
    press(page, "2222")
    page.click("#checkin-send")
    number = with_paper(page)
    page.click("#done-home")
    page.clock.install()
    page.reload()
    expect(page.locator("#kiosk")).to_have_attribute("data-link", "online")
    page.clock.fast_forward(3_000)  # somebody else, or the same one once more
    page.click("#way-checkin")
    press(page, "2222")
    page.click("#checkin-send")
    back_in_line(page, number, 0, "您已在排队")
    assert hall.waiting() == before + 1
    assert page.locator("#screen-back img").count() == 0  # nothing that opens the ticket


def test_a_booking_is_scanned(server: HallServer, hall: PrintHall, open_kiosk: OpenKiosk) -> None:
    page = open_kiosk(hall)
    for text in ("{}", "https://yuyue.example.cn/q?code={}&v=1"):
        code = book(server, "13800003333")["code"]
        page.click("#way-checkin")
        page.locator(".pad-word:visible").first.click()  # the reader's Enter must not press this again
        scan(page, text.format(code))
        assert with_paper(page).startswith("D")
        page.click("#done-again")


def test_what_cannot_be_checked_in_is_said_in_words_with_what_to_do(
    server: HallServer, hall: PrintHall, open_kiosk: OpenKiosk
) -> None:
    page = open_kiosk(hall)
    page.click("#way-checkin")
    strip = page.locator("#checkin-strip")
    press(page, "123")
    page.click("#checkin-send")
    expect(strip).to_contain_text("请输入 8 位或 4 位数字")
    press(page, "4")  # the next key takes the notice away
    expect(strip).to_be_hidden()
    press(page, "5678")
    page.click("#checkin-send")
    expect(strip).to_contain_text("请核对后再输一次，或到服务台")
    for _ in range(2):
        book(server, "13800004444")
    page.click("#screen-checkin .pad-word >> nth=0")
    expect(page.locator("#checkin-field")).to_have_text("")
    press(page, "4444")
    page.click("#checkin-send")
    expect(strip).to_contain_text("预约码在预约成功的短信里")
    scan(page, "https://example.cn/menu")
    expect(strip).to_contain_text("这个码在这里不能用")
    expect(page.locator("#screen-checkin")).to_be_visible()


def test_whoever_tries_phone_digits_out_is_sent_to_the_desk_and_a_code_still_checks_in(
    server: HallServer, hall: PrintHall, open_kiosk: OpenKiosk
) -> None:
    booking = book(server, "13800006666")
    page = open_kiosk(hall, "3")  # at which nobody else checks in
    strip, clear = page.locator("#checkin-strip"), page.locator("#screen-checkin .pad-word >> nth=0")

    def enter(digits: str) -> None:
        clear.click()
        press(page, digits)
        page.click("#checkin-send")

    page.click("#way-checkin")
    for guess in range(MOST - 1):
        answer = page.request.post(f"{server.base}/api/v1/check-in", data={"ref": f"90{guess:02}"})
        assert answer.json()["error"]["code"] == "unknown_appointment"
    enter("9099")
    expect(strip).to_contain_text("请核对后再输一次，或到服务台")
    enter("6666")
    expect(strip).to_contain_text("这里输错的次数太多，请到服务台签到")
    page.click("#checkin-back")
    page.click("#tool-language")
    expect(page.locator("html[lang=en] #kiosk")).to_have_attribute("data-link", "online")
    page.click("#way-checkin")
    enter("6666")
    expect(strip).to_contain_text("Please ask at the service desk")
    enter(booking["code"])
    expect(page.locator("#screen-nopaper [data-fill=number]").first).to_have_text(re.compile("^D"))
    # A clerk is asked for a name, and is not kept from it.
    assert server.call_api("POST", "check-in", json={"ref": "9999"}).json()["error"]["code"] == "unknown_appointment"


def test_a_missed_number_is_back_in_line_by_its_slip(
    server: HallServer, hall: PrintHall, open_kiosk: OpenKiosk
) -> None:
    page = open_kiosk(hall)
    for screen in (None, "#tool-lookup", "#way-checkin", "#tool-guide"):  # whichever screen it is held to
        ticket = pass_somebody(server)
        if screen is not None:
            page.click(screen)
        scan(page, ticket["url"])
        missed(page, ticket["number"])
        page.click("#back-rejoin")
        back_in_line(page, ticket["number"], 0)
        assert state_of(server, ticket) == "waiting"
        page.click("#back-home")
        server.post(f"windows/{WINDOW}/call-next")
        server.post(f"windows/{WINDOW}/finish")


def test_a_missed_number_is_back_in_line_by_its_letter_and_digits(
    server: HallServer, hall: PrintHall, open_kiosk: OpenKiosk
) -> None:
    ticket = pass_somebody(server)
    behind = [server.issue("tax") for _ in range(4)]
    page = open_kiosk(hall)
    page.click("#tool-lookup")
    press(page, "A" + ticket["number"][1:])
    press(page, "D")  # the wrong letter is put right by the next
    expect(page.locator("#lookup-field")).to_have_text(ticket["number"])
    page.click("#lookup-send")
    missed(page, ticket["number"])
    page.click("#back-rejoin")
    back_in_line(page, ticket["number"], 3)
    assert ticket["url"].rsplit("/", 1)[1] not in page.content()
    page.click("#back-home")
    page.click("#tool-lookup")
    press(page, "D" + ticket["number"][1:].lstrip("0"))
    page.click("#lookup-send")
    back_in_line(page, ticket["number"], 3, "正在排队，请听叫号")
    assert state_of(server, behind[0]) == "waiting"


def test_what_is_looked_up_is_told_no_more_than_the_screens_tell(
    server: HallServer, hall: PrintHall, open_kiosk: OpenKiosk
) -> None:
    ticket = server.issue("tax")
    page = open_kiosk(hall)
    page.click("#tool-lookup")
    strip = page.locator("#lookup-strip")
    page.click("#lookup-send")
    expect(strip).to_contain_text("请先按字母，再按数字")
    press(page, ticket["number"])
    server.post(f"windows/{WINDOW}/call-next")
    page.click("#lookup-send")
    expect(page.locator("#result-title")).to_have_text("轮到您了")
    expect(page.locator("#back-place")).to_have_text(f"请到 {WINDOW} 号窗口")
    page.click("#back-home")
    page.click("#tool-lookup")
    press(page, ticket["number"])
    for verb in ("start", "finish"):
        server.post(f"windows/{WINDOW}/{verb}")
        page.click("#lookup-send")
        expect(strip.locator(".strip-main")).to_have_text(f"{ticket['number']} 现在不在排队，请到服务台咨询。")
    assert state_of(server, ticket) == "finished"
    press(page, "99")
    page.click("#lookup-send")
    expect(strip).to_contain_text("今天没有这个号")


def test_only_a_kiosk_puts_numbers_back(server: HallServer) -> None:
    ticket = pass_somebody(server)
    body = {"number": ticket["number"]}
    assert server.call_api("POST", "rejoin", json=body).status_code == 401  # a clerk has a verb of their own
    both = {**body, "token": "x"}
    assert server.call_api("POST", "rejoin", json=both, headers=server.device("kiosk")).status_code == 400
    assert state_of(server, ticket) == "no_show"
    answer = server.call_api("POST", "rejoin", json=body, headers=server.device("kiosk"))
    assert answer.json() == {"number": ticket["number"], "service": "tax", "ahead": 0, "waited": False}


def test_a_page_that_was_left_forgets_what_was_typed(hall: PrintHall, open_kiosk: OpenKiosk) -> None:
    page = open_kiosk(hall)
    page.clock.install()
    page.reload()
    expect(page.locator("#kiosk")).to_have_attribute("data-link", "online")
    page.click("#way-priority")
    page.locator(".class-card").first.click()
    page.click("#way-other-class")
    page.click("#tool-lookup")
    press(page, "A12")
    page.keyboard.type("1234")  # half of what a reader read
    page.clock.fast_forward(46_000)
    expect(page.locator("#still-there")).to_be_visible()
    page.clock.fast_forward(16_000)
    expect(page.locator("#screen-home")).to_be_visible()
    expect(page.locator("#home-title-full")).to_have_text("请选择要办理的业务")
    page.click("#tool-lookup")
    expect(page.locator("#lookup-field")).to_have_text("")
    page.click("#lookup-back")
    page.click("#way-checkin")
    page.click("#checkin-send")
    expect(page.locator("#checkin-strip")).to_contain_text("请输入 8 位或 4 位数字")
