"""Every screen of the touch page, both ways a panel lies, both sizes of type, both languages."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from functools import partial

import pytest
from chromium import violations
from playwright.sync_api import Page, expect
from print_hall import PIN, PrintHall
from touch_page import clipped, small_targets

from kiosk.virtual_printer import Faults, VirtualPrinter

OpenKiosk = Callable[..., Page]
STANDING, LYING = (1080, 1920), (1366, 768)
BOTH = pytest.mark.parametrize("size", [STANDING, LYING], ids=["standing", "lying"])
TOP_THIRD = 640  # px of a standing panel that only inform: nobody in a wheelchair reaches them
LARGE_TYPE_FROM = 490  # large type needs more of it, at the cost of the department filter being higher


@BOTH
@pytest.mark.parametrize("big", [False, True], ids=["ordinary", "large"])
@pytest.mark.parametrize("language", ["zh", "en"])
def test_every_screen_can_be_read_reached_and_touched(
    hall: PrintHall,
    open_kiosk: OpenKiosk,
    printers: dict[str, VirtualPrinter],
    size: tuple[int, int],
    big: bool,
    language: str,
) -> None:
    page = open_kiosk(hall, size=size, reduced_motion="reduce")  # no screen is judged while it fades in
    page.goto(f"{hall.server.base}/kiosk/1?lang={language}" + ("&big=1" if big else ""))
    expect(page.locator("#kiosk")).to_have_attribute("data-link", "online")

    top = 0 if size == LYING else LARGE_TYPE_FROM if big else TOP_THIRD

    def examine() -> None:
        assert (violations(page), small_targets(page, size, top), clipped(page)) == ([], [], [])

    examine()
    page.locator("#tabs button").nth(3).click()
    assert (small_targets(page, size, top), clipped(page)) == ([], [])
    page.locator("#services button").first.click()
    expect(page.locator("#paper")).to_have_attribute("data-state", "ready")
    examine()
    page.click("#done-again")
    printers["1"].faults = Faults(paper_out=True)
    page.locator("#services button").first.click()
    expect(page.locator("#screen-nopaper")).to_be_visible()
    examine()


@BOTH
@pytest.mark.parametrize("big", [False, True], ids=["ordinary", "large"])
@pytest.mark.parametrize("language", ["zh", "en"])
def test_every_step_can_be_read_reached_and_touched(
    hall: PrintHall, open_kiosk: OpenKiosk, size: tuple[int, int], big: bool, language: str
) -> None:
    page = open_kiosk(hall, size=size, reduced_motion="reduce")
    page.goto(f"{hall.server.base}/kiosk/1?lang={language}" + ("&big=1" if big else ""))
    expect(page.locator("#kiosk")).to_have_attribute("data-link", "online")
    top = 0 if size == LYING else LARGE_TYPE_FROM if big else TOP_THIRD

    def examine() -> None:
        assert (violations(page), small_targets(page, size, top), clipped(page)) == ([], [], [])

    page.click("#way-priority")
    examine()
    page.locator(".class-card").nth(3).click()
    assert (small_targets(page, size, top), clipped(page)) == ([], [])
    page.click("#tool-combined")
    for index in range(3):
        page.locator("#services button").nth(index).click()
    examine()
    page.click("#way-take")
    expect(page.locator("#paper")).to_have_attribute("data-state", "ready")
    number = page.locator("#screen-done [data-fill=number]").first.inner_text()
    assert (small_targets(page, size, top), clipped(page)) == ([], [])
    page.click("#done-again")
    page.click("#way-checkin")
    page.locator(".pad-digit:visible").first.click()
    page.click("#checkin-send")
    expect(page.locator("#checkin-strip")).to_be_visible()
    examine()
    page.click("#checkin-back")
    page.click("#tool-lookup")
    assert (small_targets(page, size, top), clipped(page)) == ([], [])
    page.keyboard.type(number)
    page.keyboard.press("Enter")
    expect(page.locator("#screen-back")).to_be_visible()
    assert (small_targets(page, size, top), clipped(page)) == ([], [])


@pytest.fixture
def giving(guarded: PrintHall) -> Iterator[PrintHall]:
    """The guarded hall, giving numbers again after each test."""
    yield guarded
    ask = partial(guarded.server.call_api, "POST", headers=guarded.server.device("kiosk"))
    permit = ask("kiosk/unlock", json={"pin": PIN}).json()["permit"]
    ask("kiosk/pause", json={"permit": permit, "paused": False})


@BOTH
@pytest.mark.parametrize("big", [False, True], ids=["ordinary", "large"])
@pytest.mark.parametrize("language", ["zh", "en"])
def test_guides_numbers_and_the_panel_can_be_read_reached_and_touched(
    giving: PrintHall,
    open_kiosk: OpenKiosk,
    guarded_printer: VirtualPrinter,
    size: tuple[int, int],
    big: bool,
    language: str,
) -> None:
    server = giving.server
    server.open(6)
    page = open_kiosk(giving, size=size, reduced_motion="reduce")
    top = 0 if size == LYING else LARGE_TYPE_FROM if big else TOP_THIRD

    def start() -> None:
        """Going home takes large type and English along."""
        page.goto(f"{server.base}/kiosk/1?lang={language}" + ("&big=1" if big else ""))
        expect(page.locator("#kiosk")).to_have_attribute("data-link", "online")

    def examine() -> None:
        assert (violations(page), small_targets(page, size, top), clipped(page)) == ([], [], [])

    def scan(text: str) -> None:
        page.keyboard.type(text)
        page.keyboard.press("Enter")
        expect(page.locator("#screen-back")).to_be_visible()

    start()
    page.click("#tool-guide")
    examine()
    page.locator(".guide-card").nth(2).click()
    examine()
    while page.locator("#guide-next-page").is_enabled():
        page.click("#guide-next-page")
        assert (small_targets(page, size, top), clipped(page), overflowing(page)) == ([], [], False)
    start()

    ticket = server.post("tickets", {"service": "tax"})
    token = server.issue("tax")["url"]
    page.keyboard.type(ticket["number"])
    page.keyboard.press("Enter")
    expect(page.locator("#back-print")).to_be_visible()
    examine()
    start()
    server.post("windows/6/call-next")
    server.post("windows/6/finish")
    server.post("windows/6/call-next")
    scan(token)
    examine()
    start()
    server.post("windows/6/no-show")
    scan(token)
    expect(page.locator("#back-rejoin")).to_be_visible()
    examine()

    start()
    guarded_printer.faults = Faults(cover_open=True)
    page.locator("#services button").first.click()
    expect(page.locator("#screen-nopaper")).to_be_visible(timeout=20_000)
    guarded_printer.faults = Faults()
    expect(page.locator("#nopaper-print")).to_be_visible(timeout=20_000)
    examine()

    start()
    for _ in range(5):
        page.mouse.click(size[0] - 20, 20)
    for digit in PIN:
        page.locator("#screen-pin .pad-digit", has_text=digit).click()
    assert (small_targets(page, size, top), clipped(page)) == ([], [])
    page.click("#pin-send")
    expect(page.locator("#screen-staff")).to_be_visible()
    examine()
    page.click("#staff-pause")
    expect(page.locator("#staff-pause")).to_have_attribute("aria-pressed", "true")
    assert clipped(page) == []
    page.click("#staff-close")
    expect(page.locator("#screen-paused")).to_be_visible()
    examine()


def overflowing(page: Page) -> bool:
    """Whether the guide's page holds more than it shows."""
    found: bool = page.evaluate(
        "(() => { const s = document.querySelector('#guide-sheet'); return s.scrollHeight > s.clientHeight; })()"
    )
    return found
