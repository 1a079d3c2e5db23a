"""The single writer of one hall."""

from __future__ import annotations

import logging
import secrets
from collections.abc import Callable
from datetime import datetime
from typing import Any, TypeVar, cast

import gevent
from gevent.event import Event
from gevent.threadpool import ThreadPool
from sqlalchemy import Connection

from server.engine.answers import REMEMBERED
from server.engine.clock import HallClock
from server.engine.errors import EngineError, Objection, Stopping, WriteRefused
from server.engine.publisher import Publisher
from server.engine.replan import PlanInForce, Replan
from server.engine.role import REFUSALS, Role
from server.engine.waiting import Job, WaitingJobs, refuse
from server.engine.waits import Waits
from server.engine.writer import Writer
from server.hall.commands import Command, PassTime
from server.hall.decisions.timing import due
from server.hall.plan import HallPlan
from server.hall.state import HallState
from server.store.database import Database
from server.store.journal import LeaseLost, WriteFailed
from server.store.lease import Lease
from server.terminal import Subscription

__all__ = ["HallEngine", "Role", "system_nonce"]

_log = logging.getLogger(__name__)
A = TypeVar("A")
T = TypeVar("T")

_LEASE_ROUND = 1.0
_TIME_ROUND = 0.25
_RETRY_AFTER = 0.5
_GRACE = 5.0


