"""Outcomes, notices and first contacts on the clerk's page, by keys alone."""

from __future__ import annotations

import os
from pathlib import Path
from typing import Any

import pytest
from chromium import OpenPage, violations
from hall_server import PASSWORD, HallServer
from playwright.sync_api import Page, expect

BAR = (320, 768)


def shot(page: Page, name: str) -> None:
    folder = os.environ.get("SHOTS")
    if folder:
        page.screenshot(path=str(Path(folder) / f"{name}.png"))


def test_a_clerk_sends_somebody_back_with_everything_named_once(ruled_hall: HallServer, open_desk: Any) -> None:
    ticket = ruled_hall.issue("social-insurance")
    desk = open_desk(ruled_hall, window=2)
    page = desk.page
    desk.serve(ticket)
    page.keyboard.press("Shift+F9")
    expect(page.locator("#outcome-dialog")).to_be_visible()
    expect(page.locator("#outcome-form [name=kind]:checked")).to_be_focused()
    page.keyboard.press("3")
    expect(page.locator("#outcome-slip")).to_be_checked()
    assert violations(page) == []
    shot(page, "outcome")
    page.keyboard.press("Enter")
    expect(page.locator(".paper [type=checkbox]").first).to_be_focused()
    expect(page.locator("#slip-yes")).to_be_in_viewport(ratio=1)
    page.keyboard.press("1")
    expect(page.locator(".paper").first.locator(".paper-reason")).to_be_visible()
    page.keyboard.press("Tab")
    page.keyboard.insert_text("已过有效期")
    assert violations(page) == []
    shot(page, "slip")
    page.keyboard.press("Enter")
    desk.shows("", "open")
    expect(page.locator("#notice")).to_contain_text(f"{ticket['id']}-1")
    leg = desk.kept(ticket)["legs"][0]
    assert leg["result"] == {"kind": "supplement", "quantity": 1, "note": ""}
    assert [(one["code"], one["reason"]) for one in leg["notices"][0]["documents"]] == [("id-card", "已过有效期")]
    with page.context.expect_page() as opened:
        page.locator("#notice a").press("Enter")
    sheet = opened.value
    expect(sheet.locator("h1")).to_have_text("一次性告知书")
    assert violations(sheet) == []
    shot(sheet, "sheet")


def test_an_earlier_return_is_shown_and_an_outcome_corrected(ruled_hall: HallServer, open_desk: Any) -> None:
    before, again = (ruled_hall.issue("social-insurance") for _ in range(2))
    desk = open_desk(ruled_hall, window=2)
    page = desk.page
    desk.serve(before)
    desk.press("F3")
    page.keyboard.press("2")
    page.keyboard.press("Enter")
    expect(page.locator("#slip-dialog")).to_be_hidden()
    expect(page.locator("#facts")).to_contain_text(f"{before['id']}-1")
    desk.press("F9")
    desk.shows("", "open")
    desk.serve(again)
    desk.press("F3")
    page.locator("#slip-before").focus()
    page.keyboard.insert_text(f"{before['id']}-1")
    page.keyboard.press("Enter")
    expect(page.locator("#slip-earlier")).to_contain_text("刘伟")
    expect(page.locator("#slip-earlier")).to_contain_text("居住证")
    assert violations(page) == []
    shot(page, "earlier")
    page.keyboard.press("Escape")
    desk.press("F9")
    desk.shows("", "open")
    desk.choose("correct")
    expect(page.locator("#correct-dialog")).to_be_visible()
    page.keyboard.press("Tab")
    page.keyboard.press("4")
    page.locator("#correct-reason").focus()
    page.keyboard.insert_text("点错了")
    assert violations(page) == []
    shot(page, "correct")
    page.keyboard.press("Enter")
    expect(page.locator("#correct-dialog")).to_be_hidden()
    assert desk.kept(again)["legs"][0]["result"]["kind"] == "returned"


