"""交接班: nothing that is open at a window is lost between two people."""

from __future__ import annotations

from datetime import timedelta
from typing import Any

import pytest
from small_hall import CHEN, SmallHall

from server.hall import commands as cmd
from server.hall import errors, events
from server.hall.hold import HoldKind
from server.hall.ticket import State
from server.hall.window import Clerk, WindowState

LIU, WANG = Clerk("liu", "刘伟"), Clerk("wang", "王磊")


@pytest.fixture
def hall() -> SmallHall:
    """陈晓兰 at window 1, 刘伟 at window 2."""
    small = SmallHall()
    small.do(cmd.OpenWindow(1, CHEN))
    small.do(cmd.OpenWindow(2, LIU))
    return small


def serve(hall: SmallHall, window: int = 1, clerk: str = "chen") -> Any:
    ticket = hall.do(cmd.IssueTicket("insurance"))["id"]
    hall.do(cmd.CallTicket(window, clerk, ticket, "先办"))
    hall.do(cmd.Start(window, clerk))
    return hall.state.tickets[ticket]


def sent(hall: SmallHall, **target: Any) -> Any:
    """A ticket that 刘伟 sends to 陈晓兰 or her window."""
    ticket = serve(hall, 2, "liu")
    hall.do(cmd.TransferTicket(2, "liu", **target))
    return ticket


def test_what_is_open_is_written_down_and_the_window_is_closed(hall: SmallHall) -> None:
    held = serve(hall)
    hall.do(cmd.HoldTicket(1, "chen", HoldKind.WITH_PAPERS, "缺复印件"))
    mine, windows = sent(hall, to_staff="chen"), sent(hall, to_window=1)
    hall.do(cmd.HandOverWindow(1, "chen", "A001 等复印件", "wang", "王磊"))
    (event,) = hall.events(events.WindowHandedOver)
    assert (event.ticket, event.held, event.waiting) == (None, (held.id,), (mine.id, windows.id))
    assert (event.staff, event.name, event.to, event.note) == ("chen", "陈晓兰", "wang", "A001 等复印件")
    assert hall.state.windows[1].state is WindowState.CLOSED
    assert [ticket.leg.queue for ticket in (mine, windows)] == ["window:1", "window:1"]


def test_the_successor_finds_all_of_it_and_says_that_it_was_read(hall: SmallHall) -> None:
    held = serve(hall)
    hall.do(cmd.HoldTicket(1, "chen", HoldKind.WITH_PAPERS, "缺复印件"))
    mine = sent(hall, to_staff="chen")
    hall.do(cmd.HandOverWindow(1, "chen", "A001 等复印件", "wang", "王磊"))
    hall.do(cmd.OpenWindow(1, WANG))
    left = hall.state.windows[1].hand_over
    assert (left.is_unread, left.name, left.note) == (True, "陈晓兰", "A001 等复印件")
    assert hall.do(cmd.CallNext(1, "wang"))["id"] == mine.id
    hall.do(cmd.FinishTicket(1, "wang"))
    hall.do(cmd.ResumeTicket(1, "wang", held.id))
    hall.do(cmd.ReceiveHandOver(1, "wang"))
    assert (left.received_by, left.received_at, left.is_unread) == ("wang", hall.now, False)
    hall.do(cmd.ReceiveHandOver(1, "wang"))
    assert len(hall.events(events.HandOverReceived)) == 1


def test_with_a_citizen_there_the_window_stays_open_until_the_successor_signs_in(hall: SmallHall) -> None:
    citizen = serve(hall)
    hall.do(cmd.HandOverWindow(1, "chen", "正在录入", None))
    assert hall.state.windows[1].clerk == CHEN
    hall.do(cmd.OpenWindow(1, WANG))
    assert hall.state.windows[1].ticket is citizen
    hall.do(cmd.FinishTicket(1, "wang"))
    assert citizen.leg.staff == "wang"
    assert hall.state.windows[1].hand_over.ticket == citizen.id


def test_or_until_the_leaver_has_finished(hall: SmallHall) -> None:
    serve(hall)
    hall.do(cmd.HandOverWindow(1, "chen"))
    late = sent(hall, to_staff="chen")
    hall.do(cmd.FinishTicket(1, "chen"))
    hall.do(cmd.CloseWindow(1, "chen"))
    assert late.leg.queue == "window:1"
    assert hall.state.windows[1].hand_over.is_unread


def test_whoever_waits_for_the_leaver_goes_to_the_colleague_who_is_at_work(hall: SmallHall) -> None:
    mine = sent(hall, to_staff="chen")
    hall.do(cmd.HandOverWindow(1, "chen", to="liu", to_name="刘伟"))
    assert mine.leg.queue == "clerk:liu"
    assert hall.do(cmd.CallNext(2, "liu"))["id"] == mine.id


def test_when_nobody_comes_whoever_waited_waits_for_everybody(hall: SmallHall) -> None:
    mine = sent(hall, to_staff="chen")
    hall.do(cmd.HandOverWindow(1, "chen", "有一个号在等"))
    hall.wait(14 * 60)
    assert hall.do(cmd.CallNext(2, "liu")) is None
    hall.wait(60)
    assert hall.do(cmd.CallNext(2, "liu"))["id"] == mine.id
    assert len(hall.events(events.HandOverLapsed)) == 1
    # The note is there all the same.
    hall.do(cmd.OpenWindow(1, WANG))
    assert hall.state.windows[1].hand_over.is_unread


