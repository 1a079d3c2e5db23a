"""The touch page in Chromium: what a citizen touches, reads and takes away."""

from __future__ import annotations

import re
from collections.abc import Callable

from playwright.sync_api import Page, Route, expect
from print_hall import PrintHall, with_number

from kiosk.virtual_printer import Faults, VirtualPrinter

OpenKiosk = Callable[..., Page]
CHINESE = re.compile(r"[\u3000-\u30ff\u3400-\u9fff\uff00-\uffef]")
# What is there to be read, without the words that name the other language in itself.
READ = """() => {
  const aside = Array.from(document.querySelectorAll('body [lang="zh-CN"]'));
  aside.forEach((element) => { element.style.visibility = 'hidden'; });
  const words = document.body.innerText;
  aside.forEach((element) => { element.style.visibility = ''; });
  return words;
}"""


def touch(page: Page, service: str = "综合业务") -> None:
    page.locator("#services button", has_text=service).click()


def number_on(page: Page, screen: str = "done") -> str:
    shown = page.locator(f"#screen-{screen} [data-fill=number]").first
    expect(page.locator(f"#screen-{screen}")).to_be_visible()
    return shown.inner_text()


def with_paper(page: Page) -> str:
    """Wait for the paper of the number on the screen, not of the one before; the number."""
    expect(page.locator("#screen-done")).to_be_visible()
    expect(page.locator("#paper")).to_have_attribute("data-state", "ready")
    return number_on(page)


def in_english(page: Page) -> None:
    page.click("#tool-language")
    expect(page.locator("html")).to_have_attribute("lang", "en")
    expect(page.locator("#kiosk")).to_have_attribute("data-link", "online")


def test_from_touch_to_paper_and_back_to_the_start(hall: PrintHall, open_kiosk: OpenKiosk) -> None:
    page = open_kiosk(hall)
    before, ahead = hall.waiting(), hall.waiting("general")
    touch(page)
    assert with_paper(page).startswith("H")
    expect(page.locator("#result-title")).to_have_text("取号成功")
    expect(page.locator("#paper-title")).to_have_text("请取走小票")
    expect(page.locator("#screen-done [data-fill=ahead]")).to_have_text(str(ahead))
    assert hall.waiting() == before + 1
    page.click("#done-home")
    expect(page.locator("#screen-home")).to_be_visible()


def test_a_department_shows_its_services_only(hall: PrintHall, open_kiosk: OpenKiosk) -> None:
    page = open_kiosk(hall)
    names = page.locator("#services .service-name")
    expect(names).to_have_count(8)
    page.locator("#tabs button", has_text="住建不动产").click()
    expect(names).to_have_text(["不动产登记", "公积金"])
    expect(page.locator("#tabs [aria-pressed=true]")).to_have_text("住建不动产")
    page.locator("#tabs button", has_text="全部").click()
    expect(names).to_have_count(8)


def test_two_quick_touches_are_one_number(hall: PrintHall, open_kiosk: OpenKiosk) -> None:
    page = open_kiosk(hall)
    before = hall.waiting()
    page.locator("#services button", has_text="公积金").dblclick()
    with_paper(page)
    page.click("#done-again")
    # Two fingers at once, on two services.
    page.evaluate("document.querySelectorAll('#services button').forEach((card) => card.click())")
    with_paper(page)
    assert hall.waiting() == before + 2


def test_answers_that_get_lost_are_asked_for_again_and_are_the_same_number(
    hall: PrintHall, open_kiosk: OpenKiosk
) -> None:
    page = open_kiosk(hall)
    before, lost = hall.waiting(), []

    def lose(route: Route) -> None:
        lost.append(route.fetch().json()["number"])
        route.abort()

    page.route("**/api/v1/tickets", lose)
    touch(page)
    expect(page.locator("#home-strip")).to_contain_text("恢复后请再按一次")
    assert (len(lost), len(set(lost)), hall.waiting()) == (4, 1, before + 1)
    page.unroute("**/api/v1/tickets")
    touch(page)
    assert with_paper(page) == lost[0]
    assert hall.waiting() == before + 1


