"""`/api/v1/windows/{n}`: a clerk signs in at a window, pauses it, and says what it handles."""

from __future__ import annotations

from datetime import timedelta
from typing import Any

from counter.api.blueprint import api, do, window_answer
from server.hall import commands as cmd
from server.hall.facts import window_facts
from server.messages import PauseIn, ServicesIn, WindowOut, WindowPath
from server.web.access import signed_in
from server.web.accounts import Role
from server.web.context import context
from server.web.errors import Refused


@api.get("/windows/<int:number>", responses={"200": WindowOut})
def show(path: WindowPath) -> Any:
    """The window as it stands, for staff."""
    signed_in()
    return window_answer(context().hall.read(lambda state: window_facts(state.window(path.number))))


@api.post("/windows/<int:number>/login", responses={"200": WindowOut})
def login(path: WindowPath) -> Any:
    """Sign in at the window, or take it over from a colleague. Signing in again changes nothing.

    A clerk leaves the window they come from: 409 `sits_elsewhere` while a citizen is there. A leader may sit at two.
    """
    # What the window shows of the clerk stays until they leave: a photo given a moment ago is in it.
    person = context().accounts.as_stands(signed_in())
    return window_answer(do(cmd.OpenWindow(path.number, person.clerk, several=person.may_sit_at_several)))


@api.post("/windows/<int:number>/logout", responses={"200": WindowOut})
def logout(path: WindowPath) -> Any:
    """Leave the window, which is then closed. 409 `window_busy` while a citizen is there."""
    return window_answer(do(cmd.CloseWindow(path.number, signed_in().username)))


@api.post("/windows/<int:number>/pause", responses={"200": WindowOut})
def pause(path: WindowPath, body: PauseIn) -> Any:
    """暂停服务, with what the screens say. A second one corrects the first."""
    person = signed_in()
    until = context().hall.clock() + timedelta(minutes=body.minutes) if body.minutes else None
    return window_answer(do(cmd.PauseWindow(path.number, person.username, body.reason, until)))


@api.post("/windows/<int:number>/reopen", responses={"200": WindowOut})
def reopen(path: WindowPath) -> Any:
    """恢复服务."""
    return window_answer(do(cmd.ReopenWindow(path.number, signed_in().username)))


@api.post("/windows/<int:number>/services", responses={"200": WindowOut})
def services(path: WindowPath, body: ServicesIn) -> Any:
    """Open or close services at the window, at once and for today: by whoever sits there, or a leader."""
    person = signed_in()
    clerk = context().hall.read(lambda state: state.window(path.number).clerk)
    if person.role is not Role.LEADER and (clerk is None or clerk.username != person.username):
        raise Refused(403, "forbidden")
    wanted = None if body.services is None else tuple(body.services)
    return window_answer(do(cmd.SetWindowServices(path.number, person.username, wanted)))
