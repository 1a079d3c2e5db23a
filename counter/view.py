"""What a clerk's desk shows, built from the hall's state. No vote's level is ever part of it."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from datetime import datetime
from types import MappingProxyType
from typing import Any, Final

from counter.actions import primary, refused
from counter.hall_view import colleagues, hall_view
from counter.hand_over_view import hand_over_view
from counter.line_view import line_view
from counter.shelf import held_view, passed_view, undo_view
from counter.totals import totals
from counter.visit_view import ended_view, visit_view
from server.config import Settings
from server.hall.dispatch import waiting_for
from server.hall.facts import moment, pause_facts
from server.hall.printing import window_printer
from server.hall.priority import ORDINARY
from server.hall.state import HallState
from server.hall.ticket import Ticket
from server.hall.wait.doubt import doubtful
from server.hall.wait.forecast import Forecast
from server.hall.window import Window
from server.messages import AlertOut
from server.web.waits import new_wait

_NONE: Final[Mapping[str, str]] = MappingProxyType({})


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
    alerts: Iterable[AlertOut],
    expected: int,
    now: datetime,
    forecast: Forecast | None = None,
    stopped: Mapping[str, str] = _NONE,
) -> dict[str, Any]:
    """The desk of `username` at window `number` at `now`.

    `called_here` are the tickets it has called today, `alerts` what this clerk can mend, `expected` how many of today's
    bookings are still to come, `forecast` what is expected of those who wait and of new numbers, `stopped` what
    keeps a printer from printing. Once somebody else sits there, or nobody, nothing but that is told (`mine` is false).
    """
    window = state.window(number)
    if not is_at(window, username):
        return {"mine": False, "taken_by": window.clerk.name if window.clerk else None}
    here = list(called_here)
    waiting = waiting_for(state, window, now)
    reasons = refused(state, window, waiting, now)
    return {
        "mine": True,
        "hall": hall_view(settings),
        "day": state.day.isoformat() if state.day else None,
        "window": _window(window, settings),
        "clerk": {"name": window.clerk.name, "number": window.clerk.number} if window.clerk else None,
        "ticket": _open_ticket(window.ticket, settings) if window.ticket else None,
        "actions": {
            "primary": primary(window).value,
            "refused": {action.value: why.value for action, why in reasons.items()},
        },
        "waiting": line_view(state, window, waiting, now, forecast),
        "new": {service.code: _new(state, service.code, now, forecast) for service in settings.services},
        "held": held_view(state, window),
        "passed": passed_view(state, here, number),
        "undo": undo_view(state, window, reasons),
        "hand_over": hand_over_view(state, window),
        "colleagues": colleagues(state, window, settings),
        "expected": expected,
        "ended": ended_view(here, username, number),
        "today": totals(here, username, number),
        "evaluation": _evaluation(state, window),
        "pad": pad,
        "alerts": [alert.model_dump() for alert in alerts],
        "stopped": dict(stopped),
    }


def _new(state: HallState, service: str, now: datetime, forecast: Forecast | None) -> dict[str, Any]:
    """Of a number that is given now: the wait to tell, or that it would probably not be called today."""
    wait, doubt = new_wait(state, forecast, service, now), doubtful(forecast, service, ORDINARY)
    return {"wait": wait.model_dump() if wait else None, "doubtful": doubt}


def _window(window: Window, settings: Settings) -> dict[str, Any]:
    """`services_set`: today differs from what the configuration says."""
    plan = settings.window(window.number)
    services = [settings.service(code) for code in window.services]
    return {
        "number": window.number,
        "name": plan.name,
        "name_en": plan.name_en,
        "services": [{"code": s.code, "name": s.name, "name_en": s.name_en} for s in services],
        "services_set": window.services_set,
        "state": window.state.value,
        "printer": window_printer(window.number) if plan.printer else None,
        "pause": pause_facts(window.pause) if window.pause else None,
    }


def _open_ticket(ticket: Ticket, settings: Settings) -> dict[str, Any]:
    """`then`: the services of a combined visit still to come; `returns_to`: the window that lent it."""
    leg = ticket.leg
    kiosk = next((kiosk for kiosk in settings.kiosks if kiosk.id == ticket.kiosk), None)
    return {
        "id": ticket.id,
        "number": ticket.number,
        "service": ticket.service,
        "priority": ticket.priority,
        "verified": ticket.verified,
        "state": ticket.state.value,
        "issued_at": ticket.issued_at.isoformat(),
        "queued_at": leg.queued_at.isoformat(),
        "called_at": moment(leg.called_at),
        "last_called_at": moment(leg.last_called_at),
        "calls": leg.calls,
        "started_at": moment(leg.started_at),
        "held_seconds": int(leg.held_for.total_seconds()),
        "kiosk": {"name": kiosk.name, "name_en": kiosk.name_en} if kiosk else None,
        "note": {"text": leg.note, "window": ticket.legs[-2].window} if leg.note else None,
        "then": list(ticket.then),
        "returns_to": leg.returns_to,
        **visit_view(ticket),
    }


def _evaluation(state: HallState, window: Window) -> dict[str, Any] | None:
    """Whether the last citizen is still being asked; how they answered is none of the desk's business."""
    evaluation = window.evaluation
    if evaluation is None:
        return None
    return {"open": evaluation.is_open, "number": state.tickets[evaluation.ticket].number}
