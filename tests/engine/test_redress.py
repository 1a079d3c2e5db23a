"""差评 over days, restarts and databases: the case, the log and the rows that pages read say the same."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any

import pytest
from engines import MovedClock, log_of, projection_of, replayed, serving, stored_projection, together
from small_hall import CHEN, small_plan

from server.engine import HallEngine
from server.hall import commands as cmd
from server.hall.errors import HallError, StaleCase
from server.hall.low_rating import Case, Ground, Step
from server.hall.plan import WindowPlan
from server.store.database import Database

DAY = 24 * 3600
PLAN = small_plan()
WITHOUT_WINDOW_3 = small_plan(windows={1: WindowPlan(1, ("insurance", "residence"))})


@pytest.fixture
def database(database_url: str) -> Iterator[Database]:
    opened = Database(database_url)
    yield opened
    opened.close()


def rated_low(engine: HallEngine, window: int = 3) -> tuple[str, str]:
    """(case, the citizen's token)."""
    engine.do(cmd.OpenWindow(window, CHEN))
    ticket: Any = engine.do(cmd.ServeDirectly(window, CHEN.username, "residence"))
    engine.do(cmd.FinishTicket(window, CHEN.username))
    engine.do(cmd.VoteByPhone(ticket["token"], 1, 1))
    return f"{ticket['id']}-1", ticket["token"]


def step(case: str, step: Step, verdict: bool | None = None, seen: int | None = None) -> cmd.TakeStep:
    return cmd.TakeStep(case, step, "“已办”", "wang", verdict, seen)


def case_of(engine: HallEngine, name: str) -> Case:
    found: Case = engine.read(lambda state: state.cases[name])
    return found


def check(database: Database, engine: HallEngine) -> None:
    told = replayed(PLAN, log_of(database, PLAN.id))
    assert told.state == engine.read(lambda state: state)
    assert stored_projection(database) == projection_of(told)


def test_a_case_outlives_its_day_its_window_and_every_restart(database_url: str, database: Database) -> None:
    clock = MovedClock()
    with serving(database_url, PLAN, clock) as engine:
        name, holder = rated_low(engine)
        other, _ = rated_low(engine)
    clock.move(30 * DAY)
    with serving(database_url, PLAN, clock) as engine:
        engine.do(cmd.PassTime())
        engine.do(step(name, Step.VERIFY, True), key="press")
        engine.do(cmd.AppealRating(other, Ground.MALICIOUS, "同一人连评", "wang"))
    with serving(database_url, WITHOUT_WINDOW_3, clock) as engine:
        assert not engine.objections(WITHOUT_WINDOW_3)
        assert case_of(engine, name).next is Step.RECTIFY
    clock.move(DAY)
    with serving(database_url, PLAN, clock) as engine:
        engine.do(step(name, Step.RECTIFY))
        engine.do(step(name, Step.ANSWER))
        engine.do(cmd.RecordCallBack(name, True, True, "说已解决", "wang"))
        engine.do(cmd.VoteAgain(holder, 1, 5))
        engine.do(step(name, Step.REVIEW, True))
        engine.do(cmd.DecideAppeal(other, True, "证据充分", "zhao"))
        check(database, engine)
    with serving(database_url, PLAN, clock) as engine:
        case = case_of(engine, name)
        assert case.again is not None
        assert (case.level, case.again.level, case.is_open) == (1, 5, False)
        assert case_of(engine, other).excluded
        check(database, engine)


def test_a_press_that_is_sent_again_is_done_once_and_two_leaders_never_both_win(database_url: str) -> None:
    with serving(database_url, PLAN, MovedClock()) as engine:
        name, _ = rated_low(engine)
        engine.do(step(name, Step.VERIFY, True, seen=0), key="press")
        engine.do(step(name, Step.VERIFY, True, seen=0), key="press")
        assert case_of(engine, name).revision == 1

        def leader(staff: str, verdict: bool | None) -> None:
            engine.do(cmd.TakeStep(name, Step.RECTIFY, f"{staff} 已整改", staff, verdict, seen=1))

        told = together([lambda: leader("wang", None), lambda: leader("zhao", None)])
        assert [type(one) for one in told if isinstance(one, HallError)] == [StaleCase]
        assert [taken.step for taken in case_of(engine, name).steps] == [Step.VERIFY, Step.RECTIFY]
