"""The commands that wait for their turn."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass, field
from typing import Any

from gevent.event import AsyncResult
from gevent.queue import SimpleQueue

from server.engine.errors import EngineError, Overloaded
from server.hall.commands import Command

_BATCH = 256
_MOST_WAITING = 5_000


@dataclass(slots=True)
class Job:
    """A command and whoever waits for its answer. `key` is the button's idempotency key."""

    command: Command[Any]
    key: str | None
    result: AsyncResult[Any] = field(default_factory=AsyncResult)


class WaitingJobs:
    """First come, first served, up to a batch at a time. None in the queue is a nudge."""

    def __init__(self) -> None:
        self._queue: SimpleQueue[Job | None] = SimpleQueue()

    def add(self, job: Job) -> None:
        """Raises Overloaded when so many wait that this one would be answered too late to be of use."""
        if len(self._queue) >= _MOST_WAITING:
            raise Overloaded
        self._queue.put(job)

    def nudge(self) -> None:
        """Make `take` return though nobody may have asked for anything."""
        self._queue.put(None)

    def take(self) -> tuple[list[Job], bool]:
        """Wait for somebody; (who waits by then, whether there was a nudge among them)."""
        taken = [self._queue.get()]
        taken += [self._queue.get_nowait() for _ in range(min(len(self._queue), _BATCH - 1))]
        jobs = [job for job in taken if job is not None]
        return jobs, len(jobs) < len(taken)

    def refuse_all(self, error: type[EngineError]) -> None:
        waiting = [self._queue.get_nowait() for _ in range(len(self._queue))]
        refuse((job for job in waiting if job is not None), error)


def refuse(jobs: Iterable[Job], error: type[EngineError]) -> None:
    for job in jobs:
        job.result.set_exception(error())
