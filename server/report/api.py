"""`/api/v1/report`: the figures, for leaders only."""

from __future__ import annotations

from typing import Any

from flask_openapi3 import APIBlueprint

from server.hall.calendar import business_day
from server.messages import ErrorOut
from server.report.day_report import day_report
from server.report.messages import ReportTodayOut
from server.web.access import leader
from server.web.answer import answer
from server.web.context import context

api = APIBlueprint(
    "report_api",
    __name__,
    url_prefix="/api/v1/report",
    abp_responses={code: ErrorOut for code in ("400", "401", "403", "404", "503")},
)


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
