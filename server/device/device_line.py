"""One device at a window as a participant of its serial line: how it is, and who talks to it while it is open."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any, Final, Generic, Protocol, TypeVar

from server.device.bus import Buses, Seat, Talk
from server.device.bus_line import BusLine
from server.device.supervisor import LinkState

LOOK_AGAIN: Final = 1.0
"""Seconds until a hall that could not be asked what to show is asked again."""


class DeviceTalk(Talk, Protocol):
    """A device's part in one life of its line."""

    @property
    def standing(self) -> tuple[str, str | None]:
        """(state, reason) of the device while its line is open: `ready`, `settling`, `offline` or `blocked`."""

    def look(self) -> None:
        """Something happened at the window: the device may have to show something else. Does not wait."""


class DeviceAt(Protocol):
    """Where config.yaml says that a device is."""

    @property
    def window(self) -> int: ...

    @property
    def link(self) -> str: ...

    @property
    def baudrate(self) -> int: ...


T = TypeVar("T", bound=DeviceTalk)


class DeviceLine(Generic[T]):
    """The device of this `kind` at `at`, on one of `buses`. `begin_talk` begins anew with each life of the line."""

    def __init__(self, kind: str, at: DeviceAt, buses: Buses, begin_talk: Callable[[BusLine], T]) -> None:
        self.window = at.window
        self.name = f"{kind} at window {at.window}"
        self._kind = kind
        self._at = at
        self._buses = buses
        self._begin_talk = begin_talk
        self._link_state = LinkState("", online=False, reason="not opened")
        self._seat: Seat | None = None
        self._talk: T | None = None

    def start(self) -> None:
        """Open the line and keep it open; may be called again after `stop`."""
        self._seat = self._buses.join(self._at.link, self._at.baudrate, self)

    def stop(self) -> None:
        """Leave the line, with the device as it is; `join` waits until what is in hand is done."""
        if self._seat is not None:
            self._seat.leave()

    def join(self) -> None:
        if self._seat is not None:
            self._seat.join()

    @property
    def talk(self) -> T | None:
        """The device's part in this life of its line; None while the line is not open."""
        return self._talk

    def look(self) -> None:
        """See `DeviceTalk.look`."""
        if self._talk is not None:
            self._talk.look()

    def state(self) -> dict[str, Any]:
        """`{kind, id, window, state, reason}`: offline because of its line, with the line's reason, or as it says."""
        state, reason = "offline", self._link_state.reason or None
        if self._link_state.online and self._talk is not None:
            state, reason = self._talk.standing
        return {"kind": self._kind, "id": str(self.window), "window": self.window, "state": state, "reason": reason}

    def begin(self, line: BusLine) -> T:
        """See `Participant.begin`."""
        self._talk = self._begin_talk(line)
        return self._talk

    def note(self, state: LinkState) -> None:
        """See `Participant.note`."""
        self._link_state = state
        if not state.online:
            self._talk = None
