"""A program: one engine on one database, driven over its standard input, that can be stopped and killed.

`python hall_process.py URL TTL ZONE` says what it is with every answer, the hall being in that time zone:

    role        -> {"role": "owner"}
    issue       -> {"number": "A001"} or {"error": "standing_by"}
    load ROUND  -> works with 32 callers until it is killed, one line for each thing acknowledged
"""

from __future__ import annotations

import json
import sys
from typing import Any
from zoneinfo import ZoneInfo

import gevent
from engines import open_windows, wide_plan
from small_hall import CHEN

from server.engine import EngineError, HallEngine
from server.hall import commands as cmd
from server.store.database import Database
from server.store.lease import FileLease, RowLease


def say(**facts: Any) -> None:
    sys.stdout.write(json.dumps(facts) + "\n")
    sys.stdout.flush()


def issue(engine: HallEngine) -> None:
    try:
        say(number=engine.do(cmd.IssueTicket("insurance"))["number"])
    except EngineError as error:
        say(error=error.code)


def work(engine: HallEngine, window: int, turn: str) -> None:
    count = 0
    while True:
        count += 1
        service = "residence" if count % 3 == 0 else "insurance"
        ticket = engine.do(cmd.IssueTicket(service), key=f"{turn}-{window}-{count}")
        say(issued=ticket["id"])
        called = engine.do(cmd.CallNext(window, CHEN.username))
        if called is not None:
            say(called=called["id"], window=window)


def load(engine: HallEngine, turn: str) -> None:
    engine.wait_until_serving()
    open_windows(engine)
    say(working=True)
    gevent.joinall([gevent.spawn(work, engine, window, turn) for window in engine.plan.windows], raise_error=True)


def main() -> None:
    url, ttl, zone = sys.argv[1:]
    plan = wide_plan(zone=ZoneInfo(zone))
    database = Database(url)
    lease = FileLease(database.file) if database.file else RowLease(database, plan.id, ttl=float(ttl))
    engine = HallEngine(plan, database, lease)
    engine.start()
    while True:
        line = gevent.get_hub().threadpool.apply(sys.stdin.readline)
        match line.split():
            case ["role"]:
                say(role=engine.role.value)
            case ["issue"]:
                issue(engine)
            case ["load", turn]:
                load(engine, turn)
            case _:
                engine.stop()
                return


if __name__ == "__main__":
    main()
