"""When the database refuses, nobody is told of what is not there, and the hall goes on from what is."""

from __future__ import annotations

from contextlib import closing
from typing import Any

import gevent
import pytest
from cutting_proxy import CuttingProxy
from engines import PATIENCE, log_of, open_windows, replayed, serving, together, wide_plan
from full_disk import Outside, serve_again
from postgres import PostgresServer
from small_hall import CHEN
from sqlalchemy import Connection, text

from server.engine import EngineError, HallEngine
from server.engine.engine import Role
from server.engine.errors import Overloaded, Starting, Stopping, WriteRefused
from server.hall import commands as cmd
from server.hall.errors import HallError
from server.hall.events import Recorded
from server.hall.hall import Hall
from server.store.database import Database
from server.store.lease import lease_for
from server.terminal import Subscription

END_CONNECTIONS = """
SELECT pg_terminate_backend(pid) FROM pg_stat_activity
WHERE datname = current_database() AND pid <> pg_backend_pid()
"""


def wait_until_told(told: list[Recorded], seq: int) -> None:
    with gevent.Timeout(PATIENCE):
        while not told or told[-1].seq < seq:
            gevent.sleep(0.01)


def test_refused_write_is_forgotten_and_the_hall_goes_on(database_url: str) -> None:
    plan, told = wide_plan(), list[Recorded]()
    with serving(database_url, plan) as engine:
        engine.subscribe(Subscription("told", told.extend))
        open_windows(engine)
        kept = [engine.do(cmd.IssueTicket("insurance"), key=f"before{n}")["number"] for n in range(5)]
        outside = Outside(database_url)
        outside.fill_disk()
        refused = together([lambda n=n: engine.do(cmd.IssueTicket("insurance"), key=f"key{n}") for n in range(32)])  # type: ignore[misc]
        assert all(isinstance(answer, (WriteRefused, Starting)) for answer in refused)
        assert any(isinstance(answer, WriteRefused) for answer in refused)
        outside.free_disk()
        serve_again(engine)
        again = together([lambda n=n: engine.do(cmd.IssueTicket("insurance"), key=f"key{n}") for n in range(32)])  # type: ignore[misc]
        assert sorted(ticket["number"] for ticket in again) == [f"A{n:03d}" for n in range(6, 38)]
        assert [engine.do(cmd.IssueTicket("insurance"), key=f"before{n}")["number"] for n in range(5)] == kept
        state = engine.read(lambda state: state)
        wait_until_told(told, state.seq)
    log = log_of(outside.database, plan.id)
    assert replayed(plan, log).state == state
    assert [entry.seq for entry in told] == [row.seq for row in log]


def test_readers_see_the_committed_hall_after_a_refused_write(engine: HallEngine, database_url: str) -> None:
    outside = Outside(database_url)
    before = engine.read(lambda state: (state.seq, len(state.tickets)))
    outside.fill_disk()
    with pytest.raises(EngineError):
        engine.do(cmd.IssueTicket("insurance"))
    outside.free_disk()
    serve_again(engine)
    assert engine.read(lambda state: (state.seq, len(state.tickets))) == before


def test_broken_connections_cost_no_ticket(engine: HallEngine, database_url: str) -> None:
    """PostgreSQL's administrator ends every connection; SQLite's disk is full for a while."""

    def ask(key: str) -> Any:
        with gevent.Timeout(PATIENCE):
            while True:
                try:
                    return engine.do(cmd.IssueTicket("insurance"), key=key)["number"]
                except EngineError:
                    gevent.sleep(0.02)

    def load(caller: int) -> list[Any]:
        return [ask(f"{caller}-{n}") for n in range(10)]

    callers = [gevent.spawn(load, caller) for caller in range(16)]
    outside = Outside(database_url)
    for _ in range(3):
        gevent.sleep(0.02)
        if outside.database.dialect == "postgresql":
            outside.run(END_CONNECTIONS)
        else:
            outside.fill_disk()
            gevent.sleep(0.05)
            outside.free_disk()
        serve_again(engine)
    gevent.joinall(callers, timeout=PATIENCE, raise_error=True)
    numbers = sorted(number for caller in callers for number in caller.value)
    assert numbers == [f"A{n:03d}" for n in range(1, 161)]


