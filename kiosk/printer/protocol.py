"""One print job over one fresh link: ask, send once, wait for the printer to say that it is done.

A ticket is never sent twice by itself. What is not known to have been printed ends as `unknown`, and a person decides:
an automatic resend after a paper-out gave two tickets with one number.
"""

from __future__ import annotations

import time
from collections.abc import Callable
from dataclasses import dataclass
from typing import Final

from kiosk.printer.outcome import PrinterCheck, PrintOutcome, PrintReason, PrintState
from kiosk.printer.profile import Ack, PrinterProfile
from kiosk.printer.status import (
    Answer,
    AutoStatus,
    Completed,
    Condition,
    Query,
    SensorStatus,
    Status,
    StatusReader,
    ack_request,
    status_request,
)
from server.device.link import Link, LinkLost, LinkUnavailable

__all__ = ["PrintOutcome", "PrintReason", "PrintState", "PrintTimings", "print_job"]


@dataclass(frozen=True)
class PrintTimings:
    """Limits in seconds."""

    answer: float = 0.5  # one DLE EOT; on a LAN it takes 1 to 3 ms
    acknowledge: float = 6.0  # a ticket takes 0.5 to 0.8 s at 150 mm/s
    poll: float = 0.25  # between two status questions while waiting
    pause: float = 600.0  # from the first stop, for somebody to put paper in
    drain: float = 2.0  # for what an earlier job left in the printer to come out
    linger: float = 1.0  # a one-way printer must not see the connection break while it still reads


# The one that a person must see to comes first: an open cover also reads as "no paper" on many printers.
STOPS: Final = (
    (Condition.COVER_OPEN, PrintReason.COVER_OPEN),
    (Condition.PAPER_OUT, PrintReason.PAPER_OUT),
    (Condition.ERROR, PrintReason.ERROR),
    (Condition.OFFLINE, PrintReason.OFFLINE),
)
_LEFT_BEHIND: Final = 64


def print_job(
    open_link: Callable[[], Link],
    body: bytes,
    id4: str,
    profile: PrinterProfile,
    *,
    on_sending: Callable[[], None],
    on_sent: Callable[[], None] = lambda: None,
    on_paused: Callable[[PrintReason], None] = lambda reason: None,
    on_resumed: Callable[[], None] = lambda: None,
    settled: bool = True,
    timings: PrintTimings = PrintTimings(),
    clock: Callable[[], float] = time.monotonic,
) -> PrintOutcome:
    """Take one job from `checking` to its end; blocks in `Link.read` only.

    `body` is the ticket with its cut; `id4` four printable ASCII characters, unique among the open jobs (ValueError
    otherwise, before anything is opened). `on_sending` returns before the first byte is written: the caller persists
    `sending` in it, so that after a crash a job in that state is known to be unknown. `on_sent` tells of `await_ack`,
    `on_paused` and `on_resumed` of `paused` and of `await_ack` again. What a callback raises goes to the caller, with
    the link closed. `settled` False: an earlier job, or somebody else's, may still be in the printer and owe an answer.
    """
    request = ack_request(id4, profile.ack)
    try:
        link = open_link()
    except LinkUnavailable:
        return PrintOutcome(PrintState.BLOCKED, PrintReason.UNREACHABLE)
    try:
        job = _Job(link, id4, timings, clock, on_paused, on_resumed)
        if profile.answers_status and (obstacle := job.check().reason):
            return job.outcome(PrintState.BLOCKED, obstacle)
        if profile.ack is Ack.GS_R and not settled and not job.drain():
            return job.outcome(PrintState.BLOCKED, PrintReason.UNREACHABLE)
        on_sending()
        return job.send(body + request, profile.ack, on_sent, asks=profile.answers_status)
    finally:
        link.close()


