"""A queue of the CUPS on this PC as a link: each write is one raw job, and nothing comes back."""

from __future__ import annotations

import logging
import time
from collections.abc import Iterator
from contextlib import contextmanager
from itertools import count
from typing import Final
from uuid import uuid4

import gevent

from server.device.cups_queue import CupsQueue, JobState, queue_names
from server.device.link import Link, LinkLost, LinkUnavailable
from server.device.scheduler import NOT_FOUND, CupsAway, CupsRefuses, Scheduler
from server.told import at, told, told_of

_log = logging.getLogger(__name__)
_ROUND: Final = 0.25
_TAKING_BACK: Final = 2.0
"""Seconds for the scheduler to take a job back: somebody waits for this greenlet to end."""
_OURS: Final = "jiaohao "
_THIS_PROCESS: Final = f"{_OURS}{uuid4().hex[:12]}-"
_numbers = count(1)
_waited_for: set[str] = set()
_tidied: set[str] = set()


def open_cups(queue: str, taken_timeout: float = 15.0) -> Link:
    """A link to `queue`. `taken_timeout`: seconds until a job must have gone on to the printer.

    Raises LinkUnavailable: no CUPS, no such queue, or one that is stopped.
    """
    found = CupsQueue(queue, Scheduler())
    with _failing_as(LinkUnavailable, queue):
        try:
            obstacle = found.obstacle()
        except CupsRefuses as error:
            if error.status != NOT_FOUND:
                raise
            obstacle = told(
                "CUPS has no queue %(queue)r; it has: %(known)s", queue=queue, known=", ".join(queues()) or "-"
            )
        if obstacle:
            raise LinkUnavailable(obstacle)
        _take_leftovers_back(found)
    return CupsLink(queue, taken_timeout)


def queues() -> list[str]:
    """The names of the queues. Raises LinkUnavailable where no CUPS is running."""
    try:
        return queue_names(Scheduler())
    except (CupsAway, CupsRefuses) as error:
        raise LinkUnavailable(told_of(error)) from error


class CupsLink:
    """A queue that was there a moment ago."""

    def __init__(self, queue: str, taken_timeout: float) -> None:
        self._name = queue
        self._taken_timeout = taken_timeout
        self._closed = False

    def read(self, timeout: float) -> bytes:
        """See Link.read. CUPS hands on no answers."""
        if self._closed:
            raise LinkLost(at(f"cups://{self._name}", told("closed")))
        gevent.sleep(timeout)
        return b""

    def write(self, data: bytes) -> None:
        """See Link.write: `data` is one job, and CUPS has handed all of it to the printer when this returns.

        A job that has not got there, for whatever reason, is taken back: a ticket that came out in the afternoon, when
        somebody has switched the printer on, would be for nobody.
        """
        if self._closed:
            raise LinkLost(at(f"cups://{self._name}", told("closed")))
        title = f"{_THIS_PROCESS}{next(_numbers)}"
        queue = CupsQueue(self._name, Scheduler())
        _waited_for.add(title)
        try:
            with _failing_as(LinkLost, self._name):
                self._await_completed(queue, queue.hand_over(title, data).number)
        except BaseException:  # above all: killed
            _take_back_if_possible(CupsQueue(self._name, Scheduler(_TAKING_BACK)), title)
            raise
        finally:
            _waited_for.discard(title)

    def close(self) -> None:
        """See Link.close."""
        self._closed = True

    def _await_completed(self, queue: CupsQueue, number: int) -> None:
        """CUPS lists no longer a job that it has printed, nor one that it gave up: only its state tells them apart."""
        deadline = time.monotonic() + self._taken_timeout
        while True:
            job = queue.job(number)
            if job is None:
                raise LinkLost(
                    at(
                        f"cups://{self._name}",
                        told(
                            "CUPS no longer knows how job %(number)s ended: set PreserveJobHistory Yes in cupsd.conf",
                            number=number,
                        ),
                    )
                )
            if job.ended is JobState.COMPLETED:
                return
            if job.ended is not None:
                raise LinkLost(
                    at(
                        f"cups://{self._name}",
                        told("CUPS has %(done)s the job (%(words)s)", done=job.ended.name.lower(), words=job.words),
                    )
                )
            if time.monotonic() >= deadline:
                raise LinkLost(
                    at(
                        f"cups://{self._name}",
                        told(
                            "not taken within %(seconds)s s (%(reasons)s)",
                            seconds=self._taken_timeout,
                            reasons=queue.reasons(),
                        ),
                    )
                )
            gevent.sleep(_ROUND)


@contextmanager
def _failing_as(failure: type[LinkUnavailable] | type[LinkLost], queue: str) -> Iterator[None]:
    try:
        yield
    except (CupsAway, CupsRefuses) as error:
        raise failure(f"cups://{queue}: {error}") from error


def _take_leftovers_back(queue: CupsQueue) -> None:
    """Cancel what nobody waits for: a job of a process before this one, or one that CUPS would not give back.

    Other processes' only once, because another that is running may print there as well.
    """
    first = queue.name not in _tidied
    for job in queue.unfinished():
        ours = job.title.startswith(_THIS_PROCESS)
        left = job.title not in _waited_for if ours else first and job.title.startswith(_OURS)
        if left:
            _log.warning("cups://%s: taking back %r, left by somebody who has gone", queue.name, job.title)
            queue.cancel(job)
    _tidied.add(queue.name)


def _take_back_if_possible(queue: CupsQueue, title: str) -> None:
    """Cancel the job of this title, whether or not CUPS told its number."""
    try:
        for job in queue.unfinished():
            if job.title == title:
                queue.cancel(job)
    except (CupsAway, CupsRefuses) as error:
        _log.warning("cups://%s: %r is taken back before the next job, not now: %s", queue.name, title, error)
