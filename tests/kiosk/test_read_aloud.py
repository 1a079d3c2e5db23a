"""念给我听 in Chromium: what a citizen hears at the kiosk, and that hearing it costs nobody anything."""

from __future__ import annotations

from collections.abc import Callable
from itertools import pairwise
from typing import Any

from chromium import OpenPage
from hall_server import StartHall
from playwright.sync_api import Page, expect
from print_hall import PrintHall

from kiosk.speech import sentence
from kiosk.virtual_printer import Faults, VirtualPrinter

OpenKiosk = Callable[..., Page]
STANDING = (1080, 1920)
SILENT = "() => jiaohao.player.log.length > 0 && jiaohao.player.log.every((line) => line.ended !== null)"


def sounded(page: Page) -> list[dict[str, Any]]:
    log: list[dict[str, Any]] = page.evaluate("jiaohao.player.log")
    return log


def voice(page: Page) -> list[dict[str, Any]]:
    """The clips of recorded words, the page's own tones aside."""
    return [line for line in sounded(page) if "/" in line["clip"]]


def tones(page: Page) -> list[str]:
    return [line["clip"] for line in sounded(page) if "/" not in line["clip"]]


def until_voice(page: Page, clips: int = 1) -> None:
    page.wait_for_function("n => jiaohao.player.log.filter((line) => line.clip.includes('/')).length >= n", arg=clips)


def flat(phrases: list[list[str]]) -> list[str]:
    return [clip for phrase in phrases for clip in phrase]


def said(page: Page) -> list[str]:
    return [line["clip"] for line in voice(page)]


def reader(page: Page) -> Any:
    return page.locator("[data-read]:visible")


def number_and_ahead(page: Page, screen: str) -> dict[str, Any]:
    return {
        "number": page.locator(f"#screen-{screen} [data-fill=number]").first.inner_text(),
        "ahead": int(page.locator(f"#screen-{screen} [data-fill=ahead]").first.inner_text()),
    }


def test_what_is_heard_is_what_the_screen_says_and_the_countdown_waits_for_it(
    hall: PrintHall, open_kiosk: OpenKiosk
) -> None:
    page = open_kiosk(hall)
    page.locator("#services button").first.click()
    expect(page.locator("#paper")).to_have_attribute("data-state", "ready")
    assert tones(page) == ["tick", "ready"]
    assert voice(page) == []
    reader(page).click()
    until_voice(page)
    left = int(page.locator("#done-home .ring-seconds").inner_text())
    assert said(page) == flat(sentence("done", "zh", **number_and_ahead(page, "done")))
    # Read in the very moment of silence: from there on it counts down.
    rest = page.wait_for_function(f"() => ({SILENT})() && document.querySelector('#done-home .ring-seconds').innerText")
    assert int(rest.json_value()) >= left - 1
    expect(reader(page)).to_have_attribute("aria-pressed", "false")
    lines = voice(page)
    assert all(line["start"] + line["seconds"] <= following["start"] for line, following in pairwise(lines))
    page.click("#done-home")
    expect(page.locator("#screen-home")).to_be_visible()


def test_a_second_touch_ends_it_and_so_does_leaving_the_screen(hall: PrintHall, open_kiosk: OpenKiosk) -> None:
    page = open_kiosk(hall)
    reader(page).click()
    until_voice(page)
    reader(page).click()
    expect(reader(page)).to_have_attribute("aria-pressed", "false")
    reader(page).click()
    until_voice(page, 2)
    page.click("#way-checkin")
    expect(page.locator("#screen-checkin")).to_be_visible()
    page.wait_for_function(SILENT)
    first, second = voice(page)
    assert (first["clip"], second["clip"]) == ("zh/touch-service", "zh/touch-service")
    for line in (first, second):
        assert line["ended"] < line["start"] + line["seconds"]
    assert first["ended"] <= second["start"]
    reader(page).click()
    until_voice(page, 3)
    assert said(page)[2:] == ["zh/enter-booking"]


def test_what_is_not_found_is_knocked_at_and_said(hall: PrintHall, open_kiosk: OpenKiosk) -> None:
    page = open_kiosk(hall)
    page.click("#tool-lookup")
    page.keyboard.type("Z999")
    page.keyboard.press("Enter")
    expect(page.locator("#lookup-strip")).to_be_visible()
    assert tones(page)[-1] == "refused"
    reader(page).click()
    until_voice(page)
    assert said(page) == flat(sentence("not-found", "zh"))


def test_in_large_type_a_result_is_read_by_itself_in_the_pages_language(
    hall: PrintHall, open_kiosk: OpenKiosk, printers: dict[str, VirtualPrinter]
) -> None:
    page = open_kiosk(hall)
    printers["1"].faults = Faults(paper_out=True)
    page.goto(f"{hall.server.base}/kiosk/1?lang=en&big=1")
    expect(page.locator("#kiosk")).to_have_attribute("data-link", "online")
    page.locator("#services button").first.click()
    expect(page.locator("#screen-nopaper")).to_be_visible()
    until_voice(page)
    assert said(page) == flat(sentence("no-paper", "en", **number_and_ahead(page, "nopaper")))
    expect(reader(page)).to_have_attribute("aria-pressed", "true")


def test_in_the_halls_silent_hours_the_kiosk_makes_no_sound(start_hall: StartHall, open_page: OpenPage) -> None:
    hall = start_hall(voice={"kiosk": {"muted": ["00:00-23:59:59.999999"]}})
    page = open_page(f"{hall.base}/kiosk/1?token={hall.tokens['kiosk']}", STANDING)
    expect(page.locator("#kiosk")).to_have_attribute("data-link", "online")
    page.click("#tool-big")
    page.locator("#services button").first.click()
    expect(page.locator("#screen-nopaper")).to_be_visible()
    expect(page.locator("[data-read]:visible")).to_have_count(0)
    assert sounded(page) == []
