"""The rows that reports read are what the hall knows, whatever happened in it and however often it was restarted."""

from __future__ import annotations

import random
from datetime import timedelta

import pytest
from any_command import any_command
from engines import MovedClock, log_of, projection_of, replayed, serving, stored_projection
from small_hall import full_plan
from sqlalchemy import select

from server.engine import HallEngine
from server.hall import commands as cmd
from server.hall.errors import HallError
from server.hall.events import KINDS
from server.hall.log import from_row, to_row
from server.hall.plan import Service, WindowPlan
from server.hall.printing import Slip
from server.store import tables
from server.store.database import Database

PLAN = full_plan()
OTHER = full_plan(
    services={"tax": Service("tax", "C"), **PLAN.services},
    windows={4: WindowPlan(4, ("tax",)), **PLAN.windows, 2: WindowPlan(2, ("residence",))},
    evaluation_timeout=timedelta(seconds=5),
)


def live(engine: HallEngine, clock: MovedClock, chance: random.Random, steps: int) -> None:
    for _ in range(steps):
        if chance.random() < 0.02:
            engine.replan(chance.choice([PLAN, OTHER]), "chen")
        command = engine.read(lambda state: any_command(chance, state, clock.now))
        try:
            engine.do(command, key=chance.choice([None, f"key{chance.random()}"]))
        except HallError:
            continue
        finally:
            clock.move(chance.choice([0, 0, 0, 4, 31, 600]))


@pytest.mark.parametrize("seed", range(4))
def test_rows_are_the_hall(database_url: str, seed: int) -> None:
    chance, clock = random.Random(seed), MovedClock()
    for _ in range(3):
        with serving(database_url, PLAN, clock) as engine:
            live(engine, clock, chance, steps=400)
            state = engine.read(lambda state: state)
    database = Database(database_url)
    log = log_of(database, PLAN.id)
    told = replayed(state.plan, log)
    assert told.state == state
    assert stored_projection(database) == projection_of(told)
    assert [to_row(from_row(row)) for row in log] == log
    assert [row.seq for row in log] == list(range(1, len(log) + 1))
    database.close()


def test_random_days_meet_every_kind_of_event(tmp_path: object) -> None:
    """Otherwise the test above would prove less than it says."""
    clock, chance = MovedClock(), random.Random(0)
    url = f"sqlite:///{tmp_path}/hall.db"
    database = Database(url)
    met: set[str] = set()
    with serving(url, PLAN, clock) as engine:
        for _ in range(20):
            live(engine, clock, chance, steps=1000)
            met = {row.kind for row in log_of(database, PLAN.id)}
            if met == set(KINDS):
                break
    database.close()
    assert met == set(KINDS)


def test_the_row_of_a_slip_says_what_it_is_and_where_it_was_asked_for(database_url: str) -> None:
    with serving(database_url, PLAN, MovedClock()) as engine:
        ticket = engine.do(cmd.IssueTicket("insurance", kiosk="1"))["id"]
        engine.do(cmd.PrintSlip(Slip.RECEIPT, "window:3", "{}", ticket=ticket))
    database = Database(database_url)
    job = tables.print_job.c
    wanted = select(job.slip, job.printer, job.ticket, job.state).order_by(job.id)
    rows = database.read(lambda connection: [tuple(row) for row in connection.execute(wanted)])
    assert rows == [("ticket", "1", ticket, "queued"), ("receipt", "window:3", ticket, "queued")]
    database.close()
