"""At the touch page with a ticket in hand, or a number in mind: whatever is scanned acts at once, slips come again."""

from __future__ import annotations

import re
from collections.abc import Callable
from datetime import UTC, datetime, timedelta
from typing import Any

import pytest
from hall_server import HallServer
from playwright.sync_api import Page, expect
from print_hall import PrintHall, with_number

from kiosk.virtual_printer import Faults, VirtualPrinter

OpenKiosk = Callable[..., Page]
Printers = dict[str, VirtualPrinter]
WINDOW = 6


@pytest.fixture
def server(hall: PrintHall) -> HallServer:
    """The shared hall with the tax window free and nobody in line for it."""
    return hall.clear(WINDOW)


def scan(page: Page, text: str) -> None:
    page.keyboard.type(text)
    page.keyboard.press("Enter")


def look_up(page: Page, number: str) -> None:
    page.click("#tool-lookup")
    for key in number:
        page.locator("#screen-lookup .pad-key", has_text=re.compile(f"^{key}$")).click()
    page.click("#lookup-send")


def ask(server: HallServer, path: str, **body: Any) -> Any:
    return server.call_api("POST", path, json=body, headers=server.device("kiosk"))


def test_a_slip_held_to_the_scanner_at_home_says_how_many_are_ahead(
    server: HallServer, hall: PrintHall, open_kiosk: OpenKiosk
) -> None:
    first, second = server.issue("tax"), server.issue("tax")
    page = open_kiosk(hall)
    page.locator("#tool-big").focus()  # the reader's Enter must not press it
    scan(page, second["url"])
    expect(page.locator("#result-title")).to_have_text("正在排队，请听叫号")
    expect(page.locator("#back-number")).to_have_text(second["number"])
    expect(page.locator("#back-ahead")).to_have_text("1")
    expect(page.locator("#back-windows")).to_have_text("在 1、6 号窗口办理")
    expect(page.locator("html")).not_to_have_class(re.compile("big"))
    scan(page, first["url"])  # the next in line does not wait for the page to go home
    expect(page.locator("#back-number")).to_have_text(first["number"])
    expect(page.locator("#back-ahead")).to_have_text("0")


def test_a_booking_held_to_the_scanner_at_home_becomes_its_ticket(
    server: HallServer, hall: PrintHall, open_kiosk: OpenKiosk
) -> None:
    start = (datetime.now(UTC) + timedelta(minutes=1)).isoformat()
    wish = {"service": "tax", "start": start, "phone": "13800005555", "name": "王小明", "mark": "extended"}
    code = server.post("appointments", wish)["code"]
    page = open_kiosk(hall)
    scan(page, code)
    expect(page.locator("#screen-done .ticket-class")).to_have_text("预约")


def test_a_code_that_says_nothing_here_leads_to_where_it_can_be_typed(hall: PrintHall, open_kiosk: OpenKiosk) -> None:
    page = open_kiosk(hall)
    scan(page, "https://example.cn/menu")
    expect(page.locator("#lookup-strip")).to_contain_text("这个码在这里不能用")
    page.click("#lookup-back")
    scan(page, f"{hall.server.base}/t/nobody-knows-it")
    expect(page.locator("#lookup-strip")).to_contain_text("今天没有这个号")


def test_a_code_with_control_characters_opens_nothing_of_the_browsers(hall: PrintHall, open_kiosk: OpenKiosk) -> None:
    page = open_kiosk(hall)
    page.evaluate(
        """() => {
          window.pressed = [];
          window.addEventListener("keydown", (event) => window.pressed.push([event.key, event.defaultPrevented]));
        }"""
    )
    control = ["F1", "F12", "Control+p", "Control+Shift+i", "Alt+d", "Meta+e", "Escape"]
    for key in control:
        page.keyboard.press(key)
    page.keyboard.press("Tab")  # a keyboard still goes from button to button
    page.keyboard.type("E")
    page.keyboard.press("Tab")  # but not within a code
    pressed = page.evaluate("window.pressed")
    taken = [prevented for key, prevented in pressed if key not in ("Control", "Shift", "Alt", "Meta")]
    assert taken == [True] * len(control) + [False, True, True]
    expect(page.locator("#screen-home")).to_be_visible()


