"""What a clerk's desk shows, built from the hall's state. No vote's level is ever part of it."""

from __future__ import annotations

import heapq
from collections.abc import Iterable, Iterator
from datetime import datetime
from itertools import islice
from typing import Any

from counter.actions import primary, refused
from counter.totals import totals
from server.config import Settings
from server.hall.dispatch import choose, lines_for, waiting_for
from server.hall.facts import moment, pause_facts
from server.hall.state import HallState
from server.hall.ticket import State, Ticket
from server.hall.window import Window

_LINE_SHOWN = 8
_PASSED_SHOWN = 8


def is_at(window: Window, username: str) -> bool:
    """Whether this person is the one signed in at the window."""
    return window.clerk is not None and window.clerk.username == username


def desk_view(
    state: HallState,
    settings: Settings,
    number: int,
    username: str,
    called_here: Iterable[Ticket],
    pad: dict[str, Any] | None,
    now: datetime,
) -> dict[str, Any]:
    """The desk of `username` at window `number` at `now`; `called_here` are the tickets it has called today.

    Once somebody else sits there, or nobody, nothing but that is told (`mine` is false).
    """
    window = state.window(number)
    if not is_at(window, username):
        return {"mine": False, "taken_by": window.clerk.name if window.clerk else None}
    here = list(called_here)
    waiting = waiting_for(state, window, now)
    return {
        "mine": True,
        "hall": {"name": settings.hall.name, "name_en": settings.hall.name_en, "time_zone": settings.hall.time_zone},
        "window": _window(window, settings),
        "clerk": {"name": window.clerk.name, "number": window.clerk.number} if window.clerk else None,
        "ticket": _open_ticket(window.ticket, settings) if window.ticket else None,
        "actions": {
            "primary": primary(window).value,
            "refused": {action.value: why.value for action, why in refused(window, waiting).items()},
        },
        "waiting": _waiting(state, window, waiting, now),
        "passed": _passed(here, number),
        "today": totals(here, username, number),
        "evaluation": _evaluation(state, window),
        "pad": pad,
    }


def _window(window: Window, settings: Settings) -> dict[str, Any]:
    plan = settings.window(window.number)
    services = [settings.service(code) for code in window.services]
    return {
        "number": window.number,
        "name": plan.name,
        "name_en": plan.name_en,
        "services": [{"code": s.code, "name": s.name, "name_en": s.name_en} for s in services],
        "state": window.state.value,
        "pause": pause_facts(window.pause) if window.pause else None,
    }


def _open_ticket(ticket: Ticket, settings: Settings) -> dict[str, Any]:
    leg = ticket.leg
    kiosk = next((kiosk for kiosk in settings.kiosks if kiosk.id == ticket.kiosk), None)
    return {
        "id": ticket.id,
        "number": ticket.number,
        "service": ticket.service,
        "state": ticket.state.value,
        "issued_at": ticket.issued_at.isoformat(),
        "called_at": moment(leg.called_at),
        "last_called_at": moment(leg.last_called_at),
        "calls": leg.calls,
        "started_at": moment(leg.started_at),
        "kiosk": {"name": kiosk.name, "name_en": kiosk.name_en} if kiosk else None,
    }


def _waiting(state: HallState, window: Window, total: int, now: datetime) -> dict[str, Any]:
    """The head of the line, and whom the hall itself would call next."""
    line = [
        {"id": t.id, "number": t.number, "service": t.service, "queued_at": t.leg.queued_at.isoformat()}
        for t in islice(_in_order(state, window, now), _LINE_SHOWN)
    ]
    chosen = choose(state, window, now)
    return {
        "total": total,
        "oldest": line[0]["queued_at"] if line else None,
        "next": state.tickets[chosen.ticket].number if chosen else None,
        "line": line,
    }


def _in_order(state: HallState, window: Window, now: datetime) -> Iterator[Ticket]:
    """By arrival, without sorting everybody: each line is in order already, and only its head is needed."""
    lines = [(state.tickets[ticket] for ticket in line) for _, _, line in lines_for(state, window, now)]
    return heapq.merge(*lines, key=lambda ticket: ticket.position)


def _passed(here: list[Ticket], number: int) -> dict[str, Any]:
    """过号 at this window, the latest first."""
    passed = [t for t in reversed(here) if t.state is State.NO_SHOW and t.leg.window == number]
    return {
        "total": len(passed),
        "line": [
            {"id": t.id, "number": t.number, "called_at": moment(t.leg.last_called_at), "calls": t.leg.calls}
            for t in passed[:_PASSED_SHOWN]
        ],
    }


def _evaluation(state: HallState, window: Window) -> dict[str, Any] | None:
    """Whether the last citizen is still being asked; how they answered is none of the desk's business."""
    evaluation = window.evaluation
    if evaluation is None:
        return None
    return {"open": evaluation.is_open, "number": state.tickets[evaluation.ticket].number}
