"""A day's report: figures from the database, put into the words of the API."""

from __future__ import annotations

from dataclasses import asdict
from datetime import date, datetime
from typing import Any

from sqlalchemy import Connection

from server.config import Settings
from server.hall.evaluation import Level
from server.hall.plan import HallPlan
from server.hall.votes import Votes
from server.report.figures import Tickets, Work, figures
from server.report.half_hours import HalfHour, half_hours
from server.report.messages import (
    ClerkWorkOut,
    HalfHourOut,
    ReportTodayOut,
    ServiceWorkOut,
    ShareOut,
    SpreadOut,
    TicketsOut,
    VotesOut,
    WindowWorkOut,
    WorkOut,
)
from server.report.spread import Spread
from server.store.reports import StaffName, legs_of_day, staff_names

_SECOND = 1_000_000


def day_report(
    connection: Connection,
    *,
    plan: HallPlan,
    settings: Settings,
    day: date,
    at: datetime,
    devices: list[dict[str, Any]],
) -> ReportTodayOut:
    """Two statements, then arithmetic. It blocks: run it off the hub. `at` is when it was asked for."""
    legs = legs_of_day(connection, plan.id, day)
    names = staff_names(connection, plan.id)
    found = figures(legs)
    services = [
        ServiceWorkOut(code=s.code, name=s.name, **_work(found.services.get(s.code, Work()))) for s in settings.services
    ]
    return ReportTodayOut(
        day=day.isoformat(),
        at=at.isoformat(),
        tickets=_tickets(found.tickets),
        paper=found.paper,
        total=WorkOut(**_work(found.total)),
        windows=[WindowWorkOut(number=number, **_work(work)) for number, work in sorted(found.windows.items())],
        clerks=[_clerk(username, names, work) for username, work in sorted(found.clerks.items())],
        services=services,
        half_hours=[_half_hour(half_hour) for half_hour in half_hours(legs, day, plan)],
        devices=devices,
    )


def share(part: int, whole: int) -> ShareOut:
    return ShareOut(part=part, whole=whole, percent=round(100 * part / whole, 1) if whole else None)


def _tickets(tickets: Tickets) -> TicketsOut:
    return TicketsOut(issued=tickets.issued, **asdict(tickets))


def _clerk(username: str, names: dict[str, StaffName], work: Work) -> ClerkWorkOut:
    """An account that is gone by now keeps its work under its user name."""
    known = names.get(username, StaffName(username, username, ""))
    return ClerkWorkOut(username=username, name=known.name, work_number=known.number, **_work(work))


def _work(work: Work) -> dict[str, Any]:
    return {
        "finished": work.finished,
        "transferred": work.transferred,
        "no_shows": work.no_shows,
        "wait": _spread(work.wait),
        "service": _spread(work.service),
        "votes": _votes(work.votes, work.excluded),
    }


def _spread(spread: Spread) -> SpreadOut:
    return SpreadOut(count=spread.count, median=_seconds(spread.median), p90=_seconds(spread.p90))


def _seconds(microseconds: int | None) -> float | None:
    return None if microseconds is None else microseconds / _SECOND


def _votes(votes: Votes, excluded: int) -> VotesOut:
    return VotesOut(
        levels={int(level): votes.levels[level] for level in sorted(Level, reverse=True)},
        voted=votes.voted,
        unrated=votes.unrated,
        open=votes.open,
        excluded=excluded,
        satisfied=share(votes.satisfied, votes.voted),
    )


def _half_hour(half_hour: HalfHour) -> HalfHourOut:
    return HalfHourOut(start=half_hour.start.isoformat(), issued=half_hour.issued, finished=half_hour.finished)