def test_commit_whose_answer_was_lost_is_found_in_the_log(postgres: PostgresServer) -> None:
    """The caller cannot know; the same key gets the ticket that was kept, and subscribers hear of it once."""
    direct = postgres.new_database()
    proxy, plan, told = CuttingProxy(postgres.port), wide_plan(), list[Recorded]()
    with closing(proxy), serving(direct.replace(f":{postgres.port}/", f":{proxy.port}/"), plan) as engine:
        engine.subscribe(Subscription("told", told.extend))
        assert engine.do(cmd.IssueTicket("insurance"))["number"] == "A001"
        proxy.cut_next_commit()
        with pytest.raises(WriteRefused):
            engine.do(cmd.IssueTicket("insurance"), key="key")
        assert proxy.cut.wait(PATIENCE)
        serve_again(engine)
        assert engine.do(cmd.IssueTicket("insurance"), key="key")["number"] == "A002"
        assert engine.do(cmd.IssueTicket("insurance"))["number"] == "A003"
        wait_until_told(told, engine.read(lambda state: state.seq))
    database = Database(direct)
    log = log_of(database, plan.id)
    assert [entry.seq for entry in told] == [row.seq for row in log]
    assert len([row for row in log if row.kind == "ticket_issued"]) == 3
    database.close()


def test_bug_in_one_command_corrupts_nothing(engine: HallEngine, monkeypatch: pytest.MonkeyPatch) -> None:
    handle = Hall.handle

    def buggy(self: Hall, command: cmd.Command[Any], at: Any, nonce: str) -> Any:
        reply = handle(self, command, at, nonce)
        if command == cmd.IssueTicket("residence"):
            raise ZeroDivisionError
        return reply

    monkeypatch.setattr(Hall, "handle", buggy)
    together([lambda: engine.do(cmd.IssueTicket("insurance")), lambda: engine.do(cmd.IssueTicket("residence"))])
    monkeypatch.undo()
    serve_again(engine)
    waiting = engine.read(lambda state: state.waiting("residence"))
    assert waiting == 0
    assert engine.do(cmd.IssueTicket("residence"))["number"] == "B001"


def test_text_that_no_database_takes_fails_alone_and_is_forgotten(engine: HallEngine) -> None:
    with pytest.raises(EngineError):
        engine.do(cmd.PauseWindow(1, CHEN.username, "half a character: \ud800"))
    serve_again(engine)
    assert engine.read(lambda state: state.windows[1].pause) is None
    assert engine.do(cmd.IssueTicket("insurance"))["number"] == "A001"


def test_stop_answers_everybody(database_url: str) -> None:
    """Whoever was answered with a number has it; whoever was refused has none; nobody waits for ever."""
    plan = wide_plan()
    with serving(database_url, plan) as engine:
        open_windows(engine)
        callers = [gevent.spawn(engine.do, cmd.IssueTicket("insurance")) for _ in range(700)]
        gevent.sleep(0)
        engine.stop()
        gevent.joinall(callers, timeout=PATIENCE)
        assert all(caller.dead for caller in callers)
        assert all(isinstance(caller.exception, (Stopping, type(None))) for caller in callers)
        with pytest.raises(Stopping):
            engine.do(cmd.IssueTicket("insurance"))
        with pytest.raises(Stopping):
            engine.read(lambda state: state.seq)
    numbers = sorted(caller.value["number"] for caller in callers if caller.successful())
    database = Database(database_url)
    tickets = replayed(plan, log_of(database, plan.id)).state.tickets.values()
    assert sorted(ticket.number for ticket in tickets) == numbers
    database.close()


def test_too_many_waiting_are_refused_at_once(engine: HallEngine) -> None:
    answers = together([lambda: engine.do(cmd.Recall(1, CHEN.username))] * 5_200)
    overloaded = [answer for answer in answers if isinstance(answer, Overloaded)]
    assert 0 < len(overloaded) <= 200
    assert len([answer for answer in answers if isinstance(answer, HallError)]) == 5_200 - len(overloaded)
    assert engine.do(cmd.IssueTicket("insurance"))["number"] == "A001"


def test_log_of_a_newer_version_is_not_guessed_at(database_url: str) -> None:
    plan = wide_plan()
    with serving(database_url, plan) as engine:
        open_windows(engine)
    database = Database(database_url)
    database.write(lambda connection: connection.execute(text("UPDATE event SET kind = 'unheard_of' WHERE seq = 2")))
    engine = HallEngine(plan, database, lease_for(database, plan.id))
    engine.start()
    with gevent.Timeout(PATIENCE):
        while engine.role is Role.STARTING:
            gevent.sleep(0.01)
    assert engine.role is Role.STOPPED
    with pytest.raises(Stopping):
        engine.do(cmd.IssueTicket("insurance"))
    engine.stop()
    database.close()


def test_query_reads_beside_the_writer(engine: HallEngine) -> None:
    engine.do(cmd.IssueTicket("insurance"))

    def count(connection: Connection) -> Any:
        return connection.execute(text("SELECT count(*) FROM ticket")).scalar()

    assert engine.query(count) == 1
