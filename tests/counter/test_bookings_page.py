"""预约 on the clerk's page: today's list, and a booking made, moved, checked in and cancelled."""

from __future__ import annotations

from typing import Any

from hall_server import HallServer
from playwright.sync_api import expect


def test_booked_and_checked_in_by_keyboard(ruled_hall: HallServer, open_desk: Any) -> None:
    desk = open_desk(ruled_hall)
    page = desk.page
    desk.choose("bookings")
    page.locator("#bookings-new").press("Enter")
    expect(page.locator("#booking-slot-options input").first).to_be_visible()
    desk.type("Tab", "Tab", "Tab", "13800001357", "Tab", "王秀英", "Enter")
    expect(page.locator("#bookings-notice")).to_contain_text("已约好")
    row = page.locator("#bookings-list li", has_text="王秀英")
    expect(row).to_contain_text("手机尾号 1357")
    expect(row).not_to_contain_text("13800001357")
    expect(page.locator("#expected")).to_have_text("未到 1 个")
    row.locator('[data-verb="check_in"]').press("Enter")
    expect(page.locator("#bookings-notice")).to_have_text("王秀英 已签到，正在等候")
    expect(row).to_contain_text("已签到")
    desk.type("Escape")
    expect(page.locator("#bookings-dialog")).to_be_hidden()
    expect(page.locator("#expected")).to_have_text("未到 0 个")
    expect(page.locator("#waiting-line")).to_contain_text("预约")
    desk.press("F8")
    expect(page.locator("#ticket-class")).to_contain_text("预约")


def test_a_booking_is_moved_then_cancelled(ruled_hall: HallServer, open_desk: Any) -> None:
    slots = ruled_hall.call_api("GET", "services/social-insurance/slots").json()["slots"]
    body = {"service": "social-insurance", "start": slots[-1]["start"], "phone": "13800002468", "name": "李建国"}
    made = ruled_hall.post("appointments", body)
    desk = open_desk(ruled_hall)
    page = desk.page
    desk.choose("bookings")
    row = page.locator("#bookings-list li", has_text="李建国")
    row.locator('[data-verb="move"]').press("Enter")
    expect(page.locator("#booking-whose")).to_contain_text("李建国")
    expect(page.locator("#booking-person")).to_be_hidden()
    page.locator("#booking-slot-options input").first.press("Enter")
    expect(page.locator("#bookings-notice")).to_contain_text("已改到")
    assert ruled_hall.call_api("GET", "appointments").json()["appointments"][0]["start"] == slots[0]["start"]
    row.locator('[data-verb="cancel"]').press("Enter")
    desk.type("ArrowRight", "Enter")
    expect(page.locator("#bookings-notice")).to_have_text("预约已取消")
    expect(row).to_contain_text("已取消")
    states = {one["id"]: one["state"] for one in ruled_hall.call_api("GET", "appointments").json()["appointments"]}
    assert states[made["id"]] == "cancelled"


def test_a_hall_without_bookings_says_so(hall: HallServer, open_desk: Any) -> None:
    desk = open_desk(hall)
    page = desk.page
    expect(page.locator("#today-bookings")).to_be_hidden()
    desk.press("Alt+M")
    expect(page.locator("#more-why-bookings")).to_have_text("本大厅没有开通预约")
    desk.type("8")
    expect(page.locator("#bookings-dialog")).to_be_hidden()
