"""A screen after hours, in Chromium."""

from __future__ import annotations

from collections.abc import Callable
from datetime import timedelta

from hall_server import HallServer, StartHall, sample_config
from morning import today
from playwright.sync_api import Page, expect
from screen_layout import BOARDS, clipped

OpenScreen = Callable[..., Page]


def closed_today(start_hall: StartHall) -> HallServer:
    content = sample_config()
    days = {today(): "closed", today() + timedelta(days=1): {"spans": ["08:30-12:00"]}}
    hours = {"holidays": "none", "days": days, "early": 15}
    services = [{key: value for key, value in one.items() if key != "hours"} for one in content["services"]]
    return start_hall(hall={**content["hall"], "hours": hours}, services=services)


def test_a_hall_that_is_closed_shows_the_time_and_the_next_opening_in_a_third_of_the_light(
    start_hall: StartHall, open_screen: OpenScreen
) -> None:
    hall = closed_today(start_hall)
    for size in BOARDS.values():
        page = open_screen(hall, size=size)
        expect(page.locator("#rest-words")).to_have_text("明日 08:30 开始办公")
        expect(page.locator("#rest-time")).to_have_text(page.locator("#clock-time").text_content() or "")
        assert page.evaluate("getComputedStyle(document.getElementById('rest'), '::after').opacity") == "0.65"
        assert clipped(page) == []
        page.close()


def test_a_touch_brings_ten_seconds_of_full_light(start_hall: StartHall, open_screen: OpenScreen) -> None:
    page = open_screen(closed_today(start_hall))
    rest = page.locator("#rest")
    expect(rest).to_be_visible()
    page.clock.install()
    rest.click()
    expect(rest).to_have_class("rest rest-light")
    page.clock.run_for(9900)
    expect(rest).to_have_class("rest rest-light")
    page.clock.run_for(200)
    expect(rest).to_have_class("rest")


def test_a_hall_that_is_open_does_not_rest(hall: HallServer, open_screen: OpenScreen) -> None:
    expect(open_screen(hall).locator("#rest")).to_be_hidden()
