"""What a strip says: every state of a window, fitted to both sizes, and what becomes of what does not fit."""

from __future__ import annotations

from datetime import UTC, datetime, timedelta
from types import SimpleNamespace
from typing import Any
from zoneinfo import ZoneInfo

import pytest
from hypothesis import given
from hypothesis import strategies as st

from display.strip.fitting import centred, cut, first_fitting, lines_of, pages_of, shown, width
from display.strip.picture import EXTENTS, Extent, Picture
from display.strip.session import FLASH, HALF, PAGE, StripSession
from display.strip.texts import Showing, blank, wanted
from server.config.strips import StripSettings, StripSize
from server.hall.announcement import Announcement, AnnouncementKind
from server.hall.ticket import State
from server.hall.window import Pause, WindowState

ZONE = ZoneInfo("Asia/Shanghai")
EAST = frozenset({"east"})
NOON = datetime(2026, 11, 27, 4, 0, tzinfo=UTC)
BACK = datetime(2026, 11, 27, 6, 30, tzinfo=UTC)
NOW = NOON + timedelta(minutes=5)
SIZES: tuple[StripSize, ...] = ("64x16", "192x32")


def strip(size: StripSize, idle: str | None = None) -> StripSettings:
    return StripSettings(window=3, link="/dev/ttyS0", address=3, size=size, idle=idle)


def state_of(**window: Any) -> Any:
    """As much of a hall's state as a strip looks at."""
    standing = {"ticket": None, "state": WindowState.OPEN, "pause": None} | window
    return SimpleNamespace(windows={3: SimpleNamespace(**standing)}, announcements={})


def ticket(number: str, state: State = State.CALLED, calls: int = 1) -> Any:
    leg = SimpleNamespace(index=1, calls=calls, last_called_at=NOON)
    return SimpleNamespace(id="t1", number=number, state=state, leg=leg)


def said(size: StripSize, idle: str | None = None, **window: Any) -> list[str]:
    return [page.text for page in wanted(state_of(**window), strip(size, idle), EAST, ZONE, NOW).pages]


@pytest.mark.parametrize(
    ("window", "small", "large"),
    [
        ({"state": WindowState.CLOSED}, [""], [""]),
        ({}, ["为您服务"], ["热情为您服务 3号窗口"]),
        ({"ticket": ticket("A012")}, ["请A012号"], ["请A012号 到3号窗口"]),
        ({"ticket": ticket("AB012")}, ["AB012号"], ["请AB012号 到3号窗口"]),
        ({"ticket": ticket("VIP12345")}, ["VIP12345"], ["请VIP12345号 到3号窗口"]),
        ({"ticket": ticket("A012", State.SERVING)}, ["A012号"], ["正在办理A012号 3号窗口"]),
        (
            {"state": WindowState.PAUSED, "pause": Pause("设备检修", NOON, BACK)},
            ["暂停服务", "设备检修", "14:30回"],
            ["暂停服务 14:30返回 设备检修"],
        ),
        ({"state": WindowState.PAUSED, "pause": Pause("", NOON)}, ["暂停服务"], ["暂停服务"]),
        (
            {"state": WindowState.PAUSED, "pause": Pause("去档案室取材料，很快就回来", NOON)},
            ["暂停服务", "去档案室", "取材料，", "很快就回", "来"],
            ["暂停服务 去档案室取材料，", "暂停服务 很快就回来"],
        ),
        # A time that has passed is no promise any more, and one of another day is that day.
        (
            {"state": WindowState.PAUSED, "pause": Pause("开会", NOON, NOW)},
            ["暂停服务", "开会", "正在返回"],
            ["暂停服务 正在返回 开会"],
        ),
        (
            {"state": WindowState.PAUSED, "pause": Pause("开会", NOON, BACK + timedelta(days=1))},
            ["暂停服务", "开会", "11月28日"],
            ["暂停服务 11月28日返回 开会"],
        ),
        # The citizen who is still there comes before the pause that begins after.
        (
            {"state": WindowState.PAUSED, "ticket": ticket("A012", State.SERVING)},
            ["A012号"],
            ["正在办理A012号 3号窗口"],
        ),
    ],
)
def test_what_stands_on_a_strip(window: dict[str, Any], small: list[str], large: list[str]) -> None:
    assert [said(size, **window) for size in SIZES] == [small, large]


