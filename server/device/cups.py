"""A queue of the CUPS on this PC as a link: each write is one raw job, and nothing comes back."""

from __future__ import annotations

import logging
import time
from collections.abc import Iterator
from contextlib import contextmanager
from enum import IntEnum
from itertools import count
from typing import Final
from uuid import uuid4

import gevent

from server.device.ipp import Group, GroupTag, ValueTag
from server.device.link import Link, LinkLost, LinkUnavailable
from server.device.scheduler import (
    NOT_FOUND,
    NOT_POSSIBLE,
    CupsAway,
    CupsRefuses,
    Operation,
    Scheduler,
    attribute,
    of_kind,
)

_log = logging.getLogger(__name__)
_ROUND: Final = 0.25
_TAKING_BACK: Final = 2.0
"""Seconds for the scheduler to take a job back: somebody waits for this greenlet to end."""
_STOPPED: Final = 5  # RFC 8011 §5.4.12
_JOB_FACTS: Final = ("job-id", "job-name", "job-state", "job-state-reasons", "job-printer-state-message")
_OURS: Final = "jiaohao "
_THIS_PROCESS: Final = f"{_OURS}{uuid4().hex[:12]}-"
_numbers = count(1)
_waited_for: set[str] = set()
_tidied: set[str] = set()


class JobState(IntEnum):
    """RFC 8011 §5.3.7; the others are on their way."""

    CANCELLED = 7
    ABORTED = 8
    COMPLETED = 9


def open_cups(queue: str, taken_timeout: float = 15.0) -> Link:
    """A link to `queue`. `taken_timeout`: seconds until a job must have gone on to the printer.

    Raises LinkUnavailable: no CUPS, no such queue, or one that is stopped.
    """
    with _failing_as(LinkUnavailable, queue):
        state = _state(queue)
        if state is None:
            raise LinkUnavailable(f"CUPS has no queue {queue!r}; it has: {', '.join(queues()) or 'none'}")
        if state.number("printer-state") == _STOPPED:
            raise LinkUnavailable(f"CUPS has stopped the queue {queue} ({_reasons(state)}): cupsenable {queue}")
        if state.number("printer-is-accepting-jobs") == 0:
            raise LinkUnavailable(f"CUPS takes no jobs for the queue {queue}: cupsaccept {queue}")
        _take_leftovers_back(queue)
    return CupsLink(queue, taken_timeout)


def queues() -> list[str]:
    """The names of the queues. Raises LinkUnavailable where no CUPS is running."""
    try:
        groups = Scheduler().ask(
            Operation.CUPS_GET_PRINTERS, None, attribute("requested-attributes", ValueTag.KEYWORD, "printer-name")
        )
    except CupsRefuses as error:
        if error.status == NOT_FOUND:  # none at all
            return []
        raise LinkUnavailable(f"CUPS: {error}") from error
    except CupsAway as error:
        raise LinkUnavailable(str(error)) from error
    return [name for group in of_kind(groups, GroupTag.PRINTER) for name in group.words("printer-name")]


class CupsLink:
    """A queue that was there a moment ago."""

    def __init__(self, queue: str, taken_timeout: float) -> None:
        self._queue = queue
        self._taken_timeout = taken_timeout
        self._closed = False

    def read(self, timeout: float) -> bytes:
        """See Link.read. CUPS hands on no answers."""
        if self._closed:
            raise LinkLost(f"cups://{self._queue}: closed")
        gevent.sleep(timeout)
        return b""

    def write(self, data: bytes) -> None:
        """See Link.write: `data` is one job, and CUPS has handed all of it to the printer when this returns.

        A job that has not got there, for whatever reason, is taken back: a ticket that came out in the afternoon, when
        somebody has switched the printer on, would be for nobody.
        """
        if self._closed:
            raise LinkLost(f"cups://{self._queue}: closed")
        title = f"{_THIS_PROCESS}{next(_numbers)}"
        _waited_for.add(title)
        try:
            with _failing_as(LinkLost, self._queue):
                self._await_completed(self._hand_over(title, data))
        except BaseException:  # above all: killed
            _take_back_if_possible(self._queue, title)
            raise
        finally:
            _waited_for.discard(title)

    def close(self) -> None:
        """See Link.close."""
        self._closed = True

    def _hand_over(self, title: str, data: bytes) -> int:
        """The number that CUPS gives the job."""
        groups = Scheduler().ask(
            Operation.PRINT_JOB,
            self._queue,
            attribute("job-name", ValueTag.NAME, title),
            attribute("document-format", ValueTag.MIME_TYPE, "application/vnd.cups-raw"),
            data=data,
        )
        number = next((group.number("job-id") for group in of_kind(groups, GroupTag.JOB)), None)
        if number is None:
            raise LinkLost(f"cups://{self._queue}: CUPS took the job and names none")
        return number

    def _await_completed(self, job: int) -> None:
        """CUPS lists no longer a job that it has printed, nor one that it gave up: only its state tells them apart."""
        deadline = time.monotonic() + self._taken_timeout
        while (facts := _job(self._queue, job)).number("job-state") != JobState.COMPLETED:
            if facts.number("job-state") in (JobState.CANCELLED, JobState.ABORTED):
                ended = JobState(facts.number("job-state") or 0).name.lower()
                raise LinkLost(f"cups://{self._queue}: CUPS has {ended} the job ({_words_about(facts)})")
            if time.monotonic() >= deadline:
                state = _state(self._queue)
                reasons = _reasons(state) if state is not None else "the queue is gone"
                raise LinkLost(f"cups://{self._queue}: not taken within {self._taken_timeout} s ({reasons})")
            gevent.sleep(_ROUND)


