"""What a clerk is told of a slip whose printer cannot print: that it is kept, and never in green that it comes."""

from __future__ import annotations

import re
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest
from chromium import violations
from hall_server import StartHall
from playwright.sync_api import expect

from kiosk.virtual_printer import Faults, VirtualPrinter

GREEN = re.compile(r"\bstrip-jade\b")


@pytest.fixture
def printer(tmp_path: Path) -> Iterator[VirtualPrinter]:
    """Without paper."""
    made = VirtualPrinter(tmp_path / "papers", speed=2000.0)
    made.faults = Faults(paper_out=True)
    made.start()
    yield made
    made.stop()
    assert made.errors == []


def test_a_slip_whose_printer_has_no_paper_is_said_to_be_kept_not_printed(
    printer: VirtualPrinter, start_hall: StartHall, open_desk: Any, sample: dict[str, Any]
) -> None:
    windows = [
        window | ({"printer": {"link": f"tcp://127.0.0.1:{printer.port}"}} if window["number"] == 3 else {})
        for window in sample["windows"]
    ]
    hall = start_hall(windows=windows, kiosks=[])
    hall.add_staff("liu", "刘伟")
    ticket = hall.issue("social-insurance")
    desk = open_desk(hall)
    page = desk.page
    expect(page.locator("#device-what")).to_have_text("没纸了")
    desk.serve(ticket)

    desk.press("F3")
    expect(page.locator(".paper [type=checkbox]").first).to_be_focused()
    expect(page.locator("#slip-printer option").first).to_have_text("本窗口打印机（没纸了）")
    page.keyboard.press("1")
    page.keyboard.press("Enter")
    expect(page.locator("#notice")).to_contain_text(f"{ticket['id']}-1 已保存，但打印机现在打不了：没纸了")
    expect(page.locator("#notice")).not_to_have_class(GREEN)
    assert violations(page) == []

    desk.press("Alt+Z")
    page.locator("#issue-yes").click()
    expect(page.locator("#given-stopped")).to_have_text("本窗口打印机现在打不了：没纸了")
    expect(page.locator("#given-by-hand")).to_be_visible()
    expect(page.locator("#given-printing")).to_be_hidden()
    assert violations(page) == []
    page.locator("#given-no").click()

    printer.reload_paper()
    expect(page.locator("#devices")).to_be_hidden()
    desk.choose("again")
    expect(page.locator("#again-number")).to_have_value(f"{ticket['id']}-1")
    expect(page.locator("#again-printer option").first).to_have_text("本窗口打印机")
    page.locator("#again-yes").click()
    expect(page.locator("#notice")).to_contain_text(f"{ticket['id']}-1 正在打印")
    expect(page.locator("#notice")).to_have_class(GREEN)
