"""Who is asking: the signed-in clerk or leader, or the registered device."""

from __future__ import annotations

from collections.abc import Callable
from functools import wraps
from typing import Any, ParamSpec, TypeVar
from urllib.parse import urlencode

from flask import make_response, redirect, request
from flask_login import current_user
from werkzeug.wrappers import Response as BaseResponse

from server.web.accounts import Role, Staff
from server.web.context import context
from server.web.devices import Device, Kind
from server.web.errors import Refused

P = ParamSpec("P")
R = TypeVar("R")
_YEAR = 365 * 24 * 3600
_BEARER = "Bearer "


def staff() -> Staff | None:
    """Whoever has signed in."""
    return current_user if isinstance(current_user._get_current_object(), Staff) else None


def signed_in() -> Staff:
    person = staff()
    if person is None:
        raise Refused(401, "login_required")
    return person


def leader() -> Staff:
    person = signed_in()
    if person.role is not Role.LEADER:
        raise Refused(403, "forbidden")
    return person


def refuse_beside_staff() -> None:
    """For what is a citizen's alone. Raises Refused while an account is signed in in the same browser."""
    if staff() is not None:
        raise Refused(403, "staff_signed_in")


def device(kind: Kind) -> Device | None:
    """The device asking: by `Authorization: Bearer`, or by the cookie that its page was given."""
    header = request.headers.get("Authorization", "")
    token = header.removeprefix(_BEARER) if header.startswith(_BEARER) else request.cookies.get(_cookie(kind))
    found = context().devices.find(token) if token else None
    return found if found and found.kind is kind else None


def any_device() -> Device | None:
    return next((found for kind in Kind if (found := device(kind))), None)


def require_device(kind: Kind, place: str) -> Device:
    found = device(kind)
    if found is None:
        raise Refused(401, "device_unknown")
    if not found.may_be(kind, place):
        raise Refused(403, "forbidden")
    return found


def room_for_device(kind: Kind, argument: str) -> str:
    """The room of a device's page, named in the handshake's query; for `Feed`."""
    place = request.args.get(argument, "")
    require_device(kind, place)
    return place


def device_page(kind: Kind, place: str) -> Callable[[Callable[P, Any]], Callable[P, Any]]:
    """For a device's page: take `?token=` once, keep it in a cookie, and show the page to that device alone.

    `place` names the view's argument that says which kiosk, screen or window the page is for.
    """

    def wrap(view: Callable[P, Any]) -> Callable[P, Any]:
        @wraps(view)
        def guarded(*args: P.args, **kwargs: P.kwargs) -> Any:
            token = request.args.get("token")
            if token:
                return _keep(kind, token, str(kwargs[place]))
            require_device(kind, str(kwargs[place]))
            response = make_response(view(*args, **kwargs))
            known = request.cookies.get(_cookie(kind))
            if known:
                _remember(response, kind, known)  # a year from now: else every screen of a hall forgets on one day
            return response

        return guarded

    return wrap


def _keep(kind: Kind, token: str, place: str) -> BaseResponse:
    """The token leaves the address bar, where a photograph of the screen would show it."""
    found = context().devices.find(token)
    if found is None or not found.may_be(kind, place):
        raise Refused(401, "device_unknown")
    query = urlencode([(key, value) for key, value in request.args.items() if key != "token"])
    response = redirect(request.path + (f"?{query}" if query else ""))
    _remember(response, kind, token)
    return response


def _remember(response: BaseResponse, kind: Kind, token: str) -> None:
    response.set_cookie(_cookie(kind), token, max_age=_YEAR, httponly=True, samesite="Strict", secure=request.is_secure)


def _cookie(kind: Kind) -> str:
    return f"jiaohao_{kind.value}"


def idempotency_key() -> str | None:
    """The button's key, made the caller's own: two devices that happen on the same key are two callers."""
    key = request.headers.get("Idempotency-Key")
    if not key:
        return None
    if len(key) > 128 or not key.isprintable():
        raise Refused(400, "bad_input")
    return f"{_asker()}|{request.path}|{key}"


def _asker() -> str:
    found = any_device()
    if found is not None:
        return f"{found.kind.value}:{found.place}"
    person = staff()
    return f"staff:{person.username}" if person else "-"
