"""One strip: a participant of its serial line, kept right whatever happens to its cable or its power."""

from __future__ import annotations

from typing import Any

from display.strip.codec import StripCodec
from display.strip.strip_talk import StripTalk
from server.config.live import LiveSettings
from server.config.strips import StripSettings
from server.device.bus import Buses, Seat
from server.device.bus_line import BusLine
from server.device.supervisor import LinkState
from server.engine import HallEngine


class StripLine:
    """The strip of `strip`, spoken to through `codec`, on one of `buses`."""

    def __init__(
        self, hall: HallEngine, live: LiveSettings, strip: StripSettings, codec: StripCodec, buses: Buses
    ) -> None:
        self.window = strip.window
        self.name = f"strip at window {strip.window}"
        self._hall = hall
        self._live = live
        self._strip = strip
        self._codec = codec
        self._buses = buses
        self._link_state = LinkState("", online=False, reason="not opened")
        self._seat: Seat | None = None
        self._talk: StripTalk | None = None

    def start(self) -> None:
        """Open the line and keep it open; may be called again after `stop`."""
        self._seat = self._buses.join(self._strip.link, self._strip.baudrate, self)

    def stop(self) -> None:
        """Leave the line, with the strip as it is."""
        if self._seat is not None:
            self._seat.leave()

    def join(self) -> None:
        if self._seat is not None:
            self._seat.join()

    def look(self) -> None:
        """Something happened at the window. Does not wait."""
        if self._talk is not None:
            self._talk.look()

    def state(self) -> dict[str, Any]:
        """`{kind, id, window, state, reason}`: settling until the strip was first told something, then ready.

        Offline because of its line, with the line's reason, or because it does not answer: `not_answering`.
        """
        state, reason = "offline", self._link_state.reason or None
        if self._link_state.online and self._talk is not None:
            if self._talk.answering is False:
                reason = "not_answering"
            else:
                state = "settling" if self._talk.answering is None else "ready"
        return {"kind": "strip", "id": str(self.window), "window": self.window, "state": state, "reason": reason}

    def begin(self, line: BusLine) -> StripTalk:
        """See `Participant.begin`."""
        self._talk = StripTalk(self._hall, self._live, self._strip, self._codec, line)
        return self._talk

    def note(self, state: LinkState) -> None:
        """See `Participant.note`."""
        self._link_state = state
        if not state.online:
            self._talk = None
