"""办事指南 at the touch page and on phones: what to bring, before anybody has waited for nothing."""

from __future__ import annotations

import re
from collections.abc import Callable

import requests
from chromium import OpenPage, violations
from hall_server import PATIENCE
from playwright.sync_api import Page, expect
from print_hall import PrintHall

OpenKiosk = Callable[..., Page]
PHONE = (390, 844)
TARGET = 48  # px


def open_guide(page: Page, service: str = "不动产登记") -> None:
    page.click("#tool-guide")
    page.locator(".guide-card", has_text=service).click()


def test_from_the_list_to_what_to_bring_to_the_number(hall: PrintHall, open_kiosk: OpenKiosk) -> None:
    page = open_kiosk(hall)
    before = hall.waiting("property")
    page.click("#tool-guide")
    expect(page.locator(".guide-card .class-name")).to_have_text(["社保医保", "户籍身份证", "不动产登记", "民政优抚"])
    page.locator(".guide-card").nth(2).click()
    expect(page.locator("#guide-title")).to_have_text("不动产转移登记（二手房买卖）")
    expect(page.locator(".guide-heading").first).to_have_text("要带的材料（共 7 份）")
    expect(page.locator(".guide-item").first).to_contain_text("1不动产登记申请书")
    page.click("#guide-take")
    expect(page.locator("#screen-done")).to_be_visible()
    expect(page.locator("#screen-done [data-fill=number]").first).to_contain_text("C")
    assert hall.waiting("property") == before + 1


def test_every_document_stands_on_some_page_once_and_in_order(hall: PrintHall, open_kiosk: OpenKiosk) -> None:
    page = open_kiosk(hall)
    page.click("#tool-big")
    open_guide(page)
    numbers, headings = [], []
    while True:
        headings += page.locator(".guide-heading").all_inner_texts()
        if headings[-1].startswith("要带的材料"):
            numbers += page.locator(".guide-n").all_inner_texts()
        if page.locator("#guide-next-page").is_disabled():
            break
        page.click("#guide-next-page")
    assert numbers == [str(n) for n in range(1, 8)]
    assert list(dict.fromkeys(headings)) == ["要带的材料（共 7 份）", "时限、收费、窗口", "办理流程"]
    while page.locator("#guide-back-page").is_enabled():
        page.click("#guide-back-page")
    expect(page.locator(".guide-n").first).to_have_text("1")


def test_type_that_grows_while_a_guide_is_read_lays_it_out_anew(hall: PrintHall, open_kiosk: OpenKiosk) -> None:
    page = open_kiosk(hall)
    open_guide(page)
    page.click("#tool-big")
    expect(page.locator(".guide-item").first).to_be_visible()
    sheet = "document.querySelector('#guide-sheet')"
    page.wait_for_function(f"{sheet}.scrollHeight <= {sheet}.clientHeight")


def test_two_quick_touches_on_a_guide_are_one_number(hall: PrintHall, open_kiosk: OpenKiosk) -> None:
    page = open_kiosk(hall)
    before = hall.waiting("property")
    open_guide(page)
    page.locator("#guide-take").dblclick()
    expect(page.locator("#screen-done")).to_be_visible()
    assert hall.waiting("property") == before + 1


def test_a_service_that_gives_no_numbers_says_so_at_home(hall: PrintHall, open_kiosk: OpenKiosk) -> None:
    page = open_kiosk(hall)
    hall.server.post("services/property/suspend", {"reason": "设备检修"})
    open_guide(page)
    page.click("#guide-take")
    expect(page.locator("#home-strip")).to_contain_text("不动产登记暂停取号：设备检修")
    hall.server.post("services/property/resume")


def test_phones_read_the_guides_without_a_ticket(hall: PrintHall, open_page: OpenPage) -> None:
    page = open_page(f"{hall.server.base}/guide", PHONE)
    assert violations(page) == []
    page.click("text=不动产登记")
    expect(page.locator("h1")).to_have_text("不动产转移登记（二手房买卖）")
    expect(page.locator(".phone-list").first.locator("li")).to_have_count(7)
    assert violations(page) == []
    for pressed in page.locator("a:visible").all():
        box = pressed.bounding_box()
        assert box is not None
        assert min(box["width"], box["height"]) >= TARGET, pressed.inner_text()
    assert page.evaluate("document.documentElement.scrollWidth") <= PHONE[0]
    for unknown in ("tax", "nothing"):
        assert requests.get(f"{hall.server.base}/guide/{unknown}", timeout=PATIENCE).status_code == 404


def test_phones_read_them_in_english(hall: PrintHall, open_page: OpenPage) -> None:
    page = open_page(f"{hall.server.base}/guide?lang=en", PHONE)
    page.click("text=Property registration")
    expect(page.locator("h1")).to_have_text("Property transfer (sale of a used home)")
    assert re.findall(r"[\u3400-\u9fff\uff00-\uffef]", page.locator("body").inner_text()) == []


def test_a_tickets_page_leads_to_its_guide(hall: PrintHall, open_page: OpenPage) -> None:
    page = open_page(hall.server.issue("property")["url"], PHONE)
    page.click("#guide")
    expect(page.locator("h1")).to_have_text("不动产转移登记（二手房买卖）")
    page = open_page(hall.server.issue("tax")["url"], PHONE)
    expect(page.locator("#guide")).to_have_count(0)
