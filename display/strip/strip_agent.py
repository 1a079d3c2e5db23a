"""The hall's LED strips, on lines of their own or on those of the pads."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

from display.strip.codecs import codec_for
from display.strip.strip_line import StripLine
from server.config.live import LiveSettings
from server.device.bus import Buses
from server.engine import HallEngine
from server.hall import events as ev
from server.terminal import Subscription

_CHANGE_WHAT_STRIPS_SAY = frozenset(
    {
        ev.DayOpened,
        ev.DayClosed,
        ev.WindowOpened,
        ev.WindowClosed,
        ev.WindowPaused,
        ev.WindowReopened,
        ev.TicketCalled,
        ev.TicketRecalled,
        ev.TicketStarted,
        ev.TicketFinished,
        ev.TicketNoShow,
        ev.TicketHeld,
        ev.TicketResumed,
        ev.TicketWoken,
        ev.TicketTransferred,
        ev.TicketReopened,
        ev.TicketRequeued,
        ev.TicketRejoined,
        ev.TicketCancelled,
        ev.TicketExpired,
    }
)


class StripAgent:
    """All strips of the settings. Raises TemplateMistake when one cannot be spoken to."""

    def __init__(self, hall: HallEngine, live: LiveSettings, buses: Buses) -> None:
        self._lines = [StripLine(hall, live, strip, codec_for(strip), buses) for strip in live.now.strips]

    def subscription(self) -> Subscription:
        return Subscription("strips", self._happened, _CHANGE_WHAT_STRIPS_SAY)

    def start(self) -> None:
        """A strip whose port is missing does not keep the others, or the hall, from starting."""
        for line in self._lines:
            line.start()

    def stop(self) -> None:
        for line in self._lines:
            line.stop()
        for line in self._lines:
            line.join()

    def states(self) -> list[dict[str, Any]]:
        return [line.state() for line in self._lines]

    def _happened(self, events: Sequence[ev.Recorded]) -> None:
        """An event without a window, such as a new day, concerns every strip."""
        windows = {recorded.event.window for recorded in events}
        for line in self._lines:
            if None in windows or line.window in windows:
                line.look()
