"""A citizen's ticket on the phone: no login, nothing but the secret in the QR code."""

from __future__ import annotations

import re

import pytest
import requests
from chromium import OpenPage, violations
from hall_server import PATIENCE, HallServer
from playwright.sync_api import Page, Request, expect
from print_hall import PrintHall

PHONE = (390, 844)
TARGET = 48  # px
GOLD = "rgb(255, 211, 107)"
WINDOW = 5


@pytest.fixture
def server(hall: PrintHall) -> HallServer:
    """The shared hall, with the window free and nobody in line for it."""
    return hall.clear(WINDOW)


def take(server: HallServer, service: str = "property") -> dict[str, str]:
    return server.issue(service)


def open_phone(open_page: OpenPage, address: str) -> Page:
    """The page, and a clock that the test moves on."""
    page = open_page(address, PHONE, reduced_motion="reduce")
    page.clock.install()
    page.reload()
    return page


def next_question(page: Page) -> None:
    """Ten seconds later, with the answer in."""
    with page.expect_response(re.compile(r"/t/.*\.json")):
        page.clock.fast_forward(10_100)


def test_from_the_line_to_the_window_to_the_end(server: HallServer, open_page: OpenPage) -> None:
    first, ticket = take(server), take(server)
    page = open_phone(open_page, ticket["url"])
    expect(page.locator("#number")).to_have_text(ticket["number"])
    expect(page.locator("#chip")).to_have_text("等候中")
    expect(page.locator("#facts .ticket-fact").first).to_contain_text("1 人")
    expect(page.locator(".line-number")).to_have_text([first["number"], ticket["number"]])
    expect(page.locator("#place-card")).to_contain_text("一层西侧 A 等候区")
    expect(page.locator("#goto")).to_be_hidden()
    assert violations(page) == []

    server.post(f"windows/{WINDOW}/call-next")
    next_question(page)
    expect(page.locator("#facts .ticket-fact").first).to_contain_text("0 人")

    server.post(f"windows/{WINDOW}/call-next")
    next_question(page)
    expect(page.locator("#goto")).to_contain_text(f"请到 {WINDOW} 号窗口")
    expect(page.locator(".phone-hills")).to_have_css("background-color", GOLD)
    expect(page.locator("#chip")).to_have_text("正在叫您")
    expect(page.locator("#cancel")).to_be_hidden()
    assert violations(page) == []

    server.post(f"windows/{WINDOW}/start")
    next_question(page)
    expect(page.locator("#chip")).to_have_text("办理中")
    expect(page.locator("#goto")).to_be_hidden()
    server.post(f"windows/{WINDOW}/finish")
    next_question(page)
    expect(page.locator("#note")).to_have_text("业务已办结，谢谢。")
    votes, guide = page.locator("#votes").bounding_box(), page.locator("#guide").bounding_box()
    assert votes is not None
    assert guide is not None
    assert (guide["x"], guide["width"]) == (votes["x"], votes["width"])
    assert violations(page) == []

    # Nothing more can happen to it: the phone asks no more, and does not say that it does.
    expect(page.locator("#updated")).not_to_contain_text("每 10 秒")
    asked: list[Request] = []
    page.on("request", lambda request: asked.append(request))
    page.clock.run_for(60_000)
    assert asked == []


def test_a_missed_call_says_until_when_and_how_to_come_back(server: HallServer, open_page: OpenPage) -> None:
    ticket = take(server)
    server.post(f"windows/{WINDOW}/call-next")
    server.post(f"windows/{WINDOW}/no-show")
    page = open_phone(open_page, ticket["url"])
    expect(page.locator("#chip")).to_have_text("已过号")
    expect(page.locator("#note")).to_have_text(re.compile("^过号不用急：请在 [0-9:]{5} 前到取号机续号"))
    assert violations(page) == []


def test_a_ticket_on_hold_is_told_where_to_come_back_to(server: HallServer, open_page: OpenPage) -> None:
    ticket = take(server)
    server.post(f"windows/{WINDOW}/call-next")
    server.post(f"windows/{WINDOW}/start")
    server.post(f"windows/{WINDOW}/hold", {"kind": "with_papers", "reason": "忘带户口本"})
    page = open_phone(open_page, ticket["url"])
    expect(page.locator("#chip")).to_have_text("已挂起")
    expect(page.locator("#note")).to_have_text(f"请按工作人员约定的时间回到 {WINDOW} 号窗口。")
    expect(page.locator("#place-card")).to_have_text(f"回到 {WINDOW} 号窗口")
    assert "忘带户口本" not in page.content()
    assert violations(page) == []


