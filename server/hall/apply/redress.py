"""差评: cases opened, worked on and closed.

A rebuilt hall is told the events of cases as far back as one can be worked on. An older case that it was not told of
must not end the hall: its later events change nothing.
"""

from __future__ import annotations

from dataclasses import replace

from server.hall import events as ev
from server.hall.apply.registry import applies
from server.hall.evaluation import Level
from server.hall.low_rating import Appeal, CallBack, Case, SecondVote, Step, StepTaken, case_id
from server.hall.state import HallState

_NEXT = {Step.RECTIFY: Step.ANSWER, Step.ANSWER: Step.REVIEW}


@applies(ev.RedressOpened)
def _opened(state: HallState, event: ev.RedressOpened) -> None:
    case = Case(
        ticket=event.ticket or "",
        leg=event.leg or 0,
        holder=event.holder,
        service=event.service,
        window=event.window or 0,
        staff=event.staff or "",
        level=Level(event.level),
        channel=event.channel,
        opened_at=event.at,
        verify_by=event.verify_by,
        close_by=event.close_by,
        changed_at=event.at,
    )
    state.cases[case.id] = state.touched_cases[case.id] = case
    if case.holder:
        state.complainants[case.holder] = (*state.complainants.get(case.holder, ()), case.id)


@applies(ev.RedressStepTaken)
def _step_taken(state: HallState, event: ev.RedressStepTaken) -> None:
    case = _case(state, event)
    if case is None:
        return
    taken = StepTaken(event.step, event.at, event.staff or "", event.words, event.verdict)
    case.steps = (*case.steps, taken)
    case.next = _next(taken)
    case.ended_at = event.at if case.next is None else None
    if event.again_until is not None:
        case.again_until = event.again_until


@applies(ev.RedressCalledBack)
def _called_back(state: HallState, event: ev.RedressCalledBack) -> None:
    case = _case(state, event)
    if case is None:
        return
    call = CallBack(event.at, event.staff or "", event.called_at, event.reached, event.content, event.words)
    case.calls = (*case.calls, call)


@applies(ev.RedressAppealed)
def _appealed(state: HallState, event: ev.RedressAppealed) -> None:
    case = _case(state, event)
    if case is not None:
        case.appeal = Appeal(event.at, event.staff or "", event.ground, event.words)


@applies(ev.RedressAppealDecided)
def _appeal_decided(state: HallState, event: ev.RedressAppealDecided) -> None:
    case = _case(state, event)
    if case is None or case.appeal is None:
        return
    case.appeal = replace(
        case.appeal,
        granted=event.granted,
        decided_at=event.at,
        decided_by=event.staff or "",
        decision=event.words,
    )
    if event.granted:
        case.next, case.ended_at, case.excluded = None, event.at, True


@applies(ev.RedressVotedAgain)
def _voted_again(state: HallState, event: ev.RedressVotedAgain) -> None:
    case = _case(state, event)
    if case is not None:
        case.again = SecondVote(event.at, Level(event.level))


def _case(state: HallState, event: ev.Event) -> Case | None:
    case = state.cases.get(case_id(event.ticket, event.leg))
    if case is not None:
        state.touched_cases[case.id] = case
        case.changed_at = event.at
    return case


def _next(taken: StepTaken) -> Step | None:
    if taken.step is Step.VERIFY:
        return Step.RECTIFY if taken.verdict else Step.ANSWER
    if taken.step is Step.REVIEW:
        return None if taken.verdict else Step.RECTIFY
    return _NEXT[taken.step]
