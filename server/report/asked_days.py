"""The days that a request asks about."""

from __future__ import annotations

from collections.abc import Callable
from datetime import date, timedelta
from urllib.parse import urlencode

from flask import request

from server.hall.calendar import business_day
from server.web.context import context
from server.web.errors import Refused

_FIRST_YEAR, _LAST_YEAR = 2000, 2200


def today() -> date:
    hall = context().hall
    return business_day(hall.clock(), hall.plan.zone)


def named_day(name: str, otherwise: date | None = None) -> date:
    """The day of `?name=YYYY-MM-DD`, else `otherwise`, else today. Raises Refused for what is no day."""
    asked = request.args.get(name)
    if not asked:
        return otherwise or today()
    try:
        day = date.fromisoformat(asked)
    except ValueError:
        raise Refused(400, "bad_input", [f"{name}: no day such as 2026-11-23"]) from None
    if not _FIRST_YEAR <= day.year <= _LAST_YEAR:
        raise Refused(400, "bad_input", [f"{name}: out of reach"])
    return day


def asked_span(begin: Callable[[date], date], most: int) -> tuple[date, date]:
    """From `?first=` to `?last=`, both included; without them until today, and from what `begin` says of the last.

    Raises Refused for more than `most` days, and for a span that ends before it starts.
    """
    last = named_day("last")
    first = named_day("first", begin(last))
    if not timedelta() <= last - first < timedelta(days=most):
        raise Refused(400, "bad_span_of_days", most=most)
    return first, last


def way(path: str, **query: object) -> str:
    """The address of another of these pages, in the language of this one; what is None is left out."""
    asked = {**query, "lang": request.args.get("lang")}
    return f"{path}?{urlencode([(name, value) for name, value in asked.items() if value is not None])}"