def test_whoever_has_no_number_gets_one_at_the_right_window(
    ruled_hall: HallServer, open_desk: Any, sign_in_at: Any
) -> None:
    desk = open_desk(ruled_hall, window=2)
    page = desk.page
    desk.choose("refer")
    expect(page.locator("#refer-search")).to_be_focused()
    page.keyboard.insert_text("hjsfz")
    page.keyboard.press("Enter")
    expect(page.locator("#refer-note")).to_be_focused()
    page.keyboard.insert_text("要先办居住证")
    assert violations(page) == []
    shot(page, "refer")
    page.keyboard.press("Enter")
    expect(page.locator("#given-dialog")).to_be_visible()
    page.wait_for_function("() => document.querySelector('#given-qr').naturalWidth > 0")
    assert violations(page) == []
    shot(page, "referred")
    number = page.locator("#given-number").inner_text()
    page.keyboard.press("Enter")
    expect(page.locator("#given-dialog")).to_be_hidden()
    other = open_desk(ruled_hall, "li", window=4)
    other.press("F8")
    other.shows(number, "called")
    expect(other.page.locator("#ticket-note")).to_contain_text("刘伟")
    expect(other.page.locator("#ticket-note")).to_contain_text("要先办居住证")
    shot(other.page, "received")


@pytest.mark.parametrize("language", ["zh", "en"])
def test_as_a_bar_the_forms_are_within_reach(ruled_hall: HallServer, open_desk: Any, language: str) -> None:
    ticket = ruled_hall.issue("social-insurance")
    desk = open_desk(ruled_hall, size=BAR, window=2)
    page = desk.page
    page.goto(f"{ruled_hall.base}/counter?window=2&lang={language}")
    page.wait_for_selector('#desk[data-link="online"]')
    desk.serve(ticket)
    for name, key in {"outcome": "Shift+F9", "slip": "F3"}.items():
        page.keyboard.press(key)
        box = page.locator(f"#{name}-dialog").bounding_box()
        assert box is not None
        assert box["x"] >= 0
        assert box["x"] + box["width"] <= BAR[0]
        assert page.evaluate(f"document.querySelector('#{name}-dialog').scrollWidth <= {BAR[0]}")
        expect(page.locator(f"#{name}-yes")).to_be_in_viewport(ratio=1)
        assert violations(page) == [], name
        shot(page, f"bar-{name}-{language}")
        page.keyboard.press("Escape")
    desk.choose("refer")
    assert violations(page) == []
    shot(page, f"bar-refer-{language}")
    page.keyboard.press("Escape")
    desk.press("Alt+M")
    expect(page.locator("#more-no")).to_be_in_viewport(ratio=1)
    shot(page, f"bar-more-{language}")
    page.keyboard.press("Escape")
    desk.press("F9")
    desk.shows("", "open")


def test_the_leader_sees_the_second_return_and_says_what_was_found(
    ruled_hall: HallServer, open_page: OpenPage, sign_in_at: Any
) -> None:
    first, second = (ruled_hall.issue("social-insurance") for _ in range(2))
    liu = sign_in_at(ruled_hall, "liu")
    liu.done(2, "login")
    earlier = None
    for ticket in (first, second):
        assert liu.at(2, "call", {"ticket": ticket["id"], "reason": "带着婴儿"}).ok
        liu.done(2, "start")
        papers = [{"code": "id-card", "reason": "已过有效期"}, {"name": "近期一寸照片"}]
        named = liu.at(2, "documents", {"documents": papers, "earlier": earlier}).json()
        earlier = named["notice"]["number"]
        assert liu.at(2, "finish", {"result": {"kind": "supplement"}}).ok
    assert liu.at(2, "refer", {"service": "residence", "note": "先办居住证", "phone": "1234"}).ok
    page = open_page(f"{ruled_hall.base}/report/results", (1440, 900))
    page.fill("[name=username]", "chen")
    page.fill("[name=password]", PASSWORD)
    page.click("#sign-in")
    found = page.locator(f'.return[data-ticket="{second["id"]}"]')
    for words in (first["number"], "刘伟", "近期一寸照片", "补正"):
        expect(found).to_contain_text(words)
    expect(page.locator("#firsts")).to_contain_text("先办居住证")
    assert violations(page) == []
    shot(page, "leader")
    found.get_by_role("button").press("Enter")
    expect(page.locator("#look-words")).to_be_focused()
    page.keyboard.insert_text("上次漏告照片，已谈话")
    shot(page, "leader-look")
    page.locator("#look-form [type=submit]").press("Enter")
    expect(found).to_contain_text("上次漏告照片，已谈话")
    assert violations(page) == []
