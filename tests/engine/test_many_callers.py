"""Thirty-two kiosks and clerks at once: every number once, in order, and nobody called twice."""

from __future__ import annotations

from typing import Any

import gevent
import pytest
from engines import (
    PATIENCE,
    log_of,
    open_windows,
    projection_of,
    replayed,
    serving,
    stored_projection,
    together,
    wide_plan,
)
from small_hall import CHEN

from server.engine import HallEngine
from server.engine.errors import KeyReused
from server.hall import commands as cmd
from server.hall.errors import HallError, NoOpenTicket
from server.hall.events import TicketCalled, TicketIssued
from server.hall.log import from_row
from server.store.database import Database

CALLERS = range(1, 33)


def work_a_day(engine: HallEngine, window: int, rounds: int) -> tuple[list[Any], list[Any]]:
    """(tickets taken, tickets called) by one caller who takes a number, calls, starts and finishes."""
    taken, called = [], []
    for turn in range(rounds):
        service = "insurance" if (window + turn) % 3 else "residence"
        taken.append(engine.do(cmd.IssueTicket(service)))
        called.append(engine.do(cmd.CallNext(window, CHEN.username)))
        engine.do(cmd.Start(window, CHEN.username))
        engine.do(cmd.FinishTicket(window, CHEN.username))
    return taken, called


def test_no_duplicate_no_gap_no_double_call(database_url: str) -> None:
    plan = wide_plan()
    with serving(database_url, plan) as engine:
        open_windows(engine)
        done = together(lambda window=window: work_a_day(engine, window, 12) for window in CALLERS)  # type: ignore[misc]
        state = engine.read(lambda state: state)
    taken = [ticket for tickets, _ in done for ticket in tickets]
    called = [ticket["id"] for _, tickets in done for ticket in tickets]
    for prefix in "AB":
        serials = sorted(int(t["number"][1:]) for t in taken if t["number"].startswith(prefix))
        assert serials == list(range(1, len(serials) + 1))
    assert sorted(called) == sorted(ticket["id"] for ticket in taken)
    assert len(called) == len(set(called)) == 32 * 12
    database = Database(database_url)
    log = log_of(database, plan.id)
    assert replayed(plan, log).state == state
    assert stored_projection(database) == projection_of(replayed(plan, log))
    database.close()


def test_first_come_first_served_inside_each_service(database_url: str) -> None:
    plan = wide_plan()
    with serving(database_url, plan) as engine:
        open_windows(engine)
        together(lambda window=window: work_a_day(engine, window, 12) for window in CALLERS)  # type: ignore[misc]
    database = Database(database_url)
    events = [from_row(row).event for row in log_of(database, plan.id)]
    service = {event.ticket: event.service for event in events if isinstance(event, TicketIssued)}
    issued = [event.ticket for event in events if isinstance(event, TicketIssued)]
    called = [event.ticket for event in events if isinstance(event, TicketCalled)]
    assert called
    for code in plan.services:
        assert [t for t in called if service[t] == code] == [t for t in issued if service[t] == code]
    database.close()


def test_same_key_at_the_same_time_is_one_ticket(engine: HallEngine) -> None:
    answers = together([lambda: engine.do(cmd.IssueTicket("insurance"), key="pressed twice")] * 20)
    assert all(answer == answers[0] for answer in answers)
    assert engine.read(lambda state: len(state.tickets)) == 1


def test_same_key_after_a_restart_is_the_same_answer(database_url: str) -> None:
    with serving(database_url, wide_plan()) as engine:
        open_windows(engine)
        first = engine.do(cmd.IssueTicket("insurance"), key="kiosk|1")
        called = engine.do(cmd.CallNext(1, CHEN.username), key="counter|1")
    with serving(database_url, wide_plan()) as engine:
        assert engine.do(cmd.IssueTicket("insurance"), key="kiosk|1") == first
        assert engine.do(cmd.CallNext(1, CHEN.username), key="counter|1") == called
        assert engine.read(lambda state: (len(state.tickets), len(state.calls))) == (1, 1)


def test_key_of_another_verb_is_refused(engine: HallEngine) -> None:
    engine.do(cmd.IssueTicket("insurance"), key="key")
    with pytest.raises(KeyReused):
        engine.do(cmd.CallNext(1, CHEN.username), key="key")
    assert engine.read(lambda state: state.windows[1].ticket) is None


def test_refused_press_may_be_repeated_under_its_key(engine: HallEngine) -> None:
    """What was refused was not done, so the same press may succeed later."""
    with pytest.raises(NoOpenTicket):
        engine.do(cmd.Start(1, CHEN.username), key="start")
    engine.do(cmd.IssueTicket("insurance"))
    engine.do(cmd.CallNext(1, CHEN.username))
    assert engine.do(cmd.Start(1, CHEN.username), key="start")["state"] == "serving"


def test_refused_command_changes_nothing(engine: HallEngine) -> None:
    before = engine.read(lambda state: state.seq)
    refused = [
        cmd.IssueTicket("no such service"),
        cmd.IssueTicket("insurance", priority="none"),
        cmd.CallNext(99, CHEN.username),
        cmd.CallNext(1, "somebody else"),
        cmd.FinishTicket(1, CHEN.username),
        cmd.CancelTicket("nobody's"),
    ]
    answers = together([lambda command=command: engine.do(command) for command in refused])  # type: ignore[misc]
    assert all(isinstance(answer, HallError) for answer in answers)
    assert engine.read(lambda state: state.seq) == before
    assert engine.do(cmd.IssueTicket("insurance"))["number"] == "A001"


def test_readers_get_their_turn_and_see_only_what_is_committed(engine: HallEngine) -> None:
    """However many commands wait at any moment, a look at the hall comes through, and shows nothing to be undone."""
    ended = False

    def load() -> None:
        while not ended:
            engine.do(cmd.IssueTicket("insurance"))

    loaders = [gevent.spawn(load) for _ in range(700)]
    with gevent.Timeout(PATIENCE):
        for _ in range(5):
            seen = engine.read(lambda state: state.seq)
            committed = engine.query(
                lambda connection: connection.exec_driver_sql("SELECT max(seq) FROM event").scalar()
            )
            assert seen <= committed
    ended = True
    gevent.joinall(loaders, timeout=PATIENCE, raise_error=True)
    assert all(loader.dead for loader in loaders)
