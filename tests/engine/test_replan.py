"""A running hall goes on under another plan: in the writer's turn, with the commit or not at all."""

from __future__ import annotations

from collections.abc import Callable
from contextlib import closing
from dataclasses import replace
from datetime import UTC, datetime, time
from typing import Any

import gevent
import pytest
from cutting_proxy import CuttingProxy
from engines import (
    PATIENCE,
    MovedClock,
    log_of,
    open_windows,
    projection_of,
    replayed,
    serving,
    stored_projection,
    together,
    wide_plan,
)
from full_disk import Outside, serve_again
from postgres import PostgresServer
from small_hall import CHEN

from server.engine import HallEngine
from server.engine.engine import Role
from server.engine.errors import PlanChanged, WriteRefused
from server.hall import commands as cmd
from server.hall.calendar import Hours, Span
from server.hall.errors import UnknownService
from server.hall.events import HallReplanned, TicketIssued
from server.hall.log import from_row
from server.hall.plan import HallPlan, Service, WindowPlan
from server.hall.priority import Priorities, PriorityClass
from server.hall.replanning import digest_of
from server.store.database import Database
from server.store.lease import lease_for

OLD = wide_plan()
TAX = Service("tax", "C")
NEW = replace(
    OLD,
    services={**OLD.services, "tax": TAX},
    windows={**OLD.windows, 33: WindowPlan(33, ("tax",))},
    hours=Hours((Span(time(0), time(23, 59, 59)),)),
)
CALLERS = 16


def events_of(url: str) -> list[Any]:
    with closing(Database(url)) as database:
        return [from_row(row).event for row in log_of(database, OLD.id)]


def without_window(number: int) -> HallPlan:
    return replace(OLD, windows={n: window for n, window in OLD.windows.items() if n != number})


def wait_for_role(engine: HallEngine, role: Role) -> None:
    with gevent.Timeout(PATIENCE):
        while engine.role is not role:
            gevent.sleep(0.02)


def test_numbers_stay_and_new_ones_are_given(engine: HallEngine, database_url: str) -> None:
    engine.do(cmd.IssueTicket("insurance"))
    engine.do(cmd.IssueTicket("insurance"))
    engine.do(cmd.CallNext(7, CHEN.username))
    before = engine.read(lambda state: dict(state.tickets))
    engine.replan(NEW, "chen")
    assert engine.read(lambda state: dict(state.tickets)) == before
    assert engine.do(cmd.IssueTicket("tax"))["number"] == "C001"
    engine.do(cmd.OpenWindow(33, CHEN, several=True))
    assert engine.do(cmd.CallNext(33, CHEN.username))["number"] == "C001"
    assert engine.do(cmd.CallNext(8, CHEN.username))["number"] == "A002"
    (event,) = [event for event in events_of(database_url) if isinstance(event, HallReplanned)]
    assert (event.staff, event.digest) == ("chen", digest_of(NEW))


def test_hall_rebuilt_with_the_new_plan_is_the_live_one(database_url: str) -> None:
    with serving(database_url, OLD) as engine:
        open_windows(engine)
        engine.do(cmd.IssueTicket("insurance"))
        engine.replan(NEW, None)
        engine.do(cmd.IssueTicket("tax"))
        live = engine.read(lambda state: state)
    with serving(database_url, NEW) as engine:
        assert engine.read(lambda state: state) == live
        assert engine.do(cmd.IssueTicket("tax"))["number"] == "C002"
    database = Database(database_url)
    assert stored_projection(database) == projection_of(replayed(NEW, log_of(database, NEW.id)))
    database.close()


@pytest.mark.parametrize(
    ("plan", "objection"),
    [
        (without_window(5), ("windows", "window 5 was used today")),
        (wide_plan(services={"residence": OLD.services["residence"]}), ("services", "numbers of service insurance")),
        (
            wide_plan(services={**OLD.services, "insurance": Service("insurance", "D")}),
            ("services", "numbers of service insurance were given today with prefix A"),
        ),
        (
            wide_plan(priorities=Priorities((PriorityClass("elderly"),))),
            ("priority.classes", "numbers of priority class ordinary"),
        ),
    ],
)
def test_plan_without_what_was_used_today_is_refused(
    engine: HallEngine, database_url: str, plan: HallPlan, objection: tuple[str, str]
) -> None:
    engine.do(cmd.IssueTicket("insurance"))
    # A window that nobody sits at any more has left its trace in the log alone.
    engine.do(cmd.CloseWindow(5, CHEN.username))
    before, taken = events_of(database_url), list[str]()
    with pytest.raises(PlanChanged) as refusal:
        engine.replan(plan, "chen", then=lambda: taken.append("new"))
    assert refusal.value.objections == engine.objections(plan)
    (found,) = refusal.value.objections
    assert (found[0], found[1][: len(objection[1])]) == objection
    assert (engine.plan, engine.read(lambda state: state.plan), taken) == (OLD, OLD, [])
    assert events_of(database_url) == before
    assert engine.do(cmd.IssueTicket("insurance"))["number"] == "A002"


def test_what_was_used_yesterday_may_go(database_url: str) -> None:
    clock = MovedClock(datetime(2026, 11, 23, 1, 0, tzinfo=UTC))
    with serving(database_url, OLD, clock) as engine:
        open_windows(engine)
        engine.do(cmd.IssueTicket("insurance"))
        clock.move(24 * 3600)
        engine.replan(wide_plan(1, services={"tax": TAX}), None)
        assert engine.do(cmd.IssueTicket("tax"))["number"] == "C001"


