"""`/api/v1/redress`: 差评, low ratings and what is done about them. For leaders only, and never about themselves."""

from __future__ import annotations

from datetime import datetime
from typing import Any

from flask_openapi3 import APIBlueprint

from server.hall import commands as cmd
from server.hall.errors import CallTimeWrong, UnknownCase
from server.hall.low_rating import Step
from server.messages import ErrorOut
from server.report.redress import redress_of, redresses
from server.report.redress_messages import (
    AppealIn,
    CallBackIn,
    CasePath,
    CasesQuery,
    DecisionIn,
    JudgedIn,
    RedressesOut,
    RedressOut,
    StepIn,
)
from server.web.access import idempotency_key, leader
from server.web.answer import answer
from server.web.context import context

api = APIBlueprint(
    "redress_api",
    __name__,
    url_prefix="/api/v1/redress",
    abp_responses={code: ErrorOut for code in ("400", "401", "403", "404", "409", "503")},
)
_FIRST_YEAR, _LAST_YEAR = 2000, 2200


@api.get("", responses={"200": RedressesOut})
def all_cases(query: CasesQuery) -> Any:
    """`?state=open`, `overdue` or `closed` (within `?days=`), with the days left of each."""
    reader, hall = leader().username, context().hall
    at = hall.clock()
    found = hall.query(
        lambda connection: redresses(connection, hall.plan, at, state=query.state, days=query.days, reader=reader)
    )
    return answer(found)


@api.get("/<case>", responses={"200": RedressOut})
def one_case(path: CasePath) -> Any:
    """One, whole. 404 for what is none, and for one about a service of the asker's own."""
    return answer(_case(path.case, leader().username))


@api.post("/<case>/verify", responses={"200": RedressOut})
def verify(path: CasePath, body: JudgedIn) -> Any:
    """核实: what was found, and whether the complaint is founded. What is not needs no 整改."""
    return _step(path, Step.VERIFY, body.words, body.seen, body.verdict)


@api.post("/<case>/rectify", responses={"200": RedressOut})
def rectify(path: CasePath, body: StepIn) -> Any:
    """整改: what was put right."""
    return _step(path, Step.RECTIFY, body.words, body.seen)


@api.post("/<case>/answer", responses={"200": RedressOut})
def reply(path: CasePath, body: StepIn) -> Any:
    """反馈: what the citizen is told. The page of their ticket shows it, and asks for a second vote."""
    return _step(path, Step.ANSWER, body.words, body.seen)


@api.post("/<case>/review", responses={"200": RedressOut})
def review(path: CasePath, body: JudgedIn) -> Any:
    """复核: closes the case, or sends it back to 整改 when the matter is not settled."""
    return _step(path, Step.REVIEW, body.words, body.seen, body.verdict)


@api.post("/<case>/calls", responses={"200": RedressOut})
def call_back(path: CasePath, body: CallBackIn) -> Any:
    """回访: when, whether somebody was reached, what was said."""
    person = leader().username
    called_at = body.called_at
    if called_at is not None:
        if not _FIRST_YEAR <= called_at.year <= _LAST_YEAR:
            raise CallTimeWrong
        called_at = _local(called_at)
    return _done(
        path, cmd.RecordCallBack(path.case, body.reached, body.content, body.words, person, called_at, body.seen)
    )


@api.post("/<case>/appeal", responses={"200": RedressOut})
def appeal(path: CasePath, body: AppealIn) -> Any:
    """申诉: the vote should not count. The deadlines stay."""
    return _done(path, cmd.AppealRating(path.case, body.ground, body.words, leader().username, body.seen))


@api.post("/<case>/appeal/decision", responses={"200": RedressOut})
def decide(path: CasePath, body: DecisionIn) -> Any:
    """By another person than the one who appealed."""
    return _done(path, cmd.DecideAppeal(path.case, body.granted, body.words, leader().username, body.seen))


def _step(path: CasePath, step: Step, words: str, seen: int, verdict: bool | None = None) -> Any:
    return _done(path, cmd.TakeStep(path.case, step, words, leader().username, verdict, seen))


def _done(path: CasePath, command: cmd.Command[None]) -> Any:
    """The case as it stands after it."""
    context().hall.do(command, key=idempotency_key())
    return answer(_case(path.case, leader().username))


def _case(name: str, reader: str) -> RedressOut:
    hall = context().hall
    at = hall.clock()
    found = hall.query(lambda connection: redress_of(connection, hall.plan, at, name, reader))
    if found is None:
        raise UnknownCase
    return found


def _local(at: datetime) -> datetime:
    return at.replace(tzinfo=context().hall.plan.zone) if at.tzinfo is None else at