def emergency(text: str, *zones: str, kind: AnnouncementKind = AnnouncementKind.EMERGENCY) -> Announcement:
    return Announcement("G1", kind, text, zones, 1, NOON, BACK, "liu")


@pytest.mark.parametrize("window", [{}, {"ticket": ticket("A012")}, {"state": WindowState.CLOSED}])
def test_an_emergency_goes_before_whatever_the_window_does_until_it_is_over(window: dict[str, Any]) -> None:
    state = state_of(**window)
    before = [wanted(state, strip(size), EAST, ZONE, NOW) for size in SIZES]
    state.announcements = {"G1": emergency("请从东门有序撤离，不要乘电梯，到广场集合听从安排", "east")}
    small, large = (wanted(state, strip(size), EAST, ZONE, NOW) for size in SIZES)
    assert [page.text for page in small.pages] == ["紧急", "请听广播"]
    assert [page.text for page in large.pages] == ["紧急 请从东门有序撤离，", "不要乘电梯， 到广场集合听从安排"]
    assert (small.call, large.call) == (None, None)
    assert [wanted(state, strip(size), EAST, ZONE, BACK).call for size in SIZES] == [one.call for one in before]
    assert [wanted(state, strip(size), frozenset({"west"}), ZONE, NOW) for size in SIZES] == before


def test_a_general_announcement_is_no_matter_of_strips() -> None:
    state = state_of()
    state.announcements = {"G1": emergency("还有半小时下班", kind=AnnouncementKind.GENERAL)}
    assert [page.text for page in wanted(state, strip("64x16"), EAST, ZONE, NOW).pages] == ["为您服务"]


def test_an_idle_text_of_ones_own_takes_turns_where_it_does_not_fit() -> None:
    assert said("64x16", "热情为您服务") == ["热情为您", "服务"]
    assert said("64x16", "热情 为您服务") == ["热情", "为您服务"]
    assert said("192x32", "青禾镇便民服务中心热情为您服务") == ["青禾镇便民服务中心热情为 您服务"]
    assert said("64x16", "") == [""]


def test_a_strip_of_digits_gets_the_number_with_a_call_only() -> None:
    digits = StripSettings(window=3, link="/dev/ttyS0", address=3, size="digits", dialect="digits")
    states = state_of(ticket=ticket("A012")), state_of(), state_of(state=WindowState.CLOSED)
    assert [wanted(state, digits, EAST, ZONE, NOW).pages[0].number for state in states] == ["A012", "", ""]


def test_what_a_strip_cannot_show_is_a_question_mark() -> None:
    assert shown("한국\x07\n设备") == "??? 设备"


texts = st.text(max_size=80)
extents = st.sampled_from(sorted(EXTENTS.values()))


@given(texts, extents)
def test_every_page_fills_the_strip_exactly_and_no_sign_is_lost(text: str, extent: Extent) -> None:
    pages = pages_of(shown(text), extent)
    assert {len(page) for page in pages} == {extent.rows}
    assert {width(line) for page in pages for line in page} == {extent.columns}
    assert "".join("".join(page) for page in pages).replace(" ", "") == shown(text).replace(" ", "")


@given(texts, st.integers(2, 30))
def test_fitting_never_exceeds_its_columns(text: str, columns: int) -> None:
    words = shown(text)
    assert width(centred(words, columns)) == columns
    assert width(cut(words, columns)) <= columns
    assert width(first_fitting((words, words[:3]), columns)) <= columns
    assert all(0 < width(line) <= columns for line in lines_of(words, columns))


