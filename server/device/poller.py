"""Asks the devices of a line that speak only when they are asked, as one more participant of that line."""

from __future__ import annotations

import logging
import time
from collections.abc import Sequence
from typing import Final, Protocol

from gevent.event import AsyncResult, Event

from server.device.bus_line import BusLine
from server.device.link import LinkError
from server.device.poll_round import PollRound
from server.device.supervisor import LinkState

_log = logging.getLogger(__name__)
PATIENCE: Final = 0.08
"""Seconds for an answer, after the question has left and beside the answer's own length."""


class Polled(Protocol):
    """A device that speaks only when it is asked."""

    @property
    def name(self) -> str:
        """For the log."""

    def question(self) -> tuple[bytes, Event] | None:
        """What to ask, in the moment in which it is sent, and what is set by the answer; None: nothing this time."""

    def is_there(self, *, there: bool) -> None:
        """Whether it answers."""


class Poller:
    """Keeps asking `devices`, all on one line. See `server.device.bus.Participant`."""

    def __init__(self, devices: Sequence[Polled]) -> None:
        self._devices = devices

    @property
    def name(self) -> str:
        return "poller"

    def begin(self, line: BusLine) -> PollTalk:
        """See Participant.begin."""
        return PollTalk(line, self._devices)

    def note(self, state: LinkState) -> None:
        """See Participant.note. The devices hear of it themselves."""


class PollTalk:
    """See `server.device.bus.Talk`. It says, and hears nothing: the answers are the devices' own."""

    def __init__(self, line: BusLine, devices: Sequence[Polled]) -> None:
        self._line = line
        self._round = PollRound(devices)
        self._lost: AsyncResult[LinkError] = AsyncResult()

    def hear(self, byte: bytes, tick: float) -> int:
        """See Talk.hear."""
        return 0

    def disown(self, count: int) -> None:
        """See Talk.disown."""

    def lost(self, error: LinkError) -> None:
        """See Talk.lost."""
        self._lost.set(error)

    def run(self) -> None:
        """See Talk.run."""
        while True:
            now = time.monotonic()
            device, due = self._round.next(now)
            error = self._lost.wait(timeout=due - now)
            if error is not None:
                raise error
            self._ask(device)

    def _ask(self, device: Polled) -> None:
        with self._line.turn():
            began = time.monotonic()
            asking = device.question()
            if asking is None:
                self._round.skipped(device, began)
                return
            question, answered = asking
            self._line.send(question)
            came = answered.wait(self._line.answered_by(PATIENCE) - time.monotonic())
        was_there = not self._round.is_absent(device)
        self._round.asked(device, began, time.monotonic(), answered=came)
        there = not self._round.is_absent(device)
        if there != was_there:
            _log.warning("%s: %s", device.name, "answers again" if there else "does not answer")
        device.is_there(there=there)
