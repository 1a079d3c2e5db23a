"""`/api/v1/report`: the figures, for leaders only."""

from __future__ import annotations

from datetime import date
from typing import Any

from flask import request
from flask_openapi3 import APIBlueprint

from server.hall.calendar import business_day
from server.messages import ErrorOut
from server.report.attendance import attendance_of
from server.report.day_report import day_report
from server.report.messages import AttendanceOut, ReportTodayOut, WaitsOut
from server.report.waits import waits_out
from server.web.access import leader
from server.web.answer import answer
from server.web.context import context
from server.web.errors import Refused

api = APIBlueprint(
    "report_api",
    __name__,
    url_prefix="/api/v1/report",
    abp_responses={code: ErrorOut for code in ("400", "401", "403", "404", "503")},
)


_FIRST_YEAR = 2000


@api.get("/today", responses={"200": ReportTodayOut})
def today() -> Any:
    """今日: the open business day so far."""
    leader()
    running = context()
    hall, settings, devices = running.hall, running.settings, running.device_states()
    at = hall.clock()
    day = hall.read(lambda state: state.day) or business_day(at, hall.plan.zone)
    report = hall.query(
        lambda connection: day_report(connection, plan=hall.plan, settings=settings, day=day, at=at, devices=devices)
    )
    return answer(report)


@api.get("/waits", responses={"200": WaitsOut})
def waits() -> Any:
    """预计与实际: what was told of waits today and what came of it, and the window to open now, if one would help."""
    leader()
    return answer(waits_out(context().hall))


@api.get("/attendance", responses={"200": AttendanceOut})
def attendance() -> Any:
    """值守情况 of `?day=YYYY-MM-DD`, today without it: who sat where from when to when, absences, hand-overs."""
    leader()
    return answer(attendance_of(context().hall, context().settings, asked_day()))


def asked_day() -> date:
    """The day of `?day=`, today without it. Raises Refused for what is no day, or one to come."""
    hall = context().hall
    today = business_day(hall.clock(), hall.plan.zone)
    text = request.args.get("day") or today.isoformat()
    try:
        day = date.fromisoformat(text)
    except ValueError:
        raise Refused(400, "bad_input") from None
    if day > today or day.year < _FIRST_YEAR:
        raise Refused(400, "bad_input")
    return day
