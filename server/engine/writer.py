"""A hall in memory with the journal it is kept in: made together from the log, thrown away together."""

from __future__ import annotations

import logging
from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass, field
from datetime import datetime
from typing import Any

from gevent.event import AsyncResult

from server.engine.answers import Answers, fingerprint
from server.engine.errors import KeyReused, Objection, PlanChanged
from server.engine.replan import Replan, Replanned
from server.engine.used_today import UsedToday, booked_without
from server.engine.waiting import Job
from server.hall import Hall
from server.hall.commands import PassTime
from server.hall.errors import HallError
from server.hall.events import HallReplanned, Recorded
from server.hall.instant import to_microseconds
from server.hall.log import from_row, to_row
from server.hall.plan import HallPlan
from server.hall.replanning import digest_of
from server.store.database import Database
from server.store.journal import Answer, Batch, Journal
from server.store.projection import Projection, project

_log = logging.getLogger(__name__)


@dataclass(slots=True)
class Round:
    """Some jobs decided in memory: what to write, and what to tell whom once it is written."""

    events: list[Recorded] = field(default_factory=list)
    answers: list[Answer] = field(default_factory=list)
    replies: list[tuple[AsyncResult[Any], Any, Exception | None]] = field(default_factory=list)
    replanned: Replanned | None = None

    def reply(self) -> None:
        for result, answer, refusal in self.replies:
            if refusal is None:
                result.set(answer)
            else:
                result.set_exception(refusal)


class Writer:
    """Decides on the hub, reads and writes in a thread.

    When `decide` or `write` raises, memory and log may differ: only a new Writer knows the hall again.
    """

    def __init__(self, plan: HallPlan, clock: Callable[[], datetime], nonce: Callable[[], str]) -> None:
        self.hall = Hall(plan)
        self._clock = clock
        self._nonce = nonce
        self._answers = Answers()
        self._used = UsedToday()
        self._forget_before: int | None = None
        self._journal: Journal | None = None

    # In a thread.

    def open(self, database: Database, epoch: int | None) -> tuple[list[Recorded], list[Answer]]:
        """The open business day and the answers in the journal. Raises WriteFailed when it cannot be reached."""
        self._journal = Journal(database, self.hall.state.plan.id, epoch)
        return [from_row(row) for row in self._journal.open_day()], self._journal.answers()

    def write(self, batch: Batch) -> None:
        """Raises WriteFailed or LeaseLost."""
        if self._journal is None:
            raise ValueError("not open")
        self._journal.write(batch)

    def close(self) -> None:
        if self._journal is not None:
            self._journal.close()

    # On the hub.

    def replay(self, plan: HallPlan, recorded: Sequence[Recorded], answers: Iterable[Answer]) -> None:
        """Make the hall what the log tells under `plan`, nothing else. Raises PlanChanged."""
        self.hall = Hall(plan)
        self._used.note(recorded)
        self._check_plan(plan)
        for entry in recorded:
            self.hall.apply(entry)
        self._check_plan(plan)
        self._take_touched()
        _compare(plan, recorded)
        self._answers.load(answers)

    def objections(self, plan: HallPlan) -> list[Objection]:
        """What was used today, or is booked, and `plan` no longer has."""
        return self._used.objections(plan) + booked_without(plan, self.hall.state)

    def _check_plan(self, plan: HallPlan) -> None:
        objections = self.objections(plan)
        if objections:
            raise PlanChanged(objections)

    def forget_answers_before(self, at: datetime) -> None:
        """At once in memory, and on disk with the next batch, so that both know the same keys."""
        oldest = to_microseconds(at)
        if self._answers.forget_before(oldest):
            self._forget_before = oldest

    def decide(self, jobs: Sequence[Job]) -> tuple[Round, Batch]:
        """Take the jobs into memory, one after the other. Refusals are replies; anything else raised is a bug."""
        decided = Round()
        for job in jobs:
            try:
                decided.replies.append((job.result, self._decide_one(job, decided), None))
            except (HallError, KeyReused, PlanChanged) as refusal:
                decided.replies.append((job.result, None, refusal))
            except Exception:
                _log.exception("command %s failed", type(job.command).__name__)
                raise
        return decided, self._batch(decided)

    def _decide_one(self, job: Job, decided: Round) -> Any:
        if isinstance(job.command, Replan):
            self._replan(job.command, decided)
            return None
        verb = ""
        if job.key is not None:
            verb = fingerprint(job.command)
            answered, answer = self._answers.find(job.key, verb)
            if answered:
                return answer
        at = self._clock()
        reply = self.hall.handle(job.command, at, self._nonce())
        self._happened(reply.events, decided)
        if reply.error is not None:
            raise reply.error
        if job.key is not None and reply.events:
            decided.answers.append(self._answers.keep(job.key, verb, to_microseconds(at), reply.answer))
        return reply.answer

    def _replan(self, command: Replan, decided: Round) -> None:
        """Raises PlanChanged. Time passes first: with a new day, nothing has been used yet."""
        at = self._clock()
        self._happened(self.hall.handle(PassTime(), at, self._nonce()).events, decided)
        self._check_plan(command.plan)
        events = self.hall.replan(command.plan, command.staff, at)
        self._happened(events, decided)
        decided.replanned = Replanned(command, events[-1])

    def _happened(self, events: list[Recorded], decided: Round) -> None:
        self._used.note(events)
        decided.events += events

    def _batch(self, decided: Round) -> Batch:
        state = self.hall.state
        revised = sorted({vote.day for vote in state.touched_evaluations.values() if vote.day != state.day})
        excluded = [(case.ticket, case.leg) for case in state.touched_cases.values() if case.excluded]
        projection = self._take_touched()
        forget_before, self._forget_before = self._forget_before, None
        events = [to_row(entry) for entry in decided.events]
        return Batch(events, projection, decided.answers, forget_before, revised, excluded)

    def _take_touched(self) -> Projection:
        """Rows of what has changed since this was last asked for."""
        state = self.hall.state
        rows = project(
            state.plan.id,
            state.touched.values(),
            state.touched_appointments.values(),
            state.touched_prints.values(),
            state.touched_evaluations.values(),
            state.touched_cases.values(),
        )
        state.touched.clear()
        state.touched_appointments.clear()
        state.touched_prints.clear()
        state.touched_evaluations.clear()
        state.touched_cases.clear()
        return rows


def _compare(plan: HallPlan, recorded: Sequence[Recorded]) -> None:
    """A standby that took over with another configuration should not go unnoticed."""
    told = [entry.event.digest for entry in recorded if isinstance(entry.event, HallReplanned)]
    if told and told[-1] != digest_of(plan):
        _log.warning(
            "hall %s was last reloaded to plan %s today; this process has %s", plan.id, told[-1], digest_of(plan)
        )