@given(st.text(max_size=20), st.sampled_from(SIZES), st.text("ABCXYZ0123456789", min_size=1, max_size=12))
def test_whatever_a_clerk_writes_fits(reason: str, size: StripSize, number: str) -> None:
    for window in (
        {"state": WindowState.PAUSED, "pause": Pause(reason, NOON, BACK)},
        {"ticket": ticket(number)},
        {"ticket": ticket(number, State.SERVING)},
    ):
        pages = wanted(state_of(**window), strip(size), EAST, ZONE, NOW).pages
        for page in pages:
            assert [width(line) for line in page.lines] == [EXTENTS[size].columns] * EXTENTS[size].rows
        assert all(page.text for page in pages)


@given(st.sampled_from(SIZES), st.from_regex(r"[A-Z]{1,2}[0-9]{3,4}", fullmatch=True), st.integers(1, 999))
def test_a_call_has_its_whole_number_on_every_strip(size: StripSize, number: str, window: int) -> None:
    settings = StripSettings(window=window, link="/dev/ttyS0", address=3, size=size)
    for state in (State.CALLED, State.SERVING):
        standing = SimpleNamespace(ticket=ticket(number, state), state=WindowState.OPEN, pause=None)
        hall: Any = SimpleNamespace(windows={window: standing}, announcements={})
        (page,) = wanted(hall, settings, EAST, ZONE, NOW).pages
        assert f"{number}号" in page.text
        assert size == "64x16" or f"{window}号窗口" in page.text


LIT, OTHER, DARK = (Picture((text,)) for text in ("lit", "other", "dark"))


def over_time(session: StripSession, showing: Showing, until: float, late: float = 0.0) -> list[tuple[float, Picture]]:
    """(when, what) for each change, with the session itself telling when to look again."""
    now, changes = 0.0, []
    while now < until:
        picture = session.picture(showing, now, NOON + timedelta(seconds=now + late))
        if not changes or changes[-1][1] != picture:
            changes.append((now, picture))
        due = session.due_in(now)
        if due is None:
            break
        assert due > 0
        now = round(now + due, 6)
    return changes


def test_a_call_flashes_three_times_and_then_stands() -> None:
    changes = over_time(StripSession(DARK), Showing((LIT,), "t1/1/1", NOON), 60)
    assert [picture for _, picture in changes] == [LIT, DARK, LIT, DARK, LIT, DARK, LIT]
    assert [at for at, _ in changes] == [HALF * place for place in range(7)]
    assert changes[-1][0] == FLASH


def test_a_recall_flashes_again_and_the_same_call_does_not() -> None:
    session = StripSession(DARK)
    call = Showing((LIT,), "t1/1/1", NOON)
    over_time(session, call, 60)
    assert session.picture(call, 60.7, NOON + timedelta(seconds=60)) == LIT
    again = Showing((LIT,), "t1/1/2", NOON + timedelta(seconds=61))
    assert session.picture(again, 61.0, NOON + timedelta(seconds=61)) == LIT
    assert session.picture(again, 61.6, NOON + timedelta(seconds=62)) == DARK


def test_a_call_heard_of_late_stands_at_once() -> None:
    assert over_time(StripSession(DARK), Showing((LIT,), "t1/1/1", NOON), 60, late=10) == [(0.0, LIT)]


def test_pages_take_turns() -> None:
    changes = over_time(StripSession(DARK), Showing((LIT, OTHER)), 4 * PAGE)
    assert changes == [(0.0, LIT), (PAGE, OTHER), (2 * PAGE, LIT), (3 * PAGE, OTHER)]


def test_nothing_is_due_while_one_page_stands() -> None:
    session = StripSession(DARK)
    assert session.due_in(0.0) is None
    session.picture(Showing((LIT,)), 0.0, NOON)
    assert session.due_in(0.1) is None


@pytest.mark.parametrize("size", SIZES)
def test_dark_is_spaces_all_over_so_that_nothing_old_is_left(size: StripSize) -> None:
    dark = blank(strip(size))
    assert dark.text == ""
    assert [len(line) for line in dark.lines] == [EXTENTS[size].columns] * EXTENTS[size].rows
