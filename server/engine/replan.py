"""The plan that a running hall is under, and another one on its way into the log."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass

from server.hall.commands import Command
from server.hall.events import Recorded
from server.hall.plan import HallPlan


@dataclass(frozen=True, slots=True)
class Replan(Command[None]):
    """The one command that is the engine's: the hall itself cannot tell what today's log speaks of.

    `then` runs with the commit, before anybody can look at the hall again; it must not wait.
    """

    plan: HallPlan
    staff: str | None
    then: Callable[[], None]


@dataclass(frozen=True, slots=True)
class Replanned:
    """A replan decided in memory, and its place in the log."""

    command: Replan
    recorded: Recorded


class PlanInForce:
    """`now` changes with the commit of the event that tells of it, and not before."""

    def __init__(self, plan: HallPlan) -> None:
        self.now = plan
        self._proposed: Replanned | None = None

    def propose(self, replanned: Replanned | None) -> None:
        """It is about to be written."""
        self._proposed = replanned

    def adopt(self) -> None:
        """What was proposed, if anything was, is in the log."""
        proposed, self._proposed = self._proposed, None
        if proposed is not None:
            self.take(proposed.command)

    def take(self, command: Replan) -> None:
        self.now = command.plan
        command.then()

    def settle(self, log: Sequence[Recorded]) -> None:
        """After a write of which nobody knows whether it was kept: the log does."""
        if self._proposed is not None and self._proposed.recorded in log:
            self.adopt()
        self._proposed = None
