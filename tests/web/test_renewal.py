"""Pages that stay open for months show what config.yaml says now, without anybody coming to load them anew."""

from __future__ import annotations

from typing import Any

import pytest
from chromium import OpenPage
from hall_server import HallServer, StartHall
from playwright.sync_api import Page, expect

SIZES = {"kiosk": (1080, 1920), "display": (1920, 1080), "evaluator": (1024, 600)}
PLACES = {"kiosk": "1", "display": "hall", "evaluator": "3"}
NEW_NAME, OLD_NAME = "青禾镇政务中心", "青禾镇便民服务中心"
PATIENCE = 15_000
ARCHIVE = {"code": "archive", "prefix": "J", "department": "housing", "name": "档案查询", "name_en": "Archives"}


@pytest.fixture
def hall(start_hall: StartHall) -> HallServer:
    return start_hall()


def page_of(hall: HallServer, open_page: OpenPage, kind: str, **options: Any) -> Page:
    return open_page(f"{hall.base}/{kind}/{PLACES[kind]}?token={hall.tokens[kind]}", SIZES[kind], **options)


def change(hall: HallServer) -> None:
    def edit(content: dict[str, Any]) -> None:
        content["hall"].update(name=NEW_NAME, hotline="12388")
        content["services"].append(ARCHIVE)
        content["windows"][0].update(services=["all"])

    hall.edit_config(edit)
    assert hall.call_api("POST", "config/reload").ok


@pytest.mark.parametrize(("kind", "shows"), [("kiosk", NEW_NAME), ("display", NEW_NAME), ("evaluator", "12388")])
def test_page_nobody_is_at_shows_the_new_names(hall: HallServer, open_page: OpenPage, kind: str, shows: str) -> None:
    page = page_of(hall, open_page, kind)
    expect(page.get_by_text(OLD_NAME if shows == NEW_NAME else "12345").first).to_be_visible()
    change(hall)
    expect(page.get_by_text(shows).first).to_be_visible(timeout=PATIENCE)
    # Once for each change, however long it stays.
    page.evaluate("window.loaded = true")
    page.wait_for_timeout(2500)
    assert page.evaluate("window.loaded")


def test_kiosk_that_a_citizen_is_at_keeps_its_page_and_offers_the_new_service(
    hall: HallServer, open_page: OpenPage
) -> None:
    page = page_of(hall, open_page, "kiosk")
    page.locator("#tabs button", has_text="住建不动产").click()
    page.evaluate("window.loaded = true")
    change(hall)
    expect(page.get_by_text("档案查询")).to_be_visible(timeout=PATIENCE)
    page.wait_for_timeout(7000)
    assert page.evaluate("window.loaded")


def test_screen_whose_sound_somebody_turned_on_is_not_made_silent(hall: HallServer, open_page: OpenPage) -> None:
    page = page_of(hall, open_page, "display", touch=True)
    page.locator("#sound").click()
    page.evaluate("window.loaded = true")
    change(hall)
    expect(page.get_by_text("档案查询").first).to_be_visible(timeout=PATIENCE)
    page.wait_for_timeout(7000)
    assert page.evaluate("window.loaded")


def test_leaders_page_knows_the_new_service(hall: HallServer, open_page: OpenPage) -> None:
    page = open_page(f"{hall.base}/report", (1920, 1080))
    page.context.add_cookies([{"name": c.name, "value": c.value or "", "url": hall.base} for c in hall.session.cookies])
    page.goto(f"{hall.base}/report")
    expect(page.get_by_text("税务申报").first).to_be_visible()
    change(hall)
    expect(page.get_by_text("档案查询").first).to_be_visible(timeout=PATIENCE)
    expect(page.get_by_text(NEW_NAME).first).to_be_visible(timeout=PATIENCE)
