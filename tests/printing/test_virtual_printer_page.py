"""The page beside the virtual printer, pressed in a browser."""

from __future__ import annotations

import socket
from collections.abc import Callable, Iterator

import pytest
from chromium import OpenPage
from playwright.sync_api import Page, expect
from waiting import wait_until

from kiosk.virtual_printer import Faults, VirtualPrinter
from kiosk.virtual_printer.control import Control

StartPrinter = Callable[..., VirtualPrinter]
SIZE = (1280, 900)


@pytest.fixture
def printer(start_printer: StartPrinter) -> VirtualPrinter:
    return start_printer(speed=20_000.0)


@pytest.fixture
def page(printer: VirtualPrinter, open_page: OpenPage) -> Iterator[Page]:
    control = Control(printer)
    control.start()
    yield open_page(control.url, SIZE, locale="zh-CN")
    control.stop()


def test_every_fault_has_a_switch_that_puts_it_in_and_takes_it_out(printer: VirtualPrinter, page: Page) -> None:
    buttons = page.locator("#switches button")
    names = [button.get_attribute("data-fault") for button in buttons.all()]
    assert sorted(map(str, names)) == sorted(Faults().as_json())
    healthy = Faults().as_json()
    for name in names:
        button = page.locator(f"button[data-fault={name}]")
        expect(button).to_have_attribute("aria-pressed", "false")
        button.click()
        expect(button).to_have_attribute("aria-pressed", "true")
        assert printer.faults.as_json() != healthy
        button.click()
        expect(button).to_have_attribute("aria-pressed", "false")
        assert printer.faults.as_json() == healthy
        assert "{n}" not in str(button.text_content())


def test_a_paper_appears_and_the_drawer_is_counted(printer: VirtualPrinter, page: Page) -> None:
    expect(page.get_by_role("status")).to_have_text("还没有打印小票")
    with socket.create_connection(("127.0.0.1", printer.port), timeout=20) as connection:
        connection.sendall(b"one\n\x1dV\x00\x1bp\x00\x19\xfa")
        wait_until(lambda: printer.pulses == 1, "a pulse")
    expect(page.get_by_role("img", name="纸张 0001")).to_be_visible()
    expect(page.get_by_role("status")).to_have_text("钱箱打开 1 次")
