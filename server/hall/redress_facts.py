"""A case of 差评 as plain facts: what the database keeps of it beside its columns."""

from __future__ import annotations

from typing import TypedDict

from server.hall.facts import moment
from server.hall.low_rating import Case


class StepFacts(TypedDict):
    step: str
    at: str
    staff: str
    words: str
    verdict: bool | None


class CallFacts(TypedDict):
    at: str
    staff: str
    called_at: str
    reached: bool
    content: bool | None
    words: str


class AppealFacts(TypedDict):
    at: str
    staff: str
    ground: str
    words: str
    granted: bool | None
    decided_at: str | None
    decided_by: str
    decision: str


class SecondVoteFacts(TypedDict):
    at: str
    level: int


class HistoryFacts(TypedDict):
    revision: int
    steps: list[StepFacts]
    calls: list[CallFacts]
    appeal: AppealFacts | None
    again_until: str | None
    again: SecondVoteFacts | None


def history_facts(case: Case) -> HistoryFacts:
    """All that has happened in the case, in the order in which it happened among its kind."""
    appeal, again = case.appeal, case.again
    return {
        "revision": case.revision,
        "steps": [
            {
                "step": taken.step.value,
                "at": taken.at.isoformat(),
                "staff": taken.staff,
                "words": taken.words,
                "verdict": taken.verdict,
            }
            for taken in case.steps
        ],
        "calls": [
            {
                "at": call.at.isoformat(),
                "staff": call.staff,
                "called_at": call.called_at.isoformat(),
                "reached": call.reached,
                "content": call.content,
                "words": call.words,
            }
            for call in case.calls
        ],
        "appeal": None
        if appeal is None
        else {
            "at": appeal.at.isoformat(),
            "staff": appeal.staff,
            "ground": appeal.ground.value,
            "words": appeal.words,
            "granted": appeal.granted,
            "decided_at": moment(appeal.decided_at),
            "decided_by": appeal.decided_by,
            "decision": appeal.decision,
        },
        "again_until": moment(case.again_until),
        "again": None if again is None else {"at": again.at.isoformat(), "level": int(again.level)},
    }
