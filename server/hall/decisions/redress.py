"""差评: a low rating opens a case with its vote, and leaders answer it step by step within its deadlines.

Nobody works on a case about a service of their own: to them it is not there.
"""

from __future__ import annotations

from datetime import UTC

from server.hall import commands as cmd
from server.hall import events as ev
from server.hall.calendar import business_day
from server.hall.decisions.decision import Decision, Now
from server.hall.errors import (
    AlreadyAppealed,
    AlreadyVoted,
    AppealPending,
    CallTimeWrong,
    CaseEnded,
    NoAppeal,
    NotAskedAgain,
    OwnAppeal,
    StaleCase,
    TextLength,
    UnknownCase,
    UnknownLevel,
    UnknownTicket,
    VerdictNeeded,
    VotingOver,
    WrongStep,
)
from server.hall.evaluation import Evaluation, Level
from server.hall.low_rating import LONGEST_TOLD, LOW, Case, Step
from server.hall.state import HallState
from server.hall.working_days import end_after

_JUDGED = (Step.VERIFY, Step.REVIEW)


def opened_with(state: HallState, evaluation: Evaluation, vote: ev.EvaluationVoted) -> list[ev.Event]:
    """The vote, and its case when it is a low one."""
    if vote.level not in LOW:
        return [vote]
    rule, plan = state.plan.rules.redress, state.plan
    ballot = state.ballots.get(evaluation.ticket)
    today = business_day(vote.at, plan.zone)
    opened = ev.RedressOpened(
        at=vote.at,
        ticket=evaluation.ticket,
        leg=evaluation.leg,
        window=evaluation.window,
        staff=evaluation.staff,
        service=evaluation.service,
        holder=ballot.holder if ballot else "",
        level=vote.level,
        channel=vote.channel,
        verify_by=end_after(plan.hours, plan.zone, today, rule.verify_days),
        close_by=end_after(plan.hours, plan.zone, today, rule.close_days),
    )
    return [vote, opened]


def take_step(state: HallState, command: cmd.TakeStep, now: Now) -> Decision:
    case = _open_case(state, command.case, command.staff, command.seen)
    if command.step is not case.next:
        raise WrongStep(step=case.next)
    if (command.verdict is not None) != (command.step in _JUDGED):
        raise VerdictNeeded
    if command.step is Step.REVIEW and command.verdict and case.appeal is not None and case.appeal.granted is None:
        raise AppealPending
    again_until = None
    if command.step is Step.ANSWER and case.again is None:
        plan = state.plan
        today = business_day(now.at, plan.zone)
        again_until = end_after(plan.hours, plan.zone, today, plan.rules.redress.revote_days)
    event = ev.RedressStepTaken(
        at=now.at,
        ticket=case.ticket,
        leg=case.leg,
        staff=command.staff,
        step=command.step,
        words=_told(command.words),
        verdict=command.verdict,
        again_until=again_until,
    )
    return Decision([event])


def record_call_back(state: HallState, command: cmd.RecordCallBack, now: Now) -> Decision:
    """Whoever was not reached has said nothing of being content."""
    case = _case(state, command.case, command.staff, command.seen)
    called_at = now.at if command.called_at is None else command.called_at.astimezone(UTC)
    if not case.opened_at <= called_at <= now.at:
        raise CallTimeWrong
    event = ev.RedressCalledBack(
        at=now.at,
        ticket=case.ticket,
        leg=case.leg,
        staff=command.staff,
        called_at=called_at,
        reached=command.reached,
        content=command.content if command.reached else None,
        words=_told(command.words),
    )
    return Decision([event])


def appeal_rating(state: HallState, command: cmd.AppealRating, now: Now) -> Decision:
    case = _open_case(state, command.case, command.staff, command.seen)
    if case.appeal is not None:
        raise AlreadyAppealed
    event = ev.RedressAppealed(
        at=now.at,
        ticket=case.ticket,
        leg=case.leg,
        staff=command.staff,
        ground=command.ground,
        words=_told(command.words),
    )
    return Decision([event])


def decide_appeal(state: HallState, command: cmd.DecideAppeal, now: Now) -> Decision:
    case = _open_case(state, command.case, command.staff, command.seen)
    if case.appeal is None or case.appeal.granted is not None:
        raise NoAppeal
    if case.appeal.staff == command.staff:
        raise OwnAppeal
    event = ev.RedressAppealDecided(
        at=now.at,
        ticket=case.ticket,
        leg=case.leg,
        staff=command.staff,
        granted=command.granted,
        words=_told(command.words),
    )
    return Decision([event])


def vote_again(state: HallState, command: cmd.VoteAgain, now: Now) -> Decision:
    """By the secret token only, once, after the hall's answer; also when the vote was low again."""
    if command.level not in list(Level):
        raise UnknownLevel(level=command.level)
    found = [state.cases[name] for name in state.complainants.get(command.holder, ())]
    if not found and command.holder not in state.voters and command.holder not in state.tokens:
        raise UnknownTicket(ticket=command.holder)
    case = next((case for case in found if case.leg == command.leg), None)
    if case is None or case.excluded or case.again_until is None:
        raise NotAskedAgain
    if case.again is not None:
        raise AlreadyVoted
    if now.at >= case.again_until:
        raise VotingOver
    return Decision([ev.RedressVotedAgain(at=now.at, ticket=case.ticket, leg=case.leg, level=command.level)])


def _case(state: HallState, name: str, staff: str, seen: int | None) -> Case:
    case = state.cases.get(name)
    if case is None or case.staff == staff:
        raise UnknownCase
    if seen is not None and seen != case.revision:
        raise StaleCase
    return case


def _open_case(state: HallState, name: str, staff: str, seen: int | None) -> Case:
    case = _case(state, name, staff, seen)
    if not case.is_open:
        raise CaseEnded
    return case


def _told(words: str) -> str:
    """On one line. Raises TextLength."""
    line = " ".join(words.split())
    if not 1 <= len(line) <= LONGEST_TOLD:
        raise TextLength(most=LONGEST_TOLD)
    return line