def test_another_hall_or_time_zone_is_no_plan_of_this_one(engine: HallEngine) -> None:
    with pytest.raises(ValueError, match="another hall"):
        engine.replan(replace(OLD, id="other"), None)


def test_refused_write_leaves_the_old_plan_in_force(engine: HallEngine, database_url: str) -> None:
    outside, taken = Outside(database_url), list[str]()
    outside.fill_disk()
    with pytest.raises(WriteRefused):
        engine.replan(NEW, "chen", then=lambda: taken.append("new"))
    outside.free_disk()
    serve_again(engine)
    assert (engine.plan, engine.read(lambda state: state.plan), taken) == (OLD, OLD, [])
    with pytest.raises(UnknownService):
        engine.do(cmd.IssueTicket("tax"))
    assert 33 not in engine.read(lambda state: set(state.windows))


def test_commit_whose_answer_was_lost_puts_the_plan_in_force(postgres: PostgresServer) -> None:
    """The log has it, so the hall has it too, though whoever asked was told to ask again."""
    direct, taken = postgres.new_database(), list[str]()
    proxy = CuttingProxy(postgres.port)
    with closing(proxy), serving(direct.replace(f":{postgres.port}/", f":{proxy.port}/"), OLD) as engine:
        engine.do(cmd.IssueTicket("insurance"))
        proxy.cut_next_commit()
        with pytest.raises(WriteRefused):
            engine.replan(NEW, "chen", then=lambda: taken.append("new"))
        assert proxy.cut.wait(PATIENCE)
        serve_again(engine)
        assert (engine.plan, taken) == (NEW, ["new"])
        assert engine.do(cmd.IssueTicket("tax"))["number"] == "C001"


def test_nobody_sees_the_new_plan_without_what_comes_with_it(engine: HallEngine) -> None:
    """Views put the state and the settings together: both change in one moment."""
    plans, told, ended = (OLD, NEW), [OLD], False

    def look() -> int:
        looks = 0
        while not ended:
            assert engine.read(lambda state: state.plan is told[0])
            looks += 1
            gevent.sleep(0)
        return looks

    lookers = [gevent.spawn(look) for _ in range(8)]
    for turn in range(1, 21):
        plan = plans[turn % 2]
        engine.replan(plan, None, then=lambda plan=plan: told.__setitem__(0, plan))  # type: ignore[misc]
    ended = True
    gevent.joinall(lookers, timeout=PATIENCE, raise_error=True)
    assert all(looker.value > 0 for looker in lookers)


def test_replans_under_load_lose_nothing(database_url: str) -> None:
    with serving(database_url, OLD) as engine:
        open_windows(engine)
        done = together([*callers(engine), lambda: replan_often(engine)])
        state = engine.read(lambda state: state)
        plan = engine.plan
    assert not [answer for answer in done if isinstance(answer, Exception)]
    taken = [number for numbers in done[:CALLERS] for number in numbers]
    issued = [event for event in events_of(database_url) if isinstance(event, TicketIssued)]
    assert sorted(taken) == sorted(event.number for event in issued)
    for prefix in "ABC":
        serials = [event.serial for event in issued if event.prefix == prefix]
        assert serials == list(range(1, len(serials) + 1))
    database = Database(database_url)
    assert replayed(plan, log_of(database, plan.id)).state == state
    database.close()


def callers(engine: HallEngine) -> list[Callable[[], list[str]]]:
    def work(caller: int) -> list[str]:
        numbers = []
        for turn in range(24):
            service = ("insurance", "residence", "tax")[(caller + turn) % 3]
            try:
                numbers.append(engine.do(cmd.IssueTicket(service))["number"])
            except UnknownService:
                assert service == "tax"
            engine.do(cmd.CallNext(1 + caller, CHEN.username))
        return numbers

    return [lambda caller=caller: work(caller) for caller in range(CALLERS)]  # type: ignore[misc]


def replan_often(engine: HallEngine) -> int:
    """Back and forth, until a number of the new service was given: then the old plan is refused."""
    refused = 0
    for turn in range(20):
        try:
            engine.replan((NEW, OLD)[turn % 2], None)
        except PlanChanged:
            refused += 1
        gevent.sleep(0.002)
    return refused


def test_standby_takes_a_plan_for_the_day_it_takes_over(database_url: str) -> None:
    """The log has no part in it; whoever owns the hall has written what there is to know."""
    with serving(database_url, OLD) as first:
        database = Database(database_url)
        second = HallEngine(OLD, database, lease_for(database, OLD.id))
        second.start()
        wait_for_role(second, Role.STANDBY)
        first.replan(NEW, "chen")
        first.do(cmd.IssueTicket("tax"))
        live = first.read(lambda state: state)
        second.on_taking_over = lambda: second.replan(NEW, None)
        first.stop()
        wait_for_role(second, Role.OWNER)
        assert second.read(lambda state: state) == live
        assert second.do(cmd.IssueTicket("tax"))["number"] == "C002"
        second.stop()
        database.close()
    assert len([event for event in events_of(database_url) if isinstance(event, HallReplanned)]) == 1


def test_standby_without_what_was_used_today_ends_by_name(database_url: str) -> None:
    with serving(database_url, OLD) as first:
        database = Database(database_url)
        second = HallEngine(OLD, database, lease_for(database, OLD.id))
        second.start()
        wait_for_role(second, Role.STANDBY)
        first.replan(NEW, "chen")
        first.do(cmd.IssueTicket("tax"))
        first.stop()
        assert second.failed.wait(PATIENCE)
        assert "numbers of service tax were given today" in str(second.failure)
        second.stop()
        database.close()