def system_nonce() -> str:
    return secrets.token_urlsafe(9)


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
        clock: Callable[[], datetime] | None = None,
        nonce: Callable[[], str] = system_nonce,
    ) -> None:
        self._plans = PlanInForce(plan)
        self.role = Role.STARTING
        self.clock = clock = clock or HallClock()
        self.failure: BaseException | None = None
        self.failed = Event()
        self.on_taking_over: Callable[[], None] = lambda: None
        self._nonce = nonce
        self._database = database
        self._lease = lease
        self._writer = Writer(plan, clock, nonce)
        self._waiting = WaitingJobs()
        self._settled = Event()
        self._serving = Event()
        self._publisher = Publisher()
        self.waits = Waits(self)
        self._told: int | None = None
        self._writer_thread = ThreadPool(1)
        self._lease_thread = ThreadPool(1)
        self._readers = ThreadPool(4)
        self._living: gevent.Greenlet[..., Any] = gevent.Greenlet(self._live)
        self._watching: gevent.Greenlet[..., Any] = gevent.Greenlet(self._watch_clock)

    @property
    def plan(self) -> HallPlan:
        """The plan in force."""
        return self._plans.now

    # What terminals use.

    def do(self, command: Command[A], key: str | None = None) -> A:
        """Give a command and wait until what follows from it is durable.

        `key` is the button's idempotency key: the same key gets the same answer, without the command being done again.
        Raises HallError when the hall refuses, EngineError when it cannot be asked, KeyReused on a key of another verb.
        """
        self.check_serving()
        job = Job(command, key)
        self._waiting.add(job)
        return cast(A, job.result.get())

    def replan(self, plan: HallPlan, staff: str | None, then: Callable[[], None] = lambda: None) -> None:
        """Go on under another plan of the same hall, and wait until the log says so.

        `then` runs with the commit, before anybody can look at the hall again; it must not wait. A process that stands
        by takes the plan for the day on which it takes over, and the log has no part in it. Raises PlanChanged when the
        plan lacks what was used today, EngineError when the hall cannot be asked.
        """
        if (plan.id, plan.zone) != (self.plan.id, self.plan.zone):
            raise ValueError("another hall or another time zone")
        command = Replan(plan, staff, then)
        if self.role is Role.STANDBY:
            self._plans.take(command)
        else:
            self.do(command)

    def objections(self, plan: HallPlan) -> list[Objection]:
        """What speaks against going on under `plan`, as `replan` would find it now; nothing does while standing by."""
        if self.role is Role.STANDBY:
            return []
        return self.read(lambda state: self._writer.objections(plan))

    def read(self, view: Callable[[HallState], T]) -> T:
        """Look at the committed state. `view` must not wait for anything, nor keep what it was shown."""
        self.check_serving()
        while not self._settled.is_set():
            self._settled.wait()
            self.check_serving()
        return view(self._writer.hall.state)

    def query(self, query: Callable[[Connection], T]) -> T:
        """Ask the database, in a thread."""
        answer: T = self._readers.apply(self._database.read, (query,))
        return answer

    def keep(self, change: Callable[[Connection], T]) -> T:
        """Write down, in a thread, what follows from the database alone and can be made anew from it at any time."""
        kept: T = self._readers.apply(self._database.write, (change,))
        return kept

    def subscribe(self, subscription: Subscription) -> None:
        self._publisher.subscribe(subscription)

    def start(self) -> None:
        self._living.link_exception(self._give_up)
        self._living.start()
        self._watching.start()

    def wait_until_serving(self, timeout: float | None = None) -> bool:
        """True once this process owns the hall and has rebuilt it."""
        return bool(self._serving.wait(timeout))

    def stop(self) -> None:
        """Finish the batch under way, refuse the rest, and let the next owner in.

        A write that does not end in time keeps the lease: the next owner must not read the log before it is there.
        """
        owner, self.role = self.role is Role.OWNER, Role.STOPPED
        self._serving.clear()
        if owner:
            self._waiting.nudge()
            self._living.join(_GRACE)
        finished = self._living.dead or not owner
        gevent.killall([self._living, self._watching])
        self._waiting.refuse_all(Stopping)
        self._publisher.stop()
        if finished:
            self._lease_thread.apply(self._lease.release)
            self._writer_thread.apply(self._writer.close)

    def _give_up(self, living: gevent.Greenlet[..., Any]) -> None:
        """The log cannot be read, for instance because a newer version wrote it: serving on would be guessing."""
        _log.critical("hall %s stops: %s", self.plan.id, living.exception)
        self.failure = living.exception
        self.failed.set()
        self.role = Role.STOPPED
        self._settled.set()
        self._waiting.refuse_all(Stopping)

    def _turn(self, role: Role) -> None:
        if not self._stopped:
            self.role = role

    @property
    def _stopped(self) -> bool:
        return self.role is Role.STOPPED

    def check_serving(self) -> None:
        """Raises EngineError unless this process owns the hall and has rebuilt it."""
        if self.role is not Role.OWNER:
            raise REFUSALS[self.role]

    def _live(self) -> None:
        """Become the owner, rebuild, serve until the hall is lost or a write fails; then again."""
        while not self._stopped:
            self._become_owner()
            renewing = gevent.spawn(self._renew_lease)
            try:
                self._take_over()
                self._rebuild()
                self._serve()
            except LeaseLost:
                _log.warning("hall %s now belongs to another process", self.plan.id)
                self._turn(Role.STANDBY)
            except WriteFailed as error:
                _log.error("hall %s is rebuilt after a failed write: %s", self.plan.id, error)
                self._turn(Role.STARTING)
            else:
                return
            finally:
                renewing.kill()
                self._serving.clear()
                self._settled.set()
                self._waiting.refuse_all(Stopping if self._stopped else WriteRefused)
            gevent.sleep(_RETRY_AFTER)

    def _become_owner(self) -> None:
        if self._lease_thread.apply(self._lease.renew):
            return
        self._told = None
        while not self._lease_thread.apply(self._lease.acquire):
            self._turn(Role.STANDBY)
            gevent.sleep(_LEASE_ROUND)

    def _take_over(self) -> None:
        """The configuration may have been changed while another process owned the hall. It cannot change from here."""
        if self.role is Role.STANDBY:
            self._plans.propose(None)
            self.on_taking_over()
            self._turn(Role.STARTING)

    def _renew_lease(self) -> None:
        """A lease that was not renewed may be lost: the writer is sent to look at the fence."""
        while True:
            gevent.sleep(_LEASE_ROUND)
            if not self._lease_thread.apply(self._lease.renew):
                self._waiting.nudge()

    # The writer.

    def _rebuild(self) -> None:
        """The hall as the log tells it, and whatever was committed although its commit was reported as failed."""
        self._writer_thread.apply(self._writer.close)
        self._settled.clear()
        self._writer = writer = Writer(self.plan, self.clock, self._nonce)
        recorded, answers = self._writer_thread.apply(writer.open, (self._database, self._lease.epoch))
        self._plans.settle(recorded)
        writer.replay(self.plan, recorded, answers)
        if isinstance(self.clock, HallClock) and writer.hall.state.now is not None:
            self.clock.not_before(writer.hall.state.now)
        self._turn(Role.OWNER)
        self._settled.set()
        if self._told is not None:
            self._publisher.publish([entry for entry in recorded if entry.seq > (self._told or 0)])
        self._told = writer.hall.state.seq
        self._serving.set()

    def _serve(self) -> None:
        while self.role is Role.OWNER:
            jobs, nudged = self._waiting.take()
            self._settled.clear()
            try:
                decided, batch = self._writer.decide(jobs)
                self._plans.propose(decided.replanned)
                if batch.is_worth_writing or nudged:
                    self._writer_thread.apply(self._writer.write, (batch,))
            except WriteFailed:
                refuse(jobs, WriteRefused)
                raise
            except Exception as bug:
                # Memory may hold half of what a command meant to do: nobody may hear of any of it.
                _log.exception("hall %s: a command failed", self.plan.id)
                refuse(jobs, WriteRefused)
                raise WriteFailed(repr(bug)) from bug
            self._plans.adopt()
            self._settled.set()
            decided.reply()
            if decided.events:
                self._told = decided.events[-1].seq
                self._publisher.publish(decided.events)
            # Readers waited for a settled state and must see one, however many commands wait by now.
            gevent.sleep(0)

    def _watch_clock(self) -> None:
        """Time brings events of its own: evaluations run out and days turn without anybody pressing anything."""
        while True:
            gevent.sleep(_TIME_ROUND)
            if self.role is not Role.OWNER or not self._settled.is_set():
                continue
            self._writer.forget_answers_before(self.clock() - REMEMBERED)
            if due(self._writer.hall.state, self.clock()):
                try:
                    self.do(PassTime())
                except EngineError as error:
                    _log.info("hall %s could not pass time: %s", self.plan.id, error.code)
