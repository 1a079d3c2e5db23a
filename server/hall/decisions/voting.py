"""评价: which press counts, and for whom.

A press counts only for the evaluation open at the same window, only once, and only when it cannot have been made
before the invitation. Everything else is written down and counted for nobody.
"""

from __future__ import annotations

from server.hall import commands as cmd
from server.hall.decisions.decision import Decision, Now
from server.hall.errors import AlreadyVoted, EvaluationClosed, UnknownLevel
from server.hall.evaluation import Channel, Evaluation, Lapse, Level, Outcome, Unheard
from server.hall.events import EvaluationLapsed, EvaluationVoted, PressIgnored
from server.hall.state import HallState
from server.hall.window import Window

_LEVELS = frozenset(int(level) for level in Level)
_UNANSWERED = (Outcome.UNRATED, Outcome.WITHDRAWN)


def press_key(state: HallState, command: cmd.PressKey, now: Now) -> Decision:
    window = state.window(command.window)
    evaluation = window.evaluation
    unheard = _why_unheard(window, command)
    if unheard is None and evaluation is not None and command.level is not None:
        vote = _vote(evaluation, command.level, Channel.PAD, now, key=command.key)
        return Decision([vote], lambda: True)
    event = PressIgnored(
        at=now.at,
        ticket=evaluation.ticket if evaluation else None,
        leg=evaluation.leg if evaluation else None,
        window=window.number,
        key=command.key,
        level=command.level,
        unheard=unheard or Unheard.NO_EVALUATION,
    )
    return Decision([event], lambda: False)


def _why_unheard(window: Window, command: cmd.PressKey) -> Unheard | None:
    evaluation = window.evaluation
    if command.level not in _LEVELS:
        return Unheard.UNKNOWN_KEY
    if evaluation is None or evaluation.outcome in _UNANSWERED:
        return Unheard.NO_EVALUATION
    if evaluation.outcome is Outcome.VOTED:
        return Unheard.ALREADY_VOTED
    if command.made_after is None:
        return Unheard.UNKNOWN_AGE
    if command.made_after < evaluation.opened_at:
        return Unheard.BEFORE_INVITATION
    return None


def cast_vote(state: HallState, command: cmd.CastVote, now: Now) -> Decision:
    if command.level not in _LEVELS:
        raise UnknownLevel(level=command.level)
    evaluation = _open_evaluation(state, command.token)
    return Decision([_vote(evaluation, command.level, Channel.SCREEN, now)])


def decline_vote(state: HallState, command: cmd.DeclineVote, now: Now) -> Decision:
    evaluation = _open_evaluation(state, command.token)
    event = EvaluationLapsed(
        at=now.at,
        ticket=evaluation.ticket,
        leg=evaluation.leg,
        window=evaluation.window,
        staff=evaluation.staff,
        lapse=Lapse.DECLINED,
    )
    return Decision([event])


def _open_evaluation(state: HallState, token: str) -> Evaluation:
    evaluation = state.evaluations.get(token)
    if evaluation is None or evaluation.outcome in _UNANSWERED:
        raise EvaluationClosed
    if evaluation.outcome is Outcome.VOTED:
        raise AlreadyVoted
    return evaluation


def _vote(evaluation: Evaluation, level: int, channel: Channel, now: Now, key: int | None = None) -> EvaluationVoted:
    return EvaluationVoted(
        at=now.at,
        ticket=evaluation.ticket,
        leg=evaluation.leg,
        window=evaluation.window,
        staff=evaluation.staff,
        level=level,
        channel=channel,
        key=key,
    )
