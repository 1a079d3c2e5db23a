"""Whether an agent on another PC is there, and which one of its lives, by the polls that it holds open."""

from __future__ import annotations

import logging
import time

from server.web.errors import Refused

_log = logging.getLogger(__name__)


class Presence:
    """`back_within`: seconds from the end of a poll to the next one, or the agent is away."""

    def __init__(self, name: str, back_within: float) -> None:
        self._name = name
        self._back_within = back_within
        self._run: str | None = None
        self._turn = 0
        self._refused: str | None = None
        self._polling = False
        self._back_by = 0.0

    def expect(self, seconds: float) -> None:
        """Nothing is known yet: it has so long to come."""
        self._run, self._polling = None, False
        self._back_by = time.monotonic() + seconds

    def admit(self, run: str, turn: int) -> bool:
        """A poll begins: whether this life of the agent is new here.

        Raises Refused for a second agent of this name while the first is there, and for a poll that was overtaken.
        """
        is_new = run != self._run
        if is_new and self._run is not None and self.is_there:
            if run != self._refused:
                _log.error("agent %s: a second one with its token is refused", self._name)
            self._refused = run
            raise Refused(409, "agent_elsewhere")
        if not is_new and turn <= self._turn:
            raise Refused(409, "agent_elsewhere")
        self._run, self._turn, self._polling = run, turn, True
        return is_new

    def is_latest(self, run: str, turn: int) -> bool:
        return (self._run, self._turn) == (run, turn)

    def is_run(self, run: str) -> bool:
        """Whether this is the life of the agent that was admitted last."""
        return run == self._run

    def answered(self, run: str, turn: int) -> None:
        """A poll has ended, whether or not its answer arrives."""
        if self.is_latest(run, turn):
            self._polling = False
            self._back_by = time.monotonic() + self._back_within

    @property
    def is_there(self) -> bool:
        return self._polling or time.monotonic() < self._back_by
