"""What a decision is, and the checks that many of them share."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass, field
from datetime import datetime
from hashlib import blake2b
from typing import Any, Protocol

from server.hall.errors import NoOpenTicket, NotYourWindow, StaleScreen, WindowClosed
from server.hall.events import Event
from server.hall.state import HallState
from server.hall.ticket import Ticket
from server.hall.window import Window, WindowState


@dataclass(frozen=True, slots=True)
class Decision:
    """The events to record, and the answer to give once they have been applied."""

    events: list[Event] = field(default_factory=list)
    answer: Callable[[], Any] = lambda: None


@dataclass(frozen=True, slots=True)
class Now:
    """The instant a command is decided at, and the randomness it may use up: both come from outside."""

    at: datetime
    nonce: str


def drawn(nonce: str, below: int) -> int:
    """A number from the command's randomness alone."""
    return int.from_bytes(blake2b(nonce.encode(), digest_size=8).digest(), "big") % below


class AtWindow(Protocol):
    """The part of a command that says where it is given and by whom."""

    @property
    def window(self) -> int: ...

    @property
    def staff(self) -> str: ...


class OnTicket(AtWindow, Protocol):
    @property
    def seen(self) -> str | None: ...


def staffed_window(state: HallState, command: AtWindow) -> Window:
    """The window, if the clerk who asks is the one signed in there."""
    window = state.window(command.window)
    if window.state is WindowState.CLOSED or window.clerk is None:
        raise WindowClosed(window=window.number)
    if window.clerk.username != command.staff:
        raise NotYourWindow(window=window.number)
    return window


def check_seen(window: Window, seen: str | None) -> None:
    """Refuse a command given from a screen that showed something else."""
    actual = window.ticket.id if window.ticket else ""
    if seen is not None and seen != actual:
        raise StaleScreen(window=window.number)


def open_ticket(state: HallState, command: OnTicket) -> tuple[Window, Ticket]:
    """The window and the ticket it is busy with."""
    window = staffed_window(state, command)
    check_seen(window, command.seen)
    if window.ticket is None:
        raise NoOpenTicket(window=window.number)
    return window, window.ticket
