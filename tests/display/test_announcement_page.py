"""What a leader has posted and announced, on the screens in Chromium."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from datetime import timedelta
from pathlib import Path

import pytest
import yaml
from chromium import violations
from engines import serving
from hall_server import HallServer
from morning import today
from playwright.sync_api import Page, expect
from screen_layout import BOARDS, WINDOWS, clipped, wait_for_rest
from small_hall import CHEN

from server.config.loading import parse_settings
from server.hall import commands as cmd
from server.hall.announcement import LONGEST_ANNOUNCEMENT, AnnouncementKind
from server.hall.roster import Duty, DutyRole

OpenScreen = Callable[..., Page]
Call = Callable[[str, int], str]
FIRE = "一楼东侧发生火情，请大家立即从西侧安全出口有序撤离，不要乘坐电梯"
LONG = (FIRE * 4)[:LONGEST_ANNOUNCEMENT]
DUTIES = (
    Duty(DutyRole.LEADER, "周明远", "副镇长", "8623 1234"),
    Duty(DutyRole.SHIFT_LEADER, "李秀英", "办公室主任"),
    Duty(DutyRole.WINDOW, "", window=3),
)
Told = Callable[..., HallServer]


@pytest.fixture
def told(tmp_path: Path) -> Iterator[Told]:
    """A hall that was told these announcements, today's roster and a notice before its server started."""
    halls: list[HallServer] = []

    def start(*announcements: tuple[AnnouncementKind, str]) -> HallServer:
        displays = [{"id": "hall", "name": "主屏", "notices": ["照常办公"]}, {"id": "w3", "name": "3 号", "window": 3}]
        hall = HallServer(tmp_path, displays=displays, speakers=[])
        halls.append(hall)
        settings = parse_settings(yaml.safe_load(hall.config.read_text(encoding="utf-8")))
        with serving(hall.database_url, settings.plan()) as engine:
            engine.do(cmd.SetRoster(today(), DUTIES, CHEN.username))
            engine.do(cmd.PostNotice(None, "下午停电检修", None, None, (), CHEN.username))
            for kind, text in announcements:
                engine.do(cmd.Announce(kind, text, (), 1, timedelta(hours=1), CHEN.username))
        hall.start()
        hall.login()
        hall.open(1, 2, 3, 4, 5, 6)
        return hall

    yield start
    for hall in halls:
        hall.kill()


def call(hall: HallServer) -> None:
    hall.issue("social-insurance")
    hall.post("windows/3/call-next")


def test_an_emergency_stands_above_the_calls_which_go_on(told: Told, open_screen: OpenScreen) -> None:
    hall = told((AnnouncementKind.EMERGENCY, FIRE))
    page = open_screen(hall)
    expect(page.locator("#emergency")).to_contain_text("紧急")
    expect(page.locator("#emergency .band-text")).to_have_text(FIRE)
    expect(page.locator("#emergency .icon")).to_be_visible()
    call(hall)
    expect(page.locator("#panel-number")).to_have_text("A001")
    expect(page.locator("#emergency")).to_be_visible()
    size = float(page.locator("#panel-number").evaluate("(one) => parseFloat(getComputedStyle(one).fontSize)"))
    assert size >= 200


@pytest.mark.parametrize("text", [FIRE, LONG], ids=["short", "longest"])
@pytest.mark.parametrize("kind", AnnouncementKind)
def test_an_announcement_of_any_length_is_whole_on_every_screen(
    told: Told, open_screen: OpenScreen, kind: AnnouncementKind, text: str
) -> None:
    hall = told((kind, text))
    call(hall)
    for screen, sizes in (("hall", BOARDS), ("w3", WINDOWS)):
        for name, size in sizes.items():
            page = open_screen(hall, screen, size=size)
            wait_for_rest(page)
            words = page.locator(".band:not([hidden]) .band-text")
            hidden = words.evaluate(
                "(one) => one.scrollHeight - one.clientHeight - parseFloat(getComputedStyle(one).fontSize)"
            )
            assert hidden < 0, name
            assert (name, clipped(page)) == (name, [])
            page.close()


def test_the_roster_and_the_notices_of_the_day_are_on_the_board(told: Told, open_screen: OpenScreen) -> None:
    page = open_screen(told())
    expect(page.locator("#duty")).to_contain_text("今日值班领导周明远副镇长")
    expect(page.locator("#duty")).to_contain_text("8623 1234")
    expect(page.locator("#hotline")).to_be_hidden()
    expect(page.locator("#windows > li").nth(2)).to_contain_text("值班")
    expect(page.locator("#notices-window")).to_contain_text("下午停电检修")
    assert violations(page) == []
    expect(page.locator("#duty")).to_contain_text("今日带班领导李秀英")
    expect(page.locator("#duty")).to_contain_text("今日值班窗口3 号窗口")
