"""评价 on the phone: what a ticket's page offers, and until when. How anybody voted is told to nobody here."""

from __future__ import annotations

from datetime import datetime
from typing import Any

from server.config import Settings
from server.hall.evaluation import Ballot, Evaluation, Outcome
from server.hall.facts import moment
from server.hall.state import HallState
from server.hall.ticket import State


def votes_of(state: HallState, settings: Settings, holder: str, now: datetime) -> list[dict[str, Any]]:
    """Each served leg with `state` "open" (it may be rated until `until`), "voted" or "over"."""
    ticket = state.voters.get(holder)
    if ticket is None:
        return []
    legs = sorted(state.ballots[ticket].legs.items())
    return [_vote(settings, found, now) for _, found in legs if found.outcome is not Outcome.WITHDRAWN]


def past_status(ballot: Ballot, settings: Settings, votes: list[dict[str, Any]], now: datetime) -> dict[str, Any]:
    """The page of a ticket whose day is over: nothing but its votes, in the shape of any other day's."""
    first = _named(settings, ballot.legs[min(ballot.legs)].service)
    return {
        "number": ballot.ticket[6:],
        "state": State.FINISHED.value,
        "service": first["name"],
        "service_en": first["name_en"],
        "guide": None,
        "near": settings.rules.near,
        "every": 30,
        "priority": None,
        "ahead": 0,
        "before": [],
        "window": None,
        "hold": None,
        "missed": None,
        "steps": [],
        "updated_at": now.isoformat(),
        "place": "",
        "place_en": "",
        "windows": [],
        "votes": votes,
    }


def _vote(settings: Settings, evaluation: Evaluation, now: datetime) -> dict[str, Any]:
    open_still = evaluation.until is not None and now < evaluation.until
    unvoted = "open" if open_still else "over"
    return {
        "leg": evaluation.leg,
        "window": evaluation.window,
        "state": "voted" if evaluation.outcome is Outcome.VOTED else unvoted,
        "until": moment(evaluation.until),
        **{f"service{key.removeprefix('name')}": name for key, name in _named(settings, evaluation.service).items()},
    }


def _named(settings: Settings, code: str) -> dict[str, str]:
    """A service may be gone since."""
    found = next((service for service in settings.services if service.code == code), None)
    return {"name": found.name if found else code, "name_en": found.name_en if found else code}
