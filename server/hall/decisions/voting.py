"""评价: which press counts, and for whom.

A press at the window counts only for the evaluation that its pad was asking for, only once, and only if it was made
while that was open there, however late the server hears of it. Everything else is written down and counted for nobody.
A phone or a form may still vote when the window asks no longer. Whatever the channel, the first vote for a leg is its
only one. A low one opens its case.
"""

from __future__ import annotations

from datetime import datetime

from server.hall import commands as cmd
from server.hall.calendar import business_day
from server.hall.decisions.decision import Decision, Now
from server.hall.decisions.redress import opened_with
from server.hall.errors import (
    AlreadyExplained,
    AlreadyVoted,
    EvaluationClosed,
    OwnService,
    PaperDayWrong,
    ReasonNeeded,
    TextLength,
    UnknownLevel,
    UnknownTicket,
    VotingOver,
    WrongReason,
)
from server.hall.evaluation import LONGEST_WORDS, REASONS_WITHIN, Channel, Evaluation, Lapse, Level, Outcome, Unheard
from server.hall.events import EvaluationExplained, EvaluationLapsed, EvaluationVoted, Event, PressIgnored
from server.hall.state import HallState
from server.hall.window import Window

_LEVELS = frozenset(int(level) for level in Level)


def press_key(state: HallState, command: cmd.PressKey, now: Now) -> Decision:
    window = state.window(command.window)
    made_at = None if command.age is None else now.at - command.age
    evaluation = _asked_for(state, command.asked) or _last_one_before(window, made_at)
    unheard = _why_unheard(evaluation, window, command, made_at)
    pressed_at = made_at if command.age else None
    if unheard is None and evaluation is not None and command.level is not None:
        vote = _vote(evaluation, command.level, Channel.PAD, now, key=command.key, pressed_at=pressed_at)
        return Decision(opened_with(state, evaluation, vote), lambda: True)
    event = PressIgnored(
        at=now.at,
        ticket=evaluation.ticket if evaluation else None,
        leg=evaluation.leg if evaluation else None,
        window=window.number,
        key=command.key,
        level=command.level,
        unheard=unheard or Unheard.NO_EVALUATION,
        pressed_at=pressed_at,
    )
    return Decision([event], lambda: False)


def _asked_for(state: HallState, token: str | None) -> Evaluation | None:
    """Also one of an earlier day: a press may have waited at a window's PC over night."""
    if not token:
        return None
    if (today := state.evaluations.get(token)) is not None:
        return today
    earlier = (evaluation for ballot in state.ballots.values() for evaluation in ballot.legs.values())
    return next((evaluation for evaluation in earlier if evaluation.token == token), None)


def _last_one_before(window: Window, made_at: datetime | None) -> Evaluation | None:
    """A press that comes late has nothing to do with whoever came to the window after it."""
    evaluation = window.evaluation
    return None if evaluation is None or made_at is None or made_at < evaluation.opened_at else evaluation


def _why_unheard(
    evaluation: Evaluation | None, window: Window, command: cmd.PressKey, made_at: datetime | None
) -> Unheard | None:
    if command.chatter:
        return Unheard.CHATTERING
    if command.level not in _LEVELS:
        return Unheard.UNKNOWN_KEY
    if evaluation is None:
        return Unheard.UNKNOWN_AGE if made_at is None else Unheard.NO_EVALUATION
    if evaluation.outcome is Outcome.VOTED:
        return Unheard.ALREADY_VOTED
    if evaluation.outcome is Outcome.WITHDRAWN:
        return Unheard.NO_EVALUATION
    if command.asked != evaluation.token or evaluation.window != window.number:
        return _why_not_asked(evaluation, command)
    if made_at is None or made_at < evaluation.opened_at:
        return Unheard.UNKNOWN_AGE
    return None if made_at < evaluation.asked_until else Unheard.LATE


def _why_not_asked(evaluation: Evaluation, command: cmd.PressKey) -> Unheard:
    """For a press in view of another question than this one, or of none."""
    if not evaluation.is_open:
        return Unheard.NO_EVALUATION
    return Unheard.UNKNOWN_AGE if command.asked is None else Unheard.BEFORE_INVITATION


def cast_vote(state: HallState, command: cmd.CastVote, now: Now) -> Decision:
    _check_level(command.level)
    evaluation = _open_evaluation(state, command.token)
    return Decision(opened_with(state, evaluation, _vote(evaluation, command.level, Channel.SCREEN, now)))


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


def vote_by_phone(state: HallState, command: cmd.VoteByPhone, now: Now) -> Decision:
    """Also after 不评价 at the window: that ended the window's question, and nothing else."""
    _check_level(command.level)
    evaluation = _unvoted(_on_phone(state, command.holder, command.leg))
    if evaluation.until is None or now.at >= evaluation.until:
        raise VotingOver
    return Decision(opened_with(state, evaluation, _vote(evaluation, command.level, Channel.PHONE, now)))


