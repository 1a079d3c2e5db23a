"""挂起: three kinds, several at a window, and none of the time counts as waiting or as service."""

from __future__ import annotations

from datetime import timedelta

import pytest
from small_hall import SmallHall

from server.hall import commands as cmd
from server.hall import errors
from server.hall.hold import HoldKind
from server.hall.ticket import State

KINDS = pytest.mark.parametrize("kind", list(HoldKind))


def held(hall: SmallHall, kind: HoldKind, minutes: int = 10, window: int = 1) -> str:
    """A number of insurance on hold at a window."""
    hall.do(cmd.IssueTicket("insurance"))
    ticket = hall.do(cmd.CallNext(window, "chen"))["id"]
    hall.do(cmd.Start(window, "chen"))
    until = hall.now + timedelta(minutes=minutes)
    hall.do(cmd.HoldTicket(window, "chen", kind, "去复印身份证", until))
    return str(ticket)


@KINDS
def test_the_window_is_free_and_may_hold_several(hall: SmallHall, kind: HoldKind) -> None:
    tickets = [held(hall, kind) for _ in range(3)]
    assert hall.state.windows[1].ticket is None
    assert list(hall.state.held) == tickets
    assert hall.do(cmd.ResumeTicket(1, "chen", tickets[1]))["state"] == State.SERVING
    assert list(hall.state.held) == [tickets[0], tickets[2]]


def test_only_a_service_that_has_begun_can_be_held(hall: SmallHall) -> None:
    hall.do(cmd.IssueTicket("insurance"))
    hall.do(cmd.CallNext(1, "chen"))
    with pytest.raises(errors.IllegalTransition):
        hall.do(cmd.HoldTicket(1, "chen", HoldKind.WITH_PAPERS))


@KINDS
def test_papers_stay_where_they_are(hall: SmallHall, kind: HoldKind) -> None:
    ticket = held(hall, kind)
    if kind is HoldKind.WITHOUT_PAPERS:
        assert hall.do(cmd.ResumeTicket(2, "chen", ticket))["legs"][0]["window"] == 2
        return
    with pytest.raises(errors.HeldElsewhere) as refusal:
        hall.do(cmd.ResumeTicket(2, "chen", ticket))
    assert refusal.value.params["window"] == 1


def test_without_papers_only_a_window_of_the_service_goes_on(hall: SmallHall) -> None:
    with pytest.raises(errors.HeldElsewhere):
        hall.do(cmd.ResumeTicket(3, "chen", held(hall, HoldKind.WITHOUT_PAPERS)))


def test_a_busy_window_resumes_nobody(hall: SmallHall) -> None:
    ticket = held(hall, HoldKind.WITH_PAPERS)
    hall.do(cmd.IssueTicket("insurance"))
    hall.do(cmd.CallNext(1, "chen"))
    with pytest.raises(errors.WindowBusy):
        hall.do(cmd.ResumeTicket(1, "chen", ticket))


def test_waiting_ends_by_itself_and_the_ticket_is_the_next_at_that_window(hall: SmallHall) -> None:
    ticket = held(hall, HoldKind.WAITING, minutes=10)
    for _ in range(3):
        hall.do(cmd.IssueTicket("insurance"))
    hall.wait(599)
    hall.do(cmd.PassTime())
    assert hall.state.tickets[ticket].state is State.HELD
    hall.wait(1)
    assert hall.do(cmd.CallNext(2, "chen"))["number"] == "A002"
    assert hall.do(cmd.CallNext(1, "chen"))["id"] == ticket


def test_when_its_window_has_closed_meanwhile_it_is_the_next_of_its_service(hall: SmallHall) -> None:
    ticket = held(hall, HoldKind.WAITING)
    hall.do(cmd.IssueTicket("insurance"))
    hall.do(cmd.CloseWindow(1, "chen"))
    hall.wait(600)
    assert hall.do(cmd.CallNext(2, "chen"))["id"] == ticket


@pytest.mark.parametrize("minutes", [0, -5])
def test_waiting_needs_a_time_to_come(hall: SmallHall, minutes: int) -> None:
    with pytest.raises(errors.WakeTimeNeeded):
        held(hall, HoldKind.WAITING, minutes)
    with pytest.raises(errors.WakeTimeNeeded):
        hall.do(cmd.HoldTicket(1, "chen", HoldKind.WAITING))


@KINDS
def test_time_on_hold_counts_neither_as_waiting_nor_as_service(hall: SmallHall, kind: HoldKind) -> None:
    hall.do(cmd.IssueTicket("insurance"))
    hall.wait(100)
    ticket = hall.do(cmd.CallNext(1, "chen"))["id"]
    hall.do(cmd.Start(1, "chen"))
    hall.wait(200)
    hall.do(cmd.HoldTicket(1, "chen", kind, until=hall.now + timedelta(seconds=300)))
    hall.wait(300)
    if kind is HoldKind.WAITING:
        hall.do(cmd.CallNext(1, "chen"))
        hall.do(cmd.Start(1, "chen"))
    else:
        hall.do(cmd.ResumeTicket(1, "chen", ticket))
    hall.wait(50)
    hall.do(cmd.FinishTicket(1, "chen"))
    leg = hall.state.tickets[ticket].leg
    assert leg.called_at - leg.queued_at == timedelta(seconds=100)
    assert leg.held_for == timedelta(seconds=300)
    assert leg.ended_at - leg.started_at - leg.held_for == timedelta(seconds=250)


@KINDS
def test_whoever_is_on_hold_when_the_day_closes_was_not_served(hall: SmallHall, kind: HoldKind) -> None:
    ticket = held(hall, kind, minutes=24 * 60)
    known = hall.state.tickets[ticket]
    hall.wait(24 * 3600)
    hall.do(cmd.PassTime())
    assert known.state is State.EXPIRED
    assert hall.state.held == {}
