"""`POST /api/v1/evaluations`: the citizen's touch on an on-screen evaluator."""

from __future__ import annotations

from flask_openapi3 import APIBlueprint

from server.engine import HallEngine
from server.hall.commands import CastVote, DeclineVote, ExplainVote
from server.hall.errors import EvaluationClosed
from server.hall.state import HallState
from server.messages import ErrorOut, VoteIn, VoteReasonsIn
from server.web.access import device, idempotency_key, refuse_beside_staff, require_device
from server.web.context import context
from server.web.devices import Kind
from server.web.errors import Refused

api = APIBlueprint(
    "evaluations",
    __name__,
    url_prefix="/api/v1",
    abp_responses={"400": ErrorOut, "401": ErrorOut, "403": ErrorOut, "409": ErrorOut, "503": ErrorOut},
)


@api.post("/evaluations", responses={"204": None})
def vote(body: VoteIn) -> tuple[str, int]:
    """评价, or 不评价 with a null level. 409 when already voted, or when the evaluation is closed.

    Only the evaluator at that window may: a member of the staff who got hold of a token may not, nor one who is signed
    in in the evaluator's own browser.
    """
    hall = _hall_of(body.token)
    command = DeclineVote(body.token) if body.level is None else CastVote(body.token, body.level)
    hall.do(command, key=idempotency_key())
    return "", 204


@api.post("/evaluations/reasons", responses={"204": None})
def explain(body: VoteReasonsIn) -> tuple[str, int]:
    """Why: completes the vote that was just given on this window's screen, within a minute, once."""
    hall = _hall_of(body.token)
    hall.do(ExplainVote(body.token, tuple(body.reasons)), key=idempotency_key())
    return "", 204


def _hall_of(token: str) -> HallEngine:
    """The hall of an evaluation, for the evaluator at its window and nobody else."""
    if device(Kind.EVALUATOR) is None:
        raise Refused(401, "device_unknown")
    refuse_beside_staff()
    hall = context().hall
    window = hall.read(lambda state: _window_of(state, token))
    require_device(Kind.EVALUATOR, str(window))
    return hall


def _window_of(state: HallState, token: str) -> int:
    evaluation = state.evaluations.get(token)
    if evaluation is None:
        raise EvaluationClosed
    return evaluation.window
