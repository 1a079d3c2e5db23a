"""When a wait is told at all: after two weeks, and while what was told comes true."""

from __future__ import annotations

from datetime import timedelta

from small_hall import CHEN, SmallHall

from server.hall import commands as cmd
from server.hall.wait.estimator import Estimator
from server.hall.wait.record import by_hour


def watched(days: int, wait: tuple[int, int], minutes: int, numbers: int = 5) -> tuple[SmallHall, Estimator]:
    """A hall in which everybody is told `wait`, and called after so many minutes."""
    hall = SmallHall()
    for _ in range(days):
        hall.open(2)
        serve(hall, cmd.IssueTicket("insurance", wait=wait), minutes, numbers)
        hall.now += timedelta(days=1) - timedelta(minutes=minutes * numbers)
    hall.do(cmd.PassTime())
    return hall, learnt(hall)


def serve(hall: SmallHall, issue: cmd.IssueTicket, minutes: int, numbers: int) -> None:
    for _ in range(numbers):
        hall.do(issue)
        hall.wait(minutes * 60)
        hall.do(cmd.CallNext(2, CHEN.username))
        hall.do(cmd.FinishTicket(2, CHEN.username))


def learnt(hall: SmallHall) -> Estimator:
    estimator = Estimator()
    for recorded in hall.log:
        estimator.observe(recorded.event, hall.plan)
    return estimator


def test_nothing_before_two_weeks_have_been_seen() -> None:
    hall, estimator = watched(days=13, wait=(5, 10), minutes=6)
    assert not estimator.watched(hall.state, hall.now)
    hall, estimator = watched(days=14, wait=(5, 10), minutes=6)
    assert estimator.watched(hall.state, hall.now)
    assert estimator.record.reliable


def test_nothing_while_too_many_waited_longer_than_they_were_told() -> None:
    _, estimator = watched(days=14, wait=(1, 3), minutes=9)
    assert estimator.record.coverage == 0.0
    assert not estimator.record.reliable


def test_again_once_what_would_have_been_told_comes_true_which_no_figure_of_the_day_counts() -> None:
    hall, _ = watched(days=14, wait=(1, 3), minutes=9)
    hall.open(2)
    serve(hall, cmd.IssueTicket("insurance", withheld=(5, 10)), 1, numbers=200)
    estimator = learnt(hall)
    assert estimator.record.reliable
    assert estimator.record.today == []


def test_told_and_kept_are_counted_by_service_and_hour() -> None:
    hall, estimator = watched(days=0, wait=(1, 3), minutes=9)
    hall.open(2)
    hall.do(cmd.IssueTicket("insurance", wait=(5, 10)))
    hall.do(cmd.IssueTicket("insurance", wait=(5, 10)))
    hall.do(cmd.IssueTicket("insurance"))
    for minutes in (8, 8, 8):
        hall.wait(minutes * 60)
        hall.do(cmd.CallNext(2, CHEN.username))
    for recorded in hall.log:
        estimator.observe(recorded.event, hall.plan)
    [kept] = by_hour(estimator.record.today, hall.plan.zone)
    assert (kept.service, kept.hour, kept.count, kept.kept, kept.middle, kept.waited) == ("insurance", 9, 2, 1, 5, 12)
