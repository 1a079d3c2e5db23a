"""What a screen shows of a hall, moment by moment."""

from __future__ import annotations

from datetime import timedelta

import pytest
from screened import INSURANCE, RESIDENCE, Screened
from small_hall import CHEN, MONDAY_9

from display.board import CURRENT, SPOKEN
from display.messages import Board
from server.hall.commands import (
    CloseWindow,
    FinishTicket,
    HoldTicket,
    MarkNoShow,
    PauseWindow,
    Recall,
    RejoinTicket,
    Start,
    SuspendService,
    TransferTicket,
    UndoLast,
)
from server.hall.hold import HoldKind


@pytest.fixture
def screened() -> Screened:
    return Screened()


def current(shown: Board) -> tuple[str, int, str] | None:
    return (shown.call.number, shown.call.window, shown.call.state) if shown.call else None


def test_a_morning_without_calls_shows_windows_and_queues(screened: Screened) -> None:
    screened.take()
    shown = screened.board()
    assert (shown.call, shown.fresh, shown.recent, shown.passed, shown.speak) == (None, [], [], [], None)
    assert [(w.number, w.state, w.waiting) for w in shown.windows][1:5] == [
        (2, "idle", 1),
        (3, "idle", 1),
        (4, "idle", 0),
        (5, "closed", 0),
    ]
    assert [(s.name, s.waiting) for s in shown.waiting][:2] == [("社保医保", 1), ("户籍身份证", 0)]
    assert shown.notices == ["今日照常办公"]


def test_a_call_is_current_and_fresh(screened: Screened) -> None:
    screened.take()
    screened.call(3)
    shown = screened.board()
    assert current(shown) == ("A001", 3, "called")
    assert shown.call is not None
    assert (shown.call.service, shown.call.service_en) == ("社保医保", "Social & health insurance")
    assert [(call.id, call.number, call.window, call.count) for call in shown.fresh] == [(shown.call.id, "A001", 3, 1)]


def test_a_recall_is_a_new_call_that_takes_the_place_of_the_old(screened: Screened) -> None:
    screened.take()
    screened.call(3)
    first = screened.board()
    screened.at(Recall, 3)
    shown = screened.board()
    assert shown.call is not None
    assert shown.call.count == 2
    assert [call.id for call in shown.fresh] == [shown.call.id]
    assert first.call is not None
    assert shown.call.id > first.call.id
    assert shown.recent == []


def test_a_call_is_fresh_until_its_citizen_has_come_gone_or_waited_a_minute(screened: Screened) -> None:
    for window in (1, 2, 3):
        screened.take()
        screened.call(window)
    assert [call.number for call in screened.board().fresh] == ["A001", "A002", "A003"]
    screened.at(Start, 1)
    screened.at(MarkNoShow, 2)
    assert [call.number for call in screened.board().fresh] == ["A003"]
    screened.hall.wait(SPOKEN.total_seconds())
    assert [call.number for call in screened.board().fresh] == ["A003"]
    screened.hall.wait(0.001)
    assert screened.board().fresh == []


def test_an_old_call_is_never_shown_as_current(screened: Screened) -> None:
    screened.take()
    screened.call(3)
    screened.hall.wait(CURRENT.total_seconds())
    assert current(screened.board()) == ("A001", 3, "called")
    screened.hall.wait(1)
    shown = screened.board()
    assert current(shown) is None
    assert [call.number for call in shown.recent] == ["A001"]
    assert shown.windows[2].state == "calling"


def test_whoever_is_still_awaited_comes_before_whoever_has_come(screened: Screened) -> None:
    screened.take()
    screened.call(2)
    screened.take()
    screened.call(3)
    assert current(screened.board()) == ("A002", 3, "called")
    screened.at(Start, 3)
    assert current(screened.board()) == ("A001", 2, "called")
    screened.at(Start, 2)
    assert current(screened.board()) == ("A002", 3, "serving")
    screened.at(FinishTicket, 3)
    screened.at(FinishTicket, 2)
    assert current(screened.board()) is None


def test_the_last_six_tickets_stand_beside_the_current_one(screened: Screened) -> None:
    for _ in range(9):
        screened.take()
        screened.call(3)
        screened.at(Recall, 3)
    shown = screened.board()
    assert current(shown) == ("A009", 3, "called")
    assert [call.number for call in shown.recent] == ["A008", "A007", "A006", "A005", "A004", "A003"]


def test_the_numbers_given_up_are_shown_last_first(screened: Screened) -> None:
    for window in (1, 2, 3):
        screened.take()
        screened.call(window)
    for window in (3, 1, 2):
        screened.hall.wait(10)
        screened.at(MarkNoShow, window)
    shown = screened.board()
    assert shown.passed == ["A002", "A001", "A003"]
    assert shown.recent == []  # nobody is to follow a call that is over, and find another at that window


