"""Who sits where, and which services are open."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime

from server.hall.commands.command import Command
from server.hall.facts import WindowFacts
from server.hall.window import Clerk


@dataclass(frozen=True, slots=True)
class OpenWindow(Command[WindowFacts]):
    """A clerk signs in at a window, or takes it over from a colleague.

    They leave the window where they sat before, unless they may sit at `several`.
    """

    window: int
    clerk: Clerk
    several: bool = False


@dataclass(frozen=True, slots=True)
class CloseWindow(Command[WindowFacts]):
    window: int
    staff: str


@dataclass(frozen=True, slots=True)
class PauseWindow(Command[WindowFacts]):
    """暂停服务. `until` is when the clerk says to be back."""

    window: int
    staff: str
    reason: str
    until: datetime | None = None


@dataclass(frozen=True, slots=True)
class ReopenWindow(Command[WindowFacts]):
    window: int
    staff: str


@dataclass(frozen=True, slots=True)
class HandOverWindow(Command[WindowFacts]):
    """交接班, to the account `to` (by name `to_name`), or to whoever comes next. A second one corrects the first."""

    window: int
    staff: str
    note: str = ""
    to: str | None = None
    to_name: str = ""
    seen: str | None = None


@dataclass(frozen=True, slots=True)
class ReceiveHandOver(Command[WindowFacts]):
    """已接收: whoever sits at the window now has read what was left to them."""

    window: int
    staff: str


@dataclass(frozen=True, slots=True)
class SetWindowServices(Command[WindowFacts]):
    """What the window handles from now on, until the day ends; None: what the configuration says."""

    window: int
    staff: str
    services: tuple[str, ...] | None


@dataclass(frozen=True, slots=True)
class SuspendService(Command[None]):
    """No more numbers of a service for now; those given stay valid."""

    service: str
    staff: str
    reason: str


@dataclass(frozen=True, slots=True)
class ResumeService(Command[None]):
    service: str
    staff: str


@dataclass(frozen=True, slots=True)
class PassTime(Command[None]):
    """Nothing but the clock: closes what ran out of time and turns the business day."""