def test_nothing_is_lost_when_the_day_ends_before_anybody_came(hall: SmallHall) -> None:
    held = serve(hall)
    hall.do(cmd.HoldTicket(1, "chen", HoldKind.WITH_PAPERS))
    mine = sent(hall, to_staff="chen")
    hall.do(cmd.HandOverWindow(1, "chen"))
    hall.wait(24 * 3600)
    hall.do(cmd.PassTime())
    assert {held.state, mine.state} == {State.EXPIRED}
    (closed,) = hall.events(events.DayClosed)
    assert (closed.issued, closed.expired) == (2, 2)
    assert hall.state.hand_overs == []


def test_a_second_one_by_the_same_person_corrects_the_first(hall: SmallHall) -> None:
    serve(hall)
    hall.do(cmd.HandOverWindow(1, "chen", "一件"))
    hall.do(cmd.HandOverWindow(1, "chen", "两件"))
    assert hall.state.windows[1].hand_over.note == "两件"


def test_what_a_colleague_left_is_read_before_the_next_is_written(hall: SmallHall) -> None:
    hall.do(cmd.HandOverWindow(1, "chen", "两件待补"))
    hall.do(cmd.OpenWindow(1, WANG))
    with pytest.raises(errors.UnreadHandOver):
        hall.do(cmd.HandOverWindow(1, "wang"))
    hall.do(cmd.ReceiveHandOver(1, "wang"))
    hall.do(cmd.HandOverWindow(1, "wang"))
    assert [one.staff for one in hall.state.hand_overs] == ["chen", "wang"]


def test_nobody_receives_their_own_or_what_is_not_there(hall: SmallHall) -> None:
    with pytest.raises(errors.NothingHandedOver):
        hall.do(cmd.ReceiveHandOver(1, "chen"))
    serve(hall)
    hall.do(cmd.HandOverWindow(1, "chen"))
    with pytest.raises(errors.OwnHandOver):
        hall.do(cmd.ReceiveHandOver(1, "chen"))
    with pytest.raises(errors.UnknownTarget):
        hall.do(cmd.HandOverWindow(1, "chen", to="chen"))


def test_only_whoever_sits_there_hands_over_and_for_the_citizen_they_see(hall: SmallHall) -> None:
    serve(hall)
    with pytest.raises(errors.NotYourWindow):
        hall.do(cmd.HandOverWindow(1, "liu"))
    with pytest.raises(errors.StaleScreen):
        hall.do(cmd.HandOverWindow(1, "chen", seen=""))


def test_the_log_gives_the_same_hall_again(hall: SmallHall) -> None:
    sent(hall, to_staff="chen")
    hall.do(cmd.HandOverWindow(1, "chen", "有一个号在等"))
    hall.wait(16 * 60)
    hall.do(cmd.OpenWindow(1, WANG))
    hall.do(cmd.ReceiveHandOver(1, "wang"))
    assert hall.replayed().state == hall.state


def test_whoever_is_lent_or_on_hold_comes_back_to_the_window_that_is_to_be_taken_over(hall: SmallHall) -> None:
    lent = serve(hall)
    hall.do(cmd.TransferTicket(1, "chen", to_window=2, returns=True))
    held = serve(hall)
    hall.do(cmd.HoldTicket(1, "chen", HoldKind.WAITING, "去复印", until=hall.now + timedelta(minutes=5)))
    hall.do(cmd.HandOverWindow(1, "chen", "两件"))
    hall.do(cmd.CallNext(2, "liu"))
    hall.do(cmd.FinishTicket(2, "liu"))
    hall.wait(5 * 60)
    hall.do(cmd.PassTime())
    assert [ticket.leg.queue for ticket in (lent, held)] == ["window:1", "window:1"]
    hall.do(cmd.OpenWindow(1, WANG))
    assert {hall.do(cmd.CallNext(1, "wang"))["id"] for _ in range(2)} == {lent.id, held.id}


def test_the_successor_has_their_time_from_when_the_window_is_closed(hall: SmallHall) -> None:
    serve(hall)
    windows = sent(hall, to_window=1)
    hall.do(cmd.HandOverWindow(1, "chen"))
    hall.wait(20 * 60)
    hall.do(cmd.FinishTicket(1, "chen"))
    hall.do(cmd.CloseWindow(1, "chen"))
    hall.wait(14 * 60)
    hall.do(cmd.PassTime())
    assert windows.leg.queue == "window:1"
    assert hall.replayed().state == hall.state
    hall.wait(60)
    hall.do(cmd.PassTime())
    assert windows.leg.queue == "insurance"


def test_whoever_waits_for_a_leaver_who_sits_elsewhere_too_goes_on_waiting_for_them(hall: SmallHall) -> None:
    hall.do(cmd.OpenWindow(3, CHEN, several=True))
    mine = sent(hall, to_staff="chen")
    hall.do(cmd.HandOverWindow(1, "chen"))
    assert mine.leg.queue == "clerk:chen"
    assert hall.do(cmd.CallNext(3, "chen"))["id"] == mine.id


def test_whoever_waits_for_a_window_keeps_their_place_when_its_leaver_signs_in_elsewhere(hall: SmallHall) -> None:
    serve(hall)
    windows = sent(hall, to_window=1)
    hall.do(cmd.HandOverWindow(1, "chen"))
    hall.do(cmd.FinishTicket(1, "chen"))
    hall.do(cmd.OpenWindow(3, CHEN))
    assert windows.leg.queue == "window:1"
    hall.do(cmd.OpenWindow(1, WANG))
    assert hall.do(cmd.CallNext(1, "wang"))["id"] == windows.id