def test_a_number_whose_answer_was_lost_is_not_given_to_somebody_who_comes_later(
    hall: PrintHall, open_kiosk: OpenKiosk
) -> None:
    page = open_kiosk(hall)
    page.clock.install()
    page.reload()
    expect(page.locator("#kiosk")).to_have_attribute("data-link", "online")
    page.route("**/api/v1/tickets", lambda route: route.abort())
    with page.expect_request("**/api/v1/tickets") as first:
        touch(page)
    expect(page.locator("#home-strip")).to_contain_text("恢复后请再按一次")
    page.clock.fast_forward(121_000)
    page.unroute("**/api/v1/tickets")
    expect(page.locator("#kiosk")).to_have_attribute("data-link", "online")
    with page.expect_request("**/api/v1/tickets") as later:
        touch(page)
    assert first.value.headers["idempotency-key"] != later.value.headers["idempotency-key"]


def test_large_type_is_larger_and_ends_with_the_citizen(hall: PrintHall, open_kiosk: OpenKiosk) -> None:
    page = open_kiosk(hall)
    size = "Number.parseFloat(getComputedStyle(document.querySelector('.service-name')).fontSize)"
    ordinary = page.evaluate(size)
    page.click("#tool-big")
    expect(page.locator("#tool-big")).to_have_attribute("aria-pressed", "true")
    assert page.evaluate(size) >= 1.4 * ordinary
    touch(page)
    with_paper(page)
    expect(page.locator("#done-home .ring-seconds")).to_have_text("16")
    page.click("#done-again")  # the same citizen goes on in large type
    expect(page.locator("html")).to_have_class(re.compile("big"))
    touch(page)
    with_paper(page)
    page.click("#done-home")
    expect(page.locator("html")).not_to_have_class(re.compile("big"))


def test_english_is_whole_and_ends_with_the_citizen(
    hall: PrintHall, open_kiosk: OpenKiosk, printers: dict[str, VirtualPrinter]
) -> None:
    page = open_kiosk(hall)
    in_english(page)
    assert CHINESE.findall(page.evaluate(READ)) == []
    page.locator("#tabs button", has_text="Social Affairs").click()
    assert CHINESE.findall(page.evaluate(READ)) == []
    touch(page, "General services")
    with_paper(page)
    assert CHINESE.findall(page.evaluate(READ)) == []
    page.click("#done-again")
    printers["1"].faults = Faults(cover_open=True)
    touch(page, "General services")
    number_on(page, "nopaper")
    expect(page.locator("#result-title")).to_have_text("Printer cover open. Your number is still valid.")
    assert CHINESE.findall(page.evaluate(READ)) == []
    page.click("#nopaper-home")
    expect(page.locator("html")).to_have_attribute("lang", "zh-CN")
    expect(page.locator("#home-title")).to_contain_text("请选择要办理的业务")


def test_english_and_back_keep_large_type(hall: PrintHall, open_kiosk: OpenKiosk) -> None:
    page = open_kiosk(hall)
    page.click("#tool-big")
    in_english(page)
    page.click("#tool-language")
    expect(page.locator("html")).to_have_attribute("lang", "zh-CN")
    expect(page.locator("html")).to_have_class(re.compile("big"))


def test_whoever_comes_next_never_gets_the_number_that_the_one_before_was_not_given(
    hall: PrintHall, open_kiosk: OpenKiosk
) -> None:
    keys: list[str] = []

    def unsure(route: Route) -> None:
        keys.append(route.request.headers["idempotency-key"])
        route.fulfill(status=503)

    def touched() -> set[str]:
        keys.clear()
        touch(page)
        expect(page.locator("#services [aria-busy=true]")).to_have_count(1)
        expect(page.locator("#services [aria-busy=true]")).to_have_count(0)
        return set(keys)

    page = open_kiosk(hall)
    page.clock.install()
    page.reload()
    expect(page.locator("#kiosk")).to_have_attribute("data-link", "online")
    page.route("**/api/v1/tickets", unsure)
    page.click("#tool-big")
    first = touched()
    assert len(first) == 1
    assert touched() == first
    page.clock.fast_forward(91_000)  # twice the usual, for whoever needs large type
    page.click("#still-leave")
    assert touched().isdisjoint(first)


