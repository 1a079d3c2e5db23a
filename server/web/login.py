"""Signing in and out, under Flask-Login, with guesses slowed down."""

from __future__ import annotations

from flask import Flask, Response, current_app, render_template, request
from flask_login import LoginManager, login_user, logout_user
from flask_openapi3 import APIBlueprint
from limits import RateLimitItemPerMinute
from limits.storage import MemoryStorage
from limits.strategies import MovingWindowRateLimiter

from server.messages import ErrorOut, LoginIn, StaffOut
from server.web.access import signed_in
from server.web.answer import answer
from server.web.context import context
from server.web.errors import Refused

_FAILURES_PER_NAME = RateLimitItemPerMinute(8)
_FAILURES_PER_ADDRESS = RateLimitItemPerMinute(30)

api = APIBlueprint("login", __name__, url_prefix="/api/v1", abp_responses={"401": ErrorOut, "429": ErrorOut})


def set_up_login(app: Flask) -> None:
    manager = LoginManager(app)
    manager.user_loader(lambda session_id: context().accounts.of_session(session_id))
    app.extensions["login_failures"] = MovingWindowRateLimiter(MemoryStorage())


def login_page(page: str, note: str, *, refused: bool = False) -> str:
    """The form that stands in front of a page of staff. `note` says who may in; `refused` when the asker may not."""
    return render_template("web/login.html", hall=context().settings.hall, page=page, note=note, refused=refused)


@api.post("/login", responses={"200": StaffOut})
def login(body: LoginIn) -> Response:
    """Sign in; the session is a cookie. Only wrong passwords count towards the limit."""
    limiter = _failures()
    address = str(request.remote_addr)
    name = f"{address}|{body.username}"
    # Counted before the answer is known, so that a hundred guesses at once are a hundred guesses.
    if not limiter.test(_FAILURES_PER_ADDRESS, address) or not limiter.hit(_FAILURES_PER_NAME, name):
        raise Refused(429, "too_many_attempts")
    person = context().accounts.verify(body.username, body.password)
    if person is None:
        limiter.hit(_FAILURES_PER_ADDRESS, address)
        raise Refused(401, "wrong_password")
    limiter.clear(_FAILURES_PER_NAME, name)
    login_user(person)
    return answer(StaffOut(username=person.username, name=person.name, role=person.role.value))


@api.post("/logout", responses={"204": None})
def logout() -> tuple[str, int]:
    """Sign out of this browser; the window stays as it is."""
    signed_in()
    logout_user()
    return "", 204


def _failures() -> MovingWindowRateLimiter:
    limiter: MovingWindowRateLimiter = current_app.extensions["login_failures"]
    return limiter
