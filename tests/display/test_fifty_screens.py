"""Fifty pages of one hall at once, as a city's hall has them: every one shows each call, and one alone speaks."""

from __future__ import annotations

from collections.abc import Callable

import pytest
from hall_server import HallServer
from playwright.sync_api import Page, expect

OpenScreen = Callable[..., Page]
Call = Callable[[str, int], str]
SCREENS = 50
SMALL = (800, 480)  # fifty large ones would be the machine's painting that is tested, not the server


@pytest.mark.timeout(300)
def test_fifty_pages_show_every_call_and_one_of_them_speaks(
    hall: HallServer, open_screen: OpenScreen, call: Call
) -> None:
    first = open_screen(hall, size=SMALL, reduced_motion="reduce")
    pages = [first, *(first.context.new_page() for _ in range(SCREENS - 1))]
    for page in pages[1:]:
        page.goto(first.url, wait_until="commit")
    for page in pages:
        page.wait_for_selector('#board[data-link="online"]')
    for service, window in (("social-insurance", 3), ("residence", 4)):
        number = call(service, window)
        for page in pages:
            expect(page.locator("#windows > li").nth(window - 1)).to_contain_text(number)
    for page in pages:
        expect(page.locator("#panel-number")).to_have_text("B001", timeout=20_000)
    spoken = "jiaohao.speaker.log.filter((line) => line.ended !== null).length"
    last = "() => new Set(jiaohao.speaker.log.map((line) => line.order.split('/')[0])).size === 2"
    speakers = [page for page in pages if page.evaluate("jiaohao.speaker.log.length") > 0]
    assert len(speakers) == 1
    speakers[0].wait_for_function(last, timeout=60_000)
    assert [page.evaluate(spoken) > 0 for page in pages].count(True) == 1
