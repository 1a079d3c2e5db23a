"""The touch page recovers by itself: from a frozen server, a script that fails, and a browser that runs for months."""

from __future__ import annotations

import signal
from collections.abc import Callable, Iterator
from datetime import datetime, timedelta
from pathlib import Path
from zoneinfo import ZoneInfo

import pytest
from chromium import OpenPage
from morning import MORNING
from playwright.sync_api import Page, Route, expect
from print_hall import PrintHall

OpenKiosk = Callable[..., Page]
SIZE = (1080, 1920)
SOON = timedelta(minutes=2)
FAIL = "window.dispatchEvent(new ErrorEvent('error', {message: 'a script failed'}))"


@pytest.fixture
def own(tmp_path: Path) -> Iterator[PrintHall]:
    """A hall of the test's own, whose kiosk loads itself anew in two minutes."""
    hall = PrintHall(tmp_path, {"1": None})
    at = datetime.now(ZoneInfo(MORNING)) + SOON
    hall.server.edit_config(lambda content: content["kiosks"][0].update(reload_at=f"{at:%H:%M}"))
    hall.server.start()
    yield hall
    if hall.server.process is not None:
        hall.server.process.send_signal(signal.SIGCONT)
    hall.server.kill()


def watched(open_page: OpenPage, hall: PrintHall) -> Page:
    """The page, live, under a clock that the test moves on, and marked: a page that is loaded anew has no mark."""
    page = open_page(hall.page("1"), SIZE)
    page.clock.install()
    page.reload()
    mark(page)
    return page


def mark(page: Page) -> None:
    expect(page.locator("#kiosk")).to_have_attribute("data-link", "online")
    page.evaluate("document.documentElement.dataset.mark = '1'")


def is_marked(page: Page) -> bool:
    return page.locator("html[data-mark]").count() == 1


def test_a_frozen_server_is_noticed_and_so_is_its_return(own: PrintHall, open_kiosk: OpenKiosk) -> None:
    page = open_kiosk(own)
    assert own.server.process is not None
    own.server.process.send_signal(signal.SIGSTOP)
    expect(page.locator("#home-strip")).to_contain_text("网络中断，请到服务台人工取号")
    assert page.locator("#services button:enabled").count() == 0
    own.server.process.send_signal(signal.SIGCONT)
    expect(page.locator("#kiosk")).to_have_attribute("data-link", "online")


def test_a_script_that_fails_loads_the_page_anew_but_not_again_and_again(own: PrintHall, open_page: OpenPage) -> None:
    page = watched(open_page, own)
    with page.expect_navigation():
        page.evaluate(FAIL)
        page.clock.fast_forward(5_100)
    mark(page)
    page.evaluate(FAIL)
    page.clock.fast_forward(5_100)
    page.clock.fast_forward(30_000)
    assert is_marked(page)
    with page.expect_navigation():
        page.clock.fast_forward(30_000)


def test_no_page_is_left_for_the_browsers_own_while_the_server_is_away(own: PrintHall, open_page: OpenPage) -> None:
    page = watched(open_page, own)
    own.server.kill()
    page.evaluate(FAIL)
    with page.expect_event("requestfailed", lambda request: request.method == "HEAD"):
        page.clock.fast_forward(5_100)
    assert is_marked(page)
    own.server.start()
    with page.expect_navigation():
        page.clock.fast_forward(5_100)


def test_a_citizens_step_is_not_taken_away_at_once(own: PrintHall, open_page: OpenPage) -> None:
    page = watched(open_page, own)
    page.click("#tool-lookup")
    page.evaluate(FAIL)
    page.clock.fast_forward(5_100)
    page.clock.fast_forward(5_100)
    assert is_marked(page)
    page.click("#lookup-back")
    with page.expect_navigation():
        page.clock.fast_forward(5_100)


def test_the_page_loads_itself_anew_at_its_hour_once_nobody_is_at_it(own: PrintHall, open_page: OpenPage) -> None:
    page = watched(open_page, own)
    page.click("#tool-guide")
    page.clock.fast_forward(SOON.seconds * 1000 + 60_000)  # after which the page asks whether somebody is there
    expect(page.locator("#kiosk")).to_have_attribute("data-link", "online")
    assert is_marked(page)
    page.click("#still-leave")
    with page.expect_navigation():
        page.clock.fast_forward(5_100)


def test_another_language_waits_for_a_server_that_would_answer(own: PrintHall, open_page: OpenPage) -> None:
    def starting(route: Route) -> None:
        if route.request.method == "HEAD":
            route.fulfill(status=503)
        else:
            route.continue_()

    page = watched(open_page, own)
    page.route("**/kiosk/1*", starting)
    with page.expect_response(lambda response: response.request.method == "HEAD"):
        page.click("#tool-language")
    page.click("#tool-lookup")  # the page is whole, and still the one that was there
    expect(page.locator("#screen-lookup")).to_be_visible()
    assert is_marked(page)
    page.unroute("**/kiosk/1*")
    page.click("#tool-language")
    expect(page.locator("html")).to_have_attribute("lang", "en")