def test_what_is_scanned_while_somebodys_ticket_is_shown_goes_nowhere(
    server: HallServer, hall: PrintHall, open_kiosk: OpenKiosk
) -> None:
    other = server.issue("tax")
    page = open_kiosk(hall)
    page.locator("#services button", has_text="公积金").click()
    expect(page.locator("#screen-done")).to_be_visible()
    page.locator("#done-again").focus()
    scan(page, other["url"])
    expect(page.locator("#screen-done [data-fill=number]").first).to_contain_text("F")
    expect(page.locator("#paper")).to_have_attribute("data-state", "ready")


def test_a_slip_prints_itself_again_and_says_so_on_the_paper(
    server: HallServer, hall: PrintHall, open_kiosk: OpenKiosk, printers: Printers
) -> None:
    ticket = server.issue("tax")
    hall.until(ticket["id"], "printed")
    page = open_kiosk(hall)
    scan(page, ticket["url"])
    page.click("#back-print")
    expect(page.locator("#result-title")).to_have_text("正在为您补打小票")
    expect(page.locator("#paper")).to_have_attribute("data-state", "ready")
    first, second = with_number(printers["1"], ticket["number"])
    assert "补打" not in first
    assert "补打" in second
    page.click("#done-home")
    look_up(page, ticket["number"])  # by the number alone there is no other
    expect(page.locator("#screen-back")).to_be_visible()
    expect(page.locator("#back-print")).to_be_hidden()


def test_three_papers_of_a_ticket_are_enough_for_the_kiosks(server: HallServer, hall: PrintHall) -> None:
    ticket = server.issue("tax")
    token = ticket["url"].rsplit("/", 1)[1]
    for _ in range(2):
        hall.until(ticket["id"], "printed")
        assert ask(server, "reprint", token=token).status_code == 200
    hall.until(ticket["id"], "printed")
    refused = ask(server, "reprint", token=token)
    assert (refused.status_code, refused.json()["error"]["code"]) == (409, "papers_enough")
    assert not ask(server, "queue-position", token=token).json()["may_print"]
    assert server.post(f"tickets/{ticket['id']}/reprint")["print"]["papers"] == 4


def test_the_same_touch_asked_again_is_the_same_paper(server: HallServer, hall: PrintHall) -> None:
    ticket = server.post("tickets", {"service": "tax"})  # from the desk, without a paper
    headers = {**server.device("kiosk"), "Idempotency-Key": "one touch"}
    body = {"number": ticket["number"]}
    answers = [server.call_api("POST", "reprint", json=body, headers=headers) for _ in range(2)]
    assert [answer.status_code for answer in answers] == [200, 200]
    assert hall.paper(ticket["id"])[0] != "none"
    assert server.call_api("GET", f"tickets/{ticket['id']}").json()["print"]["papers"] == 1
    assert answers[0].json()["url"] is None
    assert answers[0].json()["qr_svg_url"] is None


def test_when_the_printer_is_well_again_the_paper_is_a_touch_away(
    server: HallServer, hall: PrintHall, open_kiosk: OpenKiosk, printers: Printers
) -> None:
    page = open_kiosk(hall)
    printers["1"].faults = Faults(cover_open=True)
    page.locator("#services button", has_text="公积金").click()
    expect(page.locator("#screen-nopaper")).to_be_visible(timeout=20_000)
    number = page.locator("#screen-nopaper [data-fill=number]").first.inner_text()
    expect(page.locator("#nopaper-print")).to_be_hidden()
    printers["1"].faults = Faults()
    expect(page.locator("#nopaper-print")).to_be_visible(timeout=20_000)
    page.click("#nopaper-print")
    expect(page.locator("#screen-done")).to_be_visible()
    expect(page.locator("#paper")).to_have_attribute("data-state", "ready")
    (paper,) = with_number(printers["1"], number)
    assert "补打" not in paper  # nothing of the first one came out


def test_only_a_kiosk_is_told_and_prints(server: HallServer) -> None:
    body = {"number": server.issue("tax")["number"]}
    for path in ("queue-position", "reprint"):
        assert server.call_api("POST", path, json=body).status_code == 401
        assert ask(server, path, number="12").status_code == 400


def test_a_number_without_a_paper_gets_one_by_its_number_and_nothing_that_opens_it(
    server: HallServer, hall: PrintHall, open_kiosk: OpenKiosk
) -> None:
    ticket = server.post("tickets", {"service": "tax"})
    page = open_kiosk(hall)
    look_up(page, ticket["number"])
    page.click("#back-print")
    expect(page.locator("#paper")).to_have_attribute("data-state", "ready")
    expect(page.locator("#screen-done .scan")).to_be_hidden()
    assert page.locator("img[src*='/t/']").count() == 0
