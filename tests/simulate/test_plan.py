"""The day's plan: the same for the same seed, and in it as much of everything as an ordinary day has."""

from __future__ import annotations

from collections import Counter
from collections.abc import Callable

import pytest

from server.simulate import shares
from server.simulate.arrivals import arrival_minutes, rate
from server.simulate.plan import DayPlan, plan_day
from server.simulate.scene import DAY, Scene
from server.simulate.visit import Missing, Punctual, Visit, Way

VISITS = 6000
SCENE = Scene(
    windows={1: ("insurance", "residence", "tax"), 2: ("insurance",), 3: ("residence", "tax")},
    classes=("elderly", "disabled"),
    clerks=("chen",),
)


@pytest.fixture(scope="module")
def day() -> DayPlan:
    return plan_day(SCENE, VISITS, seed=3)


def test_a_seed_is_a_day() -> None:
    assert plan_day(SCENE, 300, seed=3) == plan_day(SCENE, 300, seed=3)
    assert plan_day(SCENE, 300, seed=3) != plan_day(SCENE, 300, seed=4)


@pytest.mark.parametrize(
    ("share", "holds"),
    [
        (shares.DIRECT, lambda visit: visit.way is Way.DIRECT),
        (shares.BOOKED, lambda visit: visit.way is Way.BOOKED),
        (shares.PRIORITY * 0.89, lambda visit: visit.priority is not None),
        (shares.COMBINED * 0.89, lambda visit: bool(visit.then)),
        (shares.CANCELLED * 0.89, lambda visit: visit.cancels_after is not None),
        (shares.ABSENT * 0.97, lambda visit: visit.absence is not None),
        (shares.HELD, lambda visit: visit.hold is not None),
        (shares.TRANSFERRED, lambda visit: visit.detour is not None),
        (shares.SILENT, lambda visit: visit.votes[0] is None),
        (shares.FINISHED_BY_CALL, lambda visit: visit.by_call),
    ],
)
def test_shares(day: DayPlan, share: float, holds: Callable[[Visit], bool]) -> None:
    """Within what chance does to a share of so many visits, four times in five thousand."""
    found = sum(map(holds, day.visits)) / VISITS
    assert abs(found - share) < 4 * (share * (1 - share) / VISITS) ** 0.5


def test_everything_that_can_go_otherwise_does(day: DayPlan) -> None:
    assert {visit.absence.why for visit in day.visits if visit.absence} == set(Missing)
    assert {visit.hold.kind for visit in day.visits if visit.hold} == {"with_papers", "without_papers", "waiting"}
    assert {visit.booking.punctual for visit in day.visits if visit.booking} == set(Punctual)
    assert {vote.level for visit in day.visits for vote in visit.votes if vote} == {5, 4, 3, 2, 1, None}
    assert {visit.priority for visit in day.visits} == {"elderly", "disabled", None}
    assert {pause.window for pause in day.pauses} == set(SCENE.windows)


def test_whoever_booked_comes_as_they_are(day: DayPlan) -> None:
    for visit in day.visits:
        if visit.booking is None or visit.minute == SCENE.opening:
            continue
        early = visit.booking.slot - visit.minute
        match visit.booking.punctual:
            case Punctual.EARLY:
                assert early >= 15
            case Punctual.ON_TIME:
                assert -2 <= early <= 8
            case Punctual.LATE:
                assert early <= -16


def test_citizens_come_within_the_hours_and_most_of_them_in_the_morning(day: DayPlan) -> None:
    minutes = [visit.minute for visit in day.visits if visit.way is not Way.BOOKED]
    assert all(any(start <= minute < end for start, end in DAY) for minute in minutes)
    by_hour = Counter(int(minute // 60) for minute in minutes)
    assert by_hour.most_common(1)[0][0] in (8, 9)
    assert by_hour[9] > 2 * by_hour[11]


def test_arrivals_follow_the_rate() -> None:
    """Each quarter of an hour has as many as the rate says, within what a Poisson process does."""
    import random

    count = 20_000
    minutes = arrival_minutes(random.Random(1), count, DAY)
    whole = sum(rate(start + 0.5, DAY) for start in range(24 * 60))
    assert minutes == sorted(minutes)
    for quarter in range(480, 1050, 15):
        expected = count * sum(rate(quarter + step + 0.5, DAY) for step in range(15)) / whole
        found = sum(quarter <= minute < quarter + 15 for minute in minutes)
        assert abs(found - expected) <= 5 * max(1.0, expected) ** 0.5


def test_work_is_made_to_fit_the_windows() -> None:
    quiet, busy = plan_day(SCENE, 100, seed=3), plan_day(SCENE, 3000, seed=3)
    assert quiet.scale == 1
    assert busy.scale < 0.2
    work = sum(visit.minutes[0] for visit in busy.visits)
    assert 0.6 < work / (len(SCENE.windows) * SCENE.open_minutes) < 0.95
