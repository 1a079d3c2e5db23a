"""The report's figures, from the projections, against the same figures reckoned from the event log."""

from __future__ import annotations

from collections import Counter
from datetime import date, timedelta
from typing import Any

from other_days import fill_days
from sqlalchemy import select

from server.report.spread import percentile
from server.store.reports import day_statement
from server.store.tables import event

MONDAY = date(2026, 11, 23)


class Log:
    """What the log says of each ticket: when each kind of event happened first, and at which window."""

    def __init__(self, rows: list[Any]) -> None:
        self.kinds = Counter(row.kind for row in rows)
        self.first: dict[tuple[str, str], int] = {}
        self.window: dict[str, int] = {}
        self.levels: Counter[str] = Counter()
        for row in rows:
            if row.ticket is not None:
                self.first.setdefault((row.kind, row.ticket), row.at)
            if row.kind == "ticket_called":
                self.window[row.ticket] = row.window
            if row.kind == "evaluation_voted":
                self.levels[next(level for level in "54321" if f'"level":{level}' in row.data)] += 1

    def lasted(self, begin: str, end: str, window: int | None = None) -> list[int]:
        return sorted(
            at - self.first[begin, ticket]
            for (kind, ticket), at in self.first.items()
            if kind == end and (window is None or self.window[ticket] == window)
        )


def test_projections_and_log_tell_the_same_day(told_hall: Any) -> None:
    told_hall.morning.busy_morning()
    report = told_hall.report(MONDAY)
    log = Log(told_hall.engine.query(lambda c: c.execute(select(event)).all()))
    tickets = report.tickets
    assert tickets.issued == log.kinds["ticket_issued"] > 100
    assert tickets.finished == log.kinds["ticket_finished"]
    assert tickets.no_show == log.kinds["ticket_no_show"]
    assert tickets.cancelled == log.kinds["ticket_cancelled"]
    assert tickets.waiting + log.kinds["ticket_called"] + tickets.cancelled == tickets.issued
    waits = log.lasted("ticket_issued", "ticket_called")
    assert report.total.wait.p90 == percentile(waits, 90) / 1_000_000
    assert {str(level): count for level, count in report.total.votes.levels.items()} == log.levels
    assert report.total.votes.unrated == log.kinds["evaluation_lapsed"]
    assert sum(slot.issued for slot in report.half_hours) == tickets.issued
    for window in report.windows:
        services = log.lasted("ticket_started", "ticket_finished", window.number)
        assert window.finished == len(services)
        assert window.service.median == percentile(services, 50) / 1_000_000


def test_other_days_are_never_looked_at(told_hall: Any) -> None:
    hall = told_hall.settings.hall.id
    told_hall.database.write(lambda c: fill_days(c, hall, MONDAY - timedelta(days=1), days=50, per_day=100))
    told_hall.morning.quiet_morning()
    told_hall.database.write(lambda c: c.exec_driver_sql("ANALYZE"))
    statement = day_statement(hall, MONDAY).compile(told_hall.database.engine, compile_kwargs={"literal_binds": True})
    explain = "EXPLAIN QUERY PLAN" if told_hall.database.dialect == "sqlite" else "EXPLAIN"
    plan = told_hall.engine.query(lambda c: [row[-1] for row in c.exec_driver_sql(f"{explain} {statement}")])
    assert any("leg_day" in step for step in plan), plan
    assert not any("SCAN" in step or "Seq Scan" in step for step in plan), plan
    assert told_hall.report(MONDAY).tickets.issued == 8
    assert told_hall.report(MONDAY - timedelta(days=1)).tickets.issued == 100
