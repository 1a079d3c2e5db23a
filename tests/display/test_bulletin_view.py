"""What leaders have posted, as each screen shows it."""

from __future__ import annotations

from datetime import date, timedelta

from screened import Screened
from small_hall import CHEN, MONDAY_9

from display.views import screen_view
from server.hall.announcement import AnnouncementKind
from server.hall.commands import Announce, EndAnnouncement, PostNotice, SetRoster
from server.hall.roster import Duty, DutyRole

EMERGENCY, GENERAL = AnnouncementKind.EMERGENCY, AnnouncementKind.GENERAL


def post(screened: Screened, text: str, *zones: str, starts: float | None = None, ends: float | None = None) -> None:
    """From and to in minutes after now."""
    moments = [
        None if minutes is None else screened.hall.now + timedelta(minutes=minutes) for minutes in (starts, ends)
    ]
    screened.hall.do(PostNotice(None, text, *moments, zones, CHEN.username))


def announce(screened: Screened, kind: AnnouncementKind, text: str, *zones: str, minutes: float = 10) -> str:
    made = screened.hall.do(Announce(kind, text, zones, 1, timedelta(minutes=minutes), CHEN.username))
    announcement: str = made["id"]
    return announcement


def announced(screened: Screened) -> tuple[str, str] | None:
    shown = screen_view(screened.hall.state, screened.settings, screened.settings.displays[0], screened.hall.now)
    return (shown.announcement.kind, shown.announcement.text) if shown.announcement else None


def test_posted_notices_follow_those_of_the_configuration_in_their_time() -> None:
    screened = Screened()
    post(screened, "下午停电", ends=30)
    post(screened, "周五学习", starts=20)
    assert screened.board().notices == ["今日照常办公", "下午停电"]
    screened.hall.wait(20 * 60)
    assert screened.board().notices == ["今日照常办公", "下午停电", "周五学习"]
    screened.hall.wait(10 * 60)
    assert screened.board().notices == ["今日照常办公", "周五学习"]


def test_a_notice_for_a_zone_is_shown_there_and_on_the_screens_of_the_whole_hall() -> None:
    here, there, whole = Screened(1, 2, 3), Screened(4), Screened()
    for screened in (here, there, whole):
        post(screened, "一层饮水机停用", "here")
        post(screened, "二层打印机停用", "there")
    assert here.board().notices[1:] == ["一层饮水机停用"]
    assert whole.board().notices[1:] == ["一层饮水机停用", "二层打印机停用"]


def test_the_newest_emergency_comes_first_and_ends_by_itself_or_by_hand() -> None:
    screened = Screened()
    assert announced(screened) is None
    announce(screened, GENERAL, "请移车")
    assert announced(screened) == ("general", "请移车")
    emergency = announce(screened, EMERGENCY, "请撤离")
    announce(screened, GENERAL, "失物招领", minutes=20)
    assert announced(screened) == ("emergency", "请撤离")
    screened.hall.do(EndAnnouncement(emergency, CHEN.username))
    assert announced(screened) == ("general", "失物招领")
    screened.hall.wait(20 * 60)
    assert announced(screened) is None


def test_an_announcement_for_a_zone_reaches_its_windows_and_no_others() -> None:
    second, fourth = Screened(window=2), Screened(window=4)
    for screened in (second, fourth):
        announce(screened, GENERAL, "请到二层", "here")
    assert announced(second) == ("general", "请到二层")
    assert announced(fourth) is None


def test_todays_roster_is_shown_today() -> None:
    screened = Screened()
    duties = (
        Duty(DutyRole.LEADER, "周明远", "副镇长", "8623 1234", "3f9a"),
        Duty(DutyRole.SHIFT_LEADER, "李秀英"),
        Duty(DutyRole.WINDOW, "陈晓兰", window=3),
    )
    screened.hall.do(SetRoster(date(2026, 11, 24), duties, CHEN.username))
    assert screened.board().duty == []
    screened.hall.now = MONDAY_9 + timedelta(days=1)
    shown = screened.board()
    assert [(duty.role, duty.name, duty.photo) for duty in shown.duty] == [
        ("leader", "周明远", "/photos/3f9a"),
        ("shift_leader", "李秀英", None),
        ("window", "陈晓兰", None),
    ]
    assert [window.number for window in shown.windows if window.duty] == [3]


def test_a_zones_screen_names_the_windows_on_duty_of_its_own() -> None:
    screened = Screened(4)
    duties = tuple(Duty(DutyRole.WINDOW, "", window=window) for window in (3, 4))
    screened.hall.do(SetRoster(date(2026, 11, 23), duties, CHEN.username))
    assert [duty.window for duty in screened.board().duty] == [4]


def test_how_to_come_back_is_what_the_halls_rules_say() -> None:
    rejoin = Screened().board().rejoin
    assert (rejoin.after, rejoin.at_kiosk) == (3, True)


def test_pinyin_for_the_voice_is_not_shown() -> None:
    """Also not what an older version took, which is no pinyin."""
    screened = Screened()
    announce(screened, GENERAL, "从重{chong2}庆来的{客人}")
    assert announced(screened) == ("general", "从重庆来的{客人}")


def test_what_names_a_zone_or_a_window_that_is_gone_breaks_no_screen() -> None:
    """The configuration may change under what was posted."""
    board, fourth = Screened(), Screened(window=4)
    for screened in (board, fourth):
        post(screened, "旧区停电", "attic")
        announce(screened, GENERAL, "请移车", "attic")
        screened.hall.do(SetRoster(date(2026, 11, 23), (Duty(DutyRole.WINDOW, "陈晓兰", window=6),), CHEN.username))
    remaining = [window for window in board.settings.windows if window.number != 6]
    zones = [board.settings.zones[0]]
    board.settings = board.settings.model_copy(update={"windows": tuple(remaining), "zones": tuple(zones)})
    shown = board.board()
    assert shown.notices == ["今日照常办公", "旧区停电"]
    assert shown.announcement is not None
    assert shown.duty == []
    assert announced(fourth) is None
