"""`/api/v1/report/evaluations`: satisfaction over days, for leaders only; also as a file for a spreadsheet."""

from __future__ import annotations

from datetime import date
from typing import Any

import gevent
from flask import Response, request
from sqlalchemy import Connection

from server.hall.instant import to_microseconds
from server.report.asked_days import asked_span
from server.report.evaluation_messages import EvaluationsOut
from server.report.evaluation_sheets import DayWords, days_sheet, evaluation_sheet
from server.report.evaluations import count_votes, evaluations_out
from server.report.paper_api import api
from server.report.sheets import to_csv, to_xlsx
from server.store.vote_sums import Grouping, votes_by_day
from server.web.access import leader
from server.web.answer import answer
from server.web.context import context
from server.web.errors import Refused

__all__ = ["api"]

LONGEST = 800
"""Days: two years and what begins and ends them."""
_XLSX = "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet"


@api.get("/evaluations", responses={"200": EvaluationsOut})
def evaluations() -> Any:
    """满意率 of the days from `?first=` to `?last=`, 800 at most; this month so far without them.

    `?by=` window, clerk, service, channel or day.
    """
    leader()
    return answer(asked_evaluations())


@api.get("/evaluations.csv")
def evaluations_csv() -> Response:
    """The same as a CSV file that Excel opens, in the language of the request."""
    leader()
    told = asked_evaluations()
    return _file(
        to_csv(evaluation_sheet(told)), "text/csv; charset=utf-8", f"{told.by.value}-{told.first}-{told.last}.csv"
    )


@api.get("/evaluations.xlsx")
def evaluations_xlsx() -> Response:
    """A workbook with a sheet for each grouping, and one with each window on each day."""
    leader()
    first, last = evaluations_span()
    running = context()
    hall, settings = running.hall, running.settings
    at = to_microseconds(hall.clock())

    def count(connection: Connection) -> Any:
        counted = [count_votes(connection, hall.plan.id, by, first, last, at) for by in Grouping]
        return counted, votes_by_day(connection, hall.plan.id, Grouping.WINDOW, first, last)

    counted, by_day = hall.query(count)
    sheets = [evaluation_sheet(evaluations_out(one, settings)) for one in counted]
    words = DayWords.of(settings)
    made = gevent.get_hub().threadpool.apply(lambda: to_xlsx([*sheets, days_sheet(by_day, words)]))
    return _file(made, _XLSX, f"{first}-{last}.xlsx")


def evaluations_span() -> tuple[date, date]:
    return asked_span(lambda last: last.replace(day=1), LONGEST)


def asked_evaluations() -> EvaluationsOut:
    """Raises Refused."""
    by = request.args.get("by", Grouping.WINDOW.value)
    if by not in list(Grouping):
        raise Refused(400, "bad_input", [f"by: one of {', '.join(Grouping)}"])
    first, last = evaluations_span()
    running = context()
    hall, settings = running.hall, running.settings
    at = to_microseconds(hall.clock())
    counted = hall.query(lambda connection: count_votes(connection, hall.plan.id, Grouping(by), first, last, at))
    return evaluations_out(counted, settings)


def _file(content: bytes, media_type: str, name: str) -> Response:
    disposition = {"Content-Disposition": f'attachment; filename="evaluations-{name}"'}
    return Response(content, content_type=media_type, headers=disposition)
