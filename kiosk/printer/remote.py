"""Printers that hang on other PCs: their jobs handed to the agents there, and what the agents say of them.

What an agent has is compared with the log whenever it polls, so that nothing hangs on a message that got lost: a job
of which nothing was sent is offered until somebody holds it, and one that was begun and that the agent does not hold
died with an earlier life of it.
"""

from __future__ import annotations

import logging
import time
from base64 import b64encode
from collections.abc import Callable, Collection
from dataclasses import asdict
from typing import Any, Final

import gevent
from gevent.event import Event

from kiosk.printer.desk import HallDesk, JobLost, Prepared, PrinterCondition, report
from kiosk.printer.profile import PrinterProfile, profile_of
from kiosk.printer.wire import BeginIn, Condition, JobOut, PollIn, PollOut, Said
from server.config.live import LiveSettings
from server.config.printer_address import agent_of
from server.engine import EngineError, HallEngine
from server.hall.commands import ReportPrint
from server.hall.printing import ENDED, UNSENT, PrintState
from server.hall.state import HallState
from server.web.errors import Refused
from server.web.presence import Presence

_log = logging.getLogger(__name__)
HELD: Final = 4.0
"""Seconds that a poll is held while nothing is to be printed. An agent waits 3 s longer, then the server is dead."""
BACK_WITHIN: Final = 2.0
"""Seconds from the end of a poll to the next one, also over a slow line; later, and the agent is away."""
_START: Final = 8.0  # seconds in which an agent finds a server that was started again
_LOOK: Final = 0.25  # seconds between two looks at whether somebody has left
_MOST_JOBS: Final = 20  # in one answer
_AWAY: Final = PrinterCondition("blocked", "unreachable")
_MISSING: Final = PrinterCondition("blocked", "no_printer")


class RemotePrinters:
    """The posts of all agents. `changed` is told when a printer is not as it was."""

    def __init__(self, hall: HallEngine, live: LiveSettings, changed: Callable[[], None]) -> None:
        self._posts: dict[str, AgentPost] = {}
        self._post_of: dict[str, AgentPost] = {}
        at_agents: dict[str, dict[str, PrinterProfile]] = {}
        for name, printer in live.now.printers().items():
            agent = agent_of(printer.link)
            if agent is not None:
                at_agents.setdefault(agent, {})[name] = profile_of(printer)
        for agent, profiles in at_agents.items():
            self._posts[agent] = AgentPost(agent, hall, live, profiles, changed)
            self._post_of.update(dict.fromkeys(profiles, self._posts[agent]))

    def __contains__(self, printer: str) -> bool:
        return printer in self._post_of

    def post(self, agent: str) -> AgentPost:
        """Raises Refused for an agent that the configuration does not name."""
        if agent not in self._posts:
            raise Refused(403, "forbidden")
        return self._posts[agent]

    def start(self) -> None:
        for post in self._posts.values():
            post.start()

    def stop(self) -> None:
        for post in self._posts.values():
            post.stop()

    def put(self, printer: str, job: str) -> None:
        """Raises JobLost."""
        self._post_of[printer].put(printer, job)

    def condition_of(self, printer: str) -> PrinterCondition:
        return self._post_of[printer].condition_of(printer)

    def states(self) -> list[dict[str, Any]]:
        printers = [
            {"kind": "printer", "id": name, **asdict(post.condition_of(name))} for name, post in self._post_of.items()
        ]
        return printers + [post.state() for post in self._posts.values()]