def check_printer(
    open_link: Callable[[], Link],
    profile: PrinterProfile,
    *,
    timings: PrintTimings = PrintTimings(),
    clock: Callable[[], float] = time.monotonic,
) -> PrinterCheck:
    """How an idle printer is. Prints nothing, and of one that answers no status it only tells whether it is there."""
    try:
        link = open_link()
    except LinkUnavailable:
        return PrinterCheck(PrintReason.UNREACHABLE)
    try:
        if not profile.answers_status:
            return PrinterCheck()
        return _Job(link, "", timings, clock, lambda reason: None, lambda: None).check()
    finally:
        link.close()


class _Job:
    """The talk with the printer during one job."""

    def __init__(
        self,
        link: Link,
        id4: str,
        timings: PrintTimings,
        clock: Callable[[], float],
        on_paused: Callable[[PrintReason], None],
        on_resumed: Callable[[], None],
    ) -> None:
        self._link = link
        self._id4 = id4
        self._timings = timings
        self._clock = clock
        self._on_paused = on_paused
        self._on_resumed = on_resumed
        self._reader = StatusReader()
        self._known: dict[Query, frozenset[Condition]] = {}
        self._paused: PrintReason | None = None
        self._ack_by = self._pause_by = self._asked_at = 0.0
        self._polled = Query.PAPER
        self._paper_near = False
        self._acks_are_ours = True

    def outcome(self, state: PrintState, reason: PrintReason | None = None) -> PrintOutcome:
        """The end of the job, with what was learnt about the roll."""
        return PrintOutcome(state, reason, self._paper_near)

    def check(self) -> PrinterCheck:
        """CHECKING: how the printer is. Nothing has been sent."""
        try:
            for _ in range(_LEFT_BEHIND):  # by an earlier job or the power-up; USB gives one packet at a time
                if not self._link.read(0):
                    break
            for query in Query:
                if not self._ask(query):
                    return PrinterCheck(PrintReason.MUTE)
        except LinkLost:
            return PrinterCheck(PrintReason.UNREACHABLE)
        return PrinterCheck(self._obstacle(), self._paper_near)

    def drain(self) -> bool:
        """Let the printer answer everything that it still owes; False when it is gone.

        An answer to `GS r 1` does not say to which: the late one of an earlier ticket was once taken for that of the
        next, which then lay in nobody's slot and counted as printed. So one more is asked for, and what comes until the
        printer is silent again is nobody's. A printer that does not answer prints all the same, and ends as unknown.
        """
        try:
            self._link.write(ack_request(self._id4, Ack.GS_R))
            self._acks_are_ours = self._hears_sensor(self._timings.drain)
            while self._acks_are_ours and self._hears_sensor(self._timings.answer):
                pass
        except LinkLost:
            return False
        return True

    def _hears_sensor(self, seconds: float) -> bool:
        """Whether an answer to a `GS r 1` comes within `seconds`, whosever it is."""
        end = self._clock() + seconds
        while (left := end - self._clock()) > 0:
            self._reader.asked_sensor()
            if any(isinstance(answer, SensorStatus) for answer in self._hear(left)):
                return True
        return False

    def send(self, data: bytes, ack: Ack, on_sent: Callable[[], None], *, asks: bool) -> PrintOutcome:
        """SENDING and what follows: one write, then wait. `asks`: whether the printer tells how it is."""
        try:
            self._link.write(data)
            if ack is Ack.NONE:
                self._linger()
                return self._sent(asks=asks)
            on_sent()
            if ack is Ack.GS_R:
                self._reader.asked_sensor()
            return self._await_ack()
        except LinkLost:
            return self.outcome(PrintState.UNKNOWN, PrintReason.LINK_LOST)

    def _ask(self, query: Query) -> bool:
        """Ask one status and wait for its answer; whether it came."""
        self._question(query)
        end = self._clock() + self._timings.answer
        while (left := end - self._clock()) > 0:
            for answer in self._hear(left):
                if isinstance(answer, Status) and answer.query is query:
                    return True
        return False

    def _await_ack(self) -> PrintOutcome:
        """AWAIT_ACK and PAUSED: the acknowledgement counts whenever it comes, and nothing is sent again."""
        next_poll = self._clock()
        self._ack_by = next_poll + self._timings.acknowledge
        while True:
            now = self._clock()
            if now >= next_poll:
                self._poll(now)
                next_poll = now + self._timings.poll
            answers = self._hear(next_poll - now)
            if any(self._is_done(answer) for answer in answers):
                return self.outcome(PrintState.PRINTED)
            if any(self._ran_out(answer) for answer in answers):
                return self.outcome(PrintState.UNKNOWN, PrintReason.PAPER_OUT)
            now = self._clock()
            if answers:
                self._turn(self._obstacle(), now)
            if self._paused and now >= self._pause_by:
                return self.outcome(PrintState.UNKNOWN, self._paused)
            if now >= self._ack_by:
                return self.outcome(PrintState.UNKNOWN, PrintReason.NO_ACK)

    def _turn(self, obstacle: PrintReason | None, now: float) -> None:
        """Go into or out of PAUSED, or to another reason for it, and say so."""
        was, self._paused = self._paused, obstacle
        if was or obstacle:
            self._ack_by = now + self._timings.acknowledge  # it answers: it has its time again once it goes on
        if obstacle and not self._pause_by:
            self._pause_by = (
                now + self._timings.pause
            )  # for the whole job: a cover that flaps must not hold it for ever
        if obstacle and obstacle is not was:
            self._on_paused(obstacle)
        if was and not obstacle:
            self._on_resumed()

    def _poll(self, now: float) -> None:
        """Ask for cover and paper in turn; both are answered while the printer is stopped.

        Answers do not say to what, so only one question is out at a time: a late answer about paper once read as an
        open cover. One that got no answer is asked again, and what then comes twice falls into the gap between polls.
        """
        waiting = self._reader.outstanding
        if waiting and now < self._asked_at + self._timings.answer:
            return
        self._reader.forget()
        self._asked_at = now
        self._polled = waiting or (Query.PAPER if self._polled is Query.OFFLINE_CAUSE else Query.OFFLINE_CAUSE)
        self._question(self._polled)

    def _question(self, query: Query) -> None:
        self._reader.asked(query)
        self._link.write(status_request(query))

    def _hear(self, timeout: float) -> list[Answer]:
        """What the printer says within `timeout`; its conditions are remembered."""
        answers = self._reader.feed(self._link.read(timeout))
        for answer in answers:
            if isinstance(answer, Status):
                self._known[answer.query] = answer.conditions
            if isinstance(answer, Status | AutoStatus | SensorStatus):
                self._paper_near |= Condition.PAPER_NEAR in answer.conditions
        return answers

    def _is_done(self, answer: Answer) -> bool:
        if isinstance(answer, SensorStatus):
            return self._acks_are_ours and Condition.PAPER_OUT not in answer.conditions
        return isinstance(answer, Completed) and answer.id4 == self._id4

    def _ran_out(self, answer: Answer) -> bool:
        """Of some clones the head goes on without paper, and what they answer in their turn says so."""
        return isinstance(answer, SensorStatus) and self._acks_are_ours and Condition.PAPER_OUT in answer.conditions

    def _sent(self, *, asks: bool) -> PrintOutcome:
        """The end of a job that nobody acknowledges: one that was stopped on the way is not called sent."""
        obstacle = self.check().reason if asks else None
        return self.outcome(PrintState.UNKNOWN if obstacle else PrintState.SENT, obstacle)

    def _obstacle(self) -> PrintReason | None:
        """The first thing to see to among what the printer last said."""
        conditions = frozenset().union(*self._known.values())
        return next((reason for condition, reason in STOPS if condition in conditions), None)

    def _linger(self) -> None:
        """Hold a connection that needs no answer until the printer has had time to take everything."""
        end = self._clock() + self._timings.linger
        while (left := end - self._clock()) > 0:
            self._hear(left)
