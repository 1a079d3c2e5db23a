"""How many durable operations the engine does, and whether a long day or a long history slows it down."""

from __future__ import annotations

import sqlite3
import statistics
import time
from collections.abc import Callable
from contextlib import ExitStack
from pathlib import Path

import gevent
from engines import open_windows, serving, wide_plan
from figure import Figure
from small_hall import CHEN

from server.engine import HallEngine
from server.hall import commands as cmd

_CALLERS = range(1, 33)
_HISTORY = """
WITH RECURSIVE n(i) AS (SELECT 0 UNION ALL SELECT i + 1 FROM n WHERE i + 1 < {count})
INSERT INTO ticket (hall, id, day, number, service, priority, state, token, ahead, issued_at, ended_at)
SELECT 'wide', 'old' || i, date('2020-01-01', '+' || (i / 2000) || ' days'), 'A' || (i % 2000),
    'insurance', 'ordinary', 'finished', 'old' || i, 0, i, i FROM n
"""
_HISTORY_LEGS = """
INSERT INTO leg (hall, ticket, leg, day, service, "window", staff, queued_at, called_at, calls, started_at,
    start_implied, ended_at, finish, result, quantity)
SELECT hall, id, 1, day, service, 1, 'chen', issued_at, issued_at, 1, issued_at, 0, issued_at, 'clerk', 'done', 1
FROM ticket WHERE id LIKE 'old%'
"""
# Nothing follows the chain here: it has only to be there.
_HISTORY_EVENTS = """
INSERT INTO event (hall, seq, at, ticket, leg, kind, data, chain)
SELECT hall, issued_at - 1000000000, issued_at, id, 1, 'ticket_issued', '{}', zeroblob(32)
FROM ticket WHERE id LIKE 'old%'
"""


def measure(folder: Path, *, quick: bool) -> list[Figure]:
    turns = 5 if quick else 100
    cycle, bare, printing = [], [], []
    with serving(f"sqlite:///{folder}/ops.db", wide_plan()) as engine:
        open_windows(engine)
        for turn in range(1 if quick else 5):
            bare.append(_bare_commits(folder / "bare.db", 200 if quick else 2_000))
            cycle.append(_operations(engine, turns, None, f"{turn}"))
            printing.append(_operations(engine, turns, "1", f"p{turn}"))
    limit = statistics.median(bare)
    name = "engine operations, 32 callers, issue call start finish"
    return [
        Figure(name, statistics.median(cycle), "/s", limit, 8, at_least=True),
        Figure(f"{name}, with print jobs", statistics.median(printing), "/s", limit),
        _growth(
            "issue and call, 10,000 waiting to 10", folder, [_waiting(10), _waiting(200 if quick else 10_000)], turns
        ),
        _growth(
            "issue and call, 1,000,000 stored to 1,000",
            folder,
            [_stored(1_000), _stored(5_000 if quick else 10**6)],
            turns,
        ),
    ]


def _bare_commits(file: Path, count: int) -> float:
    """One ticket row and one event row per transaction: what the disk and SQLite give without anything else."""
    connection = sqlite3.connect(file, isolation_level=None)
    connection.execute("PRAGMA journal_mode=WAL")
    connection.execute("PRAGMA synchronous=FULL")
    connection.execute("CREATE TABLE IF NOT EXISTS ticket (id INTEGER PRIMARY KEY, number TEXT, state TEXT)")
    connection.execute("CREATE TABLE IF NOT EXISTS event (seq INTEGER PRIMARY KEY, kind TEXT, data TEXT)")
    start = time.perf_counter()
    for _ in range(count):
        connection.execute("BEGIN IMMEDIATE")
        connection.execute("INSERT INTO ticket (number, state) VALUES ('A001', 'waiting')")
        connection.execute("INSERT INTO event (kind, data) VALUES ('ticket_issued', '{}')")
        connection.execute("COMMIT")
    taken = time.perf_counter() - start
    connection.close()
    return count / taken


def _operations(engine: HallEngine, turns: int, kiosk: str | None, name: str) -> float:
    """Durable operations a second, every one with the idempotency key that a button would send."""

    def caller(window: int) -> None:
        for turn in range(turns):
            key = f"{name}-{window}-{turn}"
            engine.do(cmd.IssueTicket("insurance", kiosk=kiosk), key=f"{key}i")
            engine.do(cmd.CallNext(window, CHEN.username), key=f"{key}c")
            engine.do(cmd.Start(window, CHEN.username), key=f"{key}s")
            engine.do(cmd.FinishTicket(window, CHEN.username), key=f"{key}f")

    start = time.perf_counter()
    gevent.joinall([gevent.spawn(caller, window) for window in _CALLERS], raise_error=True)
    return len(_CALLERS) * turns * 4 / (time.perf_counter() - start)


Prepare = Callable[[HallEngine], None]


def _waiting(count: int) -> Prepare:
    def issue(engine: HallEngine, so_many: int) -> None:
        for _ in range(so_many):
            engine.do(cmd.IssueTicket("insurance"))

    def prepare(engine: HallEngine) -> None:
        gevent.joinall([gevent.spawn(issue, engine, count // 10) for _ in range(10)], raise_error=True)

    return prepare


def _stored(count: int) -> Prepare:
    def prepare(engine: HallEngine) -> None:
        file = engine.query(lambda connection: connection.exec_driver_sql("PRAGMA database_list").first())
        connection = sqlite3.connect(file[2] if file else "", isolation_level=None)
        connection.execute("PRAGMA synchronous=OFF")
        for statement in (_HISTORY.format(count=count), _HISTORY_LEGS, _HISTORY_EVENTS):
            connection.execute(statement)
        connection.close()

    return prepare


def _growth(name: str, folder: Path, prepares: list[Prepare], turns: int) -> Figure:
    """Microseconds for an issue and a call, on the larger hall and on the smaller, turn about."""
    with ExitStack() as stack:
        engines = []
        for number, prepare in enumerate(prepares):
            file = folder / f"{name.replace(' ', '-')}-{number}.db"
            engines.append(stack.enter_context(serving(f"sqlite:///{file}", wide_plan())))
            open_windows(engines[-1])
            prepare(engines[-1])
        times: list[list[float]] = [[], []]
        for _ in range(turns // 4 + 1):
            for engine, taken in zip(engines, times, strict=True):
                taken.append(_issue_and_call(engine))
    small, large = (statistics.median(taken) * 1e6 for taken in times)
    return Figure(name, large, "us", small, 1.3)


def _issue_and_call(engine: HallEngine) -> float:
    def caller(window: int) -> None:
        for _ in range(4):
            engine.do(cmd.IssueTicket("insurance"))
            engine.do(cmd.CallNext(window, CHEN.username))

    start = time.perf_counter()
    gevent.joinall([gevent.spawn(caller, window) for window in _CALLERS], raise_error=True)
    return (time.perf_counter() - start) / (len(_CALLERS) * 4)
