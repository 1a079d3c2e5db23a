"""二次退回: visits that were sent away for a matter that had been sent away before. Blocks: run it off the hub."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import date, timedelta

from sqlalchemy import Connection

from server.config import Settings
from server.hall.calendar import start_of_day
from server.hall.instant import to_microseconds
from server.hall.plan import HallPlan
from server.report.result_messages import LookOut, SecondReturnOut
from server.store.reports import StaffName, staff_names
from server.store.returns import Look, Return, looks, return_of_notice, returns_between
from server.web.earlier_returns import return_out


def second_returns(
    connection: Connection, plan: HallPlan, settings: Settings, first: date, last: date
) -> list[SecondReturnOut]:
    """Those of the days from `first` to `last`, the newest first."""
    pairs = [*_pairs(connection, plan, settings, first, last)]
    names = staff_names(connection, plan.id)
    since = to_microseconds(start_of_day(first, plan.zone))
    found = looks(connection, plan.id, since, ((one.ticket, one.leg) for one, _ in pairs))
    return [
        SecondReturnOut(
            present=return_out(one, names),
            earlier=return_out(before, names),
            looked_into=_look_out(found.get((one.ticket, one.leg)), names),
        )
        for one, before in pairs
    ]


def is_second_return(connection: Connection, plan: HallPlan, settings: Settings, ticket: str, leg: int) -> bool:
    """Whether that leg is in the list of its day, which its ticket's id tells."""
    found = day_of_ticket(ticket)
    if found is None:
        return False
    pairs = _pairs(connection, plan, settings, found, found)
    return any((one.ticket, one.leg) == (ticket, leg) for one, _ in pairs)


def day_of_ticket(ticket: str) -> date | None:
    """None for what is no ticket's id."""
    try:
        return date.fromisoformat(f"20{ticket[:2]}-{ticket[2:4]}-{ticket[4:6]}")
    except ValueError:
        return None


def _pairs(
    connection: Connection, plan: HallPlan, settings: Settings, first: date, last: date
) -> Iterator[tuple[Return, Return]]:
    """By the number of the notice that the clerk entered, or else by the person and the service."""
    within = timedelta(days=settings.rules.results.same_matter)
    known = returns_between(connection, plan.id, first - within, last)
    for place, one in enumerate(known):
        if date.fromisoformat(one.day) < first:
            break
        before = return_of_notice(connection, plan.id, one.earlier) if one.earlier else None
        if before is None and one.person is not None:
            before = next((old for old in known[place + 1 :] if _same_matter(old, one, within)), None)
        if before is not None:
            yield one, before


def _same_matter(old: Return, one: Return, within: timedelta) -> bool:
    return (
        (old.person, old.service) == (one.person, one.service)
        and old.ticket != one.ticket
        and date.fromisoformat(one.day) - date.fromisoformat(old.day) <= within
    )


def _look_out(look: Look | None, names: dict[str, StaffName]) -> LookOut | None:
    if look is None:
        return None
    known = names.get(look.staff)
    return LookOut(at=look.at, staff=look.staff, name=known.name if known else look.staff, words=look.words)
