"""The single writer of one hall."""

from __future__ import annotations

import logging
import secrets
from collections.abc import Callable, Sequence
from dataclasses import dataclass, field
from datetime import UTC, datetime
from enum import StrEnum
from typing import Any, TypeVar, cast

import gevent
from gevent.event import AsyncResult, Event
from gevent.queue import Empty, SimpleQueue
from gevent.threadpool import ThreadPool
from sqlalchemy import Connection

from server.engine.answers import REMEMBERED, Answers
from server.engine.errors import EngineError, KeyReused, Overloaded, StandingBy, Starting, Stopping, WriteRefused
from server.engine.publisher import Publisher
from server.hall import Hall
from server.hall.commands import Command, PassTime
from server.hall.decisions.timing import due
from server.hall.errors import HallError
from server.hall.events import Recorded
from server.hall.log import Row, from_row, to_microseconds, to_row
from server.hall.plan import HallPlan
from server.hall.state import HallState
from server.store.database import Database
from server.store.journal import Answer, Batch, Journal, LeaseLost, WriteFailed
from server.store.lease import Lease
from server.store.projection import project
from server.terminal import Subscription

_log = logging.getLogger(__name__)
A = TypeVar("A")
T = TypeVar("T")

_BATCH = 256
_MOST_WAITING = 5_000
_LEASE_ROUND = 1.0
_TIME_ROUND = 0.25
_RETRY_AFTER = 0.5


def system_clock() -> datetime:
    return datetime.now(UTC)


def system_nonce() -> str:
    return secrets.token_urlsafe(9)


class Role(StrEnum):
    """What this process is to the hall."""

    STARTING = "starting"
    STANDBY = "standby"
    OWNER = "owner"
    STOPPED = "stopped"


@dataclass(slots=True)
class _Job:
    command: Command[Any]
    key: str | None
    result: AsyncResult[Any]


@dataclass(slots=True)
class _Round:
    """One batch under way: what to write, and what to tell whom once it is written."""

    events: list[Recorded] = field(default_factory=list)
    answers: list[Answer] = field(default_factory=list)
    replies: list[tuple[AsyncResult[Any], Any, Exception | None]] = field(default_factory=list)


