"""A hall in memory with the journal it is kept in: made together from the log, thrown away together."""

from __future__ import annotations

import logging
from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass, field
from datetime import datetime
from typing import Any

from gevent.event import AsyncResult

from server.engine.answers import Answers, fingerprint
from server.engine.errors import KeyReused, PlanChanged
from server.engine.waiting import Job
from server.hall import Hall
from server.hall.errors import HallError
from server.hall.events import Event, Recorded, TicketIssued
from server.hall.instant import to_microseconds
from server.hall.log import from_row, to_row
from server.hall.plan import HallPlan
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

    def replay(self, recorded: Iterable[Recorded], answers: Iterable[Answer]) -> None:
        """Make the hall what the log tells, nothing else."""
        for entry in recorded:
            self._check_plan(entry.event)
            self.hall.apply(entry)
        self._take_touched()
        self._answers.load(answers)

    def _check_plan(self, event: Event) -> None:
        """Raises PlanChanged for something used today that the configuration no longer has."""
        plan = self.hall.state.plan
        if event.window is not None and event.window not in plan.windows:
            raise PlanChanged(f"window {event.window} was used today: keep it in config.yaml until the day is over")
        if isinstance(event, TicketIssued) and event.service not in plan.services:
            raise PlanChanged(
                f"numbers of service {event.service} were given today: keep it in config.yaml until the day is over"
            )

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
            except (HallError, KeyReused) as refusal:
                decided.replies.append((job.result, None, refusal))
            except Exception:
                _log.exception("command %s failed", type(job.command).__name__)
                raise
        return decided, self._batch(decided)

    def _decide_one(self, job: Job, decided: Round) -> Any:
        verb = ""
        if job.key is not None:
            verb = fingerprint(job.command)
            answered, answer = self._answers.find(job.key, verb)
            if answered:
                return answer
        at = self._clock()
        reply = self.hall.handle(job.command, at, self._nonce())
        decided.events += reply.events
        if reply.error is not None:
            raise reply.error
        if job.key is not None and reply.events:
            decided.answers.append(self._answers.keep(job.key, verb, to_microseconds(at), reply.answer))
        return reply.answer

    def _batch(self, decided: Round) -> Batch:
        projection = self._take_touched()
        forget_before, self._forget_before = self._forget_before, None
        return Batch([to_row(entry) for entry in decided.events], projection, decided.answers, forget_before)

    def _take_touched(self) -> Projection:
        """Rows of what has changed since this was last asked for."""
        state = self.hall.state
        rows = project(state.plan.id, state.touched.values(), state.touched_appointments.values())
        state.touched.clear()
        state.touched_appointments.clear()
        return rows
