"""The hall's serial pads, on lines of their own or several on one."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

from evaluator.dialects import dialects
from evaluator.pad_line import PadLine
from server.config import Settings
from server.device.bus import Buses
from server.engine import HallEngine
from server.hall import events as ev
from server.terminal import Subscription

_CHANGE_WHAT_PADS_SHOW = frozenset(
    {
        ev.EvaluationOpened,
        ev.EvaluationVoted,
        ev.EvaluationLapsed,
        ev.WindowOpened,
        ev.WindowPaused,
        ev.WindowReopened,
        ev.WindowClosed,
        ev.DayOpened,
    }
)


class PadAgent:
    """All pads of the settings, on lines that other devices may share."""

    def __init__(self, hall: HallEngine, settings: Settings, buses: Buses) -> None:
        self._lines = [PadLine(hall, pad, dialects[pad.dialect], buses) for pad in settings.pads]

    def subscription(self) -> Subscription:
        return Subscription("pads", self._happened, _CHANGE_WHAT_PADS_SHOW)

    def start(self) -> None:
        """A pad whose port is missing does not keep the others, or the hall, from starting."""
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
        """An event without a window, such as a new day, concerns every pad."""
        windows = {recorded.event.window for recorded in events}
        for line in self._lines:
            if None in windows or line.window in windows:
                line.look()