class AgentPost:
    """One agent's place at the server, whether it is there or not."""

    def __init__(
        self,
        name: str,
        hall: HallEngine,
        live: LiveSettings,
        profiles: dict[str, PrinterProfile],
        changed: Callable[[], None],
    ) -> None:
        self._name = name
        self._hall = hall
        self._live = live
        self._profiles = profiles
        self._desks = {printer: HallDesk(hall, live, profile, changed) for printer, profile in profiles.items()}
        self._changed = changed
        self._presence = Presence(name, BACK_WITHIN)
        self._here: bool | None = None
        self._conditions: dict[str, PrinterCondition] = {}
        self._attempts: dict[str, str] = {}
        self._woken = Event()
        self._watching: gevent.Greenlet[..., Any] | None = None

    def start(self) -> None:
        """It is not known yet whether the agent is there: it has a while to find the server again."""
        self._here = None
        self._presence.expect(_START)
        self._watching = gevent.spawn(self._watch)

    def stop(self) -> None:
        if self._watching is not None:
            self._watching.kill()
        self._presence.expect(0.0)
        self._woken.set()

    def put(self, printer: str, job: str) -> None:
        """Raises JobLost."""
        reason = self.condition_of(printer).reason if self._cannot_take(printer) else None
        if reason is not None:
            report(self._hall, job, PrintState.BLOCKED, reason)
        else:
            self._woken.set()

    def condition_of(self, printer: str) -> PrinterCondition:
        if self._here is None:
            return PrinterCondition()
        return self._conditions.get(printer, _MISSING) if self._here else _AWAY

    def state(self) -> dict[str, Any]:
        """`unsettled`: papers begun there of which nobody knows the end; without the agent, until the day closes."""
        try:
            unsettled = len(self._hall.read(self._begun))
        except EngineError:
            unsettled = 0
        state = {None: "unknown", True: "online", False: "offline"}[self._here]
        reason = "papers_open" if unsettled and self._here is False else None
        return {"kind": "agent", "id": self._name, "state": state, "reason": reason, "unsettled": unsettled}

    # What the agent asks.

    def poll(self, poll: PollIn, has_left: Callable[[], bool]) -> PollOut:
        """Answers once there is something to print for it, or nothing for a while.

        Raises Refused for a second agent of this name while the first is there, and for a poll that was overtaken.
        """
        self._hall.check_serving()
        is_new = self._presence.admit(poll.run, poll.turn)
        try:
            self._are(poll.printers)
            self._settle(poll.holding)
            jobs = self._offer(poll, has_left, HELD if not is_new else 0.0)
        finally:
            self._presence.answered(poll.run, poll.turn)
        too_old = self._live.now.printing.longest_wait.total_seconds()
        return PollOut(profiles=self._profiles, too_old=too_old, jobs=jobs)

    def note(self, run: str, printers: dict[str, Condition]) -> None:
        """How its printers are, in between two polls: only those say that it is there."""
        if self._presence.is_run(run) and self._here:
            self._are(printers)

    def checking(self, job: str) -> None:
        """Its turn has come. Said late, it is refused: nobody waits for it to be written down."""
        if self._hall.read(lambda state: self._is_ours(state, job)):
            self._hall.do(ReportPrint(job, PrintState.CHECKING))

    def begin(self, begin: BeginIn) -> None:
        """SENDING is written down, for this attempt and no other. Raises Refused, HallError or EngineError."""
        asked_before = begin.job in self._attempts
        if not self._presence.is_run(begin.run) or self._attempts.setdefault(begin.job, begin.attempt) != begin.attempt:
            raise Refused(409, "print_out_of_order")
        if not asked_before and not self._hall.read(lambda state: self._may_begin(state, begin.job)):
            self._attempts.pop(begin.job, None)
            raise Refused(409, "print_out_of_order")
        self._hall.do(ReportPrint(begin.job, PrintState.SENDING))
        # Another life of the agent may have come meanwhile, and then only that one may print it.
        if self._attempts.get(begin.job) != begin.attempt:
            raise Refused(409, "print_out_of_order")

    def said(self, said: Said, key: str) -> None:
        """How far a job has come, perhaps long ago. Raises HallError, EngineError or KeyReused."""
        if self._hall.read(lambda state: self._is_ours(state, said.job)):
            self._hall.do(ReportPrint(said.job, said.state, said.reason), key)
        else:
            _log.warning("agent %s: job %s is none of its printers'", self._name, said.job)

    # Who is there.

    def _are(self, printers: dict[str, Condition]) -> None:
        conditions = {
            name: PrinterCondition(**said.model_dump()) for name, said in printers.items() if name in self._profiles
        }
        if (conditions, True) != (self._conditions, self._here):
            self._conditions, self._here = conditions, True
            self._changed()

    def _watch(self) -> None:
        while True:
            gevent.sleep(_LOOK)
            if self._here is not False and not self._presence.is_there:
                _log.warning("agent %s is away", self._name)
                self._here = False
                self._block_unsent()
                self._changed()

    def _block_unsent(self) -> None:
        """Whoever waits for such a paper is told now that none comes; the agent is not allowed to begin it later."""
        try:
            self._end(self._hall.read(lambda state: self._jobs(state, UNSENT)), PrintState.BLOCKED, _AWAY.reason)
        except EngineError as error:
            _log.info("agent %s: %s", self._name, error.code)

    def _end(self, jobs: Collection[str], state: PrintState, reason: str | None) -> None:
        for job in jobs:
            try:
                report(self._hall, job, state, reason)
            except JobLost as error:
                _log.info("agent %s: job %s had ended: %s", self._name, job, error)

    def _cannot_take(self, printer: str) -> bool:
        return self._here is False or (self._here is True and printer not in self._conditions)

    # What is to be printed.

    def _offer(self, poll: PollIn, has_left: Callable[[], bool], patience: float) -> list[JobOut]:
        until = time.monotonic() + patience
        self._woken.set()
        while self._presence.is_latest(poll.run, poll.turn):
            if self._woken.wait(_LOOK):
                self._woken.clear()
                if jobs := self._prepared(poll.holding):
                    return jobs
            if time.monotonic() >= until or has_left():
                break
        return []

    def _prepared(self, holding: Collection[str]) -> list[JobOut]:
        held = set(holding)
        wanted = self._hall.read(lambda state: self._offered(state, held))
        jobs = []
        for job, printer in wanted:
            prepared = self._prepare(job, printer)
            if prepared is not None:
                body = b64encode(prepared.body).decode("ascii")
                age = prepared.age.total_seconds()
                jobs.append(JobOut(job=job, printer=printer, body=body, id4=prepared.id4, age=age))
        return jobs

    def _prepare(self, job: str, printer: str) -> Prepared | None:
        try:
            return self._desks[printer].prepare(job)
        except JobLost as error:
            _log.warning("agent %s: job %s cannot be offered: %s", self._name, job, error)
        except Exception:  # noqa: BLE001 — one slip that cannot be composed must not keep the agent from all others
            _log.exception("agent %s: job %s cannot be composed", self._name, job)
            self._end([job], PrintState.BLOCKED, "internal_error")
        return None

    def _settle(self, holding: Collection[str]) -> None:
        """Nobody prints what was begun and is not held any more, nor will an attempt at such a job go on."""
        held = set(holding)
        self._attempts = {job: attempt for job, attempt in self._attempts.items() if job in held}
        begun = self._hall.read(self._begun)
        self._end([job for job in begun if job not in held], PrintState.UNKNOWN, "restarted")
        self._end(self._hall.read(self._misplaced), PrintState.BLOCKED, _MISSING.reason)

    def _offered(self, state: HallState, held: set[str]) -> list[tuple[str, str]]:
        unsent = [job for job in self._jobs(state, UNSENT) if job not in held]
        offered = [(job, state.prints[job].printer) for job in unsent]
        return [(job, printer) for job, printer in offered if not self._cannot_take(printer)][:_MOST_JOBS]

    def _misplaced(self, state: HallState) -> list[str]:
        """For printers that the configuration places at the agent, and that it does not have."""
        return [job for job in self._jobs(state, UNSENT) if self._cannot_take(state.prints[job].printer)]

    def _begun(self, state: HallState) -> list[str]:
        return self._jobs(state, set(PrintState) - UNSENT - ENDED)

    def _jobs(self, state: HallState, states: Collection[PrintState]) -> list[str]:
        return [job.id for job in state.prints.values() if job.printer in self._profiles and job.state in states]

    def _is_ours(self, state: HallState, job: str) -> bool:
        return job in state.prints and state.prints[job].printer in self._profiles

    def _may_begin(self, state: HallState, job: str) -> bool:
        return self._is_ours(state, job) and state.prints[job].state in UNSENT
