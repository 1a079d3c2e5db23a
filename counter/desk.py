"""Which desk a page may show: that of this session's own person, at the window where they are signed in."""

from __future__ import annotations

from dataclasses import dataclass

from flask import request

from counter.view import is_at
from server.hall.errors import NotYourWindow, UnknownWindow, WindowClosed
from server.hall.window import Window, WindowState
from server.web.access import signed_in
from server.web.context import context
from server.web.errors import Refused


@dataclass(frozen=True, slots=True)
class Desk:
    """A person at a window. `room` names the feed's room: two clerks one after the other never share one."""

    window: int
    username: str

    @property
    def room(self) -> str:
        return f"{self.window}/{self.username}"

    @classmethod
    def of(cls, room: str) -> Desk:
        window, _, username = room.partition("/")
        return cls(int(window), username)


def asked_for() -> Desk:
    """The desk named by `?window=`. Raises Refused unless the asker sits there."""
    person = signed_in()
    number = request.args.get("window", default=0, type=int)
    objection = context().hall.read(lambda state: _objection(state.windows.get(number), person.username))
    if objection is not None:
        raise Refused(404 if objection == UnknownWindow.code else 409, objection, window=number)
    return Desk(number, person.username)


def _objection(window: Window | None, username: str) -> str | None:
    """The code of the error that speaks against it."""
    if window is None:
        return UnknownWindow.code
    if window.state is WindowState.CLOSED:
        return WindowClosed.code
    return None if is_at(window, username) else NotYourWindow.code