def explain_vote(state: HallState, command: cmd.ExplainVote, now: Now) -> Decision:
    evaluation = state.evaluations.get(command.token)
    return _explain(state, evaluation, Channel.SCREEN, command.reasons, "", now)


def explain_by_phone(state: HallState, command: cmd.ExplainByPhone, now: Now) -> Decision:
    evaluation = _on_phone(state, command.holder, command.leg)
    return _explain(state, evaluation, Channel.PHONE, command.reasons, command.words, now)


def enter_paper_vote(state: HallState, command: cmd.EnterPaperVote, now: Now) -> Decision:
    """By whoever has nothing to gain from it: nobody enters a vote for their own service."""
    _check_level(command.level)
    ballot = state.ballots.get(command.ticket)
    if ballot is None:
        raise UnknownTicket(ticket=command.ticket)
    evaluation = _unvoted(ballot.legs.get(command.leg))
    if evaluation.staff == command.staff:
        raise OwnService
    why = command.why.strip()
    if not why:
        raise ReasonNeeded
    zone = state.plan.zone
    if not evaluation.day <= command.given_on <= business_day(now.at, zone):
        raise PaperDayWrong
    if evaluation.until is None or command.given_on >= business_day(evaluation.until, zone):
        raise VotingOver
    reasons, words = _checked(state, command.level, command.reasons, command.words)
    vote = EvaluationVoted(
        at=now.at,
        ticket=evaluation.ticket,
        leg=evaluation.leg,
        window=evaluation.window,
        staff=evaluation.staff,
        level=command.level,
        channel=Channel.PAPER,
        entered_by=command.staff,
        why=why,
        given_on=command.given_on,
    )
    events: list[Event] = opened_with(state, evaluation, vote)
    if reasons or words:
        events.append(_explanation(evaluation, reasons, words, now.at))
    return Decision(events)


def _on_phone(state: HallState, holder: str, leg: int) -> Evaluation | None:
    """By the secret token only: an id, which others may know, opens nothing."""
    ticket = state.voters.get(holder)
    if ticket is None and holder in state.tokens:
        raise EvaluationClosed
    if ticket is None:
        raise UnknownTicket(ticket=holder)
    return state.ballots[ticket].legs.get(leg)


def _unvoted(evaluation: Evaluation | None) -> Evaluation:
    if evaluation is None or evaluation.outcome is Outcome.WITHDRAWN:
        raise EvaluationClosed
    if evaluation.outcome is Outcome.VOTED:
        raise AlreadyVoted
    return evaluation


def _open_evaluation(state: HallState, token: str) -> Evaluation:
    evaluation = _unvoted(state.evaluations.get(token))
    if not evaluation.is_open:
        raise EvaluationClosed
    return evaluation


def _explain(
    state: HallState, evaluation: Evaluation | None, channel: Channel, reasons: tuple[str, ...], words: str, now: Now
) -> Decision:
    """Reasons complete the vote that came the same way, once, and soon after it; the level stands as it was pressed."""
    if evaluation is None or evaluation.level is None or evaluation.ended_at is None:
        raise EvaluationClosed
    if evaluation.channel is not channel or now.at > evaluation.ended_at + REASONS_WITHIN[channel]:
        raise EvaluationClosed
    if evaluation.explained:
        raise AlreadyExplained
    given, said = _checked(state, evaluation.level, reasons, words)
    return Decision([_explanation(evaluation, given, said, now.at)] if given or said else [])


def _checked(state: HallState, level: int, reasons: tuple[str, ...], words: str) -> tuple[tuple[str, ...], str]:
    given = tuple(dict.fromkeys(reasons))
    for code in given:
        if code not in state.plan.reasons or not code.startswith(str(int(level))):
            raise WrongReason(reason=code)
    said = " ".join(words.split())
    if len(said) > LONGEST_WORDS:
        raise TextLength(most=LONGEST_WORDS)
    return given, said


def _check_level(level: int) -> None:
    if level not in _LEVELS:
        raise UnknownLevel(level=level)


def _vote(
    evaluation: Evaluation,
    level: int,
    channel: Channel,
    now: Now,
    key: int | None = None,
    pressed_at: datetime | None = None,
) -> EvaluationVoted:
    return EvaluationVoted(
        at=now.at,
        ticket=evaluation.ticket,
        leg=evaluation.leg,
        window=evaluation.window,
        staff=evaluation.staff,
        level=level,
        channel=channel,
        key=key,
        pressed_at=pressed_at,
    )


def _explanation(evaluation: Evaluation, reasons: tuple[str, ...], words: str, at: datetime) -> EvaluationExplained:
    return EvaluationExplained(
        at=at,
        ticket=evaluation.ticket,
        leg=evaluation.leg,
        window=evaluation.window,
        staff=evaluation.staff,
        reasons=reasons,
        words=words,
    )
