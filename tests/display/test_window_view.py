"""What a window's own screen shows of a hall, moment by moment."""

from __future__ import annotations

from datetime import timedelta
from typing import Any

import pytest
from screened import Screened
from small_hall import CHEN, MONDAY_9

from display.messages import WindowBoard
from display.views import screen_view
from server.hall.commands import CloseWindow, FinishTicket, PauseWindow, Recall, SetWindowServices, Start
from server.hall.window import Clerk


class AtWindow(Screened):
    """The screen of one window of the sample hall."""

    def __init__(self, window: int, **changes: Any) -> None:
        super().__init__(window=window, **changes)

    def shown(self) -> WindowBoard:
        view = screen_view(self.hall.state, self.settings, self.settings.displays[0], self.hall.now)
        assert isinstance(view, WindowBoard)
        return view


@pytest.fixture
def third() -> AtWindow:
    return AtWindow(3)


def test_a_free_window_shows_its_clerk_and_who_waits_for_it(third: AtWindow) -> None:
    numbers = [third.take() for _ in range(5)]
    shown = third.shown()
    assert (shown.state, shown.ticket, shown.call, shown.pause, shown.opening) == ("idle", None, None, None, None)
    assert shown.clerk is not None
    assert (shown.clerk.name, shown.clerk.number, shown.clerk.post) == ("陈晓兰", "0307", "社保医保经办岗")
    assert (shown.waiting, shown.line) == (5, numbers[:3])
    assert shown.elsewhere.windows == []


def test_the_clerks_photo_is_fetched_where_photos_are() -> None:
    screened = AtWindow(5)
    screened.hall.open(5, clerk=Clerk("he", "何静", "0512", "不动产岗", "3f9a"))
    clerk = screened.shown().clerk
    assert clerk is not None
    assert clerk.photo == "/photos/3f9a"


def test_a_number_is_called_called_again_and_served(third: AtWindow) -> None:
    third.take()
    third.call(3)
    first = third.shown()
    assert (first.state, first.ticket) == ("calling", "A001")
    third.at(Recall, 3)
    again = third.shown()
    assert first.call is not None
    assert again.call is not None
    assert (again.call.count, again.call.id > first.call.id) == (2, True)
    third.at(Start, 3)
    assert (third.shown().state, third.shown().ticket) == ("serving", "A001")
    third.at(FinishTicket, 3)
    assert (third.shown().state, third.shown().call) == ("idle", None)


def test_what_other_windows_call_is_not_shown(third: AtWindow) -> None:
    third.take()
    third.call(2)
    assert (third.shown().state, third.shown().call) == ("idle", None)


def test_a_paused_window_sends_to_the_windows_that_do_all_of_its_work() -> None:
    second = AtWindow(2)
    second.hall.do(PauseWindow(2, CHEN.username, "设备检修", MONDAY_9 + timedelta(minutes=14)))
    shown = second.shown()
    assert shown.pause is not None
    assert (shown.state, shown.pause.reason) == ("paused", "设备检修")
    assert shown.elsewhere.whole
    assert [place.number for place in shown.elsewhere.windows] == [1, 3]


def test_where_no_window_does_all_of_it_those_that_do_a_part_are_named(third: AtWindow) -> None:
    third.at(CloseWindow, 1)
    third.hall.do(PauseWindow(3, CHEN.username, "用餐"))
    shown = third.shown()
    assert not shown.elsewhere.whole
    assert [(place.number, place.name) for place in shown.elsewhere.windows] == [(2, "社保医保")]


def test_a_closed_or_paused_window_is_nowhere_else_to_go(third: AtWindow) -> None:
    third.at(CloseWindow, 1)
    third.hall.do(PauseWindow(2, CHEN.username, "用餐"))
    third.hall.do(PauseWindow(3, CHEN.username, "用餐"))
    assert third.shown().elsewhere.windows == []


def test_where_to_go_follows_what_a_window_does_today(third: AtWindow) -> None:
    third.at(CloseWindow, 1)
    third.hall.do(SetWindowServices(2, CHEN.username, ("social-insurance", "civil-affairs", "general")))
    third.hall.do(PauseWindow(3, CHEN.username, "用餐"))
    assert [place.number for place in third.shown().elsewhere.windows] == [2]


def test_a_closed_window_says_the_hours_of_today_while_they_last_and_then_the_next_opening(third: AtWindow) -> None:
    third.at(CloseWindow, 3)
    now = third.shown()
    assert now.opening is not None
    assert (now.state, now.clerk, now.opening.at) == ("closed", None, None)
    assert [(span.start, span.end) for span in now.opening.spans] == [("08:00", "12:00"), ("14:30", "17:30")]
    third.hall.wait(4 * 3600)  # 13:00
    noon = third.shown()
    assert noon.opening is not None
    assert noon.opening.at == "2026-11-23T14:30:00+08:00"
    third.hall.wait(6 * 3600)  # 19:00
    evening = third.shown()
    assert evening.opening is not None
    assert evening.opening.at == "2026-11-24T08:00:00+08:00"
