"""评价 on the phone: what a ticket's page offers, and until when. How anybody voted is told to nobody here."""

from __future__ import annotations

from datetime import datetime
from typing import Any

from server.config import Settings
from server.hall.evaluation import Evaluation, Outcome
from server.hall.facts import moment
from server.hall.low_rating import Case
from server.hall.state import HallState
from server.hall.ticket import State


def votes_of(state: HallState, settings: Settings, holder: str, now: datetime) -> list[dict[str, Any]]:
    """Each served leg with `state` "open" (it may be rated until `until`), "voted" or "over"."""
    ticket = state.voters.get(holder)
    if ticket is None:
        return []
    legs = sorted(state.ballots[ticket].legs.items())
    return [_vote(settings, found, now) for _, found in legs if found.outcome is not Outcome.WITHDRAWN]


def answers_of(state: HallState, settings: Settings, holder: str, now: datetime) -> list[dict[str, Any]]:
    """差评 that the hall has answered: what it says, and whether the service may be rated once more: `state` "open"
    (until `until`), "voted" or "over".
    """
    cases = [state.cases[name] for name in state.complainants.get(holder, ())]
    return [_answer(settings, case, now) for case in cases if case.answer and not case.excluded]


def past_ticket(state: HallState, holder: str) -> tuple[str, str] | None:
    """(id, first service) of a ticket whose day is over; None when nothing is known of it any more."""
    ticket = state.voters.get(holder)
    if ticket is not None:
        legs = state.ballots[ticket].legs
        return ticket, legs[min(legs)].service
    cases = [state.cases[name] for name in state.complainants.get(holder, ())]
    return (cases[0].ticket, cases[0].service) if cases else None


def past_status(ticket: str, service: str, settings: Settings, now: datetime) -> dict[str, Any]:
    """The page of a ticket whose day is over: nothing but its votes, in the shape of any other day's."""
    first = _named(settings, service)
    return {
        "number": ticket[6:],
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
    }


def _answer(settings: Settings, case: Case, now: datetime) -> dict[str, Any]:
    open_still = case.again_until is not None and now < case.again_until
    unvoted = "open" if open_still else "over"
    named = _named(settings, case.service)
    return {
        "leg": case.leg,
        "window": case.window,
        "words": case.answer,
        "state": unvoted if case.again is None else "voted",
        "until": moment(case.again_until),
        "service": named["name"],
        "service_en": named["name_en"],
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
