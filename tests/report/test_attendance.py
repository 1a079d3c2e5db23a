"""值守情况: a day at the windows, today from the hall and later from its log, on SQLite and PostgreSQL alike."""

from __future__ import annotations

from datetime import date, timedelta
from typing import Any

import pytest
from chromium import OpenPage, violations
from playwright.sync_api import expect
from told_morning import CLERKS, EIGHT, LI, WANG

from server.hall import commands as cmd
from server.report.attendance import attendance_of

MONDAY, TUESDAY, SATURDAY = date(2026, 11, 23), date(2026, 11, 24), date(2026, 11, 28)


def lived(told_hall: Any) -> Any:
    """The hall opens at 08:00: window 2 at 08:37, away from 09:00 to 09:31 instead of 09:20, left to 王磊 at 10:00."""
    do, clock = told_hall.engine.do, told_hall.clock
    steps = (
        (37, cmd.OpenWindow(2, LI)),
        (60, cmd.PauseWindow(2, LI.username, "开会", EIGHT + timedelta(minutes=80))),
        (91, cmd.ReopenWindow(2, LI.username)),
        (120, cmd.HandOverWindow(2, LI.username, "两件待补", WANG.username, WANG.name)),
        (121, cmd.OpenWindow(2, WANG)),
        (122, cmd.ReceiveHandOver(2, WANG.username)),
        (130, cmd.OpenWindow(4, CLERKS[4])),
    )
    for minute, command in steps:
        clock.at(minute)
        do(command)
    clock.at(240)
    return told_hall


def test_a_day_reads_the_same_from_the_hall_and_from_its_log(told_hall: Any) -> None:
    hall = lived(told_hall)
    today = attendance_of(hall.engine, hall.settings, MONDAY)
    two = next(window for window in today.windows if window.number == 2)
    morning = two.spans[0]
    assert (morning.opened, morning.late_seconds) == ((EIGHT + timedelta(minutes=37)).isoformat(), 37 * 60)
    assert [gap.start for gap in morning.uncovered] == [EIGHT.isoformat(), (EIGHT + timedelta(minutes=120)).isoformat()]
    assert (two.away.count, two.away.seconds, two.away.overdue) == (1, 31 * 60, 1)
    assert two.absences[0].overdue_seconds == 11 * 60
    assert [shift.staff for shift in two.shifts] == ["li", "wang"]
    (left,) = today.hand_overs
    assert (left.window, left.name, left.to, left.note, left.received_by) == (2, "李 静", "wang", "两件待补", "wang")

    hall.clock.at(24 * 60)
    hall.engine.do(cmd.PassTime())
    told = attendance_of(hall.engine, hall.settings, MONDAY)
    assert told.hand_overs == today.hand_overs
    again = next(window for window in told.windows if window.number == 2)
    assert (again.absences, again.spans[0]) == (two.absences, two.spans[0])
    # Nobody signed out.
    assert (again.spans[1].closed, again.shifts[-1].closed) == (None, None)
    assert attendance_of(hall.engine, hall.settings, TUESDAY).hand_overs == []


def test_each_day_has_its_own_part_of_the_log(told_hall: Any) -> None:
    hall = lived(told_hall)
    for day in (1, 2):
        hall.clock.at(day * 24 * 60 + 10)
        hall.engine.do(cmd.OpenWindow(3, CLERKS[3]))
    tuesday = attendance_of(hall.engine, hall.settings, TUESDAY)
    assert [(w.number, len(w.shifts)) for w in tuesday.windows if w.shifts] == [(3, 1)]
    assert attendance_of(hall.engine, hall.settings, date(2026, 11, 20)).hand_overs == []


def test_a_closed_day_tells_nothing(told_hall: Any) -> None:
    hall = lived(told_hall)
    hall.clock.at(6 * 24 * 60)
    hall.engine.do(cmd.PassTime())
    assert attendance_of(hall.engine, hall.settings, SATURDAY).windows == []


@pytest.mark.parametrize("query", ["", "?lang=en"])
def test_the_page_tells_facts_and_everybody_can_read_it(open_page: OpenPage, told_server: Any, query: str) -> None:
    clerk = told_server.session("wang")
    clerk.post(f"{told_server.base}/api/v1/windows/5/hand-over", json={"note": "两件待补", "to": "li"})
    page = open_page(f"{told_server.base}/report/attendance{query}", (1440, 900))
    page.fill("input[name=username]", "leader")
    page.fill("input[name=password]", "pw12345")
    page.click("button[type=submit]")
    expect(page.locator('[data-window="1"]')).to_contain_text("08:00")
    expect(page.locator('[data-window="1"]')).to_contain_text("刘 伟")
    expect(page.locator("#handed")).to_contain_text("两件待补")
    assert violations(page) == []
    assert page.evaluate("document.documentElement.scrollWidth") == 1440
    page.fill("#day", "2026-11-22")
    page.locator("form.attendance-day button").press("Enter")
    expect(page.locator(".empty").first).to_be_visible()
    refused = told_server.session("leader").get(f"{told_server.base}/api/v1/report/attendance?day=2026-11-24")
    assert (refused.status_code, refused.json()["error"]["code"]) == (400, "bad_input")


def test_whoever_is_not_back_in_time_is_told_to_the_leader_until_the_window_reopens(
    open_page: OpenPage, told_server: Any
) -> None:
    page = open_page(f"{told_server.base}/report", (1440, 900))
    page.fill("input[name=username]", "leader")
    page.fill("input[name=password]", "pw12345")
    page.click("button[type=submit]")
    expect(page.locator("#link")).to_have_attribute("data-state", "online")
    expect(page.locator("#overdue")).to_be_hidden()
    # Window 4 was to be back at 10:34.
    page.evaluate(
        """async () => {
          const { setServerTime } = await import("/static/web/js/clock.js");
          setServerTime("2026-11-23T02:40:00+00:00");
        }"""
    )
    expect(page.locator("#overdue-words")).to_contain_text("4 号窗口 黄志强：应 10:34 返回，已过 6 分钟（设备检修）")
    assert violations(page) == []
    assert told_server.session("huang").post(f"{told_server.base}/api/v1/windows/4/reopen").ok
    expect(page.locator("#overdue")).to_be_hidden()
