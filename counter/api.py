"""`/api/v1/windows/{n}/…`: a clerk signs in at a window and takes one citizen at a time through it."""

from __future__ import annotations

from datetime import timedelta
from typing import Any

from flask import abort, request
from flask_openapi3 import APIBlueprint
from pydantic import ValidationError

from server.hall import commands as cmd
from server.hall.facts import TicketFacts, WindowFacts, window_facts
from server.messages import CalledOut, ErrorOut, PauseIn, PauseOut, WindowActionIn, WindowOut, WindowPath
from server.web.access import idempotency_key, signed_in
from server.web.answer import answer
from server.web.context import context
from server.web.errors import bad_input
from server.web.tickets import Reader, ticket_out

api = APIBlueprint(
    "windows",
    __name__,
    url_prefix="/api/v1",
    abp_responses={code: ErrorOut for code in ("400", "401", "403", "404", "409", "503")},
)
# The body may be left out altogether, which the framework's own `body` parameter does not allow.
_MAY_SAY_SEEN: dict[str, Any] = {
    "requestBody": {"content": {"application/json": {"schema": WindowActionIn.model_json_schema()}}}
}


@api.get("/windows/<int:number>", responses={"200": WindowOut})
def show(path: WindowPath) -> Any:
    """The window as it stands, for staff."""
    signed_in()
    return _window(context().hall.read(lambda state: window_facts(state.window(path.number))))


@api.post("/windows/<int:number>/login", responses={"200": WindowOut})
def login(path: WindowPath) -> Any:
    """Sign in at the window, or take it over from a colleague. Signing in again changes nothing."""
    return _window(_do(cmd.OpenWindow(path.number, signed_in().clerk)))


@api.post("/windows/<int:number>/logout", responses={"200": WindowOut})
def logout(path: WindowPath) -> Any:
    """Leave the window, which is then closed. 409 `window_busy` while a citizen is there."""
    return _window(_do(cmd.CloseWindow(path.number, signed_in().username)))


@api.post("/windows/<int:number>/pause", responses={"200": WindowOut})
def pause(path: WindowPath, body: PauseIn) -> Any:
    """暂停服务, with what the screens say. A second one corrects the first."""
    person = signed_in()
    until = context().hall.clock() + timedelta(minutes=body.minutes) if body.minutes else None
    return _window(_do(cmd.PauseWindow(path.number, person.username, body.reason, until)))


@api.post("/windows/<int:number>/reopen", responses={"200": WindowOut})
def reopen(path: WindowPath) -> Any:
    """恢复服务."""
    return _window(_do(cmd.ReopenWindow(path.number, signed_in().username)))


@api.post(
    "/windows/<int:number>/call-next", responses={"200": CalledOut, "204": None}, openapi_extensions=_MAY_SAY_SEEN
)
def call_next(path: WindowPath) -> Any:
    """Finish whoever is at the window and call the next citizen. 204: nobody waits (whoever was there is finished)."""
    facts = _do(cmd.CallNext(path.number, signed_in().username, _seen()))
    return ("", 204) if facts is None else _called(facts)


@api.post("/windows/<int:number>/recall", responses={"200": CalledOut}, openapi_extensions=_MAY_SAY_SEEN)
def recall(path: WindowPath) -> Any:
    """重呼."""
    return _called(_do(cmd.Recall(path.number, signed_in().username, _seen())))


@api.post("/windows/<int:number>/start", responses={"200": CalledOut}, openapi_extensions=_MAY_SAY_SEEN)
def start(path: WindowPath) -> Any:
    """开始办理: the citizen called has come."""
    return _called(_do(cmd.Start(path.number, signed_in().username, _seen())))


@api.post("/windows/<int:number>/no-show", responses={"200": CalledOut}, openapi_extensions=_MAY_SAY_SEEN)
def no_show(path: WindowPath) -> Any:
    """过号: the citizen called has not come."""
    return _called(_do(cmd.MarkNoShow(path.number, signed_in().username, _seen())))


@api.post("/windows/<int:number>/finish", responses={"200": CalledOut}, openapi_extensions=_MAY_SAY_SEEN)
def finish(path: WindowPath) -> Any:
    """办结, and ask for the evaluation. Somebody who was only called counts as served from the call on."""
    return _called(_do(cmd.FinishTicket(path.number, signed_in().username, _seen())))


def _do(command: cmd.Command[cmd.A_co]) -> cmd.A_co:
    return context().hall.do(command, key=idempotency_key())


def _seen() -> str | None:
    """Which ticket the clerk's screen showed, if the request says so. Aborts with 400 on anything else."""
    data = request.get_data()
    if not data:
        return None
    try:
        return WindowActionIn.model_validate_json(data).seen
    except ValidationError as error:
        abort(bad_input(error))


def _called(facts: TicketFacts) -> Any:
    # Never with levels, whoever asks: this is the counter, and a leader who serves is a clerk here.
    return answer(CalledOut(ticket=ticket_out(facts, context().settings, Reader.CLERK)))


def _window(facts: WindowFacts) -> Any:
    ticket, pause = facts["ticket"], facts["pause"]
    out = WindowOut(
        number=facts["number"],
        state=facts["state"],
        staff=facts["staff"],
        ticket=ticket_out(ticket, context().settings, Reader.CLERK) if ticket else None,
        pause=PauseOut(**pause) if pause else None,
    )
    return answer(out)
