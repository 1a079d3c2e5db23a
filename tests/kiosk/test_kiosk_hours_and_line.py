"""The touch page outside the hours, and when its server dies."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from datetime import timedelta
from pathlib import Path
from typing import Any

import pytest
from chromium import violations
from hall_server import sample_config
from morning import today
from playwright.sync_api import Page, expect
from print_hall import PrintHall

OpenKiosk = Callable[..., Page]


@pytest.fixture
def start(tmp_path: Path) -> Iterator[Callable[..., PrintHall]]:
    """Starts a hall whose kiosk has no printer; open at any time unless it is told its weekday.

    `own` are hours of the social insurance's own.
    """
    halls: list[PrintHall] = []

    def one(weekday: int | None = None, own: dict[str, Any] | None = None) -> PrintHall:
        sample = sample_config()
        section, services = sample["hall"], sample["services"]
        section["hours"] = {"always": weekday is None, "weekdays": [weekday or 1], "holidays": "none"}
        for service in services:
            service.pop("hours", None)
        services[0]["hours"] = own
        hall = PrintHall(tmp_path, {"1": None}, hall=section, services=services)
        halls.append(hall)
        hall.server.start()
        hall.server.login()
        return hall

    yield one
    for hall in halls:
        hall.server.kill()


def in_days(days: int) -> int:
    """The day of the week in so many days, Monday being 1."""
    return (today() + timedelta(days=days)).isoweekday()


def test_outside_the_hours_the_page_says_when_it_opens_and_gives_nothing(
    start: Callable[..., PrintHall], open_kiosk: OpenKiosk
) -> None:
    hall = start(weekday=in_days(3))
    page = open_kiosk(hall)
    expect(page.locator("#screen-closed")).to_be_visible()
    expect(page.locator("#closed-title")).to_have_text("现在不取号")
    expect(page.locator("#closed-opens")).to_contain_text("08:00 开始取号")
    expect(page.locator("#closed-hours")).to_have_text("08:00–12:00、14:30–17:30")
    expect(page.locator("#services")).to_be_hidden()
    answer = hall.server.call_api("POST", "tickets", json={"service": "general"})
    assert (answer.status_code, answer.json()["error"]["code"]) == (423, "hall_closed")
    assert violations(page) == []
    page.click("#tool-big")
    assert violations(page) == []
    page.click("#tool-language")
    expect(page.locator("#closed-title")).to_have_text("Numbers are not given out now")
    expect(page.locator("#closed-opens")).to_contain_text("Numbers from")
    assert violations(page) == []


def test_while_one_service_is_open_the_page_is_at_home_and_the_others_say_when_they_open(
    start: Callable[..., PrintHall], open_kiosk: OpenKiosk
) -> None:
    hall = start(weekday=in_days(3), own={"always": True})
    page = open_kiosk(hall)
    expect(page.locator("#services")).to_be_visible()
    expect(page.locator("#screen-closed")).to_be_hidden()
    expect(page.locator("#services button[aria-disabled=true]")).to_have_count(7)
    expect(page.locator("#services button", has_text="税务申报")).to_contain_text("08:00 起取号")
    page.locator("#services button", has_text="社保医保").click()
    expect(page.locator("#screen-nopaper [data-fill=number]").first).to_have_text("A001")


def test_a_closed_page_names_the_first_service_that_opens(
    start: Callable[..., PrintHall], open_kiosk: OpenKiosk
) -> None:
    sooner = {"spans": ["09:00-10:00"], "weekdays": [in_days(2)]}
    page = open_kiosk(start(weekday=in_days(3), own=sooner))
    expect(page.locator("#closed-opens")).to_contain_text("09:00 开始取号")


def test_without_its_server_the_page_sends_people_to_the_desk_and_comes_back_by_itself(
    start: Callable[..., PrintHall], open_kiosk: OpenKiosk
) -> None:
    hall = start()
    hall.take()
    page = open_kiosk(hall)
    page.click("#tool-big")
    hall.server.kill()
    expect(page.locator("#home-strip")).to_contain_text("网络中断，请到服务台人工取号")
    expect(page.locator("#home-strip")).to_contain_text("截至")
    expect(page.locator("#services button:enabled, #tabs button:enabled")).to_have_count(0)
    assert violations(page) == []
    # English needs the server: asked for now, it comes when the server does, never as the browser's error page.
    page.click("#tool-language")
    expect(page.locator("#home-strip")).to_be_visible()
    hall.server.start()
    expect(page.locator("html")).to_have_attribute("lang", "en")
    expect(page.locator("#kiosk")).to_have_attribute("data-link", "online")
    expect(page.locator("#home-strip")).to_be_hidden()
    page.locator("#services button", has_text="General services").click()
    expect(page.locator("#screen-nopaper [data-fill=number]").first).to_have_text("H002")
