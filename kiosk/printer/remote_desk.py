"""The hall, seen from another PC by the worker of one printer there."""

from __future__ import annotations

import logging
import secrets
import time
from base64 import b64decode
from collections.abc import Callable
from datetime import timedelta
from typing import Any, Final

import gevent

from kiosk.printer.desk import JobLost, Prepared, PrinterCondition
from kiosk.printer.wire import BeginIn, CheckingIn, JobOut, Said
from server.device.outbox import Outbox
from server.device.server_link import ServerAway, ServerLink, ServerRefuses
from server.hall.printing import ENDED, PrintState

_log = logging.getLogger(__name__)
PATH: Final = "agent/printing"
_BEGIN: Final = 3.0
"""Seconds in which the server must say that a job may begin: the printer is kept open meanwhile."""
_AGAIN: Final = 0.1


class JobsInHand:
    """The jobs that the agent was given, of all its printers, until their end has been put into the outbox."""

    def __init__(self, outbox: Outbox) -> None:
        self._outbox = outbox
        self._given: dict[str, tuple[JobOut, float]] = {}
        self._begun: set[str] = set()
        self._closed = False

    def close(self) -> None:
        """Nothing more is to be begun."""
        self._closed = True

    def take(self, job: JobOut) -> None:
        self._given[job.job] = (job, time.monotonic())

    def find(self, job: str) -> Prepared | None:
        if job not in self._given or self._closed:
            return None
        given, since = self._given[job]
        age = timedelta(seconds=given.age + time.monotonic() - since)
        return Prepared(b64decode(given.body), given.id4, age)

    def begin(self, job: str) -> None:
        self._begun.add(job)

    def drop(self, job: str) -> None:
        self._given.pop(job, None)
        self._begun.discard(job)

    @property
    def under_way(self) -> bool:
        """Whether a slip is being printed."""
        return bool(self._begun)

    def holding(self) -> list[str]:
        """Also what has ended, until the server has acknowledged it."""
        told = {str(letter.body["job"]) for letter in self._outbox.waiting()}
        return sorted(told.union(self._given))


class RemoteDesk:
    """`about` names the agent and this life of it; `changed` is told of every new condition.

    SENDING is asked for and waited for: without the server's word nothing is printed. What follows is told through the
    outbox, whatever the line to the server does.
    """

    def __init__(
        self,
        link: ServerLink,
        outbox: Outbox,
        jobs: JobsInHand,
        about: dict[str, str],
        changed: Callable[[], None],
    ) -> None:
        self._link = link
        self._outbox = outbox
        self._jobs = jobs
        self._about = about
        self._changed = changed
        self.too_old = timedelta()

    def prepare(self, job: str) -> Prepared | None:
        return self._jobs.find(job)

    def begin(self, job: str, within: timedelta) -> None:
        """See Desk.begin. Raises JobLost when the server did not let it begin: nothing has been printed then."""
        try:
            self._ask_to_begin(job)
        except (ServerAway, ServerRefuses) as error:
            self._jobs.drop(job)
            raise JobLost(f"nothing was printed: {error}") from error
        self._jobs.begin(job)

    def report(self, job: str, state: PrintState, reason: str | None = None) -> None:
        """See Desk.report."""
        if state is PrintState.CHECKING:
            gevent.spawn(self._mention, CheckingIn(agent=self._about["agent"], job=job).model_dump())
        else:
            self._outbox.put(Said.model_validate({"job": job, "state": state, "reason": reason}).model_dump())
            if state in ENDED:
                self._jobs.drop(job)

    def note(self, condition: PrinterCondition) -> None:
        self._changed()

    def longest_wait(self) -> timedelta:
        return self.too_old

    def _mention(self, body: dict[str, Any]) -> None:
        """Nice to know, and soon overtaken: whether it arrives does not matter."""
        try:
            self._link.call(f"{PATH}/checking", body, _BEGIN)
        except (ServerAway, ServerRefuses) as error:
            _log.info("job %s: %s", body["job"], error)

    def _ask_to_begin(self, job: str) -> None:
        """Raises ServerRefuses, or ServerAway when no answer came in time."""
        asked = BeginIn(**self._about, job=job, attempt=secrets.token_hex(8)).model_dump()
        give_up = time.monotonic() + _BEGIN
        while True:
            try:
                self._link.call(f"{PATH}/begin", asked, _BEGIN)
            except ServerAway:
                if time.monotonic() + _AGAIN >= give_up:
                    raise
                gevent.sleep(_AGAIN)
            else:
                return
