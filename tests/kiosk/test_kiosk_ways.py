"""Ways to a number at the touch page: with priority, for several services, and what it says where there is none."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from pathlib import Path
from typing import Any

import pytest
import yaml
from chromium import violations
from hall_server import ROOT
from playwright.sync_api import Page, expect
from print_hall import PrintHall, with_number

from kiosk.virtual_printer import VirtualPrinter

OpenKiosk = Callable[..., Page]


def card(page: Page, name: str) -> Any:
    return page.locator("#services button", has_text=name)


def finished(page: Page) -> str:
    """Wait for the paper of the number on the screen, not of the one before; the number."""
    expect(page.locator("#screen-done")).to_be_visible()
    expect(page.locator("#paper")).to_have_attribute("data-state", "ready")
    return page.locator("#screen-done [data-fill=number]").first.inner_text()


def ticket(hall: PrintHall, number: str) -> Any:
    day = hall.server.call_api("GET", "hall").json()["business_day"].replace("-", "")[2:]
    return hall.server.call_api("GET", f"tickets/{day}{number}").json()


def test_priority_is_chosen_first_then_the_service(
    hall: PrintHall, open_kiosk: OpenKiosk, printers: dict[str, VirtualPrinter]
) -> None:
    page = open_kiosk(hall)
    page.click("#way-priority")
    cards = page.locator("#classes .class-card")
    expect(cards.locator(".class-name")).to_have_text(
        ["高龄老人", "残疾人", "孕妇", "现役、退役军人", "消防救援人员", "携带婴幼儿"]
    )
    expect(cards.first).to_contain_text("窗口看：身份证，满 70 岁")
    cards.first.click()
    expect(page.locator("#home-title-full")).to_have_text("高龄老人优先，请选业务")
    card(page, "公积金").click()
    number = finished(page)
    assert number.startswith("F")
    expect(page.locator("#screen-done .ticket-class")).to_have_text("高龄老人")
    assert ticket(hall, number)["priority"] == "elderly"
    (paper,) = with_number(printers["1"], number)
    assert "优先号：高龄老人，请带好证件" in paper
    page.click("#done-again")  # the next number is an ordinary one again
    card(page, "公积金").click()
    assert ticket(hall, finished(page))["priority"] == "ordinary"
    expect(page.locator("#screen-done .ticket-class")).to_be_hidden()


def test_there_is_a_way_back_from_everywhere(hall: PrintHall, open_kiosk: OpenKiosk) -> None:
    page = open_kiosk(hall)
    plain = page.locator("#home-title-full", has_text="请选择要办理的业务")
    for begin, end in (("#way-priority", "#priority-back"), ("#way-checkin", "#checkin-back")):
        page.click(begin)
        expect(page.locator("#screen-home")).to_be_hidden()
        page.click(end)
        expect(plain).to_be_visible()
    for tool, back in (("#tool-lookup", "#lookup-back"), ("#tool-guide", "#guides-back")):
        page.click(tool)
        page.click(back)
    expect(plain).to_be_visible()
    page.click("#way-priority")
    page.locator(".class-card").nth(2).click()
    page.click("#way-other-class")
    page.locator(".class-card").nth(1).click()
    expect(page.locator("#home-title-full")).to_have_text("残疾人优先，请选业务")
    page.click("#way-ordinary")
    expect(plain).to_be_visible()
    page.click("#tool-combined")
    expect(plain).to_be_hidden()
    page.click("#way-cancel")
    expect(plain).to_be_visible()
    expect(page.locator("#tool-combined")).to_have_attribute("aria-pressed", "false")


def test_several_services_are_one_number_in_the_order_of_the_touches(
    hall: PrintHall, open_kiosk: OpenKiosk, printers: dict[str, VirtualPrinter]
) -> None:
    page = open_kiosk(hall)
    before = hall.waiting()
    page.click("#tool-combined")
    expect(page.locator("#way-take")).to_have_attribute("aria-disabled", "true")
    page.locator("#way-take").dispatch_event("click")  # with nothing chosen it does nothing
    for name in ("税务申报", "公积金", "户籍身份证", "不动产登记"):
        card(page, name).click()
    card(page, "公积金").click()  # thought better of it
    for name, order in (("税务申报", "1"), ("户籍身份证", "2"), ("不动产登记", "3")):
        expect(card(page, name)).to_have_attribute("aria-pressed", "true")
        expect(card(page, name).locator(".service-order")).to_have_text(order)
    expect(card(page, "公积金")).to_have_attribute("aria-pressed", "false")
    expect(page.locator("#way-take")).to_have_text("取号（已选 3 项）")
    assert violations(page) == []
    page.click("#way-take")
    number = finished(page)
    expect(page.locator("#screen-done .ticket-then")).to_have_text("办完接着办：户籍身份证 → 不动产登记")
    taken = ticket(hall, number)
    assert (taken["service"], taken["then"]) == ("tax", ["residence", "property"])
    assert hall.waiting() == before + 1
    (paper,) = with_number(printers["1"], number)
    assert "接着办 户籍身份证、不动产登记" in paper.replace("\n", "")


@pytest.fixture(scope="module")
def strict(tmp_path_factory: pytest.TempPathFactory) -> Iterator[PrintHall]:
    """A hall that has given all its numbers of one service, and wants to see identity cards."""
    services = yaml.safe_load((ROOT / "config.yaml").read_text(encoding="utf-8"))["services"]
    for service in services:
        if service["code"] == "company":
            service["quota"] = {"day": 0}
    folder: Path = tmp_path_factory.mktemp("strict")
    hall = PrintHall(folder, {"1": None}, services=services, rules={"identity": {"required": True}})
    hall.server.start()
    hall.server.login()
    yield hall
    hall.server.kill()


def test_where_all_numbers_are_taken_the_card_says_so_and_a_touch_says_what_else(
    strict: PrintHall, open_kiosk: OpenKiosk
) -> None:
    page = open_kiosk(strict)
    full = card(page, "企业开办")
    expect(full).to_have_attribute("aria-disabled", "true")
    expect(full).to_contain_text("今天的号已取完")
    expect(full).to_contain_text("明天 00:00 起取号")
    full.dispatch_event("click")
    expect(page.locator("#home-strip")).to_contain_text("企业开办的号已取完")
    expect(page.locator("#home-strip")).to_contain_text("可先办别的业务，或到服务台咨询")
    assert violations(page) == []
    answer = strict.server.call_api(
        "POST", "tickets", json={"service": "company"}, headers=strict.server.device("kiosk")
    )
    assert (answer.status_code, answer.json()["error"]["code"]) == (423, "quota_used")


def test_a_suspended_service_says_why_on_its_card_and_is_back_as_soon_as_it_goes_on(
    strict: PrintHall, open_kiosk: OpenKiosk
) -> None:
    page = open_kiosk(strict)
    strict.server.post("services/tax/suspend", {"reason": "设备检修"})
    expect(card(page, "税务申报")).to_have_attribute("aria-disabled", "true")
    expect(card(page, "税务申报")).to_contain_text("设备检修")
    expect(card(page, "税务申报")).to_contain_text("暂停取号")
    card(page, "税务申报").dispatch_event("click")
    expect(page.locator("#home-strip")).to_contain_text("税务申报暂停取号：设备检修")
    strict.server.post("services/tax/resume")
    expect(card(page, "税务申报")).to_have_attribute("aria-disabled", "false")
    expect(card(page, "税务申报")).to_contain_text("缴税、发票、完税证明")


def test_where_identity_cards_are_wanted_the_page_sends_to_the_desk(strict: PrintHall, open_kiosk: OpenKiosk) -> None:
    page = open_kiosk(strict)
    card(page, "税务申报").click()
    expect(page.locator("#home-strip")).to_contain_text("请带身份证到服务台取号")
    expect(page.locator("#screen-home")).to_be_visible()
