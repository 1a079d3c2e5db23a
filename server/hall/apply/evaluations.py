"""评价: asked for, answered, or run out.

A vote may come on a later day, when the ticket itself is gone: it is kept on the ticket's ballot. A rebuilt hall is
told the evaluations of earlier days and nothing else of those days.
"""

from __future__ import annotations

from datetime import datetime

from server.hall import events as ev
from server.hall.apply.registry import applies, window_of
from server.hall.calendar import business_day
from server.hall.evaluation import Ballot, Evaluation, Lapse, Level, Outcome
from server.hall.state import HallState


@applies(ev.EvaluationOpened)
def _opened(state: HallState, event: ev.EvaluationOpened) -> None:
    index = event.leg or 0
    ticket = state.tickets.get(event.ticket or "")
    evaluation = Evaluation(
        token=event.token,
        ticket=event.ticket or "",
        leg=index,
        day=business_day(event.at, state.plan.zone),
        service=ticket.legs[index - 1].service if ticket else event.service,
        window=event.window or 0,
        staff=event.staff or "",
        opened_at=event.at,
        closes_at=event.closes_at,
        until=event.until,
    )
    _touch(state, evaluation)
    if event.until is not None:
        _put_on_ballot(state, evaluation, event.holder)
    if ticket is not None:
        ticket.legs[index - 1].evaluation = window_of(state, event).evaluation = evaluation
        state.evaluations[evaluation.token] = evaluation
        state.next_lapse = _first_lapse(state)


@applies(ev.EvaluationVoted)
def _voted(state: HallState, event: ev.EvaluationVoted) -> None:
    evaluation = _evaluation(state, event)
    if evaluation is None:
        return
    evaluation.outcome = Outcome.VOTED
    evaluation.level = Level(event.level)
    evaluation.channel = event.channel
    evaluation.ended_at = event.pressed_at or event.at
    state.next_lapse = _first_lapse(state)


@applies(ev.EvaluationExplained)
def _explained(state: HallState, event: ev.EvaluationExplained) -> None:
    evaluation = _evaluation(state, event)
    if evaluation is None:
        return
    evaluation.explained = True
    evaluation.reasons, evaluation.words = event.reasons, event.words


@applies(ev.EvaluationLapsed)
def _lapsed(state: HallState, event: ev.EvaluationLapsed) -> None:
    evaluation = _evaluation(state, event)
    if evaluation is None:
        return
    evaluation.outcome = Outcome.WITHDRAWN if event.lapse is Lapse.UNDONE else Outcome.UNRATED
    evaluation.lapse = event.lapse
    evaluation.ended_at = event.at
    state.next_lapse = _first_lapse(state)


@applies(ev.PressIgnored)
def _press_ignored(state: HallState, event: ev.PressIgnored) -> None:
    """Written down, counted nowhere."""


def _put_on_ballot(state: HallState, evaluation: Evaluation, holder: str) -> None:
    ballot = state.ballots.get(evaluation.ticket)
    if ballot is None:
        ballot = state.ballots[evaluation.ticket] = Ballot(evaluation.ticket, holder, evaluation.day)
        state.voters[holder] = evaluation.ticket
    ballot.legs[evaluation.leg] = evaluation


def _evaluation(state: HallState, event: ev.Event) -> Evaluation | None:
    """None for one opened so long ago that a rebuilt hall was not told of it: that must not end the hall."""
    name, index = event.ticket or "", event.leg or 0
    ballot = state.ballots.get(name)
    evaluation = ballot.legs.get(index) if ballot else None
    if evaluation is None and name in state.tickets:
        evaluation = state.tickets[name].legs[index - 1].evaluation
    if evaluation is not None:
        _touch(state, evaluation)
    return evaluation


def _touch(state: HallState, evaluation: Evaluation) -> None:
    state.touched_evaluations[evaluation.ticket, evaluation.leg] = evaluation


def _first_lapse(state: HallState) -> datetime | None:
    """Kept, because every command asks for it and few change it."""
    windows = (window.evaluation for window in state.windows.values())
    return min((asked.closes_at for asked in windows if asked is not None and asked.is_open), default=None)
