"""`/api/v1/report/evidence`: figures about how votes came about, for leaders only."""

from __future__ import annotations

from typing import Any, get_args

from flask import request

from server.report.asked_days import asked_span
from server.report.evaluation_api import api
from server.report.evidence import BOUNDS
from server.report.evidence_messages import EvidenceOut, Group, SeenOut
from server.report.evidence_report import Asking, Figure, Seen, evidence_out, seen_out
from server.web.access import leader
from server.web.answer import answer
from server.web.context import context
from server.web.errors import Refused

__all__ = ["api"]

_LONGEST = 92
"""Days: a quarter. Each vote is looked at."""
_PLACES = {"stretch": len(BOUNDS) + 1, "hour": 24}


@api.get("/evidence", responses={"200": EvidenceOut})
def evidence() -> Any:
    """Of the days from `?first=` to `?last=`, 92 at most; this month so far without them. `?by=` window or clerk."""
    leader()
    return answer(asked_evidence())


@api.get("/evidence/votes", responses={"200": SeenOut})
def evidence_votes() -> Any:
    """What a figure is made of: `?what=` asked, unrated, presses, fast, bursts, run, stretch, hour or unheard.

    `?key=` the window or the clerk, all without it; `?place=` which stretch (0 to 5) or hour, or why unheard.
    """
    leader()
    return answer(asked_votes())


def asked_evidence() -> EvidenceOut:
    """Raises Refused."""
    asking, running = asked(), context()
    hall, settings = running.hall, running.settings
    return hall.query(lambda connection: evidence_out(connection, hall.plan, settings, asking))


def asked_votes() -> SeenOut:
    """Raises Refused."""
    asking, seen, running = asked(), asked_figure(), context()
    hall, settings = running.hall, running.settings
    return hall.query(lambda connection: seen_out(connection, hall.plan, settings, asking, seen))


def asked() -> Asking:
    """Raises Refused."""
    first, last = asked_span(lambda last: last.replace(day=1), _LONGEST)
    by = request.args.get("by", "window")
    for known in get_args(Group):
        if by == known:
            return Asking(first, last, known)
    raise Refused(400, "bad_input", ["by: window or clerk"])


def asked_figure() -> Seen:
    """Raises Refused."""
    what, place = request.args.get("what", "asked"), request.args.get("place")
    if what in _PLACES and not (place and place.isdecimal() and int(place) < _PLACES[what]):
        raise Refused(400, "bad_input", [f"place: 0 to {_PLACES[what] - 1}"])
    for known in get_args(Figure):
        if what == known:
            return Seen(request.args.get("key"), known, place, leader().username)
    raise Refused(400, "bad_input", [f"what: one of {', '.join(get_args(Figure))}"])
