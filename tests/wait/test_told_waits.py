"""A hall with weeks of history in its database tells waits as soon as it serves, and keeps to what it told."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from dataclasses import replace
from datetime import UTC, datetime, time, timedelta
from pathlib import Path
from typing import Any

import gevent
import pytest
from engines import MovedClock
from remembered import remember

from server.engine import HallEngine
from server.hall import commands as cmd
from server.hall.plan import ORDINARY
from server.hall.wait.doubt import doubtful
from server.hall.window import Clerk
from server.report.waits import waits_out
from server.store.database import Database
from server.store.lease import lease_for
from server.trial.halls import world
from server.trial.played_day import days
from server.trial.trial import FIRST

WORLD = world("told", load=0.5)
NEXT = datetime.combine(days(FIRST, 12)[-1], time(9), WORLD.plan.zone).astimezone(UTC)
"""Nine o'clock of the day after history."""


@pytest.fixture
def engine(tmp_path: Path) -> Iterator[HallEngine]:
    """Eleven working days are in its log: more than two weeks before it starts."""
    database = Database(f"sqlite:///{tmp_path}/told.db")
    database.prepare()
    remember(database, WORLD, FIRST, 11)
    engine = HallEngine(WORLD.plan, database, lease_for(database, WORLD.plan.id), clock=MovedClock(NEXT))
    engine.subscribe(engine.waits.subscription())
    engine.start()
    assert engine.wait_until_serving(20)
    engine.do(cmd.OpenWindow(2, Clerk("clerk2", "2")))
    engine.waits.start()
    yield engine
    engine.waits.stop()
    engine.stop()
    database.close()


def until(reached: Callable[[], bool]) -> None:
    """The engine works in this thread's hub: let it, until `reached`."""
    with gevent.Timeout(30):
        while not reached():
            gevent.sleep(0.02)


def told(engine: HallEngine) -> tuple[int, ...]:
    return engine.waits.told("insurance", ORDINARY)


def take(engine: HallEngine) -> Any:
    return engine.do(cmd.IssueTicket("insurance", wait=told(engine)))


def test_a_number_is_told_its_wait_which_the_log_keeps(engine: HallEngine) -> None:
    until(lambda: len(told(engine)) == 2)
    assert engine.do(cmd.IssueTicket("insurance", wait=told(engine)))["wait"] == [*told(engine)]


def test_the_wait_grows_with_the_line(engine: HallEngine) -> None:
    until(lambda: len(told(engine)) == 2)
    before = told(engine)
    for _ in range(12):
        engine.do(cmd.IssueTicket("insurance"))
    until(lambda: told(engine) != before)
    middle, late = told(engine)
    assert middle > before[0] + 20
    assert late > middle


def test_the_leader_sees_what_was_told_and_what_came(engine: HallEngine) -> None:
    until(lambda: len(told(engine)) == 2)
    take(engine)
    engine.do(cmd.CallNext(2, "clerk2"))
    until(lambda: len(engine.waits.kept) == 1)
    [kept] = engine.waits.kept
    assert (kept.service, kept.waited) == ("insurance", 0.0)
    assert kept.kept


def test_what_is_not_told_because_too_little_came_true_is_kept_all_the_same(engine: HallEngine) -> None:
    """Else nobody would ever find out that it comes true again."""
    until(lambda: len(told(engine)) == 2)
    assert waits_out(engine).withheld is None
    for _ in range(40):
        engine.do(cmd.IssueTicket("insurance", wait=(0, 1)))
    clock = engine.clock
    assert isinstance(clock, MovedClock)
    clock.move(600)
    for _ in range(40):
        engine.do(cmd.CallNext(2, "clerk2"))
    until(lambda: engine.waits.forecast is None)
    until(lambda: len(engine.waits.withheld("insurance", ORDINARY)) == 2)
    assert told(engine) == ()
    seen = waits_out(engine).withheld
    assert seen is not None
    assert seen.kept / seen.count < seen.least / 100 == 0.75


def test_kiosks_hear_of_a_doubt_as_soon_as_there_is_one(engine: HallEngine) -> None:
    """The only window closes: pages are told of that at once, but what follows from it is known a little later."""
    until(lambda: len(told(engine)) == 2)
    heard: list[bool] = []
    engine.waits.on_change = lambda: heard.append(doubtful(engine.waits.forecast, "insurance", ORDINARY))
    engine.do(cmd.CloseWindow(2, "clerk2"))
    until(lambda: heard[-1:] == [True])


def test_a_window_to_open_is_named_when_the_promise_would_be_broken(engine: HallEngine) -> None:
    engine.replan(replace(WORLD.plan, rules=replace(WORLD.plan.rules, promise=timedelta(minutes=10))), None)
    for window in (3, 4, 6):
        engine.do(cmd.OpenWindow(window, Clerk(f"clerk{window}", f"{window}")))
    for _ in range(24):
        engine.do(cmd.IssueTicket("insurance"))
    clock = engine.clock
    assert isinstance(clock, MovedClock)
    clock.move(61)
    until(lambda: engine.waits.hint is not None and engine.waits.hint.late is not None)
    hint = engine.waits.hint
    assert hint is not None
    assert hint.service in WORLD.plan.windows[hint.window].services
    assert hint.window not in (2, 3, 4, 6)
    assert hint.late is not None
    assert hint.then <= hint.late - 5
