"""评价: asked for, answered, or run out."""

from __future__ import annotations

from datetime import datetime

from server.hall import events as ev
from server.hall.apply.registry import applies, ticket_of, window_of
from server.hall.evaluation import Evaluation, Lapse, Level, Outcome
from server.hall.state import HallState


@applies(ev.EvaluationOpened)
def _opened(state: HallState, event: ev.EvaluationOpened) -> None:
    ticket, window = ticket_of(state, event), window_of(state, event)
    leg = ticket.legs[(event.leg or 0) - 1]
    evaluation = Evaluation(
        token=event.token,
        ticket=ticket.id,
        leg=leg.index,
        window=window.number,
        staff=event.staff or "",
        opened_at=event.at,
        closes_at=event.closes_at,
    )
    leg.evaluation = window.evaluation = evaluation
    state.evaluations[evaluation.token] = evaluation
    state.next_lapse = _first_lapse(state)


@applies(ev.EvaluationVoted)
def _voted(state: HallState, event: ev.EvaluationVoted) -> None:
    evaluation = _evaluation(state, event)
    evaluation.outcome = Outcome.VOTED
    evaluation.level = Level(event.level)
    evaluation.channel = event.channel
    evaluation.ended_at = event.at
    state.next_lapse = _first_lapse(state)


@applies(ev.EvaluationLapsed)
def _lapsed(state: HallState, event: ev.EvaluationLapsed) -> None:
    evaluation = _evaluation(state, event)
    evaluation.outcome = Outcome.WITHDRAWN if event.lapse is Lapse.UNDONE else Outcome.UNRATED
    evaluation.ended_at = event.at
    state.next_lapse = _first_lapse(state)


@applies(ev.PressIgnored)
def _press_ignored(state: HallState, event: ev.PressIgnored) -> None:
    """Written down, counted nowhere."""


def _evaluation(state: HallState, event: ev.Event) -> Evaluation:
    leg = ticket_of(state, event).legs[(event.leg or 0) - 1]
    if leg.evaluation is None:
        raise ValueError(event)
    return leg.evaluation


def _first_lapse(state: HallState) -> datetime | None:
    """Kept, because every command asks for it and few change it."""
    windows = (window.evaluation for window in state.windows.values())
    return min((asked.closes_at for asked in windows if asked is not None and asked.is_open), default=None)
