"""挂起, 转移 and 撤销 on the clerk's page, by keys alone: what goes on later, elsewhere, or after all."""

from __future__ import annotations

from typing import Any

from hall_server import HallServer, StartHall
from playwright.sync_api import expect


def test_two_on_hold_at_once_and_each_goes_on(ruled_hall: HallServer, open_desk: Any) -> None:
    first, second = (ruled_hall.issue("general") for _ in range(2))
    desk = open_desk(ruled_hall)
    page = desk.page
    desk.serve(first)
    desk.press("F7")
    desk.type("Tab", "ArrowRight", "Enter")  # with papers, to fetch copies
    desk.shows("", "open")
    row = page.locator("#aside-line li", has_text=first["number"])
    expect(row).to_contain_text("持件")
    expect(row).to_contain_text("补复印件")
    hold = desk.kept(first)["hold"]
    assert (hold["kind"], hold["window"], hold["reason"]) == ("with_papers", 3, "补复印件")
    assert hold["until"] is not None

    desk.serve(second)
    expect(row.locator("button")).to_have_attribute("aria-disabled", "true")
    desk.press("F7")
    desk.type("ArrowRight", "ArrowRight", "Tab", "Tab", "ArrowLeft", "ArrowLeft", "Enter")  # waits for five minutes
    desk.shows("", "open")
    assert desk.kept(second)["hold"]["kind"] == "waiting"
    expect(page.locator("#aside-line li", has_text=second["number"])).to_contain_text("等待")

    desk.choose("resume")
    desk.type(first["number"].lower(), "Enter")
    desk.shows(first["number"], "serving")
    desk.press("F9")
    desk.shows("", "open")
    page.locator("#aside-line li", has_text=second["number"]).locator("button").press("Enter")
    desk.shows(second["number"], "serving")


def test_a_hold_that_ends_by_itself_needs_its_end(ruled_hall: HallServer, open_desk: Any) -> None:
    ticket = ruled_hall.issue("general")
    desk = open_desk(ruled_hall)
    desk.serve(ticket)
    desk.press("F7")
    desk.type("ArrowRight", "ArrowRight", "Tab", "Tab", "ArrowRight", "ArrowRight", "ArrowRight", "Enter")
    expect(desk.page.locator("#hold-notice")).to_have_text("请选多久后自动回来")
    desk.type("Escape")
    expect(desk.page.locator("#hold-dialog")).to_be_hidden()
    desk.shows(ticket["number"], "serving")


def test_a_note_reaches_the_colleague_and_the_citizen_comes_back(ruled_hall: HallServer, open_desk: Any) -> None:
    ticket = ruled_hall.issue("general")
    desk = open_desk(ruled_hall)
    desk.serve(ticket)
    colleague = open_desk(ruled_hall, "li", window=1)
    expect(colleague.page.locator("#waiting-title")).to_have_text("等候 0 人")
    desk.press("F10")
    # To window 1, for the same service, keeping its time, with return and note.
    desk.type("1", "Enter")
    expect(desk.page.locator("#transfer-search")).to_have_value("1 号窗口")
    desk.type("Tab", "Space", "Tab", "缺一份复印件", "Enter")
    desk.shows("", "open")
    expect(desk.page.locator("#notice")).to_have_text("已转到 1 号窗口")
    expect(colleague.page.locator("#waiting-line")).to_contain_text("转来")
    colleague.serve(ticket)
    expect(colleague.page.locator("#ticket-note")).to_have_text("3 号窗口留言：缺一份复印件")
    expect(colleague.page.locator("#facts")).to_contain_text("回到 3 号窗口")
    expect(colleague.page.locator("#main-hint")).to_have_text("办结后回到 3 号窗口")
    colleague.press("F9")
    colleague.shows("", "open")
    expect(desk.page.locator("#waiting-line")).to_contain_text(ticket["number"])
    desk.serve(ticket)
    assert [leg["window"] for leg in desk.kept(ticket)["legs"]] == [3, 1, 3]


def test_to_a_service_and_to_a_colleague(ruled_hall: HallServer, open_desk: Any, sign_in_at: Any) -> None:
    first, second = (ruled_hall.issue("general") for _ in range(2))
    li = sign_in_at(ruled_hall, "li")
    li.done(4, "login")
    desk = open_desk(ruled_hall)
    desk.serve(first)
    desk.press("F10")
    desk.type("nobody", "Enter")
    expect(desk.page.locator("#transfer-none")).to_be_visible()
    expect(desk.page.locator("#transfer-notice")).to_have_text("请选择转到哪里")
    desk.page.keyboard.press("Control+A")
    desk.type("hjsf", "Enter", "Enter")  # 户籍身份证 by its initials
    desk.shows("", "open")
    assert desk.kept(first)["legs"][-1]["service"] == "residence"
    desk.serve(second)
    desk.press("F10")
    desk.type("lijing", "ArrowDown", "Enter")  # after the window where she sits, she herself
    expect(desk.page.locator("#transfer-search")).to_have_value("李静")
    desk.type("Enter")
    expect(desk.page.locator("#notice")).to_have_text("已转给 李静")
    assert li.done(4, "call-next")["ticket"]["number"] == first["number"]


def test_a_mistaken_finish_and_a_mistaken_no_show_are_taken_back(ruled_hall: HallServer, open_desk: Any) -> None:
    ticket = ruled_hall.issue("general")
    desk = open_desk(ruled_hall)
    page = desk.page
    main = page.locator("#main-action").bounding_box()
    desk.serve(ticket)
    desk.press("F9")
    expect(page.locator("#undo-main")).to_have_text(f"已办结 {ticket['number']}")
    expect(page.locator("#undo-left")).to_contain_text("秒内可以撤销")
    assert page.locator("#main-action").bounding_box() == main
    desk.press("Control+Z")
    desk.shows(ticket["number"], "serving")
    expect(page.locator("#undo")).to_be_hidden()
    assert desk.kept(ticket)["legs"][0]["evaluation"] == "withdrawn"
    desk.press("F9")
    desk.shows("", "open")
    other = ruled_hall.issue("general")
    desk.press("F8")
    desk.shows(other["number"], "called")
    desk.press("F4")
    expect(page.locator("#undo-main")).to_have_text(f"已过号 {other['number']}")
    expect(page.locator("#undo-go")).not_to_have_attribute("aria-disabled", "true")
    page.locator("#undo-go").press("Enter")
    desk.shows(other["number"], "called")


def test_too_late_and_too_early(start_hall: StartHall, open_desk: Any, ruled_sections: dict[str, Any]) -> None:
    """A second to take back, and two calls before anybody is passed."""
    hall = start_hall(**{**ruled_sections, "rules": {"undo": 1, "no_show": {"calls": 2}}})
    hall.add_staff("liu", "刘伟")
    ticket = hall.issue("general")
    desk = open_desk(hall)
    page = desk.page
    desk.press("F8")
    desk.shows(ticket["number"], "called")
    expect(page.locator("#why")).to_have_text("叫满 2 次才能过号")
    page.keyboard.press("F4")
    desk.press("F2")
    expect(page.locator("#facts")).to_contain_text("叫 2 次")
    desk.press("F4")
    desk.shows("", "open")
    expect(page.locator("#undo")).to_be_hidden()
    page.keyboard.press("Control+Z")
    desk.press("Alt+M")
    assert desk.kept(ticket)["state"] == "no_show"