def test_a_page_that_was_left_asks_then_goes_back_to_its_start(hall: PrintHall, open_kiosk: OpenKiosk) -> None:
    page = open_kiosk(hall)
    page.clock.install()
    page.reload()
    page.clock.fast_forward(61_000)
    expect(page.locator("#still-there")).to_be_hidden()  # nobody has touched anything: nothing to put back
    page.locator("#tabs button", has_text="公安户籍").click()
    page.clock.fast_forward(43_000)
    expect(page.locator("#still-there")).to_be_hidden()
    page.clock.fast_forward(3_000)
    expect(page.locator("#still-there")).to_contain_text("还在吗")
    page.click("#still-stay")
    expect(page.locator("#still-there")).to_be_hidden()
    expect(page.locator("#tabs [aria-pressed=true]")).to_have_text("公安户籍")
    page.clock.fast_forward(46_000)
    expect(page.locator("#still-there")).to_be_visible()
    page.clock.fast_forward(16_000)
    expect(page.locator("#still-there")).to_be_hidden()
    expect(page.locator("#tabs [aria-pressed=true]")).to_have_text("全部")


def test_the_number_leaves_the_screen_after_eight_seconds(hall: PrintHall, open_kiosk: OpenKiosk) -> None:
    page = open_kiosk(hall)
    page.clock.install()
    page.reload()
    expect(page.locator("#kiosk")).to_have_attribute("data-link", "online")
    touch(page)
    with_paper(page)
    page.clock.pause_at(page.evaluate("Date.now()") / 1000 + 3)
    expect(page.locator("#screen-done")).to_be_visible()
    page.clock.run_for(6_000)
    expect(page.locator("#screen-home")).to_be_visible()
    expect(page.locator("#screen-done")).to_be_hidden()


def test_without_paper_home_says_so_before_the_touch_and_the_number_stays_for_a_minute(
    hall: PrintHall, open_kiosk: OpenKiosk, printers: dict[str, VirtualPrinter]
) -> None:
    page = open_kiosk(hall)
    expect(page.locator("#printer-notice")).to_be_hidden()
    expect(page.locator("#machine")).to_have_text("1 号取号机工作正常")
    printers["1"].faults = Faults(paper_out=True)
    expect(page.locator("#printer-notice")).to_have_text("打印机没纸，仍可取号")
    expect(page.locator("#machine")).to_have_text("1 号取号机暂不出小票")
    touch(page)
    number_on(page, "nopaper")
    expect(page.locator("#nopaper-home .ring-seconds")).to_have_text(re.compile("^(60|59)$"))


def test_when_the_roll_comes_while_the_citizen_still_stands_there_the_paper_is_offered(
    hall: PrintHall, open_kiosk: OpenKiosk, printers: dict[str, VirtualPrinter]
) -> None:
    page = open_kiosk(hall)
    printers["1"].faults = Faults(paper_out_after_mm=40.0)
    touch(page)
    number = number_on(page, "nopaper")
    expect(page.locator("#result-title")).to_have_text("打印机没纸，号已取好")
    printers["1"].reload_paper()
    assert with_paper(page) == number
    ticket = next(text for text in with_number(printers["1"], number))
    assert "补打" not in ticket


def test_a_kiosk_without_a_printer_says_so_and_never_that_its_slip_is_incomplete(
    hall: PrintHall, open_kiosk: OpenKiosk
) -> None:
    page = open_kiosk(hall, "3")
    expect(page.locator("#printer-notice")).to_have_text("本机暂不出小票，仍可取号")
    touch(page)
    number_on(page, "nopaper")
    expect(page.locator("#result-title")).to_have_text("本机不出小票，号已取好")
    expect(page.locator("#screen-nopaper [data-qr]")).to_be_visible()


def test_whoever_takes_a_number_is_told_how_to_come_back(hall: PrintHall, open_kiosk: OpenKiosk) -> None:
    page = open_kiosk(hall)
    touch(page)
    with_paper(page)
    expect(page.locator("#screen-done .foot-note")).to_have_text("过号不用急：60 分钟内到这里扫小票续号")
