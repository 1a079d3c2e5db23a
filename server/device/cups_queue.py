"""A queue of CUPS and the jobs in it, as its scheduler tells of them."""

from __future__ import annotations

from enum import IntEnum
from typing import Final

from server.device.ipp import Group, GroupTag, ValueTag
from server.device.scheduler import (
    NOT_FOUND,
    NOT_POSSIBLE,
    CupsRefuses,
    Operation,
    Scheduler,
    attribute,
    of_kind,
)

_STOPPED: Final = 5  # RFC 8011 §5.4.12
_QUEUE_FACTS: Final = ("printer-state", "printer-state-reasons", "printer-is-accepting-jobs")
_JOB_FACTS: Final = ("job-id", "job-name", "job-state", "job-state-reasons", "job-printer-state-message")


class JobState(IntEnum):
    """How a job ended (RFC 8011 §5.3.7); in any other state it is on its way."""

    CANCELLED = 7
    ABORTED = 8
    COMPLETED = 9


class CupsJob:
    """What was known of a job a moment ago."""

    def __init__(self, facts: Group) -> None:
        self.number = facts.number("job-id") or 0
        self.title = next(iter(facts.words("job-name")), "")
        state = facts.number("job-state")
        self.ended = JobState(state) if state in list(JobState) else None
        said = (*facts.words("job-printer-state-message"), *facts.words("job-state-reasons"))
        self.words = ", ".join(word for word in said if word)


class CupsQueue:
    """Each method asks the scheduler anew, and raises CupsAway or CupsRefuses."""

    def __init__(self, name: str, scheduler: Scheduler) -> None:
        self.name = name
        self._scheduler = scheduler

    def obstacle(self) -> str:
        """Why it takes no jobs, and what helps; empty when it does. Raises CupsRefuses: there is no such queue."""
        state = self._facts()
        if state.number("printer-state") == _STOPPED:
            return f"CUPS has stopped the queue {self.name} ({_reasons(state)}): cupsenable {self.name}"
        if state.number("printer-is-accepting-jobs") == 0:
            return f"CUPS takes no jobs for the queue {self.name}: cupsaccept {self.name}"
        return ""

    def reasons(self) -> str:
        """What CUPS says of the printer, such as `offline-report`."""
        return _reasons(self._facts())

    def hand_over(self, title: str, data: bytes) -> CupsJob:
        """A new job, whose bytes go to the printer as they are."""
        groups = self._scheduler.ask(
            Operation.PRINT_JOB,
            self.name,
            attribute("job-name", ValueTag.NAME, title),
            attribute("document-format", ValueTag.MIME_TYPE, "application/vnd.cups-raw"),
            data=data,
        )
        return CupsJob(_first(groups, GroupTag.JOB))

    def job(self, number: int) -> CupsJob | None:
        """How it is with a job; None for one that CUPS has forgotten."""
        try:
            groups = self._scheduler.ask(
                Operation.GET_JOB_ATTRIBUTES,
                self.name,
                attribute("job-id", ValueTag.INTEGER, number),
                attribute("requested-attributes", ValueTag.KEYWORD, *_JOB_FACTS),
            )
        except CupsRefuses as error:
            if error.status == NOT_FOUND:
                return None
            raise
        return CupsJob(_first(groups, GroupTag.JOB))

    def unfinished(self) -> list[CupsJob]:
        """The jobs that have not ended."""
        groups = self._scheduler.ask(
            Operation.GET_JOBS,
            self.name,
            attribute("which-jobs", ValueTag.KEYWORD, "not-completed"),
            attribute("requested-attributes", ValueTag.KEYWORD, *_JOB_FACTS),
        )
        return [CupsJob(group) for group in of_kind(groups, GroupTag.JOB)]

    def cancel(self, job: CupsJob) -> None:
        """Take a job out; that it has ended meanwhile is as well."""
        try:
            self._scheduler.ask(Operation.CANCEL_JOB, self.name, attribute("job-id", ValueTag.INTEGER, job.number))
        except CupsRefuses as error:
            if error.status not in (NOT_FOUND, NOT_POSSIBLE):
                raise

    def _facts(self) -> Group:
        groups = self._scheduler.ask(
            Operation.GET_PRINTER_ATTRIBUTES,
            self.name,
            attribute("requested-attributes", ValueTag.KEYWORD, *_QUEUE_FACTS),
        )
        return _first(groups, GroupTag.PRINTER)


def queue_names(scheduler: Scheduler) -> list[str]:
    """Every queue. Raises CupsAway or CupsRefuses."""
    try:
        groups = scheduler.ask(
            Operation.CUPS_GET_PRINTERS, None, attribute("requested-attributes", ValueTag.KEYWORD, "printer-name")
        )
    except CupsRefuses as error:
        if error.status == NOT_FOUND:  # there is none
            return []
        raise
    return [name for group in of_kind(groups, GroupTag.PRINTER) for name in group.words("printer-name")]


def _first(groups: tuple[Group, ...], tag: GroupTag) -> Group:
    return next(iter(of_kind(groups, tag)), Group(tag))


def _reasons(state: Group) -> str:
    return ", ".join(state.words("printer-state-reasons"))
