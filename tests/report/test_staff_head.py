"""The head that all pages for leaders have in common: from each of them one gets to every other one."""

from __future__ import annotations

import re
from typing import Any

import pytest
from chromium import OpenPage, violations
from playwright.sync_api import expect

CHINESE = {
    "/report": "大厅实时情况",
    "/report/redress": "差评",
    "/report/evaluations": "评价统计",
    "/report/evidence": "评价过程",
    "/report/paper": "书面评价",
    "/report/results": "办件结果与退补",
    "/report/attendance": "值守情况",
    "/bulletin": "通知、值班、广播",
    "/devices": "设备",
    "/counter": "窗口叫号",
}
# What a page's script shows once it has asked: only then it is as wide as it will be.
FILLED = {"/report": "#services tr", "/report/results": "#results tr", "/bulletin": "#week li"}
WITH_HEAD = [path for path in CHINESE if path != "/counter"]
_WAY = re.compile(r'<a class="ways-item" href="([^"]+)"(?: aria-current="(\w+)")?>([^<]+)')


def ways(told_server: Any, username: str, path: str) -> list[tuple[str, str, str]]:
    """(address, aria-current, words) of each way that the page offers."""
    answer = told_server.session(username).get(f"{told_server.base}{path}")
    assert answer.status_code == 200
    return _WAY.findall(answer.text)


@pytest.mark.parametrize("path", WITH_HEAD)
def test_every_page_offers_the_same_ways_and_marks_the_one_it_is(read_server: Any, path: str) -> None:
    offered = ways(read_server, "leader", path)
    assert [(address, words) for address, _, words in offered] == list(CHINESE.items())
    assert [(address, current) for address, current, _ in offered if current] == [(path, "page")]


def test_a_list_behind_a_figure_belongs_to_its_page(read_server: Any) -> None:
    offered = ways(read_server, "leader", "/report/evidence/votes?what=asked&by=window&key=1&lang=en")
    assert [(address, current) for address, current, _ in offered if current] == [("/report/evidence?lang=en", "true")]


def test_a_clerk_is_offered_only_what_clerks_may_see(read_server: Any) -> None:
    assert [address for address, _, _ in ways(read_server, "clerk", "/devices")] == ["/devices", "/counter"]


def test_on_a_phone_every_page_fits_and_the_ways_open_and_close_by_keyboard(
    open_page: OpenPage, read_server: Any
) -> None:
    page = open_page(f"{read_server.base}/report?lang=en", (375, 812))
    page.locator("input[name=username]").fill("leader")
    page.locator("input[name=password]").fill("pw12345")
    page.locator("button[type=submit]").click()
    expect(page.locator("#ways")).to_be_visible()
    for path in WITH_HEAD:
        page.goto(f"{read_server.base}{path}?lang=en")
        expect(page.locator(FILLED.get(path, "main")).first).to_be_visible()
        assert page.evaluate("document.documentElement.scrollWidth") == 375, path
    page.goto(f"{read_server.base}/report/attendance")
    page.locator("#ways summary").press("Enter")
    expect(page.get_by_role("link", name="值守情况")).to_be_visible()
    assert violations(page) == []
    page.keyboard.press("Escape")
    expect(page.locator("#ways summary")).to_be_focused()
    expect(page.get_by_role("link", name="值守情况")).to_be_hidden()
    page.locator("#sign-out").click()
    expect(page.locator("input[name=username]")).to_be_visible()