def test_a_combined_visit_shows_how_far_it_has_come(server: HallServer, open_page: OpenPage) -> None:
    wish = {"service": "property", "then": ["tax"], "priority": "elderly"}
    ticket = server.call_api("POST", "tickets", json=wish, headers=server.device("kiosk")).json()
    page = open_phone(open_page, ticket["url"])
    expect(page.locator("#class")).to_have_text("高龄老人")
    steps = page.locator("#steps .step")
    expect(steps).to_have_text(["不动产登记现在", "税务申报接着办"])
    assert violations(page) == []
    server.post(f"windows/{WINDOW}/call-next")
    server.post(f"windows/{WINDOW}/finish")
    next_question(page)
    expect(steps).to_have_text(["不动产登记办结", "税务申报现在"])
    expect(page.locator("#service")).to_have_text("税务申报")
    expect(page.locator("#place-card")).to_contain_text("1、6 号窗口")


def test_a_number_is_given_back_after_asking(server: HallServer, open_page: OpenPage) -> None:
    ticket = take(server)
    page = open_phone(open_page, ticket["url"])
    page.click("#cancel")
    expect(page.locator("#cancel-dialog")).to_be_visible()
    assert violations(page) == []
    page.click("#cancel-keep")
    expect(page.locator("#chip")).to_have_text("等候中")
    page.click("#cancel")
    page.click("#cancel-yes")
    expect(page.locator("#chip")).to_have_text("已取消")
    expect(page.locator("#cancel")).to_be_hidden()
    assert server.call_api("GET", f"tickets/{ticket['id']}").json()["state"] == "cancelled"


def test_giving_back_a_number_that_was_called_meanwhile_is_refused_in_words(
    server: HallServer, open_page: OpenPage
) -> None:
    ticket = take(server)
    page = open_phone(open_page, ticket["url"])
    server.post(f"windows/{WINDOW}/call-next")
    page.click("#cancel")
    page.click("#cancel-yes")
    expect(page.locator("#strip")).to_contain_text(ticket["number"])
    expect(page.locator("#goto")).to_be_visible()  # and the page learns at once why


def test_what_can_be_pressed_is_large_enough_and_nothing_runs_out_of_the_phone(
    server: HallServer, open_page: OpenPage
) -> None:
    page = open_phone(open_page, take(server)["url"])
    for pressed in page.locator("button:visible, a:visible").all():
        box = pressed.bounding_box()
        assert box is not None
        assert min(box["width"], box["height"]) >= TARGET, pressed.inner_text()
    assert page.evaluate("document.documentElement.scrollWidth") <= PHONE[0]


def test_english_for_whoever_reads_english(server: HallServer, open_page: OpenPage) -> None:
    page = open_phone(open_page, f"{take(server)['url']}?lang=en")
    expect(page.locator("#chip")).to_have_text("Waiting")
    expect(page.locator("#service")).to_have_text("Property registration")
    assert re.findall(r"[\u3400-\u9fff\uff00-\uffef]", page.locator("body").inner_text()) == []
    assert violations(page) == []


def test_a_phone_out_of_reach_says_from_when_its_news_is(server: HallServer, open_page: OpenPage) -> None:
    page = open_phone(open_page, take(server)["url"])
    page.context.set_offline(True)
    page.clock.fast_forward(10_100)
    expect(page.locator("#link")).to_contain_text("截至")
    page.context.set_offline(False)
    page.clock.fast_forward(10_100)
    expect(page.locator("#link")).to_have_text("刚刚更新")


def test_nothing_but_the_secret_opens_a_ticket(server: HallServer, open_page: OpenPage) -> None:
    ticket = take(server)
    for guess in (ticket["id"], ticket["number"], "nobody-knows"):
        page = open_page(f"{server.base}/t/{guess}", PHONE)
        expect(page.locator("h1")).to_have_text("今天没有这个号。")
        assert ticket["number"] not in page.locator("body").inner_text()
        for answer in (
            requests.get(f"{server.base}/t/{guess}", timeout=PATIENCE),
            requests.get(f"{server.base}/t/{guess}.json", timeout=PATIENCE),
            requests.get(f"{server.base}/t/{guess}/qr.svg", timeout=PATIENCE),
            requests.post(f"{server.base}/t/{guess}/cancel", timeout=PATIENCE),
        ):
            assert answer.status_code == 404
    assert violations(page) == []
    assert server.call_api("GET", f"tickets/{ticket['id']}").json()["state"] == "waiting"
