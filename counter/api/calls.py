"""`/api/v1/windows/{n}/…`: one citizen at a time through a window."""

from __future__ import annotations

from typing import Any, TypeVar

from flask import abort, request
from pydantic import ValidationError

from counter.api.blueprint import api, called, do
from counter.api.results import result_of
from server.hall import commands as cmd
from server.hall.plan import ORDINARY
from server.messages import CalledOut, CallIn, DirectIn, FinishIn, TicketIn, VerifyIn, WindowActionIn, WindowPath
from server.web.access import signed_in
from server.web.errors import bad_input

S = TypeVar("S", bound=WindowActionIn)

# The body may be left out altogether, which the framework's own `body` parameter does not allow.
_MAY_SAY_SEEN: dict[str, Any] = {
    "requestBody": {"content": {"application/json": {"schema": WindowActionIn.model_json_schema()}}}
}
_FINISH = FinishIn.model_json_schema(ref_template="#/components/schemas/{model}")
_MAY_SAY_RESULT: dict[str, Any] = {
    "requestBody": {
        "content": {"application/json": {"schema": {key: part for key, part in _FINISH.items() if key != "$defs"}}}
    }
}


@api.post(
    "/windows/<int:number>/call-next", responses={"200": CalledOut, "204": None}, openapi_extensions=_MAY_SAY_RESULT
)
def call_next(path: WindowPath) -> Any:
    """Finish whoever is at the window and call the next citizen. 204: nobody waits (whoever was there is finished)."""
    said = _said(FinishIn)
    result = result_of(said.result) if said.result else None
    facts = do(cmd.CallNext(path.number, signed_in().username, said.seen, result))
    return ("", 204) if facts is None else called(facts)


@api.post("/windows/<int:number>/call", responses={"200": CalledOut})
def call(path: WindowPath, body: CallIn) -> Any:
    """Call by number. 400 `reason_needed` for whoever is not next and no reason is given."""
    return called(do(cmd.CallTicket(path.number, signed_in().username, body.ticket, body.reason, body.seen)))


@api.post("/windows/<int:number>/direct", responses={"200": CalledOut})
def direct(path: WindowPath, body: DirectIn) -> Any:
    """直接办理: serve somebody without a number, whatever the hours. 409 `window_busy` while a citizen is there."""
    priority = body.priority or ORDINARY
    return called(do(cmd.ServeDirectly(path.number, signed_in().username, body.service, priority, body.seen)))


@api.post("/windows/<int:number>/recall", responses={"200": CalledOut}, openapi_extensions=_MAY_SAY_SEEN)
def recall(path: WindowPath) -> Any:
    """重呼."""
    return called(do(cmd.Recall(path.number, signed_in().username, _seen())))


@api.post("/windows/<int:number>/start", responses={"200": CalledOut}, openapi_extensions=_MAY_SAY_SEEN)
def start(path: WindowPath) -> Any:
    """开始办理: the citizen called has come."""
    return called(do(cmd.Start(path.number, signed_in().username, _seen())))


@api.post("/windows/<int:number>/no-show", responses={"200": CalledOut}, openapi_extensions=_MAY_SAY_SEEN)
def no_show(path: WindowPath) -> Any:
    """过号: the citizen called has not come. 409 `not_called_enough` before the hall's number of calls."""
    return called(do(cmd.MarkNoShow(path.number, signed_in().username, _seen())))


@api.post("/windows/<int:number>/finish", responses={"200": CalledOut}, openapi_extensions=_MAY_SAY_RESULT)
def finish(path: WindowPath) -> Any:
    """办结, and ask for the evaluation. Somebody who was only called counts as served from the call on."""
    said = _said(FinishIn)
    result = result_of(said.result) if said.result else None
    return called(do(cmd.FinishTicket(path.number, signed_in().username, said.seen, result)))


@api.post("/windows/<int:number>/undo", responses={"200": CalledOut})
def undo(path: WindowPath, body: TicketIn) -> Any:
    """撤销 the finish or the no-show of this ticket, made here a moment ago. 409 `too_late_to_undo` afterwards."""
    return called(do(cmd.UndoLast(path.number, signed_in().username, body.ticket)))


@api.post("/windows/<int:number>/verify", responses={"200": CalledOut})
def verify(path: WindowPath, body: VerifyIn) -> Any:
    """The window has looked at the proof of the open ticket's priority class."""
    return called(do(cmd.VerifyPriority(path.number, signed_in().username, body.verified, body.seen)))


def _seen() -> str | None:
    """Which ticket the clerk's screen showed, if the request says so."""
    return _said(WindowActionIn).seen


def _said(kind: type[S]) -> S:
    """The body, or one that says nothing where there is none. Aborts with 400 on anything else."""
    data = request.get_data()
    if not data:
        return kind()
    try:
        return kind.model_validate_json(data)
    except ValidationError as error:
        abort(bad_input(error))