@contextmanager
def _failing_as(failure: type[LinkUnavailable] | type[LinkLost], queue: str) -> Iterator[None]:
    try:
        yield
    except (CupsAway, CupsRefuses) as error:
        raise failure(f"cups://{queue}: {error}") from error


def _state(queue: str) -> Group | None:
    """What CUPS knows of a queue; None when there is no such queue."""
    wanted = ("printer-state", "printer-state-reasons", "printer-is-accepting-jobs")
    try:
        groups = Scheduler().ask(
            Operation.GET_PRINTER_ATTRIBUTES, queue, attribute("requested-attributes", ValueTag.KEYWORD, *wanted)
        )
    except CupsRefuses as error:
        if error.status == NOT_FOUND:
            return None
        raise
    return next(iter(of_kind(groups, GroupTag.PRINTER)), Group(GroupTag.PRINTER))


def _reasons(state: Group) -> str:
    return ", ".join(state.words("printer-state-reasons"))


def _job(queue: str, job: int) -> Group:
    try:
        groups = Scheduler().ask(
            Operation.GET_JOB_ATTRIBUTES,
            queue,
            attribute("job-id", ValueTag.INTEGER, job),
            attribute("requested-attributes", ValueTag.KEYWORD, *_JOB_FACTS),
        )
    except CupsRefuses as error:
        if error.status == NOT_FOUND:
            raise LinkLost(
                f"cups://{queue}: CUPS no longer knows how job {job} ended: set PreserveJobHistory Yes in cupsd.conf"
            ) from error
        raise
    return next(iter(of_kind(groups, GroupTag.JOB)), Group(GroupTag.JOB))


def _words_about(job: Group) -> str:
    said = (*job.words("job-printer-state-message"), *job.words("job-state-reasons"))
    return ", ".join(word for word in said if word)


def _take_leftovers_back(queue: str) -> None:
    """Cancel what nobody waits for: a job of a process before this one, or one that CUPS would not give back.

    Other processes' only once, because another that is running may print there as well.
    """
    first = queue not in _tidied
    for job in _unfinished(Scheduler(), queue):
        title = next(iter(job.words("job-name")), "")
        left = title.startswith(_THIS_PROCESS) and title not in _waited_for
        if left or (first and title.startswith(_OURS) and not title.startswith(_THIS_PROCESS)):
            _log.warning("cups://%s: taking back %r, left by somebody who has gone", queue, title)
            _cancel(Scheduler(), queue, job)
    _tidied.add(queue)


def _take_back_if_possible(queue: str, title: str) -> None:
    """Cancel the job of this title, whether or not CUPS told its number."""
    scheduler = Scheduler(_TAKING_BACK)
    try:
        for job in _unfinished(scheduler, queue):
            if title in job.words("job-name"):
                _cancel(scheduler, queue, job)
    except (CupsAway, CupsRefuses) as error:
        _log.warning(
            "cups://%s: %r could not be taken back, it is tried again before the next: %s", queue, title, error
        )


def _unfinished(scheduler: Scheduler, queue: str) -> list[Group]:
    groups = scheduler.ask(
        Operation.GET_JOBS,
        queue,
        attribute("which-jobs", ValueTag.KEYWORD, "not-completed"),
        attribute("requested-attributes", ValueTag.KEYWORD, *_JOB_FACTS),
    )
    return of_kind(groups, GroupTag.JOB)


def _cancel(scheduler: Scheduler, queue: str, job: Group) -> None:
    """Cancel a job; that it has ended meanwhile is as well."""
    number = job.number("job-id")
    if number is None:
        return
    try:
        scheduler.ask(Operation.CANCEL_JOB, queue, attribute("job-id", ValueTag.INTEGER, number))
    except CupsRefuses as error:
        if error.status not in (NOT_FOUND, NOT_POSSIBLE):
            raise