class HallEngine:
    """The hall's handle: `do` a command, `read` the state, `query` the database.

    Commands wait in one queue. The writer handles what is waiting in memory, writes it in one transaction in a thread,
    and only then answers and publishes. When a write fails, memory is thrown away and rebuilt from the log.
    """

    def __init__(
        self,
        plan: HallPlan,
        database: Database,
        lease: Lease,
        *,
        clock: Callable[[], datetime] = system_clock,
        nonce: Callable[[], str] = system_nonce,
    ) -> None:
        self.plan = plan
        self.role = Role.STARTING
        self.clock = clock
        self._nonce = nonce
        self._database = database
        self._lease = lease
        self._hall = Hall(plan)
        self._answers = Answers()
        self._waiting: SimpleQueue[_Job] = SimpleQueue()
        self._settled = Event()
        self._serving = Event()
        self._publisher = Publisher()
        self._writer_thread = ThreadPool(1)
        self._lease_thread = ThreadPool(1)
        self._readers = ThreadPool(4)
        self._greenlets: list[gevent.Greenlet[..., Any]] = []

    # What terminals use.

    def do(self, command: Command[A], key: str | None = None) -> A:
        """Give a command and wait until what follows from it is durable.

        `key` is the button's idempotency key: the same key gets the same answer, without the command being done again.
        Raises HallError when the hall refuses, EngineError when it cannot be asked, KeyReused on a key of another verb.
        """
        self._check_serving()
        if len(self._waiting) >= _MOST_WAITING:
            raise Overloaded
        result: AsyncResult[Any] = AsyncResult()
        self._waiting.put(_Job(command, key, result))
        return cast(A, result.get())

    def read(self, view: Callable[[HallState], T]) -> T:
        """Look at the committed state. `view` must not wait for anything, nor keep what it was shown."""
        self._check_serving()
        while not self._settled.is_set():
            self._settled.wait()
            self._check_serving()
        return view(self._hall.state)

    def query(self, query: Callable[[Connection], T]) -> T:
        """Ask the database, in a thread."""
        answer: T = self._readers.apply(self._database.read, (query,))
        return answer

    def subscribe(self, subscription: Subscription) -> None:
        self._publisher.subscribe(subscription)

    # Life.

    def start(self) -> None:
        living = gevent.spawn(self._live)
        living.link_exception(self._give_up)
        self._greenlets = [living, gevent.spawn(self._watch_clock)]

    def wait_until_serving(self, timeout: float | None = None) -> bool:
        """True once this process owns the hall and has rebuilt it."""
        return bool(self._serving.wait(timeout))

    def stop(self) -> None:
        """Finish the batch under way, refuse the rest, and let the next owner in."""
        self.role = Role.STOPPED
        self._serving.clear()
        self._settled.wait(timeout=5)
        gevent.killall(self._greenlets)
        self._refuse_waiting(Stopping())
        self._lease_thread.apply(self._lease.release)
        self._publisher.stop()

    def _give_up(self, living: gevent.Greenlet[..., Any]) -> None:
        """The log cannot be read, for instance because a newer version wrote it: serving on would be guessing."""
        _log.critical("hall %s stops: %s", self.plan.id, living.exception)
        self.role = Role.STOPPED
        self._settled.set()
        self._refuse_waiting(Stopping())

    def _check_serving(self) -> None:
        if self.role is Role.OWNER:
            return
        raise {Role.STARTING: Starting, Role.STANDBY: StandingBy, Role.STOPPED: Stopping}[self.role]

    def _live(self) -> None:
        """Become the owner, rebuild, serve until the hall is lost or a write fails; then again."""
        while True:
            self._become_owner()
            renewing = gevent.spawn(self._renew_lease)
            try:
                self._serve(self._rebuild())
            except LeaseLost:
                _log.warning("hall %s now belongs to another process", self.plan.id)
                self.role = Role.STANDBY
            except WriteFailed as error:
                _log.error("hall %s is rebuilt after a failed write: %s", self.plan.id, error)
                self.role = Role.STARTING
                gevent.sleep(_RETRY_AFTER)
            finally:
                renewing.kill()
                self._serving.clear()
                self._settled.set()
                self._refuse_waiting(WriteRefused())

    def _become_owner(self) -> None:
        if self._lease_thread.apply(self._lease.renew):
            return
        while not self._lease_thread.apply(self._lease.acquire):
            self.role = Role.STANDBY
            gevent.sleep(_LEASE_ROUND)

    def _renew_lease(self) -> None:
        """A lease that cannot be renewed is found lost by the next write: nothing else needs to be done here."""
        while True:
            gevent.sleep(_LEASE_ROUND)
            self._lease_thread.apply(self._lease.renew)

    def _rebuild(self) -> Journal:
        """The hall as the log tells it, nothing else."""
        hall = Hall(self.plan)
        oldest = to_microseconds(self.clock() - REMEMBERED)
        read: tuple[Journal, list[Row], list[Answer]] = self._writer_thread.apply(self._read_log, (oldest,))
        journal, rows, answers = read
        for row in rows:
            hall.apply(from_row(row))
        hall.state.touched.clear()
        self._hall = hall
        self._answers.load(answers)
        self.role = Role.OWNER
        self._settled.set()
        self._serving.set()
        return journal

    def _read_log(self, oldest: int) -> tuple[Journal, list[Row], list[Answer]]:
        try:
            journal = Journal(self._database, self.plan.id, self._lease.epoch)
        except Exception as error:
            raise WriteFailed(str(error)) from error
        return journal, journal.open_day(), journal.answers_since(oldest)

    # The writer.

    def _serve(self, journal: Journal) -> None:
        while True:
            first = self._waiting.get()
            self._settled.clear()
            batch = _Round()
            try:
                self._handle([first, *self._whatever_waits()], batch)
                if batch.events or batch.answers:
                    self._writer_thread.apply(journal.write, (self._to_write(batch),))
            except WriteFailed:
                self._reply(batch, WriteRefused())
                raise
            self._settled.set()
            self._reply(batch)
            if batch.events:
                self._publisher.publish(batch.events)

    def _whatever_waits(self) -> list[_Job]:
        jobs: list[_Job] = []
        try:
            while len(jobs) < _BATCH:
                jobs.append(self._waiting.get_nowait())
        except Empty:
            pass
        return jobs

    def _handle(self, jobs: Sequence[_Job], batch: _Round) -> None:
        for place, job in enumerate(jobs):
            try:
                batch.replies.append((job.result, self._handle_one(job, batch), None))
            except (HallError, KeyReused) as refusal:
                batch.replies.append((job.result, None, refusal))
            except Exception as bug:
                # Memory may hold half of what the command meant to do: nothing of this batch may be written.
                _log.exception("command %s failed", type(job.command).__name__)
                batch.replies += [(other.result, None, None) for other in jobs[place:]]
                raise WriteFailed(repr(bug)) from bug

    def _handle_one(self, job: _Job, batch: _Round) -> Any:
        verb = type(job.command).__name__
        if job.key is not None:
            answered, answer = self._answers.find(job.key, verb)
            if answered:
                return answer
        at = self.clock()
        reply = self._hall.handle(job.command, at, self._nonce())
        batch.events += reply.events
        if reply.error is not None:
            raise reply.error
        if job.key is not None and reply.events:
            batch.answers.append(self._answers.keep(job.key, verb, to_microseconds(at), reply.answer))
        return reply.answer

    def _to_write(self, batch: _Round) -> Batch:
        touched = self._hall.state.touched
        projection = project(self.plan.id, touched.values())
        touched.clear()
        return Batch([to_row(recorded) for recorded in batch.events], projection, batch.answers)

    def _reply(self, batch: _Round, failure: EngineError | None = None) -> None:
        for result, answer, error in batch.replies:
            problem = failure or error
            if problem is not None:
                result.set_exception(problem)
            else:
                result.set(answer)

    def _refuse_waiting(self, error: EngineError) -> None:
        for job in self._whatever_waits():
            job.result.set_exception(error)

    def _watch_clock(self) -> None:
        """Time brings events of its own: evaluations run out and days turn without anybody pressing anything."""
        while True:
            gevent.sleep(_TIME_ROUND)
            if self.role is Role.OWNER and self._settled.is_set() and due(self._hall.state, self.clock()):
                try:
                    self.do(PassTime())
                except EngineError:
                    continue
            self._answers.forget_before(to_microseconds(self.clock() - REMEMBERED))
