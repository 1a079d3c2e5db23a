"""按号呼叫, 直接办理, 续号, 优先 and 本窗口业务 on the clerk's page, by keys alone."""

from __future__ import annotations

import sqlite3
from typing import Any

from hall_server import HallServer
from playwright.sync_api import expect


def reasons(hall: HallServer, kind: str, ticket: dict[str, Any]) -> list[str]:
    """The data of the log's entries of one kind about one ticket."""
    with sqlite3.connect(hall.folder / "hall.db") as log:
        asked = log.execute("SELECT data FROM event WHERE kind = ? AND ticket = ?", (kind, ticket["id"]))
        return [data for (data,) in asked]


def test_by_number_with_a_reason_that_the_record_keeps(ruled_hall: HallServer, open_desk: Any) -> None:
    first, second, third = (ruled_hall.issue("general") for _ in range(3))
    desk = open_desk(ruled_hall)
    page = desk.page
    expect(page.locator("#waiting-title")).to_have_text("等候 3 人")
    desk.choose("call")
    desk.type("H", "Enter")
    expect(page.locator("#call-dialog")).to_be_visible()
    page.keyboard.press("Backspace")
    desk.type(third["number"].replace("00", "").lower())
    expect(page.locator(f'#call-offered [value="{third["number"]}"]')).to_be_checked()
    desk.type("Tab", "Tab", "ArrowLeft", "赶末班车", "Enter")
    desk.shows(third["number"], "called")
    assert "赶末班车" in reasons(ruled_hall, "ticket_called", third)[0]
    assert [desk.kept(t)["state"] for t in (first, second)] == ["waiting", "waiting"]

    # In turn there is nothing to explain; whoever is at the window is finished by it, as F8 does.
    page.locator("#waiting-line li", has_text=second["number"]).locator("button").press("Enter")
    expect(page.locator("#call-number")).to_have_value(second["number"])
    expect(page.locator("#call-reasons")).to_be_visible()
    expect(page.locator("#call-finishes")).to_contain_text(third["number"])
    page.locator("#call-number").fill(first["number"])
    expect(page.locator("#call-reasons")).to_be_hidden()
    desk.type("Enter")
    desk.shows(first["number"], "called")
    assert desk.kept(third)["state"] == "finished"


def test_a_number_that_is_not_there_is_told_in_the_form(ruled_hall: HallServer, open_desk: Any) -> None:
    desk = open_desk(ruled_hall)
    desk.choose("call")
    desk.type("H999", "Enter")
    expect(desk.page.locator("#call-notice")).to_have_text("今天没有这个号。")
    expect(desk.page.locator("#call-number")).to_have_value("H999")


def test_somebody_without_a_number_is_served_at_once(ruled_hall: HallServer, open_desk: Any) -> None:
    desk = open_desk(ruled_hall)
    page = desk.page
    desk.choose("direct")
    desk.type("Tab", "ArrowRight")
    page.locator("#direct-yes").press("Enter")
    expect(page.locator("#ticket")).to_have_attribute("data-state", "serving")
    expect(page.locator("#ticket-class")).to_have_text("老人")
    desk.press("Alt+M")
    expect(page.locator("#more-why-direct")).to_have_text("请先办结窗口前的号")


def test_whoever_was_passed_is_in_line_again(ruled_hall: HallServer, open_desk: Any) -> None:
    first, second = (ruled_hall.issue("general") for _ in range(2))
    desk = open_desk(ruled_hall)
    page = desk.page
    for ticket in (first, second):
        desk.press("F8")
        desk.shows(ticket["number"], "called")
        desk.press("F4")
        desk.shows("", "open")
    desk.choose("rejoin")
    desk.type(first["number"], "Enter")
    expect(page.locator("#notice")).to_contain_text(f"{first['number']} 已续号")
    expect(page.locator("#waiting-line")).to_contain_text(first["number"])
    page.locator("#aside-line li", has_text=second["number"]).locator("button").press("Enter")
    expect(page.locator("#waiting-title")).to_have_text("等候 2 人")

    # And one who was only called, and asks for a moment: the number goes back, and the next is called.
    desk.press("F8")
    desk.shows(first["number"], "called")
    desk.choose("put_back")
    desk.shows("", "open")
    assert [desk.kept(t)["state"] for t in (first, second)] == ["waiting", "waiting"]


def test_priority_is_given_with_a_reason_and_its_proof_marked(ruled_hall: HallServer, open_desk: Any) -> None:
    first, second = (ruled_hall.issue("general") for _ in range(2))
    desk = open_desk(ruled_hall)
    page = desk.page
    expect(page.locator("#waiting-title")).to_have_text("等候 2 人")
    desk.choose("priority")
    desk.type(second["number"], "Tab", "Tab", "ArrowRight", "Tab", "ArrowRight", "Enter")
    row = page.locator("#waiting-line li", has_text=second["number"])
    expect(row).to_contain_text("残疾人")
    expect(row).to_contain_text("下一位")
    assert "工作人员看到" in reasons(ruled_hall, "priority_given", second)[0]
    desk.press("F8")
    desk.shows(second["number"], "called")
    expect(page.locator("#ticket-class")).to_have_text("残疾人")
    seen, missing = (page.locator(f'#verify [data-verified="{answer}"]') for answer in ("true", "false"))
    expect(seen).to_have_attribute("aria-pressed", "false")
    desk.choose("verify")
    expect(seen).to_have_attribute("aria-pressed", "true")
    assert desk.kept(second)["verified"] is True
    missing.press("Enter")
    expect(missing).to_have_attribute("aria-pressed", "true")
    assert desk.kept(second)["verified"] is False
    desk.press("F9")
    desk.shows("", "open")
    desk.press("F8")
    desk.shows(first["number"], "called")
    expect(page.locator("#verify")).to_be_hidden()


def test_services_open_and_close_at_once(ruled_hall: HallServer, open_desk: Any) -> None:
    ticket = ruled_hall.issue("residence")
    desk = open_desk(ruled_hall)
    page = desk.page
    expect(page.locator("#waiting-title")).to_have_text("等候 0 人")
    desk.choose("services")
    desk.type("Tab", "Space")  # residence too
    page.locator("#services-yes").press("Enter")
    expect(page.locator("#waiting-title")).to_have_text("等候 1 人")
    desk.serve(ticket)
    desk.choose("services")
    page.locator("#services-usual").press("Enter")
    expect(page.locator("#services")).to_have_text("社保医保、民政优抚、综合业务")


def test_what_else_a_visit_is_for_is_shown(ruled_hall: HallServer, open_desk: Any) -> None:
    body = {"service": "general", "then": ["civil-affairs", "residence"]}
    headers = ruled_hall.device("kiosk")
    ticket = ruled_hall.call_api("POST", "tickets", json=body, headers=headers).json()
    desk = open_desk(ruled_hall)
    desk.serve(ticket)
    expect(desk.page.locator("#facts")).to_contain_text("民政优抚、户籍身份证")
    expect(desk.page.locator("#main-hint")).to_have_text("办结后接着办 民政优抚")
    desk.press("F9")
    expect(desk.page.locator("#waiting-line")).to_contain_text("民政优抚")
