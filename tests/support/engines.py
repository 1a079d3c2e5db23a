"""Engines on real databases, and what is in those databases afterwards."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator
from contextlib import contextmanager
from datetime import UTC, datetime, timedelta
from typing import Any
from zoneinfo import ZoneInfo

import gevent
from morning import MORNING
from small_hall import CHEN
from sqlalchemy import Connection, select

from server.engine import HallEngine
from server.engine.clock import machine_time
from server.hall import Hall
from server.hall import commands as cmd
from server.hall.log import Row, from_row
from server.hall.plan import HallPlan, Service, WindowPlan
from server.store import tables
from server.store.database import Database
from server.store.lease import lease_for
from server.store.projection import Projection, project

PATIENCE = 20


def wide_plan(windows: int = 32, **changes: Any) -> HallPlan:
    """A hall in which every window handles both services, and which is where it is morning."""
    parts: dict[str, Any] = {
        "id": "wide",
        "zone": ZoneInfo(MORNING),
        "services": {"insurance": Service("insurance", "A"), "residence": Service("residence", "B")},
        "windows": {number: WindowPlan(number, ("insurance", "residence")) for number in range(1, windows + 1)},
    }
    return HallPlan(**(parts | changes))


@contextmanager
def serving(url: str, plan: HallPlan, clock: Callable[[], datetime] = machine_time) -> Iterator[HallEngine]:
    """An engine that owns its hall."""
    database = Database(url)
    database.prepare()
    engine = HallEngine(plan, database, lease_for(database, plan.id), clock=clock)
    engine.start()
    assert engine.wait_until_serving(PATIENCE)
    yield engine
    engine.stop()
    database.close()


def open_windows(engine: HallEngine) -> None:
    for number in engine.plan.windows:
        engine.do(cmd.OpenWindow(number, CHEN, several=True))


def together(tasks: Iterable[Callable[[], Any]]) -> list[Any]:
    """What each task returned or raised, all of them run at the same time."""

    def outcome(task: Callable[[], Any]) -> Any:
        try:
            return task()
        except Exception as error:  # noqa: BLE001 — what was raised is what the test looks at
            return error

    greenlets = [gevent.spawn(outcome, task) for task in tasks]
    gevent.joinall(greenlets, timeout=PATIENCE)
    assert all(greenlet.dead for greenlet in greenlets), "somebody was never answered"
    return [greenlet.value for greenlet in greenlets]


class MovedClock:
    """Shows the time it was set to."""

    def __init__(self, now: datetime = datetime(2026, 11, 23, 1, 0, tzinfo=UTC)) -> None:
        self.now = now

    def __call__(self) -> datetime:
        return self.now

    def move(self, seconds: float) -> None:
        self.now += timedelta(seconds=seconds)


def log_of(database: Database, hall: str) -> list[Row]:
    wanted = select(*tables.LOG_ROW).where(tables.event.c.hall == hall).order_by(tables.event.c.seq)
    return [Row(*row) for row in database.read(lambda connection: connection.execute(wanted).all())]


def replayed(plan: HallPlan, log: Iterable[Row]) -> Hall:
    """A hall told by a whole log; its `touched` are all tickets that ever were."""
    hall = Hall(plan)
    for row in log:
        hall.apply(from_row(row))
    return hall


def projection_of(hall: Hall) -> dict[str, set[tuple[Any, ...]]]:
    state = hall.state
    return _as_sets(
        project(
            state.plan.id,
            state.touched.values(),
            state.touched_appointments.values(),
            state.touched_prints.values(),
            state.touched_evaluations.values(),
            state.touched_cases.values(),
        )
    )


def stored_projection(database: Database) -> dict[str, set[tuple[Any, ...]]]:
    """Everything in the tables that reports read."""

    def read(connection: Connection) -> dict[str, set[tuple[Any, ...]]]:
        wanted = {
            "tickets": tables.ticket,
            "legs": tables.leg,
            "evaluations": tables.evaluation,
            "prints": tables.print_job,
            "appointments": tables.appointment,
            "cases": tables.redress,
        }
        return {name: {tuple(row) for row in connection.execute(select(table))} for name, table in wanted.items()}

    return database.read(read)


def _as_sets(rows: Projection) -> dict[str, set[tuple[Any, ...]]]:
    names = ("tickets", "legs", "evaluations", "prints", "appointments", "cases")
    return {name: set(getattr(rows, name)) for name in names}