def test_each_window_says_what_it_is_doing(screened: Screened) -> None:
    for window in (1, 2):
        screened.take()
        screened.call(window)
    screened.at(Start, 2)
    back = MONDAY_9 + timedelta(minutes=20)
    screened.hall.do(PauseWindow(3, CHEN.username, "设备检修", back))
    screened.at(CloseWindow, 4)
    windows = screened.board().windows
    assert [(w.state, w.ticket) for w in windows[:4]] == [
        ("calling", "A001"),
        ("serving", "A002"),
        ("paused", None),
        ("closed", None),
    ]
    pause = windows[2].pause
    assert pause is not None
    assert (pause.reason, pause.until) == ("设备检修", back.isoformat())


def test_a_screen_of_some_windows_knows_nothing_of_the_others() -> None:
    screened = Screened(4)
    screened.take(INSURANCE)
    screened.take(RESIDENCE)
    screened.call(3)
    shown = screened.board()
    assert (shown.call, shown.fresh, shown.recent) == (None, [], [])
    assert [window.number for window in shown.windows] == [4]
    assert [(service.code, service.waiting) for service in shown.waiting] == [(RESIDENCE, 1)]
    screened.call(4)
    assert current(screened.board()) == ("B001", 4, "called")


def test_outside_the_hours_the_queues_say_when_numbers_are_given_again(screened: Screened) -> None:
    assert screened.board().waiting[0].open
    screened.hall.wait(3.5 * 3600)
    service = screened.board().waiting[0]
    assert (service.open, service.opens_at) == (False, "2026-11-23T14:15:00+08:00")


def test_a_queue_with_hours_of_its_own_says_those(screened: Screened) -> None:
    screened.hall.wait(6 * 3600)  # 15:00: companies are registered in the morning
    queues = {queue.code: (queue.open, queue.opens_at) for queue in screened.board().waiting}
    assert queues["company"] == (False, "2026-11-24T07:45:00+08:00")
    assert queues["tax"] == (True, None)


def test_whoever_comes_back_is_awaited_no_more_and_stands_among_the_passed_no_more(screened: Screened) -> None:
    screened.take()
    screened.take()
    screened.call(3)
    screened.at(MarkNoShow, 3)
    assert screened.board().passed == ["A001"]
    screened.hall.do(RejoinTicket(screened.id_of("A001"), kiosk="1"))
    shown = screened.board()
    assert (shown.passed, shown.recent, current(shown), shown.fresh) == ([], [], None, [])
    screened.call(3)
    screened.call(2)
    shown = screened.board()
    assert current(shown) == ("A001", 2, "called")
    assert [(call.number, call.window) for call in shown.fresh] == [("A002", 3), ("A001", 2)]


def test_a_number_that_is_void_is_not_asked_back(screened: Screened) -> None:
    screened.take()
    screened.call(3)
    screened.at(MarkNoShow, 3)
    screened.hall.wait(3600)
    assert screened.board().passed == ["A001"]
    screened.hall.wait(1)
    assert screened.board().passed == []


def test_a_no_show_that_is_taken_back_is_awaited_again(screened: Screened) -> None:
    screened.take()
    screened.call(3)
    screened.at(MarkNoShow, 3)
    screened.hall.do(UndoLast(3, CHEN.username, screened.id_of("A001")))
    shown = screened.board()
    assert (current(shown), shown.passed) == (("A001", 3, "called"), [])


def test_a_ticket_on_hold_is_nobodys_call(screened: Screened) -> None:
    screened.take()
    screened.call(3)
    screened.at(Start, 3)
    screened.hall.do(HoldTicket(3, CHEN.username, HoldKind.WITH_PAPERS))
    shown = screened.board()
    assert (current(shown), shown.fresh, shown.passed) == (None, [], [])
    assert (shown.windows[2].state, shown.windows[2].ticket) == ("idle", None)


def test_a_ticket_sent_on_is_called_where_it_goes_and_nowhere_else() -> None:
    screened, both = Screened(3), Screened()
    for hall in (screened, both):
        hall.take()
        hall.call(3)
        hall.at(Start, 3)
        hall.hall.do(TransferTicket(3, CHEN.username, to_window=4, service=RESIDENCE))
        shown = hall.board()
        assert (current(shown), shown.recent, shown.fresh) == (None, [], [])
    assert both.board().windows[3].waiting == 1  # it waits for window 4 alone
    screened.call(4)
    shown = screened.board()
    assert (current(shown), shown.recent, shown.fresh) == (None, [], [])
    both.call(4)
    shown = both.board()
    assert (current(shown), shown.recent) == (("A001", 4, "called"), [])


def test_a_service_that_gives_no_numbers_for_now_says_so(screened: Screened) -> None:
    screened.hall.do(SuspendService(RESIDENCE, CHEN.username, "设备检修"))
    social, residence = screened.board().waiting[:2]
    assert (social.open, residence.open, residence.opens_at) == (True, False, None)
