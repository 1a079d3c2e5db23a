"""`/api/v1/report`: outcomes, second returns and first contacts, for leaders only."""

from __future__ import annotations

from datetime import date, timedelta
from typing import Any

from sqlalchemy import Connection

from server.config import Settings
from server.hall.commands import LookIntoReturn
from server.hall.errors import UnknownReturn
from server.hall.result import ResultKind
from server.report.api import api
from server.report.asked_days import asked_span, named_day
from server.report.first_contacts import first_contacts
from server.report.result_messages import (
    ClerkResultsOut,
    CountOut,
    DayResultsOut,
    FirstContactsOut,
    LookIntoIn,
    ResultsOut,
    ReturnPath,
    SecondReturnsOut,
    ServiceResultsOut,
    WindowResultsOut,
)
from server.report.results import Results, result_figures
from server.report.second_returns import is_second_return, second_returns
from server.store.reports import StaffName, legs_of_day, staff_names
from server.web.access import idempotency_key, leader
from server.web.answer import answer
from server.web.context import context

__all__ = ["api"]

_LONGEST = 60


@api.get("/results", responses={"200": DayResultsOut})
def day_results() -> Any:
    """办件结果 of `?day=`, today without it."""
    leader()
    running, day = context(), named_day("day")
    hall, settings = running.hall, running.settings
    return answer(hall.query(lambda connection: _day_results(connection, hall.plan.id, settings, day)))


@api.get("/second-returns", responses={"200": SecondReturnsOut})
def returned_again() -> Any:
    """二次退回 from `?first=` to `?last=`, 60 days at most; the last seven days without them."""
    leader()
    running = context()
    first, last = asked_span(lambda last: last - timedelta(days=6), _LONGEST)
    hall, settings = running.hall, running.settings
    found = hall.query(lambda connection: second_returns(connection, hall.plan, settings, first, last))
    return answer(SecondReturnsOut(first=first.isoformat(), last=last.isoformat(), returns=found))


@api.post("/second-returns/<ticket>/<int:leg>/looked-into", responses={"204": None})
def look_into(path: ReturnPath, body: LookIntoIn) -> Any:
    """已核查, in the leader's words, which the log keeps. 404 `unknown_return` for what is no second return."""
    person, running = leader(), context()
    hall, settings = running.hall, running.settings
    if not hall.query(lambda connection: is_second_return(connection, hall.plan, settings, path.ticket, path.leg)):
        raise UnknownReturn
    hall.do(LookIntoReturn(path.ticket, path.leg, body.words, person.username), key=idempotency_key())
    return "", 204


@api.get("/first-contacts", responses={"200": FirstContactsOut})
def asked_first() -> Any:
    """首问 of `?day=`, today without it, with what became of each."""
    leader()
    hall, day = context().hall, named_day("day")
    found = hall.query(lambda connection: first_contacts(connection, hall.plan, day))
    return answer(FirstContactsOut(day=day.isoformat(), contacts=found))


def _day_results(connection: Connection, hall: str, settings: Settings, day: date) -> DayResultsOut:
    found = result_figures(legs_of_day(connection, hall, day))
    names = staff_names(connection, hall)
    services = {service.code: service.name for service in settings.services}
    return DayResultsOut(
        day=day.isoformat(),
        total=ResultsOut(results=_counts(found.total)),
        windows=[WindowResultsOut(number=n, results=_counts(one)) for n, one in sorted(found.windows.items())],
        clerks=[_clerk(username, names, one) for username, one in sorted(found.clerks.items())],
        services=[
            ServiceResultsOut(code=code, name=services.get(code, code), results=_counts(one))
            for code, one in sorted(found.services.items())
        ],
    )


def _clerk(username: str, names: dict[str, StaffName], results: Results) -> ClerkResultsOut:
    """An account that is gone by now keeps its work under its user name."""
    known = names.get(username, StaffName(username, username, ""))
    return ClerkResultsOut(username=username, name=known.name, work_number=known.number, results=_counts(results))


def _counts(results: Results) -> dict[str, CountOut]:
    return {
        kind.value: CountOut(services=results.services[kind], quantity=results.quantity[kind]) for kind in ResultKind
    }
