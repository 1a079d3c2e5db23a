"""A vote for a ticket of an earlier day: the hall was restarted since, and that day's windows may be gone."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any

import pytest
from engines import MovedClock, log_of, projection_of, replayed, serving, stored_projection
from small_hall import CHEN, small_plan
from sqlalchemy import select

from server.engine import HallEngine
from server.hall import commands as cmd
from server.hall.errors import AlreadyVoted
from server.hall.plan import HallPlan, WindowPlan
from server.store import tables
from server.store.database import Database

DAY = 24 * 3600
PLAN = small_plan()
WITHOUT_WINDOW_3 = small_plan(windows={1: WindowPlan(1, ("insurance", "residence"))})


@pytest.fixture
def database(database_url: str) -> Iterator[Database]:
    opened = Database(database_url)
    yield opened
    opened.close()


def serve_one(engine: HallEngine, window: int) -> dict[str, Any]:
    engine.do(cmd.OpenWindow(window, CHEN))
    ticket: Any = engine.do(cmd.ServeDirectly(window, CHEN.username, "residence"))
    engine.do(cmd.FinishTicket(window, CHEN.username))
    return ticket  # type: ignore[no-any-return]


def rows_of(database: Database) -> list[tuple[Any, ...]]:
    row = tables.evaluation.c
    wanted = select(row.day, row.outcome, row.level, row.channel, row.reasons, row.words).order_by(row.ticket)
    return database.read(lambda connection: [tuple(found) for found in connection.execute(wanted)])


def check(database: Database, plan: HallPlan, engine: HallEngine) -> None:
    """The running hall, the whole log and the rows that reports read say the same."""
    told = replayed(plan, log_of(database, plan.id))
    assert told.state == engine.read(lambda state: state)
    assert stored_projection(database) == projection_of(told)


def test_it_reaches_its_ticket_after_a_restart_and_stays_after_another(database_url: str, database: Database) -> None:
    clock = MovedClock()
    with serving(database_url, PLAN, clock) as engine:
        first, second = serve_one(engine, 3), serve_one(engine, 3)
    clock.move(DAY)
    with serving(database_url, PLAN, clock) as engine:
        engine.do(cmd.PassTime())
        assert [row[1] for row in rows_of(database)] == ["unrated", "unrated"]
    with serving(database_url, PLAN, clock) as engine:
        engine.do(cmd.VoteByPhone(first["token"], 1, 2), key="touch")
        check(database, PLAN, engine)
    with serving(database_url, PLAN, clock) as engine:
        engine.do(cmd.VoteByPhone(first["token"], 1, 2), key="touch")  # the same touch: its answer was lost
        engine.do(cmd.ExplainByPhone(first["token"], 1, ("214",), "等了“两”小时"))
        with pytest.raises(AlreadyVoted):
            engine.do(cmd.VoteByPhone(first["token"], 1, 5))
        day = first["day"]
        assert rows_of(database) == [
            (day, "voted", 2, "phone", "214", "等了“两”小时"),
            (day, "unrated", None, None, "", ""),
        ]
        check(database, PLAN, engine)
    with serving(database_url, PLAN, clock) as engine:
        assert engine.read(lambda state: state.ballots[first["id"]].legs[1].words) == "等了“两”小时"
        assert engine.read(lambda state: state.ballots[second["id"]].legs[1].level) is None
        check(database, PLAN, engine)


def test_a_window_that_is_gone_since_holds_nothing_up(database_url: str, database: Database) -> None:
    clock = MovedClock()
    with serving(database_url, PLAN, clock) as engine:
        ticket = serve_one(engine, 3)
        clock.move(DAY)
        engine.do(cmd.PassTime())
    with serving(database_url, WITHOUT_WINDOW_3, clock) as engine:
        engine.do(cmd.VoteByPhone(ticket["token"], 1, 4))
    with serving(database_url, WITHOUT_WINDOW_3, clock) as engine:
        assert engine.read(lambda state: state.ballots[ticket["id"]].legs[1].level) == 4
        assert not engine.objections(WITHOUT_WINDOW_3)
    assert [row[1:4] for row in rows_of(database)] == [("voted", 4, "phone")]
