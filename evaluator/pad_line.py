"""One pad: a participant of its serial line, its presses stored and then acknowledged, its sign kept right."""

from __future__ import annotations

from typing import Any

from evaluator.dialects import Dialect
from evaluator.pad_talk import PadTalk
from server.config.devices import PadSettings
from server.device.bus import Buses, Seat
from server.device.bus_line import BusLine
from server.device.supervisor import LinkState
from server.engine import HallEngine


class PadLine:
    """The pad of `pad`, spoken to in `dialect`, on one of `buses`."""

    def __init__(self, hall: HallEngine, pad: PadSettings, dialect: Dialect, buses: Buses) -> None:
        self.window = pad.window
        self.name = f"pad at window {pad.window}"
        self._hall = hall
        self._pad = pad
        self._dialect = dialect
        self._buses = buses
        self._link_state = LinkState("", online=False, reason="not opened")
        self._seat: Seat | None = None
        self._talk: PadTalk | None = None

    def start(self) -> None:
        """Open the line and keep it open; may be called again after `stop`."""
        self._seat = self._buses.join(self._pad.link, self._pad.baudrate, self)

    def stop(self) -> None:
        """Leave the line; `join` waits until the press in hand is stored."""
        if self._seat is not None:
            self._seat.leave()

    def join(self) -> None:
        if self._seat is not None:
            self._seat.join()

    def look(self) -> None:
        """Something happened at the window: the pad may have to show something else. Does not wait."""
        if self._talk is not None:
            self._talk.look()

    def state(self) -> dict[str, Any]:
        """`{kind, id, window, state, reason}`: offline, settling while presses are of unknown age, then ready."""
        state = "offline"
        if self._link_state.online and self._talk is not None:
            state = "settling" if self._talk.settling else "ready"
        reason = self._link_state.reason or None
        return {"kind": "pad", "id": str(self.window), "window": self.window, "state": state, "reason": reason}

    def begin(self, line: BusLine) -> PadTalk:
        """See `Participant.begin`."""
        self._talk = PadTalk(self._hall, self._pad, self._dialect, line)
        return self._talk

    def note(self, state: LinkState) -> None:
        """See `Participant.note`."""
        self._link_state = state
        if not state.online:
            self._talk = None
